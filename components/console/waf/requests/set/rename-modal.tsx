"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { savedKinds, type SavedKind, type SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { longestTitle } from "@/lib/engine/wafv2/requests/set-file";
import { Choose, Line } from "../../shared/choose";
import { kindWords } from "../verdict-words";

export interface About {
  title: string;
  kind: SavedKind;
  harmful: boolean;
}

export const titleProblem = (title: string): string | undefined => (!title.trim() ? "Enter a title." : title.length > longestTitle ? `A title has up to ${longestTitle} characters.` : undefined);

/** What one says of a request of one's own. */
export function AboutFields({ about, onChange, withTitle = true }: { about: About; onChange(part: Partial<About>): void; withTitle?: boolean }) {
  return (
    <div className="waf-fields">
      {withTitle && <Line label="Title" value={about.title} onChange={(title) => onChange({ title })} errorText={titleProblem(about.title)} testId="about-title" />}
      <Choose
        label="A web ACL should"
        value={about.harmful ? "stop" : "pass"}
        options={[
          { value: "stop", label: "Stop it: harmful" },
          { value: "pass", label: "Let it through: harmless" },
        ]}
        onChange={(value) => onChange({ harmful: value === "stop" })}
        testId="about-harmful"
      />
      <Choose label="Kind" value={about.kind} options={savedKinds.map((value) => ({ value, label: kindWords[value] }))} onChange={(kind) => onChange({ kind })} testId="about-kind" />
    </div>
  );
}

export function RenameModal({ request, title = "Rename", save = "Save", onSave, onClose }: { request: SavedRequest | About; title?: string; save?: string; onSave(about: About): void; onClose(): void }) {
  const [about, setAbout] = useState<About>({ title: request.title, kind: request.kind, harmful: request.harmful });
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={title}
      closeAriaLabel="Close"
      data-testid="about-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={titleProblem(about.title) !== undefined}
              onClick={() => {
                onSave({ ...about, title: about.title.trim() });
                onClose();
              }}
              data-testid="about-save"
            >
              {save}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <AboutFields about={about} onChange={(part) => setAbout({ ...about, ...part })} />
    </Modal>
  );
}
