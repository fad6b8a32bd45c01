"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useFormDraft } from "../../frame/lab";
import { OtherAccounts } from "../accounts";
import { accountProblem, buildConsolePolicy, printPolicy, type ConsoleChoice, type KeyPolicyDocument } from "../console-policy";
import type { KeyMetadata } from "../key-rows";
import { PrincipalTable } from "../principals";

interface Props {
  metadata: KeyMetadata;
  account: string;
  document: KeyPolicyDocument;
  choice: ConsoleChoice;
  busy: boolean;
  /** Puts the policy; false when it was refused. */
  save(policy: string): Promise<boolean>;
}

/** A key policy of the console's form, as the form. Each change is one PutKeyPolicy. */
export function DefaultPolicyView({ metadata, account, document, choice, busy, save }: Props) {
  // Shown as chosen while the call runs; afterwards the policy tells, whichever way it went.
  const [deletion, setDeletion] = useState<boolean>();
  const put = (part: Partial<ConsoleChoice>) =>
    save(printPolicy(buildConsolePolicy(account, metadata.KeySpec, metadata.KeyUsage, { ...choice, ...part }, document)));
  return (
    <SpaceBetween size="m">
      <People
        title="Key administrators"
        purpose="They manage this key and cannot use it."
        arns={choice.administrators}
        busy={busy}
        onChange={(administrators) => put({ administrators })}
        testId="administrators"
      />
      <Container header={<Header variant="h2">Key deletion</Header>}>
        <Checkbox
          checked={deletion ?? choice.allowDeletion}
          disabled={busy || !choice.administrators.length}
          description={choice.administrators.length ? undefined : "This key has no key administrators."}
          onChange={({ detail }) => {
            setDeletion(detail.checked);
            void put({ allowDeletion: detail.checked }).then(() => setDeletion(undefined));
          }}
          data-testid="detail-allow-deletion"
        >
          Allow key administrators to delete this key.
        </Checkbox>
      </Container>
      <People
        title="Key users"
        purpose="They use this key for cryptographic operations."
        arns={choice.users}
        busy={busy}
        onChange={(users) => put({ users })}
        testId="users"
      />
      <Accounts keyId={metadata.KeyId} own={account} accounts={choice.accounts} busy={busy} onChange={(accounts) => put({ accounts })} />
    </SpaceBetween>
  );
}

const nameOf = (arn: string) => arn.split("/").at(-1) ?? arn;
const typeOf = (arn: string) => (/:role\//.test(arn) ? "Role" : /:user\//.test(arn) ? "User" : "Unique ID");

function People({
  title,
  purpose,
  arns,
  busy,
  onChange,
  testId,
}: {
  title: string;
  purpose: string;
  arns: string[];
  busy: boolean;
  onChange(arns: string[]): Promise<boolean>;
  testId: string;
}) {
  const [selected, setSelected] = useState<string[]>([]);
  const [adding, setAdding] = useState<string[]>();
  const rows = arns.map((arn) => ({ arn }));
  const close = () => setAdding(undefined);
  return (
    <>
      <Table
        data-testid={`policy-${testId}`}
        items={rows}
        trackBy="arn"
        selectionType="multi"
        selectedItems={rows.filter(({ arn }) => selected.includes(arn))}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems.map(({ arn }) => arn))}
        ariaLabels={{
          selectionGroupLabel: title,
          allItemsSelectionLabel: () => "Select all",
          itemSelectionLabel: (_, { arn }) => `Select ${nameOf(arn)}`,
        }}
        header={
          <Header
            variant="h2"
            counter={`(${arns.length})`}
            description={purpose}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  disabled={!selected.some((arn) => arns.includes(arn)) || busy}
                  onClick={() => void onChange(arns.filter((arn) => !selected.includes(arn))).then((worked) => worked && setSelected([]))}
                  data-testid={`remove-${testId}`}
                >
                  Remove
                </Button>
                <Button disabled={busy} onClick={() => setAdding([])} data-testid={`add-${testId}`}>
                  Add
                </Button>
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: "Name", cell: ({ arn }) => nameOf(arn), isRowHeader: true },
          { id: "type", header: "Type", cell: ({ arn }) => typeOf(arn) },
          { id: "arn", header: "ARN", cell: ({ arn }) => <span className="copyable-text">{arn}</span> },
        ]}
        empty="Nobody is named. The account's IAM policies decide."
      />
      {adding && (
        <Modal
          visible
          size="large"
          onDismiss={close}
          header={`Add ${title.toLowerCase()}`}
          closeAriaLabel="Close"
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={close}>
                  Cancel
                </Button>
                <Button
                  variant="primary"
                  loading={busy}
                  disabled={!adding.length}
                  onClick={() => void onChange([...arns, ...adding]).then(close)}
                  data-testid={`add-${testId}-confirm`}
                >
                  Add
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          <PrincipalTable title={title} chosen={adding} onChange={setAdding} except={arns} data-testid={`choose-${testId}`} />
        </Modal>
      )}
    </>
  );
}

interface AccountsForm {
  accounts?: string[];
}
const noForm: AccountsForm = {};

function Accounts({
  keyId,
  own,
  accounts,
  busy,
  onChange,
}: {
  keyId: string;
  own: string;
  accounts: string[];
  busy: boolean;
  onChange(accounts: string[]): Promise<boolean>;
}) {
  const [form, change, clear] = useFormDraft<AccountsForm>(`kms/accounts/${keyId}`, noForm);
  const editing = form.accounts;
  const wrong = editing?.some((id, index) => accountProblem(id, own, editing.slice(0, index)));
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${accounts.length})`}
          description="Their administrators must also allow the use, with IAM policies in their account."
          actions={
            !editing && (
              <Button onClick={() => change({ accounts: accounts.length ? accounts : [""] })} data-testid="add-accounts">
                {accounts.length ? "Edit" : "Add other AWS accounts"}
              </Button>
            )
          }
        >
          Other AWS accounts
        </Header>
      }
      footer={
        editing && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={clear}>Cancel</Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={wrong}
              onClick={() => void onChange(editing).then((worked) => worked && clear())}
              data-testid="accounts-save"
            >
              Save changes
            </Button>
          </SpaceBetween>
        )
      }
    >
      {editing ? (
        <OtherAccounts own={own} accounts={editing} onChange={(next) => change({ accounts: next })} />
      ) : accounts.length ? (
        <ul>
          {accounts.map((id) => (
            <li key={id}>
              <code>{`arn:aws:iam::${id}:root`}</code>
            </li>
          ))}
        </ul>
      ) : (
        "No other AWS accounts can use this key."
      )}
    </Container>
  );
}
