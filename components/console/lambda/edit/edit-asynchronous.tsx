"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useLoad } from "../../frame/use-load";
import { asynchronousDefaults } from "../configuration/asynchronous-section";
import type { Subject } from "../lambda-types";
import { loadInvokeConfig, named, type InvokeConfig } from "../load-functions";
import { EditPage } from "./edit-page";
import { problemOfWhole } from "./numbers";
import { useEdit } from "./use-edit";

export function EditAsynchronous({ subject }: { subject: Subject }) {
  const config = useLoad(`invoke-config|${subject.name}|${subject.qualifier ?? ""}`, async (ask) => ({ set: await loadInvokeConfig(ask, subject) }));
  if (config.refused) return <AwsErrorNote refused={config.refused} />;
  return config.data ? <Fields subject={subject} set={config.data.set} /> : <Spinner size="large" />;
}

function Fields({ subject, set }: { subject: Subject; set: InvokeConfig | undefined }) {
  const now = { ...asynchronousDefaults, ...set };
  const [start] = useState({ age: String(now.MaximumEventAgeInSeconds), attempts: String(now.MaximumRetryAttempts) });
  const { values, change, mutation, leave, save } = useEdit({ subject, what: "asynchronous", of: JSON.stringify(set ?? null), initial: start, back: ["configuration", "asynchronous"] });
  const [tried, setTried] = useState(false);
  const problem = problemOfWhole(values.age, 60, 21_600, "seconds");
  const submit = () => {
    setTried(true);
    if (problem) return;
    void save(
      (ask) => ask("lambda", "PutFunctionEventInvokeConfig", { ...named(subject), MaximumEventAgeInSeconds: Number(values.age), MaximumRetryAttempts: Number(values.attempts) }),
      `Successfully updated the function ${subject.name}.`,
    );
  };
  return (
    <EditPage title="Edit asynchronous configuration" mutation={mutation} onSubmit={submit} onCancel={leave}>
      <Container>
        <SpaceBetween size="l">
          <FormField label="Maximum age of event" constraintText="60 to 21,600 seconds (6 hours)" description="An event that is older is dropped." errorText={tried ? problem : undefined}>
            <Input type="number" inputMode="numeric" value={values.age} onChange={({ detail }) => change({ age: detail.value })} data-testid="event-age" />
          </FormField>
          <FormField label="Retry attempts" description="After the function itself failed: the first after one minute, the second after two.">
            <Select
              ariaLabel="Retry attempts"
              selectedOption={{ value: values.attempts, label: values.attempts }}
              options={["0", "1", "2"].map((value) => ({ value, label: value }))}
              onChange={({ detail }) => change({ attempts: detail.selectedOption.value! })}
              data-testid="retry-attempts"
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </EditPage>
  );
}
