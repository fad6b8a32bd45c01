"use client";
import { ConfirmModal } from "../../frame/confirm-modal";

export function DeleteBus({ name, onClose, onDone }: { name: string; onClose(): void; onDone?(): void }) {
  return (
    <ConfirmModal
      title="Delete event bus"
      action="Delete"
      testId="delete-bus"
      typed={name}
      work={async (ask) => void (await ask("events", "DeleteEventBus", { Name: name }))}
      done={`The event bus ${name} was deleted.`}
      onClose={onClose}
      onDone={onDone}
    >
      The bus {name} goes, with its policy. A bus that has rules stays until they are deleted.
    </ConfirmModal>
  );
}
