"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line } from "../../waf/shared/choose";
import { useAskIn } from "../shared/as-account";
import { accountWords, pathOfParent, type World } from "../shared/world";

/** Organizational units: made, and accounts moved into them, by the management account. */
export function Units({ world }: { world: World }) {
  const askIn = useAskIn();
  const flash = useFlash();
  const { busy, refused, run, clear } = useMutation();
  const [name, setName] = useState("");
  const [account, setAccount] = useState<string>();
  const [to, setTo] = useState<string>();
  const manager = world.organization!.MasterAccountId;
  const places = [{ value: world.root!, label: "Root" }, ...world.units.map(({ Id, path }) => ({ value: Id, label: path }))];
  const moving = world.members.find(({ Id }) => Id === account);
  const create = async () => {
    if (!(await run(async () => void (await askIn(manager)("organizations", "CreateOrganizationalUnit", { ParentId: world.root!, Name: name }))))) return;
    flash.success(`The organizational unit ${name} was created.`);
    setName("");
  };
  const move = async () => {
    if (!moving || !to) return;
    if (await run(async () => void (await askIn(manager)("organizations", "MoveAccount", { AccountId: moving.Id, SourceParentId: moving.parent, DestinationParentId: to })))) flash.success(`Account ${moving.Id} is in ${pathOfParent(world, to)} now.`);
  };
  return (
    <Container header={<Header variant="h2" description={`Policies can be about whole units. Calls are made in the management account, ${manager}.`}>Organizational units</Header>} data-testid="units">
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <div className="fm-fields">
          <Line label="New unit" value={name} onChange={setName} placeholder="prod" testId="unit-name" />
          <div className="fm-button">
            <Button formAction="none" loading={busy} disabled={!name.trim()} onClick={() => void create()} data-testid="create-unit">
              Create unit
            </Button>
          </div>
        </div>
        <div className="fm-fields">
          <Choose label="Account" value={account} options={world.members.map(({ Id }) => ({ value: Id, label: accountWords(world, Id) }))} onChange={setAccount} placeholder="Choose an account" testId="move-account" />
          <Choose label="Moves to" value={to} options={places} onChange={setTo} placeholder="Choose a unit" testId="move-to" />
          <div className="fm-button">
            <Button formAction="none" loading={busy} disabled={!moving || !to || moving.parent === to} onClick={() => void move()} data-testid="move">
              Move
            </Button>
          </div>
        </div>
      </SpaceBetween>
    </Container>
  );
}
