"use client";
import { useMemo, useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { ConfirmModal } from "../../frame/confirm-modal";
import { ConsoleLink } from "../../frame/console-link";
import type { JournalEntry } from "@/lib/engine/types";
import { openWhy, useJournal } from "../../frame/lab";
import { LabDate } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { FunctionSelect } from "../function-select";
import { firstSchedule, rulesOf, rulesWords, scheduleOf, scheduleProblem, type ScheduleForm } from "../rotation-words";
import { ScheduleField } from "../schedule-field";
import type { Secret } from "../secret-types";
import { newToken } from "../token";
import { RotationLog } from "./rotation-log";
import { rotationSteps } from "./rotation-steps";

/** How and when the secret changes by itself, and how the last rotations went. */
export function RotationTab({ secret }: { secret: Secret }) {
  const { narrow } = usePlace();
  const [open, setOpen] = useState<"edit" | "now" | "stop">();
  const { Name, ARN, RotationEnabled, RotationLambdaARN, RotationRules, LastRotatedDate, NextRotationDate, OwningService } = secret;
  const pending = Object.entries(secret.VersionIdsToStages ?? {}).find(([, stages]) => stages.includes("AWSPENDING") && !stages.includes("AWSCURRENT"))?.[0];
  const fixed = secret.DeletedDate !== undefined;
  const functionName = RotationLambdaARN?.split(":")[6];
  return (
    <SpaceBetween size="m">
      <Container
        data-testid="rotation"
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setOpen("edit")} disabled={fixed || OwningService !== undefined && RotationLambdaARN !== undefined} data-testid="edit-rotation">
                  Edit rotation
                </Button>
                {RotationEnabled && OwningService === undefined && (
                  <Button onClick={() => setOpen("stop")} data-testid="stop-rotation">
                    Turn off
                  </Button>
                )}
                <Button onClick={() => setOpen("now")} disabled={fixed || !RotationEnabled} data-testid="rotate-now">
                  Rotate secret immediately
                </Button>
              </SpaceBetween>
            }
          >
            Rotation configuration
          </Header>
        }
      >
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Rotation status", value: <StatusIndicator type={RotationEnabled ? "success" : "stopped"}>{RotationEnabled ? "Enabled" : "Disabled"}</StatusIndicator> },
            { label: "Rotation schedule", value: RotationRules ? rulesWords(RotationRules) : "-" },
            {
              label: "Rotation function",
              value: functionName ? <ConsoleLink to={`/console/lambda/functions/${encodeURIComponent(functionName)}`}>{functionName}</ConsoleLink> : OwningService !== undefined ? `Managed by ${OwningService}` : "-",
            },
            { label: "Last rotated", value: <LabDate seconds={LastRotatedDate} /> },
            { label: "Next rotation on or before", value: <LabDate seconds={NextRotationDate} /> },
            {
              label: "Under way",
              value: pending ? (
                <StatusIndicator type="pending">
                  Version <code className="copyable-text">{pending}</code> is AWSPENDING
                </StatusIndicator>
              ) : (
                "-"
              ),
            },
          ]}
        />
      </Container>
      <FailedRotation arn={ARN} pending={pending !== undefined} />
      <RotationLog arn={ARN} />
      {open === "edit" && <EditRotation secret={secret} onClose={() => setOpen(undefined)} />}
      {open === "now" && (
        <ConfirmModal title="Rotate secret immediately" action="Rotate" testId="rotate" done={`The rotation of ${Name} has begun. Its steps follow by themselves.`} onClose={() => setOpen(undefined)} work={(ask) => ask("secretsmanager", "RotateSecret", { SecretId: ARN, ClientRequestToken: newToken() })}>
          A new value is made and taken to where it counts. Programs that keep the old one for themselves may be shut out.
        </ConfirmModal>
      )}
      {open === "stop" && (
        <ConfirmModal title="Turn off rotation" testId="stop-rotation" done="Rotation is off." onClose={() => setOpen(undefined)} work={(ask) => ask("secretsmanager", "CancelRotateSecret", { SecretId: ARN })}>
          Nothing is rotated any more. A rotation that is under way stops where it is; its version may keep the label AWSPENDING.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

/** The last step failed: what AWS tells in CloudTrail and in the function's log, here where one looks for it. */
function FailedRotation({ arn, pending }: { arn: string; pending: boolean }) {
  const journal = useJournal();
  const last = useMemo(() => rotationSteps(journal as readonly JournalEntry[], arn).at(-1), [journal, arn]);
  if (!last || last.ok) return null;
  return (
    <Alert
      type="error"
      header={`The last rotation failed at ${last.step}`}
      action={
        <Button ariaLabel="Why? The last rotation failed" onClick={() => openWhy(last.seq)}>
          Why?
        </Button>
      }
      data-testid="rotation-failed"
    >
      <SpaceBetween size="xs">
        <span className="aws-words">{last.problem ?? "The step did not say why."}</span>
        {pending && <span>AWSCURRENT is where it was, and the new version is AWSPENDING still. Mend the cause: the rotation is tried again by itself some times, or when you ask for it.</span>}
      </SpaceBetween>
    </Alert>
  );
}

function EditRotation({ secret, onClose }: { secret: Secret; onClose(): void }) {
  const [form, setForm] = useState<ScheduleForm>(secret.RotationRules ? scheduleOf(secret.RotationRules) : firstSchedule);
  const [lambda, setLambda] = useState(secret.RotationLambdaARN ?? "");
  const [on, setOn] = useState(true);
  const [now, setNow] = useState(true);
  const managed = secret.OwningService !== undefined;
  const problem = scheduleProblem(form);
  return (
    <ConfirmModal
      title="Edit rotation"
      action="Save"
      testId="edit-rotation"
      done={on ? (now ? "Rotation is on. The first one has begun." : "Rotation is on.") : "Rotation is off."}
      onClose={onClose}
      work={(ask) =>
        on
          ? ask("secretsmanager", "RotateSecret", { SecretId: secret.ARN, ...(managed ? {} : { RotationLambdaARN: lambda }), RotationRules: rulesOf(form) as never, RotateImmediately: now, ClientRequestToken: newToken() })
          : ask("secretsmanager", "CancelRotateSecret", { SecretId: secret.ARN })
      }
    >
      <Toggle checked={on} disabled={managed} onChange={({ detail }) => setOn(detail.checked)} data-testid="automatic-rotation">
        Automatic rotation
      </Toggle>
      {on && (
        <SpaceBetween size="m">
          <ScheduleField form={form} change={(part) => setForm((before) => ({ ...before, ...part }))} />
          {problem && <span role="status">{problem}</span>}
          <Checkbox checked={now} onChange={({ detail }) => setNow(detail.checked)} data-testid="rotate-on-save">
            Rotate immediately when the secret is stored
          </Checkbox>
          {!managed && (
            <FormField label="Lambda rotation function" description="It must admit secretsmanager.amazonaws.com in its resource policy.">
              <FunctionSelect value={lambda} onChange={setLambda} />
            </FormField>
          )}
        </SpaceBetween>
      )}
    </ConfirmModal>
  );
}
