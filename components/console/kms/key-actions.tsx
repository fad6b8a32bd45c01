"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { ConfirmModal } from "../frame/confirm-modal";
import { pathTo, usePlace } from "../frame/place";
import { actionProblems, type KeyAction, type KeyRow } from "./key-rows";

const LABELS: Record<KeyAction, string> = {
  enable: "Enable",
  disable: "Disable",
  schedule: "Schedule key deletion",
  cancel: "Cancel key deletion",
};
/** What a confirmation asks, does and reports. Scheduling has a page of its own. */
const WORDS: Record<Exclude<KeyAction, "schedule">, { title: string; ask: string; operation: string; done: string }> = {
  enable: { title: "Enable key", ask: "The key can be used for cryptographic operations again.", operation: "EnableKey", done: "enabled" },
  disable: {
    title: "Disable key",
    ask: "While a key is disabled, nothing can be encrypted or decrypted with it, and what is under it cannot be read. You can enable it again at any time.",
    operation: "DisableKey",
    done: "disabled",
  },
  cancel: {
    title: "Cancel key deletion",
    ask: "The key stays. It will be disabled afterwards: enable it to use it again.",
    operation: "CancelKeyDeletion",
    done: "kept, and disabled",
  },
};

/** The Key actions menu of the list (for the selection) and of a key's page (for that key). */
export function KeyActions({ rows }: { rows: KeyRow[] }) {
  const { navigate } = usePlace();
  const [confirming, setConfirming] = useState<Exclude<KeyAction, "schedule">>();
  const problems = actionProblems(rows);
  return (
    <>
      <ButtonDropdown
        data-testid="key-actions"
        items={(Object.keys(LABELS) as KeyAction[]).map((id) => ({
          id,
          text: LABELS[id],
          disabled: !!problems[id],
          disabledReason: problems[id],
        }))}
        onItemClick={({ detail }) => {
          const action = detail.id as KeyAction;
          if (action === "schedule") navigate(pathTo("keys", rows.map(({ id }) => id).join(","), "schedule-deletion"));
          else setConfirming(action);
        }}
      >
        Key actions
      </ButtonDropdown>
      {confirming && <Confirm action={confirming} rows={rows} onClose={() => setConfirming(undefined)} />}
    </>
  );
}

function Confirm({ action, rows, onClose }: { action: Exclude<KeyAction, "schedule">; rows: KeyRow[]; onClose(): void }) {
  const { title, ask: words, operation, done } = WORDS[action];
  const names = rows.map((row) => row.aliases[0] ?? row.id).join(", ");
  return (
    <ConfirmModal
      title={title}
      testId="key-action"
      done={`${names}: ${done}.`}
      onClose={onClose}
      work={async (ask) => {
        for (const { id } of rows) await ask("kms", operation, { KeyId: id });
      }}
    >
      <Box variant="p">{words}</Box>
      <Box variant="p">
        <strong>{names}</strong>
      </Box>
    </ConfirmModal>
  );
}
