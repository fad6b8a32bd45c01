"use client";
import { useMemo, useRef } from "react";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { sampleTemplates } from "@/content/templates/samples";
import { CodeEditor } from "../../../editor/code-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import type { Refusal } from "../../frame/use-load";
import { languageOf, placeOfProblem } from "../template-place";
import { templateOf, type StackDraft } from "./stack-draft";

/** Bytes of a template that a request may bring; more must come from Amazon S3, which is not here. */
const MOST = 51_200;

/** Where the template comes from, and its text; what AWS says against it, at its place. */
export function TemplateStep({ draft, change, current, refused, onDismiss }: { draft: StackDraft; change(part: Partial<StackDraft>): void; current?: string; refused?: Refusal; onDismiss(): void }) {
  const text = templateOf(draft, current);
  const message = refused?.reply.error.message;
  const markers = useMemo(() => {
    const place = message === undefined ? undefined : placeOfProblem(text, message);
    return place ? [place] : [];
  }, [text, message]);
  const number = useRef(0);
  const write = (template: string): void => {
    onDismiss();
    change({ source: "editor", template });
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={onDismiss} />}
      <Container header={<Header variant="h2">Template</Header>}>
        <SpaceBetween size="l">
          <FormField label="Template source" stretch>
            <RadioGroup
              ariaLabel="Template source"
              value={draft.source}
              onChange={({ detail }) => {
                onDismiss();
                number.current++;
                // What stands there is what one goes on with.
                change({ source: detail.value as StackDraft["source"], ...(detail.value === "editor" && !draft.template && { template: text }) });
              }}
              items={[
                ...(current === undefined ? [] : [{ value: "current", label: "Use existing template", description: "The stack’s own, with other parameters or settings." }]),
                { value: "sample", label: "Use a sample template" },
                { value: "editor", label: "Write or upload a template", description: "YAML or JSON." },
              ]}
              data-testid="template-source"
            />
          </FormField>
          {draft.source === "sample" && (
            <FormField label="Sample template" description={sampleTemplates.find(({ id }) => id === draft.sample)?.what} stretch>
              <Select
                ariaLabel="Sample template"
                selectedOption={sampleTemplates.map(({ id, name }) => ({ value: id, label: name })).find(({ value }) => value === draft.sample) ?? null}
                options={sampleTemplates.map(({ id, name, what }) => ({ value: id, label: name, description: what }))}
                onChange={({ detail }) => change({ sample: detail.selectedOption.value!, parameters: {} })}
                data-testid="sample-template"
              />
            </FormField>
          )}
          {draft.source === "editor" && (
            <FormField label="Upload a template file - optional" description="It is read into the text below, and stays in this page.">
              <FileUpload
                accept=".yaml,.yml,.json,.template,.txt"
                value={[]}
                onChange={({ detail }) => {
                  const [file] = detail.value;
                  if (file) void file.text().then((content) => (number.current++, write(content.replaceAll("\r\n", "\n"))));
                }}
                i18nStrings={{
                  uploadButtonText: () => "Choose file",
                  dropzoneText: () => "Drop the file here",
                  removeFileAriaLabel: () => "Remove file",
                  limitShowFewer: "Show fewer",
                  limitShowMore: "Show more",
                  errorIconAriaLabel: "Error",
                }}
                data-testid="template-file"
              />
            </FormField>
          )}
          <FormField label="Text" stretch>
            <CodeEditor
              key={`${draft.source} ${draft.sample} ${number.current}`}
              value={text}
              {...(draft.source === "editor" && { onChange: write })}
              language={languageOf(text)}
              label={draft.source === "editor" ? "Template" : "Template, to read only"}
              path={`inmemory://keyhole/templates/${draft.source}-${draft.sample}.${languageOf(text)}`}
              markers={markers}
              minLines={12}
              maxLines={28}
              foot={
                <span>
                  {new TextEncoder().encode(text).length.toLocaleString("en")} of {MOST.toLocaleString("en")} bytes
                </span>
              }
              data-testid="template-editor"
            />
          </FormField>
          {draft.source !== "editor" && <Box variant="small">To change it, choose “Write or upload a template”: this text is where you begin.</Box>}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
