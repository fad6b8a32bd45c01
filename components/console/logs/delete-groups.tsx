"use client";
import Box from "@cloudscape-design/components/box";
import { ConfirmModal } from "../frame/confirm-modal";

export function DeleteGroups({ names, onClose, onDone }: { names: string[]; onClose(): void; onDone(): void }) {
  const one = names.length === 1;
  return (
    <ConfirmModal
      title={one ? "Delete log group" : "Delete log groups"}
      action="Delete"
      testId="delete-group"
      done={one ? `The log group ${names[0]} was deleted.` : `${names.length} log groups were deleted.`}
      work={async (ask) => {
        for (const logGroupName of names) await ask("logs", "DeleteLogGroup", { logGroupName });
      }}
      onClose={onClose}
      onDone={onDone}
    >
      <Box variant="p">All streams and events in {one ? "it" : "them"} go. A function that still runs makes its group again, if its role lets it.</Box>
      <Box variant="p">
        <strong>{names.join(", ")}</strong>
      </Box>
    </ConfirmModal>
  );
}
