"use client";
import type { ReactNode } from "react";
import { ConfirmModal } from "../../frame/confirm-modal";
import { askWaf } from "../load-waf";
import type { Scope } from "../waf-types";

export interface DeleteThingProps {
  what: string;
  operation: string;
  thing: { Name: string; Id: string; LockToken: string };
  scope: Scope;
  onClose(): void;
  onDone(): void;
  children: ReactNode;
}

export function DeleteThing({ what, operation, thing: { Name, Id, LockToken }, scope, onClose, onDone, children }: DeleteThingProps) {
  return (
    <ConfirmModal
      title={`Delete ${what}`}
      action="Delete"
      testId="delete-thing"
      typed={Name}
      work={async (ask) => void (await askWaf(ask, scope, operation, { Name, Id, Scope: scope, LockToken }))}
      done={`The ${what} ${Name} was deleted.`}
      onClose={onClose}
      onDone={onDone}
    >
      {children}
    </ConfirmModal>
  );
}
