"use client";
import Box from "@cloudscape-design/components/box";
import { ConfirmModal } from "../../frame/confirm-modal";
import { useWhere } from "../../frame/lab";
import { deleteUser } from "../delete-entities";
import { hasPassword } from "./has-password";

/** Asks for the name of one user, or for the word "delete" for several, as the IAM console does. */
export function DeleteUsers({ names, onClose, onDeleted }: { names: string[]; onClose(): void; onDeleted?(): void }) {
  const { account } = useWhere();
  const one = names.length === 1;
  return (
    <ConfirmModal
      title={one ? `Delete ${names[0]}` : `Delete ${names.length} users`}
      action={one ? "Delete user" : "Delete users"}
      typed={one ? names[0] : "delete"}
      testId="delete-users"
      done={one ? `User ${names[0]} was deleted.` : `${names.length} users were deleted.`}
      onClose={onClose}
      onDone={onDeleted}
      work={async (ask) => {
        for (const UserName of names) {
          await deleteUser(ask, UserName, hasPassword(account, UserName));
        }
      }}
    >
      <Box variant="p">
        Access keys, the console password, inline policies and group memberships go with {one ? "the user" : "them"}. Programs that use the access
        keys will be refused. Policies that name {one ? "the user" : "them"} by ARN will keep a unique ID in its place.
      </Box>
      {!one && (
        <ul>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </ConfirmModal>
  );
}
