"use client";
import { useState } from "react";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadReferences } from "../load-waf";
import { thingPath } from "../place-of";
import { toShown } from "../rule/rule-json";
import type { Rule, Scope } from "../waf-types";
import { rulesInput, saveHolder, type Holder, type HolderKind } from "./holders";
import { RulesTable } from "./rules-table";

/** The rules of a web ACL or rule group that is there: every change is one update. */
export function HolderRules({ holder, kind, scope }: { holder: Holder; kind: HolderKind; scope: Scope }) {
  const { navigate } = usePlace();
  const { busy, refused, run, clear } = useMutation();
  const [deleting, setDeleting] = useState<Rule[]>();
  const flash = useFlash();
  const references = useLoad(`references|${scope}`, (ask) => loadReferences(ask, scope));
  const rules = (holder.Rules ?? []).map(toShown);
  const path = (...rest: string[]) => thingPath(kind === "WEB_ACL" ? "web-acls" : "rule-groups", scope, holder, ...rest);
  const save = async (next: readonly Rule[]) => {
    if (await run(async (ask) => void (await saveHolder(ask, kind, scope, holder, rulesInput(next))))) flash.success("The rules run in another order now.");
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <RulesTable
        rules={rules}
        kind={kind}
        references={references.data}
        busy={busy}
        onMove={(next) => void save(next)}
        onAdd={(which) => navigate(path("new-rule", which))}
        onEdit={({ Name }) => navigate(path("rules", Name))}
        addressOf={({ Name }) => path("rules", Name)}
        onDelete={setDeleting}
        description="They run from the top: the first that allows or blocks ends it."
        empty={<EmptyState title="No rules">{kind === "WEB_ACL" ? "Every request gets the default action." : "A group without rules matches nothing."}</EmptyState>}
      />
      {deleting && (
        <ConfirmModal
          title={deleting.length === 1 ? "Delete rule" : "Delete rules"}
          action="Delete"
          testId="delete-rule"
          work={async (ask) => void (await saveHolder(ask, kind, scope, holder, rulesInput(rules.filter(({ Name }) => !deleting.some((each) => each.Name === Name)))))}
          done={`${deleting.map(({ Name }) => Name).join(", ")}: deleted.`}
          onClose={() => setDeleting(undefined)}
        >
          {deleting.map(({ Name }) => Name).join(", ")} will no longer look at requests.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
