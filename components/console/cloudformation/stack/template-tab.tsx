"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Spinner from "@cloudscape-design/components/spinner";
import { CodeEditor } from "../../../editor/code-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton } from "../../frame/copyable";
import { useLoad } from "../../frame/use-load";
import { loadTemplate } from "../load-stacks";
import { languageOf } from "../template-place";

export function TemplateTab({ stackId }: { stackId: string }) {
  const template = useLoad(`template|${stackId}`, (ask) => loadTemplate(ask, stackId));
  if (template.refused) return <AwsErrorNote refused={template.refused} />;
  if (template.data === undefined) return <Spinner />;
  return (
    <Container
      header={
        <Header variant="h2" actions={<CopyButton text={template.data} what="template" label />}>
          Template
        </Header>
      }
    >
      <CodeEditor
        value={template.data}
        language={languageOf(template.data)}
        label="Template, to read only"
        path={`inmemory://keyhole/templates/${encodeURIComponent(stackId)}.${languageOf(template.data)}`}
        maxLines={40}
        data-testid="stack-template"
      />
    </Container>
  );
}
