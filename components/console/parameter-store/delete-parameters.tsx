"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import { ConfirmModal } from "../frame/confirm-modal";

/** DeleteParameters takes ten names at a time. Source: SSM API, DeleteParameters. */
const AT_ONCE = 10;

export function DeleteParameters({ names, onClose, onDeleted }: { names: string[]; onClose(): void; onDeleted(): void }) {
  // The list behind goes on while the calls run; what was asked for stays.
  const [going] = useState(names);
  return (
    <ConfirmModal
      title={going.length === 1 ? "Delete parameter" : "Delete parameters"}
      testId="delete-parameters"
      done={
        going.length === 1
          ? `Delete parameter request succeeded: ${going[0]}`
          : `Delete parameters request succeeded: ${going.length} parameters`
      }
      onClose={onClose}
      onDone={onDeleted}
      work={async (ask) => {
        if (going.length === 1) return ask("ssm", "DeleteParameter", { Name: going[0] });
        for (let at = 0; at < going.length; at += AT_ONCE) await ask("ssm", "DeleteParameters", { Names: going.slice(at, at + AT_ONCE) });
      }}
    >
      <Box variant="p">All versions and labels go with it. Programs that read the name will get ParameterNotFound.</Box>
      <ul>
        {going.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </ConfirmModal>
  );
}
