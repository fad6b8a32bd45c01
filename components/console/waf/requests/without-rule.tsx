"use client";
import { useMemo } from "react";
import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";
import type { Rule, RuleAction } from "../waf-types";
import type { AclRef } from "./place";
import { useWalk } from "./use-tries";
import { endedBy } from "../walk/walk-words";

/** What rules that were not reached would have said: tried with the rule that ended it taken out. Silent where it is the same. */
export function WithoutRule({ acl, type, rules, action, result, message, client }: { acl: AclRef; type: string; rules: readonly Rule[]; action: RuleAction | undefined; result: InspectionResult; message: HttpMessage; client: Client }) {
  const [ended] = endedBy(result.walk ?? []);
  const name = ended?.name;
  const edit = useMemo(() => (name !== undefined && action && result.action === "ALLOW" ? { rules: rules.filter(({ Name }) => Name !== name), action } : undefined), [rules, action, name, result.action]);
  const { result: other } = useWalk(acl, type, edit, edit && message, client);
  if (!edit || !other || other.action === "ALLOW") return null;
  const [then] = endedBy(other.walk ?? []);
  const what = { BLOCK: "blocked it", CAPTCHA: "asked for a CAPTCHA", CHALLENGE: "challenged it", ALLOW: "let it through" }[other.action];
  return (
    <p className="bench-without" data-testid="without-rule">
      {then ? (
        <>
          Were it not for <strong>{name}</strong>, the rule <strong>{then.name}</strong> would have {what}: it stands behind.
        </>
      ) : (
        <>
          Were it not for <strong>{name}</strong>, the default action would have {what}.
        </>
      )}
    </p>
  );
}
