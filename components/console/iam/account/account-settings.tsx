"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { useFormDraft } from "../../frame/lab";
import { useLoad } from "../../frame/use-load";

/** What is there of what there may be. Source: IAM API, GetAccountSummary. */
const QUOTAS: [label: string, used: string | undefined, quota: string][] = [
  ["Users in the account", "Users", "UsersQuota"],
  ["User groups in the account", "Groups", "GroupsQuota"],
  ["Roles in the account", "Roles", "RolesQuota"],
  ["Customer managed policies in the account", "Policies", "PoliciesQuota"],
  ["Groups of a user", undefined, "GroupsPerUserQuota"],
  ["Access keys of a user", undefined, "AccessKeysPerUserQuota"],
  ["Managed policies attached to a user", undefined, "AttachedPoliciesPerUserQuota"],
  ["Managed policies attached to a role", undefined, "AttachedPoliciesPerRoleQuota"],
  ["Characters of a managed policy", undefined, "PolicySizeQuota"],
  ["Versions of a managed policy", undefined, "VersionsPerPolicyQuota"],
];
const noAlias = { alias: "" };

export function AccountSettings() {
  const [open, setOpen] = useState<"create" | "delete">();
  const [{ alias }, change, clear] = useFormDraft("iam/account-alias", noAlias);
  const aliases = useLoad("alias", async (ask) => (await ask("iam", "ListAccountAliases")).AccountAliases as string[]);
  const summary = useLoad("summary", async (ask) => (await ask("iam", "GetAccountSummary")).SummaryMap as Record<string, number>);
  const now = aliases.data?.[0];
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Account settings</Header>
      {aliases.refused && <AwsErrorNote refused={aliases.refused} />}
      <Container
        data-testid="account-alias"
        header={
          <Header
            variant="h2"
            description="A name in place of the account ID in the sign-in URL. No two accounts of AWS have the same."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {now && (
                  <Button onClick={() => setOpen("delete")} data-testid="delete-account-alias">
                    Delete
                  </Button>
                )}
                <Button onClick={() => setOpen("create")} data-testid="create-account-alias">
                  {now ? "Edit" : "Create"}
                </Button>
              </SpaceBetween>
            }
          >
            Account Alias
          </Header>
        }
      >
        {now ?? "No alias."}
      </Container>
      {summary.refused && <AwsErrorNote refused={summary.refused} />}
      {summary.data && (
        <Table
          header={<Header variant="h2">Quotas</Header>}
          wrapLines
          items={QUOTAS}
          trackBy={([label]) => label}
          columnDefinitions={[
            { id: "what", header: "Quota", cell: ([label]) => label, isRowHeader: true },
            { id: "used", header: "Used", cell: ([, used]) => (used ? summary.data![used] : "-") },
            { id: "most", header: "At most", cell: ([, , quota]) => summary.data![quota].toLocaleString("en") },
          ]}
        />
      )}
      <Container header={<Header variant="h2">Password policy, MFA and STS endpoints</Header>}>Not simulated in Keyhole.</Container>
      {open === "create" && (
        <ConfirmModal
          title={now ? "Edit account alias" : "Create account alias"}
          action="Save changes"
          testId="account-alias"
          done={`The account's alias is ${alias.trim()}.`}
          onClose={() => setOpen(undefined)}
          onDone={clear}
          work={(ask) => ask("iam", "CreateAccountAlias", { AccountAlias: alias.trim() })}
        >
          <FormField label="Preferred alias" constraintText="3 to 63 small letters, digits and hyphens.">
            <Input value={alias} onChange={({ detail }) => change({ alias: detail.value })} data-testid="account-alias-name" />
          </FormField>
        </ConfirmModal>
      )}
      {open === "delete" && (
        <ConfirmModal
          title="Delete account alias"
          testId="delete-account-alias"
          done="The account has no alias any more."
          onClose={() => setOpen(undefined)}
          work={(ask) => ask("iam", "DeleteAccountAlias", { AccountAlias: now! })}
        >
          <Box variant="p">The sign-in URL has the account ID again.</Box>
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
