"use client";
import Box from "@cloudscape-design/components/box";
import { ConfirmModal } from "../../frame/confirm-modal";
import type { Rule } from "../event-types";
import { deleteRules } from "./rule-changes";

export function DeleteRules({ rules, onClose, onDone }: { rules: readonly Pick<Rule, "Name" | "EventBusName">[]; onClose(): void; onDone?(): void }) {
  const one = rules.length === 1;
  return (
    <ConfirmModal
      title={one ? "Delete rule" : "Delete rules"}
      action="Delete"
      testId="delete-rules"
      typed={one ? rules[0].Name : "delete"}
      work={(ask) => deleteRules(ask, rules)}
      done={one ? `The rule ${rules[0].Name} was deleted.` : `${rules.length} rules were deleted.`}
      onClose={onClose}
      onDone={onDone}
    >
      <Box>
        {one ? <>The rule {rules[0].Name} and its targets’ settings go.</> : <>{rules.length} rules go, with their targets’ settings: {rules.map(({ Name }) => Name).join(", ")}.</>} What they sent to stays, and so do permissions that were given for them.
      </Box>
    </ConfirmModal>
  );
}
