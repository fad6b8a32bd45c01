"use client";
import { useEffect, useRef, useState, type ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { AwsErrorNote } from "./aws-error-note";
import type { Refusal } from "./use-load";

export interface WizardStep {
  title: string;
  content: ReactNode;
  optional?: boolean;
  /** Why the step cannot be left yet. */
  problem?: string;
}

export interface StepWizardProps {
  steps: WizardStep[];
  /** From 0; part of the draft, so that a reload comes back to it. */
  step: number;
  onStep(step: number): void;
  /** "Create user". */
  submitLabel: string;
  onSubmit(): void;
  busy: boolean;
  refused?: Refusal;
  onDismissRefusal(): void;
  /** Something was entered: leaving asks first. */
  begun: boolean;
  onLeave(): void;
  testId: string;
}

/** A flow in the console's steps: forward only over steps that are in order, back always. */
export function StepWizard({ steps, step, onStep, submitLabel, onSubmit, busy, refused, onDismissRefusal, begun, onLeave, testId }: StepWizardProps) {
  const [complaining, setComplaining] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const note = useRef<HTMLDivElement>(null);
  // The button is at the foot of the step, and what AWS answered at its head.
  useEffect(() => {
    if (refused) note.current?.scrollIntoView({ block: "center" });
  }, [refused]);
  const last = steps.length - 1;
  const at = Math.min(step, last);
  const goTo = (wanted: number) => {
    const stop = wanted > at ? steps.slice(at, wanted).findIndex(({ problem }) => problem) : -1;
    setComplaining(stop >= 0);
    onStep(stop >= 0 ? at + stop : wanted);
  };
  return (
    <div data-testid={testId}>
      <Wizard
        activeStepIndex={at}
        onNavigate={({ detail }) => goTo(detail.requestedStepIndex)}
        i18nStrings={{
          stepNumberLabel: (number) => `Step ${number}`,
          collapsedStepsLabel: (number, count) => `Step ${number} of ${count}`,
          navigationAriaLabel: "Steps",
          optional: "optional",
        }}
        customPrimaryActions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => (begun ? setLeaving(true) : onLeave())} data-testid={`${testId}-cancel`}>
              Cancel
            </Button>
            {at > 0 && (
              <Button formAction="none" onClick={() => goTo(at - 1)} data-testid={`${testId}-previous`}>
                Previous
              </Button>
            )}
            {at < last ? (
              <Button variant="primary" formAction="none" onClick={() => goTo(at + 1)} data-testid={`${testId}-next`}>
                Next
              </Button>
            ) : (
              <Button variant="primary" formAction="none" loading={busy} onClick={() => (steps[at].problem ? setComplaining(true) : onSubmit())} data-testid={`${testId}-submit`}>
                {submitLabel}
              </Button>
            )}
          </SpaceBetween>
        }
        steps={steps.map(({ title, content, optional, problem }, index) => ({
          title,
          isOptional: optional,
          errorText: complaining && index === at ? problem : undefined,
          // One tree with and without the note: what the step itself remembers is not lost when AWS refuses.
          content: (
            <>
              {index === last && refused && (
                <div ref={note} style={{ marginBlockEnd: 16 }}>
                  <AwsErrorNote refused={refused} onDismiss={onDismissRefusal} />
                </div>
              )}
              <div>{content}</div>
            </>
          ),
        }))}
      />
      <Modal
        visible={leaving}
        onDismiss={() => setLeaving(false)}
        header={`Leave ${submitLabel.toLowerCase()}`}
        closeAriaLabel="Close"
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setLeaving(false)}>
                Stay
              </Button>
              <Button variant="primary" onClick={onLeave} data-testid={`${testId}-leave`}>
                Leave
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        What you entered here will be forgotten.
      </Modal>
    </div>
  );
}
