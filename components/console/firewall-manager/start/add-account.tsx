"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import type { Ask } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Line } from "../../waf/shared/choose";
import { useAskIn, type AskIn } from "../shared/as-account";
import type { World } from "../shared/world";

/** A new account of the organization; gives its number. */
async function create(manager: Ask, AccountName: string): Promise<string> {
  const email = `${AccountName.toLowerCase().replace(/[^a-z0-9]+/g, "-")}@example.com`;
  const { CreateAccountStatus: started } = await manager<{ CreateAccountStatus: { Id: string } }>("organizations", "CreateAccount", { AccountName, Email: email });
  return (await manager<{ CreateAccountStatus: { AccountId: string } }>("organizations", "DescribeCreateAccountStatus", { CreateAccountRequestId: started.Id })).CreateAccountStatus.AccountId;
}

/** An invitation by the management account, and the invited account's yes. */
async function invite(askIn: AskIn, management: string, account: string): Promise<void> {
  const { Handshake } = await askIn(management)<{ Handshake: { Id: string } }>("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: account } });
  await askIn(account)("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id });
}

/** Both ways into the organization, without the frame. */
export function AddAccountForm({ world }: { world: World }) {
  const askIn = useAskIn();
  const flash = useFlash();
  const { busy, refused, run, clear } = useMutation();
  const [name, setName] = useState("");
  const management = world.organization!.MasterAccountId;
  const make = async () => {
    let id = "";
    if (!(await run(async () => void (id = await create(askIn(management), name.trim()))))) return;
    flash.success(`Account ${id} (${name.trim()}) is in the organization.`);
    setName("");
  };
  const ask = async (account: string) => {
    if (await run(() => invite(askIn, management, account))) flash.success(`Account ${account} accepted the invitation and is in the organization.`);
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <div className="fm-fields">
        <Line label="Name of a new account" value={name} onChange={setName} errorText={name.length > 50 ? "At most 50 characters." : undefined} placeholder="shop" testId="account-name" />
        <div className="fm-button">
          <Button formAction="none" loading={busy} disabled={!name.trim() || name.length > 50} onClick={() => void make()} data-testid="create-account">
            Create account
          </Button>
        </div>
      </div>
      {world.others.map((account) => (
        <Button key={account} formAction="none" loading={busy} onClick={() => void ask(account)} data-testid={`invite-${account}`}>
          Invite account {account}, and accept there
        </Button>
      ))}
    </SpaceBetween>
  );
}

export function AddAccount({ world }: { world: World }) {
  return (
    <Container header={<Header variant="h2" description={`Calls are made in the management account, ${world.organization!.MasterAccountId}; an invitation is accepted in the invited one.`}>Add an account</Header>}>
      <AddAccountForm world={world} />
    </Container>
  );
}
