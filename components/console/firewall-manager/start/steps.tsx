"use client";
import { useState, type ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { GoButton, GoLink } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import { Choose } from "../../waf/shared/choose";
import { createPath, GLOBAL_REGION, policiesPath } from "../place-of";
import { goToAccount, useAskIn } from "../shared/as-account";
import { accountWords, type World } from "../shared/world";
import { AddAccountForm } from "./add-account";

/** The prerequisites one after another, each seen in the lab and done by one press. Source: AWS WAF Developer Guide, "AWS Firewall Manager prerequisites". */

interface StepProps {
  number: number;
  title: string;
  /** Undefined: a step before it is missing. */
  done: boolean | undefined;
  /** What is there, or what the step is for. */
  words: ReactNode;
  command?: string;
  children?: ReactNode;
  testId: string;
}

function Step({ number, title, done, words, command, children, testId }: StepProps) {
  const state = done === undefined ? "waiting" : done ? "done" : "open";
  return (
    <li className="fm-step" data-state={state} data-testid={testId}>
      <span className="fm-step-number" aria-hidden>
        {number}
      </span>
      <div className="fm-step-body">
        <SpaceBetween size="xs">
          <div className="fm-step-head">
            <Box variant="h3" tagOverride="h2">
              {title}
            </Box>
            <StatusIndicator type={done === undefined ? "pending" : done ? "success" : "in-progress"}>{done === undefined ? "After the step before" : done ? "Done" : "To do"}</StatusIndicator>
          </div>
          <Box color="text-body-secondary">{words}</Box>
          {done === false && children}
          {done === false && command && (
            <div className="cli-line">
              <CopyButton text={command} what="command" /> <code>{command}</code>
            </div>
          )}
        </SpaceBetween>
      </div>
    </li>
  );
}

export function Steps({ world }: { world: World }) {
  const { organization, members, admin, region, admins, account, policies } = world;
  const whole = organization?.FeatureSet === "ALL";
  const others = members.length > 1;
  const off = members.filter(({ recording }) => !recording);
  const isAdmin = admins.some(({ AdminAccount }) => AdminAccount === account);
  return (
    <ol className="fm-steps">
      <Step
        number={1}
        testId="step-organization"
        title="An organization with all features"
        done={whole}
        words={organization ? (whole ? `${organization.Id}, managed by account ${organization.MasterAccountId}.` : `${organization.Id} has consolidated billing only. The lab cannot enable all features later: delete the organization and create one with them.`) : `Account ${account} is in no organization. The account that creates one is its management account.`}
        command={organization ? "aws organizations delete-organization" : "aws organizations create-organization --feature-set ALL"}
      >
        {!organization && <CreateOrganization world={world} />}
      </Step>
      <Step number={2} testId="step-accounts" title="Member accounts" done={whole ? others : undefined} words={others ? <>{members.length} accounts. <GoLink to="accounts">Accounts</GoLink> adds others, and moves them into units.</> : "Policies reach every account of the organization; with the management account alone there is little to manage."} command="aws organizations create-account --account-name shop --email shop@example.com">
        {organization && <AddAccountForm world={world} />}
      </Step>
      <Step number={3} testId="step-admin" title="A Firewall Manager administrator account" done={whole ? admin !== undefined : undefined} words={admin ? `Account ${accountWords(world, admin)}.` : `Makes the policies. The management account names it, in ${GLOBAL_REGION}; any account of the organization will do.`} command={`aws fms associate-admin-account --admin-account ${organization?.MasterAccountId ?? "111122223333"} --region ${GLOBAL_REGION}`}>
        {whole && <NameAdmin world={world} />}
      </Step>
      <Step number={4} testId="step-config" title={`AWS Config in every account, in ${region}`} done={whole ? off.length === 0 : undefined} words={!members.length ? "Firewall Manager sees what AWS Config records, in each account and Region." : off.length ? `Firewall Manager sees what AWS Config records. It does not record in ${off.map(({ Id }) => Id).join(", ")}. Each Region has a recorder of its own.` : `AWS Config records in ${members.length === 1 ? "the account" : `all ${members.length} accounts`}.`} command="keyhole config on">
        <TurnOn world={world} />
      </Step>
      <Step number={5} testId="step-policy" title="The first policy" done={whole && admin && !off.length ? policies > 0 : undefined} words={policies ? <>{policies} {policies === 1 ? "policy" : "policies"} in {region}. <GoLink to={policiesPath()}>Security policies</GoLink> shows what {policies === 1 ? "it" : "they"} found.</> : isAdmin ? "Begin with one that only identifies: nothing changes in the accounts, and you see what it would find." : admin ? `Policies are made in the administrator's account, ${admin}. You are in ${account}.` : "A policy says what is to be on which resources of which accounts."}>
        {isAdmin ? (
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={createPath} variant="primary" data-testid="first-policy">
              Create policy
            </GoButton>
            <GoButton to={policiesPath()}>Security policies</GoButton>
          </SpaceBetween>
        ) : (
          admin && (
            <Button onClick={() => goToAccount(admin)} data-testid="go-to-admin">
              Switch to account {admin}
            </Button>
          )
        )}
      </Step>
    </ol>
  );
}

function CreateOrganization({ world }: { world: World }) {
  const askIn = useAskIn();
  const flash = useFlash();
  const { busy, refused, run } = useMutation();
  const create = async () => {
    if (await run(async () => void (await askIn(world.account)("organizations", "CreateOrganization", { FeatureSet: "ALL" })))) flash.success(`Account ${world.account} manages an organization now.`);
  };
  return (
    <SpaceBetween size="xs">
      {refused && <AwsErrorNote refused={refused} />}
      <Button variant="primary" loading={busy} onClick={() => void create()} data-testid="create-organization">
        Create organization
      </Button>
    </SpaceBetween>
  );
}

function NameAdmin({ world }: { world: World }) {
  const askIn = useAskIn();
  const flash = useFlash();
  const { busy, refused, run } = useMutation();
  const [chosen, setChosen] = useState(world.account);
  const name = async () => {
    if (await run(async () => void (await askIn(world.organization!.MasterAccountId)("fms", "AssociateAdminAccount", { AdminAccount: chosen }, GLOBAL_REGION)))) flash.success(`Account ${chosen} is the Firewall Manager administrator.`);
  };
  return (
    <SpaceBetween size="xs">
      {refused && <AwsErrorNote refused={refused} />}
      <div className="fm-fields">
        <Choose label="Administrator account" value={chosen} options={world.members.map(({ Id }) => ({ value: Id, label: accountWords(world, Id) }))} onChange={setChosen} testId="admin-account" />
        <div className="fm-button">
          <Button variant="primary" loading={busy} onClick={() => void name()} data-testid="name-admin">
            Set administrator account
          </Button>
        </div>
      </div>
    </SpaceBetween>
  );
}

function TurnOn({ world }: { world: World }) {
  const askIn = useAskIn();
  const flash = useFlash();
  const { busy, refused, run } = useMutation();
  const turnOn = async () => {
    const done = await run(async () => {
      for (const { Id, recording } of world.members) if (!recording) await askIn(Id)("estate", "SetConfigRecorder", { Recording: true }, world.region);
    });
    if (done) flash.success(`AWS Config records in all accounts, in ${world.region}.`);
  };
  return (
    <SpaceBetween size="xs">
      {refused && <AwsErrorNote refused={refused} />}
      <Button variant="primary" loading={busy} onClick={() => void turnOn()} data-testid="turn-on-config">
        Turn on AWS Config in all accounts
      </Button>
    </SpaceBetween>
  );
}
