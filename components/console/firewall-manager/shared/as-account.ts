"use client";
import { useCallback } from "react";
import type { Caller } from "@/lib/engine/types";
import { call, setIdentity, theLab, type Identity } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { asThrown, type Ask } from "../../frame/use-load";

/** The role by which a management account gets into accounts that it made. Source: AWS Organizations User Guide, "Accessing a member account with OrganizationAccountAccessRole". */
const ACCESS_ROLE = "OrganizationAccountAccessRole";

/**
 * Who calls in an account: you where it is yours; else the role that the organization made with the account, its user `admin`, or
 * its root user.
 */
export function callerIn(account: string, { caller, account: own }: Pick<Identity, "account" | "caller">): Caller {
  if (account === own) return caller;
  const iam = theLab()?.read({ account, region: "global", service: "iam" });
  const has = (table: "users" | "roles", member: string, name: string): boolean => iam?.table<Record<string, string>>(table).all().some((row) => row[member] === name) ?? false;
  if (has("roles", "RoleName", ACCESS_ROLE)) return { account, role: ACCESS_ROLE, session: "keyhole" };
  return has("users", "UserName", "admin") ? { account, user: "admin" } : { account, root: true };
}

export type AskIn = (account: string) => Ask;

/** The lab's door for calls that belong to another account than yours: each is made by somebody of that account. */
export function useAskIn(): AskIn {
  const scope = useLab((state) => JSON.stringify(state.identity));
  return useCallback<AskIn>(
    (account) =>
      async (service, operation, input = {}, region) => {
        const identity = JSON.parse(scope) as Identity;
        const reply = await call(service, operation, input, { door: "console", caller: callerIn(account, identity), region: region ?? identity.region });
        if (reply.ok) return reply.output as never;
        throw asThrown({ service, operation, reply });
      },
    [scope],
  );
}

/** Goes to another account, as the identity menu in the top bar does. */
export const goToAccount = (account: string): void => setIdentity({ account, caller: callerIn(account, { account: "", caller: { account, root: true } }) });

/** An ask whose calls go to this Region unless they name another. */
export const askAt = (ask: Ask, home: string): Ask => (service, operation, input, region) => ask(service, operation, input, region ?? home);
