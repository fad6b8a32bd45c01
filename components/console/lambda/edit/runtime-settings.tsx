"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { runtimeName, runtimeWords, type FunctionAnswer, type Subject } from "../lambda-types";
import { EditPage } from "./edit-page";
import { useEdit } from "./use-edit";

export function RuntimeSettings({ subject, found: { Configuration: now } }: { subject: Subject; found: FunctionAnswer }) {
  const [start] = useState({ runtime: now.Runtime, handler: now.Handler });
  const { values, change, mutation, leave, save } = useEdit({ subject, what: "runtime", of: now.RevisionId, initial: start, back: ["code"] });
  const runtimes = [...new Set([now.Runtime, ...Object.keys(runtimeWords)])];
  return (
    <EditPage
      title="Edit runtime settings"
      mutation={mutation}
      onCancel={leave}
      onSubmit={() =>
        void save((ask) => ask("lambda", "UpdateFunctionConfiguration", { FunctionName: subject.name, Runtime: values.runtime, Handler: values.handler.trim() }), `Successfully updated the function ${subject.name}.`)
      }
    >
      <Container header={<Header variant="h2">Runtime settings</Header>}>
        <SpaceBetween size="l">
          <FormField label="Runtime">
            <Select
              ariaLabel="Runtime"
              selectedOption={{ value: values.runtime, label: runtimeName(values.runtime) }}
              options={runtimes.map((value) => ({ value, label: runtimeName(value) }))}
              onChange={({ detail }) => change({ runtime: detail.selectedOption.value! })}
              data-testid="runtime"
            />
          </FormField>
          <FormField label="Handler" description="The file, without its ending, a dot, and the function in it.">
            <Input value={values.handler} onChange={({ detail }) => change({ handler: detail.value })} spellcheck={false} data-testid="handler" />
          </FormField>
        </SpaceBetween>
      </Container>
    </EditPage>
  );
}
