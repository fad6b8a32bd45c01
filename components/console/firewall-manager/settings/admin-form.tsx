"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { regions as allRegions } from "@/lib/engine/regions";
import type { JsonObject } from "@/lib/engine/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { Choose } from "../../waf/shared/choose";
import { policyTypes, type PolicyType } from "../fm-types";
import { GLOBAL_REGION } from "../place-of";
import { useAskIn } from "../shared/as-account";
import { accountWords, type World } from "../shared/world";
import { draftOfScope, scopeOf, type AdminScope, type ScopeDraft } from "./admin-scope";

const empty: ScopeDraft = { account: "", accounts: [], regions: [], types: [] };

/** An administrator beside the default one, or another scope for it: a call of the management account. */
export function AdminForm({ world, account, scope, onDone }: { world: World; account?: string; scope?: AdminScope; onDone(): void }) {
  const askIn = useAskIn();
  const flash = useFlash();
  const initial = useMemo(() => (account && scope ? draftOfScope(account, scope) : empty), [account, scope]);
  const [draft, change, forget] = useFormDraft<ScopeDraft>(`firewall-manager/admin/${account ?? ""}`, initial);
  const { busy, refused, run, clear } = useMutation();
  const free = world.members.filter(({ Id }) => !world.admins.some(({ AdminAccount }) => AdminAccount === Id));
  const accounts = world.members.map(({ Id }) => ({ value: Id, label: accountWords(world, Id) }));
  const regionOptions = Object.entries(allRegions).map(([value, label]) => ({ value, label: value, description: label }));
  const typeOptions = Object.entries(policyTypes).map(([value, { label }]) => ({ value, label }));
  const chosen = <T extends { value: string; label: string }>(options: T[], values: readonly string[]) => values.map((value) => options.find((option) => option.value === value) ?? { value, label: value });
  const submit = async () => {
    if (!(await run(async () => void (await askIn(world.organization!.MasterAccountId)("fms", "PutAdminAccount", { AdminAccount: draft.account, AdminScope: scopeOf(draft) as JsonObject }, GLOBAL_REGION))))) return;
    flash.success(`Account ${draft.account} is a Firewall Manager administrator with this scope.`);
    forget();
    onDone();
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <div className="fm-fields">
        {!account && <Choose label="Account" value={draft.account || undefined} options={free.map(({ Id }) => ({ value: Id, label: accountWords(world, Id) }))} onChange={(next) => change({ account: next })} placeholder="Choose an account" empty="All accounts are administrators" testId="new-admin" />}
        <FormField label="Accounts that it looks after">
          <Multiselect options={accounts} selectedOptions={chosen(accounts, draft.accounts)} placeholder="All accounts" expandToViewport onChange={({ detail }) => change({ accounts: detail.selectedOptions.map(({ value }) => value!) })} data-testid="admin-accounts" />
        </FormField>
        <FormField label="Regions">
          <Multiselect options={regionOptions} selectedOptions={chosen(regionOptions, draft.regions)} placeholder="All Regions" filteringType="auto" filteringAriaLabel="Find a Region" expandToViewport onChange={({ detail }) => change({ regions: detail.selectedOptions.map(({ value }) => value!) })} />
        </FormField>
        <FormField label="Policy types">
          <Multiselect options={typeOptions} selectedOptions={chosen(typeOptions, draft.types)} placeholder="All types" expandToViewport onChange={({ detail }) => change({ types: detail.selectedOptions.map(({ value }) => value as PolicyType) })} data-testid="admin-types" />
        </FormField>
      </div>
      <SpaceBetween direction="horizontal" size="xs">
        <Button formAction="none" loading={busy} disabled={!draft.account} onClick={() => void submit()} data-testid="put-admin">
          {account ? "Save scope" : "Add administrator"}
        </Button>
        {account && (
          <Button
            variant="link"
            formAction="none"
            onClick={() => {
              forget();
              onDone();
            }}
          >
            Cancel
          </Button>
        )}
      </SpaceBetween>
    </SpaceBetween>
  );
}
