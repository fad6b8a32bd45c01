"use client";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PolicyEditor, type PolicyEditorProps } from "../../../editor/policy-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import type { Ask } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";

const none: { text?: string } = {};

export interface DocumentPanelProps extends Pick<PolicyEditorProps, "kind" | "label" | "resource" | "limit"> {
  title: string;
  description?: string;
  /** "Edit trust policy", "Update policy". */
  edit: string;
  update: string;
  /** The text as it is kept. */
  stored: string;
  /** What is being typed is kept under this name. */
  draftKey: string;
  /** It can only be looked at. */
  fixed?: boolean;
  /** Nothing is kept yet: `stored` is what editing begins with. */
  empty?: boolean;
  save(ask: Ask, text: string): Promise<void>;
  done: string;
  /** `edit-<testId>`, `save-<testId>`, `<testId>-editor`, `<testId>-json`. */
  testId: string;
}

/** A policy that belongs to what the page shows: as JSON, and edited in place. */
export function DocumentPanel({ title, description, edit, update, stored, draftKey, fixed, empty, save, done, testId, ...editor }: DocumentPanelProps) {
  const [{ text }, change, clear] = useFormDraft<{ text?: string }>(draftKey, none);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const editing = text !== undefined;
  const submit = async () => {
    if (!(await run((ask) => save(ask, text!)))) return;
    flash.success(done);
    clear();
  };
  const cancel = () => {
    forget();
    clear();
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container
        header={
          <Header
            variant="h2"
            description={description}
            actions={
              !editing &&
              !fixed && (
                <Button onClick={() => change({ text: stored })} data-testid={`edit-${testId}`}>
                  {edit}
                </Button>
              )
            }
          >
            {title}
          </Header>
        }
        footer={
          editing && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={cancel}>Cancel</Button>
              <Button variant="primary" loading={busy} onClick={() => void submit()} data-testid={`save-${testId}`}>
                {update}
              </Button>
            </SpaceBetween>
          )
        }
      >
        {editing ? (
          <PolicyEditor {...editor} value={text} onChange={(next) => change({ text: next })} data-testid={`${testId}-editor`} />
        ) : empty ? (
          <span data-testid={`${testId}-none`}>None.</span>
        ) : (
          <pre className="json-view" tabIndex={0} role="region" aria-label={`${editor.label}, JSON`} data-testid={`${testId}-json`}>
            {stored}
          </pre>
        )}
      </Container>
    </SpaceBetween>
  );
}
