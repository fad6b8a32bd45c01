"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import { ConfirmModal } from "../../frame/confirm-modal";
import { usePlace } from "../../frame/place";
import type { Stack } from "../cfn-types";
import { stackPath } from "../place-of";
import { isUnderWay } from "../stack-status";

interface Action {
  text: string;
  operation: string;
  what: string;
  done: string;
  /** In these states it can be done. */
  fits(status: string): boolean;
  input?: object;
}

const actionsOf = ({ StackStatus, EnableTerminationProtection }: Stack): Record<string, Action> => ({
  drift: { text: "Detect drift", operation: "DetectStackDrift", what: "Looks at each resource and compares it with what the stack made of it.", done: "Drift detection has begun.", fits: (status) => !isUnderWay(status) && status !== "REVIEW_IN_PROGRESS" },
  protection: {
    text: EnableTerminationProtection ? "Turn termination protection off" : "Turn termination protection on",
    operation: "UpdateTerminationProtection",
    what: EnableTerminationProtection ? "The stack can be deleted again." : "The stack cannot be deleted until it is turned off.",
    done: EnableTerminationProtection ? "Termination protection is off." : "Termination protection is on.",
    fits: () => true,
    input: { EnableTerminationProtection: !EnableTerminationProtection },
  },
  cancel: { text: "Cancel update stack", operation: "CancelUpdateStack", what: "The update stops, and what it has done is put back.", done: "The update is being cancelled.", fits: (status) => status === "UPDATE_IN_PROGRESS" },
  rollback: { text: "Roll back", operation: "RollbackStack", what: "Goes back to the last state in which the stack was whole.", done: "The rollback has begun.", fits: (status) => status === "CREATE_FAILED" || status === "UPDATE_FAILED" },
  continue: { text: "Continue update rollback", operation: "ContinueUpdateRollback", what: "Tries again to put back what could not be.", done: "The rollback goes on.", fits: (status) => status === "UPDATE_ROLLBACK_FAILED" },
  changeset: { text: "Create change set for current stack", operation: "", what: "", done: "", fits: (status) => !isUnderWay(status) && StackStatus !== "REVIEW_IN_PROGRESS" },
});

/** What can be done with a stack besides updating and deleting it, as its state lets it. */
export function StackActions({ stack }: { stack: Stack }) {
  const { navigate } = usePlace();
  const [chosen, setChosen] = useState<string>();
  const { StackName, StackStatus } = stack;
  const actions = actionsOf(stack);
  const items = Object.entries(actions).map(([id, { text, fits }]): ButtonDropdownProps.Item => ({ id, text, disabled: !fits(StackStatus), disabledReason: fits(StackStatus) ? undefined : `Not while the stack is ${StackStatus}.` }));
  const action = chosen === undefined ? undefined : actions[chosen];
  return (
    <>
      <ButtonDropdown data-testid="stack-actions" items={items} onItemClick={({ detail }) => (detail.id === "changeset" ? navigate(stackPath(StackName, "update")) : setChosen(detail.id))}>
        Stack actions
      </ButtonDropdown>
      {action && (
        <ConfirmModal
          title={action.text}
          testId="stack-action"
          done={action.done}
          work={(ask) => ask("cloudformation", action.operation, { StackName, ...action.input })}
          onClose={() => setChosen(undefined)}
          onDone={() => navigate(stackPath(StackName, chosen === "drift" ? "drift" : "events"))}
        >
          <Box variant="p">{action.what}</Box>
        </ConfirmModal>
      )}
    </>
  );
}
