"use client";
import { useMemo } from "react";
import { useFormDraft } from "../../../frame/lab";
import { useLoad, type Loaded } from "../../../frame/use-load";
import { loadWebAcl } from "../../load-waf";
import { toShown } from "../../rule/rule-json";
import { inOrder } from "../../rule/shape";
import type { Locked, Rule, RuleAction, WebAcl } from "../../waf-types";
import { noEdit, type EditDraft } from "./edit-draft";
import type { AclRef } from "../place";
import type { Edit } from "../try-requests";

export interface AclEdit {
  loaded: Loaded<Locked<WebAcl>>;
  /** In the order in which they run, with what was changed. */
  rules: Rule[];
  action: RuleAction | undefined;
  draft: EditDraft;
  change(part: Partial<EditDraft>): void;
  drop(): void;
  /** What would be saved; undefined where it is what is there. */
  edit: Edit | undefined;
}

/** A web ACL, and the edit of it that is kept over a reload until it is saved or dropped. */
export function useEdit(acl: AclRef | undefined): AclEdit {
  const loaded = useLoad(acl && `bench|${acl.scope}|${acl.Name}|${acl.Id}`, (ask) => loadWebAcl(ask, acl!.scope, acl!));
  const [draft, change, drop] = useFormDraft<EditDraft>(`wafv2/bench/${acl?.Id ?? ""}`, noEdit);
  const { data } = loaded;
  const present = useMemo(() => inOrder((data?.Rules ?? []).map(toShown)), [data]);
  const rules = draft.rules ?? present;
  const action = draft.action ?? data?.DefaultAction;
  const edit = useMemo(
    () => (data && action && JSON.stringify([rules, action]) !== JSON.stringify([present, data.DefaultAction]) ? { rules, action } : undefined),
    [data, present, rules, action],
  );
  const token = data?.LockToken;
  return { loaded, rules, action, draft, drop, edit, change: (part) => change({ ...(draft.token === undefined && token !== undefined ? { token } : {}), ...part }) };
}
