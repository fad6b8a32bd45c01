"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFormDraft } from "../frame/lab";
import { useMutation } from "../frame/use-mutation";
import { PatternEditor } from "./pattern/pattern-editor";
import { PatternTest } from "./pattern/pattern-test";
import { sampleOf, services } from "./pattern/pick-lists";

const print = (value: unknown): string => JSON.stringify(value, null, 2);
const initial = {
  pattern: print({ source: ["aws.ssm"], "detail-type": ["Parameter Store Change"], detail: { name: [{ prefix: "/my-app/" }] } }),
  sample: print(sampleOf(services[0], services[0].types[0])),
};

/** Patterns tried without a rule. */
export function Sandbox() {
  const [{ pattern, sample }, change] = useFormDraft("events/sandbox", initial);
  const { busy, refused, run, clear } = useMutation();
  const [answer, setAnswer] = useState<boolean>();
  const test = () =>
    run(async (ask) => {
      setAnswer(undefined);
      const { Result } = await ask<{ Result: boolean }>("events", "TestEventPattern", { EventPattern: pattern, Event: sample });
      setAnswer(Result);
    });
  const edit = (part: Partial<typeof initial>) => {
    setAnswer(undefined);
    change(part);
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Try event patterns without making a rule.">
        Sandbox
      </Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="s" alignItems="center">
                <span aria-live="polite">{answer !== undefined && <StatusIndicator type={answer ? "success" : "warning"}>{answer ? "EventBridge says: it matches" : "EventBridge says: it does not match"}</StatusIndicator>}</span>
                <Button loading={busy} onClick={() => void test()} data-testid="sandbox-test">
                  Test pattern
                </Button>
              </SpaceBetween>
            }
          >
            Event pattern
          </Header>
        }
      >
        <PatternEditor value={pattern} onChange={(text) => edit({ pattern: text })} />
      </Container>
      <PatternTest pattern={pattern} sample={sample} onSample={(text) => edit({ sample: text })} />
    </SpaceBetween>
  );
}
