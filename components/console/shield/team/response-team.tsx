"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink } from "../../frame/console-link";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { type Ask, allPages, leaveOut, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line } from "../../waf/shared/choose";
import { type Team, askShield, loadTeam } from "../load-shield";
import { Engagement } from "./engagement";

/** Who helps in an attack: what they may do and read, and whether they call by themselves. */
export function ResponseTeam() {
  const { data, refused } = useLoad("team", loadTeam);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="The Shield Response Team (SRT; in the API still DRT) helps during an attack, day and night.">
        Response team
      </Header>
      <Alert type="info" data-testid="support-plan">
        To reach the team takes Business Support or Enterprise Support. The lab sells no support plans, and does not ask for one.
      </Alert>
      {refused && <AwsErrorNote refused={refused} />}
      {!data && !refused && <Spinner size="large" />}
      {data && (
        <SpaceBetween size="m">
          <Access team={data} />
          <Buckets team={data} />
          <Engagement team={data} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

interface Role {
  RoleName: string;
  Arn: string;
}
const PRINCIPAL = "drt.shield.amazonaws.com";
const POLICY = "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy";
const OWN = "AWSSRTAccess";

const loadRoles = (ask: Ask): Promise<Role[]> =>
  allPages<Role>(async (Marker) => {
    const page = await ask<{ Roles: Role[]; Marker?: string }>("iam", "ListRoles", { MaxItems: 200, ...(Marker && { Marker }) });
    return { items: page.Roles, next: page.Marker };
  });

function Access({ team }: { team: Team }) {
  const [role, setRole] = useState("");
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const roles = (useLoad("roles", (ask) => loadRoles(ask).catch(leaveOut)).data ?? []).filter(({ Arn }) => !Arn.includes(":role/aws-service-role/"));
  const grant = async (RoleArn?: string) => {
    const done = await run(async (ask) => {
      let arn = RoleArn;
      if (arn === undefined) {
        const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: PRINCIPAL }, Action: "sts:AssumeRole" }] });
        arn = (await ask<{ Role: Role }>("iam", "CreateRole", { RoleName: OWN, AssumeRolePolicyDocument })).Role.Arn;
        await ask("iam", "AttachRolePolicy", { RoleName: OWN, PolicyArn: POLICY });
      }
      await askShield(ask, "AssociateDRTRole", { RoleArn: arn });
    });
    if (done) flash.success("The response team has access by the role.");
  };
  const revoke = async () => {
    if (await run(async (ask) => void (await askShield(ask, "DisassociateDRTRole")))) flash.success("The response team has no role any more.");
  };
  return (
    <Container
      data-testid="team-access"
      header={
        <Header
          variant="h2"
          description="The role lets the team see this account’s AWS WAF and change its web ACLs during an attack. It must trust drt.shield.amazonaws.com and have the policy AWSShieldDRTAccessPolicy."
          actions={
            team.RoleArn && (
              <Button loading={busy} onClick={() => void revoke()} data-testid="team-revoke">
                Revoke
              </Button>
            )
          }
        >
          Access to the account
        </Header>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        {team.RoleArn ? (
          <SpaceBetween size="xs">
            <Copyable text={team.RoleArn} what="role ARN" />
            <ConsoleLink to={`/console/iam/roles/details/${encodeURIComponent(team.RoleArn.split("/").at(-1)!)}`}>See the role in IAM</ConsoleLink>
          </SpaceBetween>
        ) : (
          <SpaceBetween size="s">
            <div className="shield-fields">
              <Choose label="A role that is there" value={role} options={roles.map(({ Arn, RoleName }) => ({ value: Arn, label: RoleName }))} onChange={setRole} placeholder="Choose a role" filtering testId="team-role" />
            </div>
            <SpaceBetween direction="horizontal" size="xs">
              <Button loading={busy} disabled={role === ""} onClick={() => void grant(role)} data-testid="team-grant">
                Use this role
              </Button>
              {!roles.some(({ RoleName }) => RoleName === OWN) && (
                <Button loading={busy} onClick={() => void grant()} data-testid="team-create-role">
                  Create the role {OWN}
                </Button>
              )}
            </SpaceBetween>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Buckets({ team }: { team: Team }) {
  const [name, setName] = useState("");
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const problem = name === "" || /^[a-z0-9.-]{3,63}$/.test(name) ? undefined : "3 to 63 small letters, digits, . and -";
  const add = async () => {
    if (!(await run(async (ask) => void (await askShield(ask, "AssociateDRTLogBucket", { LogBucket: name }))))) return;
    flash.success(`The team may read the bucket ${name}.`);
    setName("");
  };
  const remove = async (LogBucket: string) => {
    if (await run(async (ask) => void (await askShield(ask, "DisassociateDRTLogBucket", { LogBucket })))) flash.success(`The team may no longer read the bucket ${LogBucket}.`);
  };
  return (
    <Container header={<Header variant="h2" description="Up to ten S3 buckets with logs of load balancers, distributions or others. The lab has no S3: a bucket is its name.">Log buckets</Header>} data-testid="team-buckets">
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <Table
          variant="embedded"
          items={team.LogBucketList}
          columnDefinitions={[
            { id: "name", header: "Bucket", isRowHeader: true, cell: (bucket: string) => bucket },
            { id: "remove", header: "Access", cell: (bucket: string) => <Button variant="inline-link" onClick={() => void remove(bucket)} ariaLabel={`Remove the bucket ${bucket}`}>Remove</Button> },
          ]}
          empty={<EmptyState title="No buckets">The team sees what AWS WAF samples, and no logs beyond.</EmptyState>}
        />
        <div className="shield-fields">
          <Line label="Bucket name" value={name} onChange={setName} errorText={problem} placeholder="shop-logs" mono testId="bucket-name" />
        </div>
        <Button loading={busy} disabled={name === "" || problem !== undefined} onClick={() => void add()} data-testid="bucket-add">
          Add bucket
        </Button>
      </SpaceBetween>
    </Container>
  );
}
