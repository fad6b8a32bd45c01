"use client";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";
import { accountProblem } from "./console-policy";

/** "Other AWS accounts": ids of twelve digits, each of which will stand in the policy as that account's root. */
export function OtherAccounts({ own, accounts, onChange }: { own: string; accounts: string[]; onChange(accounts: string[]): void }) {
  const set = (index: number, value: string) => onChange(accounts.map((account, at) => (at === index ? value.trim() : account)));
  return (
    <AttributeEditor
      items={accounts}
      addButtonText="Add another AWS account"
      removeButtonText="Remove"
      i18nStrings={{ removeButtonAriaLabel: (account: string) => `Remove account ${account}` }}
      empty="No other AWS accounts can use this key."
      onAddButtonClick={() => onChange([...accounts, ""])}
      onRemoveButtonClick={({ detail }) => onChange(accounts.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: "AWS account ID",
          control: (account: string, index: number) => (
            <Input
              value={account}
              placeholder="444455556666"
              inputMode="numeric"
              ariaLabel={`AWS account ID ${index + 1}`}
              onChange={({ detail }) => set(index, detail.value)}
              data-testid={`other-account-${index}`}
            />
          ),
          constraintText: (account: string) => `arn:aws:iam::${account || "account-id"}:root`,
          errorText: (account: string, index: number) => (account ? accountProblem(account, own, accounts.slice(0, index)) : undefined),
        },
      ]}
    />
  );
}
