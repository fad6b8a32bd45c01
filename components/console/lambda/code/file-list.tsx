"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemOfPath } from "./package-draft";

export interface FileListProps {
  paths: readonly string[];
  chosen: string | undefined;
  /** Paths that differ from what is deployed. */
  changed: ReadonlySet<string>;
  onChoose(path: string): void;
  /** Absent where the files can only be looked at. */
  onAdd?(path: string): void;
  onRename?(path: string, to: string): void;
  onDelete?(path: string): void;
}

/** The package's files, folders before what stands beside them. */
export function FileList({ paths, chosen, changed, onChoose, onAdd, onRename, onDelete }: FileListProps) {
  const [naming, setNaming] = useState<"new" | "rename">();
  return (
    <nav className="code-files" aria-label="Files of the deployment package">
      <div className="code-files-tools">
        <Box variant="awsui-key-label">Files</Box>
        {onAdd && (
          <SpaceBetween direction="horizontal" size="xxs">
            <Button variant="icon" iconName="add-plus" formAction="none" ariaLabel="New file" onClick={() => setNaming("new")} data-testid="file-new" />
            <Button variant="icon" iconName="edit" formAction="none" ariaLabel={`Rename ${chosen ?? "file"}`} disabled={chosen === undefined} onClick={() => setNaming("rename")} data-testid="file-rename" />
            <Button
              variant="icon"
              iconName="remove"
              formAction="none"
              ariaLabel={`Delete ${chosen ?? "file"}`}
              disabled={chosen === undefined || paths.length < 2}
              disabledReason={paths.length < 2 ? "A package has at least one file." : undefined}
              onClick={() => onDelete?.(chosen!)}
              data-testid="file-delete"
            />
          </SpaceBetween>
        )}
      </div>
      <ul>
        {paths.map((path) => (
          <li key={path}>
            <button type="button" aria-current={path === chosen ? "true" : undefined} onClick={() => onChoose(path)}>
              <span className="copyable-text">{path}</span>
              {changed.has(path) && (
                <span className="code-changed" role="img" aria-label="not deployed" title="Not deployed">
                  ●
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {naming && (
        <NameFile
          before={naming === "rename" ? chosen : undefined}
          others={naming === "rename" ? paths.filter((path) => path !== chosen) : paths}
          onClose={() => setNaming(undefined)}
          onName={(path) => {
            setNaming(undefined);
            if (naming === "new") onAdd?.(path);
            else if (path !== chosen) onRename?.(chosen!, path);
          }}
        />
      )}
    </nav>
  );
}

function NameFile({ before, others, onName, onClose }: { before?: string; others: readonly string[]; onName(path: string): void; onClose(): void }) {
  const [path, setPath] = useState(before ?? "");
  const [tried, setTried] = useState(false);
  const problem = problemOfPath(path, others);
  const submit = () => {
    setTried(true);
    if (!problem) onName(path.trim());
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={before === undefined ? "New file" : "Rename file"}
      closeAriaLabel="Close"
      data-testid="file-name-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" onClick={submit} data-testid="file-name-submit">
              {before === undefined ? "Create" : "Rename"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FormField label="File name" constraintText="With / between folders: lib/util.py" errorText={tried ? problem : undefined}>
          <Input autoFocus value={path} onChange={({ detail }) => setPath(detail.value)} spellcheck={false} autoComplete={false} data-testid="file-name" />
        </FormField>
      </form>
    </Modal>
  );
}
