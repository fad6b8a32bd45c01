"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { explainError } from "./explain-error";
import { openWhy } from "./lab";
import { TakenBack } from "./taken-back";
import type { Refusal } from "./use-load";

/** AWS's code and words first, then one sentence of ours, then what one can do, then Why?. */
export function AwsErrorNote({ refused, onDismiss }: { refused: Refusal; onDismiss?: () => void }) {
  const { code, message } = refused.reply.error;
  const ours = explainError(refused.service, refused.operation, code, message);
  return (
    <Alert
      type="error"
      data-testid="aws-error"
      header={code}
      dismissible={!!onDismiss}
      onDismiss={onDismiss}
      action={
        <Button onClick={() => openWhy(refused.reply.seq)} data-testid="why" ariaLabel={`Why? ${refused.operation} ended in ${code}`}>
          Why?
        </Button>
      }
    >
      <SpaceBetween size="xs">
        <Box data-testid="aws-error-message" color="inherit" variant="div">
          <span className="aws-words">{message || "AWS sends no text with this error."}</span>
        </Box>
        <Box variant="small" color="inherit">
          <code>
            {refused.service}:{refused.operation}
          </code>{" "}
          {ours.meaning} {ours.remedy}
        </Box>
        <TakenBack refused={refused} />
      </SpaceBetween>
    </Alert>
  );
}
