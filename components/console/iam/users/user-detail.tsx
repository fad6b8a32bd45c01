"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useWhere } from "../../frame/lab";
import { LabDate } from "../../frame/lab-time";
import { GoButton, pathTo, usePlace } from "../../frame/place";
import { leaveOut, useLoad } from "../../frame/use-load";
import { listing } from "../load-iam";
import { EntityTags } from "../shared/entity-tags";
import { holderPath } from "../shared/holder-path";
import { PermissionsTab } from "../shared/permissions-tab";
import { SwitchIdentity } from "../shared/switch-identity";
import type { AccessKey, User } from "../types";
import { CredentialsTab } from "./credentials-tab";
import { DeleteUsers } from "./delete-users";
import { GroupsTab } from "./groups-tab";
import { hasPassword } from "./has-password";

export function UserDetail({ name, tab }: { name: string; tab?: string }) {
  const { navigate, narrow } = usePlace();
  const { account } = useWhere();
  const [deleting, setDeleting] = useState(false);
  /** Deleted: there is nothing to ask for any more, and the list comes next. */
  const [gone, setGone] = useState(false);
  const of = (what: string) => (gone ? undefined : `${what}|${name}`);
  const user = useLoad(of("user"), async (ask) => (await ask<{ User: User }>("iam", "GetUser", { UserName: name })).User);
  const keys = useLoad(of("keys"), (ask) => listing<AccessKey>(ask, "ListAccessKeys", "AccessKeyMetadata", { UserName: name }));
  const login = useLoad(of("login"), async (ask) => ({
    profile: hasPassword(account, name) ? await ask<{ LoginProfile: { CreateDate: number } }>("iam", "GetLoginProfile", { UserName: name }).catch(leaveOut) : undefined,
  }));
  if (user.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={user.refused} />
      </SpaceBetween>
    );
  if (!user.data) return <Spinner size="large" />;
  const { Arn, CreateDate, UserName, PermissionsBoundary, PasswordLastUsed } = user.data;
  const holder = { kind: "user" as const, name: UserName };
  const password = login.data?.profile?.LoginProfile;
  const tabs = [
    {
      id: "permissions",
      label: "Permissions",
      content: <PermissionsTab holder={holder} boundary={PermissionsBoundary?.PermissionsBoundaryArn} account={account} />,
    },
    { id: "groups", label: "Groups", content: <GroupsTab name={UserName} /> },
    { id: "tags", label: "Tags", content: <EntityTags holder={holder} /> },
    {
      id: "security-credentials",
      label: "Security credentials",
      content: <CredentialsTab name={UserName} keys={keys} password={password} />,
    },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={pathTo("test-as", Arn)} data-testid="test-as">
              Test as…
            </GoButton>
            <SwitchIdentity account={account} caller={{ account, user: UserName }} />
            <Button onClick={() => setDeleting(true)} data-testid="delete-user">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        {UserName}
      </Header>
      <Container header={<Header variant="h2">Summary</Header>}>
        <KeyValuePairs
          columns={narrow ? 2 : 3}
          minColumnWidth={narrow ? 200 : 150}
          items={[
            { label: "ARN", value: <Copyable text={Arn} what="ARN" /> },
            { label: "Console access", value: password ? "Enabled without MFA" : "Disabled" },
            ...[0, 1].map((at) => ({ label: `Access key ${at + 1}`, value: keyWords(keys.data?.[at]) })),
            { label: "Created", value: <LabDate seconds={CreateDate} /> },
            { label: "Last console sign-in", value: <LabDate seconds={PasswordLastUsed} /> },
          ]}
        />
      </Container>
      <Tabs
        data-testid="user-tabs"
        ariaLabel="About this user"
        tabs={tabs}
        activeTabId={tabs.some(({ id }) => id === tab) ? tab! : "permissions"}
        onChange={({ detail }) => navigate(holderPath(holder, detail.activeTabId))}
      />
      {deleting && <DeleteUsers names={[UserName]} onClose={() => setDeleting(false)} onDeleted={() => {
            setGone(true);
            navigate("users");
          }} />}
    </SpaceBetween>
  );
}

const keyWords = (key: AccessKey | undefined): string => (key ? `${key.AccessKeyId} - ${key.Status}` : "-");
