"use client";
import { useState } from "react";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import TokenGroup from "@cloudscape-design/components/token-group";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { LabTime } from "../frame/lab-time";
import { usePlace } from "../frame/place";
import { useLoad } from "../frame/use-load";
import { useMutation } from "../frame/use-mutation";
import { loadHistory } from "./load-parameters";
import type { ParameterMetadata, ParameterVersion } from "./parameter-types";
import { ParameterValue } from "./parameter-value";

/** All versions that are kept, with their labels. Source: SSM User Guide, Working with parameter versions, labels. */
export function HistoryTab({ metadata, keyId }: { metadata: ParameterMetadata; keyId?: string }) {
  const { narrow } = usePlace();
  const [decrypted, setDecrypted] = useState(false);
  const [chosen, setChosen] = useState<number>();
  const [labelling, setLabelling] = useState(false);
  const secure = metadata.Type === "SecureString";
  const history = useLoad(`history|${metadata.Name}|${secure && decrypted}`, (ask) => loadHistory(ask, metadata.Name, secure && decrypted));
  const versions = history.data ?? [];
  const selected = versions.find(({ Version }) => Version === chosen);
  return (
    <SpaceBetween size="m">
      {history.refused && <AwsErrorNote refused={history.refused} />}
      <Table
        data-testid="parameter-history"
        items={versions}
        trackBy={({ Version }) => String(Version)}
        loading={history.loading && !history.data && !history.refused}
        loadingText="Loading history"
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.Version)}
        ariaLabels={{ selectionGroupLabel: "Versions", itemSelectionLabel: (_, { Version }) => `Select version ${Version}` }}
        filter={
          secure ? (
            <Toggle checked={decrypted} onChange={({ detail }) => setDecrypted(detail.checked)} data-testid="history-decrypted-toggle">
              Show decrypted values
            </Toggle>
          ) : undefined
        }
        header={
          <Header
            variant="h2"
            counter={history.data && `(${versions.length})`}
            description="The newest 100 versions are kept."
            actions={
              <Button disabled={!selected} onClick={() => setLabelling(true)} data-testid="attach-labels">
                Attach labels
              </Button>
            }
          >
            History
          </Header>
        }
        columnDefinitions={[
          { id: "version", header: "Version", cell: ({ Version }) => Version, isRowHeader: true },
          {
            id: "value",
            header: "Value",
            cell: ({ Value }) => <ParameterValue value={Value} sealed={secure && !decrypted} keyId={keyId} brief />,
            minWidth: narrow ? 190 : 260,
          },
          {
            id: "labels",
            header: "Labels",
            cell: ({ Labels }) =>
              Labels?.length ? (
                <SpaceBetween direction="horizontal" size="xxs">
                  {Labels.map((label) => (
                    <Badge key={label}>{label}</Badge>
                  ))}
                </SpaceBetween>
              ) : (
                "-"
              ),
          },
          ...(narrow
            ? []
            : [
                {
                  id: "user",
                  header: "Last modified user",
                  cell: ({ LastModifiedUser }: ParameterVersion) => <span className="copyable-text">{LastModifiedUser ?? "-"}</span>,
                },
              ]),
          { id: "date", header: "Last modified date", cell: ({ LastModifiedDate }) => <LabTime seconds={LastModifiedDate} /> },
        ]}
        empty="No versions."
      />
      {labelling && selected && <Labels name={metadata.Name} version={selected} onClose={() => setLabelling(false)} />}
    </SpaceBetween>
  );
}

/** Labels of one version: at most ten; one that another version has moves here. Source: SSM API, LabelParameterVersion. */
function Labels({ name, version, onClose }: { name: string; version: ParameterVersion; onClose(): void }) {
  const [labels, setLabels] = useState(version.Labels ?? []);
  const [typed, setTyped] = useState("");
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const add = () => {
    const label = typed.trim();
    if (label && !labels.includes(label)) setLabels([...labels, label]);
    setTyped("");
  };
  const submit = async () => {
    const wanted = typed.trim() && !labels.includes(typed.trim()) ? [...labels, typed.trim()] : labels;
    const before = version.Labels ?? [];
    const removed = before.filter((label) => !wanted.includes(label));
    const added = wanted.filter((label) => !before.includes(label));
    let invalid: string[] = [];
    const worked = await run(async (ask) => {
      if (removed.length) await ask("ssm", "UnlabelParameterVersion", { Name: name, ParameterVersion: version.Version, Labels: removed });
      if (added.length) {
        const answer = await ask<{ InvalidLabels?: string[] }>("ssm", "LabelParameterVersion", {
          Name: name,
          ParameterVersion: version.Version,
          Labels: added,
        });
        invalid = answer.InvalidLabels ?? [];
      }
    });
    if (!worked) return;
    if (invalid.length)
      flash.warning(
        `AWS did not take ${invalid.join(", ")}: a label has letters, digits and . _ -, and does not begin with a digit, aws or ssm.`,
      );
    else flash.success(`The labels of version ${version.Version} were saved.`);
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={`Labels of version ${version.Version}`}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void submit()} data-testid="labels-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} />}
        <Box variant="p">
          Programs can ask for <code>{name}:label</code> and follow the label when it moves to another version.
        </Box>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <FormField
            label="New label"
            secondaryControl={
              <Button disabled={!typed.trim()} data-testid="label-add">
                Add label
              </Button>
            }
          >
            <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} data-testid="label-text" />
          </FormField>
        </form>
        {labels.length > 0 && (
          <TokenGroup
            items={labels.map((label) => ({ label, dismissLabel: `Remove label ${label}` }))}
            onDismiss={({ detail }) => setLabels(labels.filter((_, index) => index !== detail.itemIndex))}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
}
