"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { GoButton, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadInvokeConfig } from "../load-functions";
import { functionPath } from "../place-of";
import type { SectionProps } from "./section";

/** What holds where nothing was set. Source: Lambda Developer Guide, Configuring error handling settings for asynchronous invocations. */
export const asynchronousDefaults = { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 2 };

export const ageWords = (seconds: number): string => `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min ${seconds % 60} sec`;

export function AsynchronousSection({ subject }: SectionProps) {
  const { narrow } = usePlace();
  const config = useLoad(`invoke-config|${subject.name}|${subject.qualifier ?? ""}`, async (ask) => ({ set: await loadInvokeConfig(ask, subject) }));
  if (config.refused) return <AwsErrorNote refused={config.refused} />;
  const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: attempts } = { ...asynchronousDefaults, ...config.data?.set };
  return (
    <Container
      data-testid="asynchronous"
      header={
        <Header
          variant="h2"
          description="For events that EventBridge or another service sends, and for invocations of the type Event: Lambda queues them and tries again where the function fails."
          actions={
            <GoButton to={functionPath(subject, "edit", "asynchronous-invocation")} data-testid="edit-asynchronous">
              Edit
            </GoButton>
          }
        >
          Asynchronous invocation
        </Header>
      }
    >
      <KeyValuePairs
        columns={narrow ? 1 : 3}
        items={[
          { label: "Maximum age of event", value: ageWords(age) },
          { label: "Retry attempts", value: attempts },
          { label: "Dead-letter queue, destinations", value: "None (not simulated)" },
        ]}
      />
    </Container>
  );
}
