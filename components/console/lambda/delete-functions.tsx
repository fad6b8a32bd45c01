"use client";
import Box from "@cloudscape-design/components/box";
import { ConfirmModal } from "../frame/confirm-modal";

/** Deletes functions with their versions and aliases. What they logged and their roles stay. */
export function DeleteFunctions({ names, onClose, onDone }: { names: string[]; onClose(): void; onDone(): void }) {
  const one = names.length === 1;
  return (
    <ConfirmModal
      title={one ? `Delete ${names[0]}` : `Delete ${names.length} functions`}
      action="Delete"
      typed="confirm"
      testId="delete-function"
      done={one ? `The function ${names[0]} was deleted.` : `${names.length} functions were deleted.`}
      work={async (ask) => {
        for (const FunctionName of names) await ask("lambda", "DeleteFunction", { FunctionName });
      }}
      onClose={onClose}
      onDone={onDone}
    >
      <Box variant="p">
        The code, all versions and all aliases go. The execution {one ? "role" : "roles"} and the log {one ? "group" : "groups"} stay: delete them in IAM and CloudWatch if nothing else
        needs them.
      </Box>
      <Box variant="p">
        <strong>{names.join(", ")}</strong>
      </Box>
    </ConfirmModal>
  );
}
