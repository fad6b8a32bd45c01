"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
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
import { useLoad } from "../../frame/use-load";
import { EntityTags } from "../shared/entity-tags";
import { holderPath } from "../shared/holder-path";
import { PermissionsTab } from "../shared/permissions-tab";
import { SwitchIdentity } from "../shared/switch-identity";
import type { Role } from "../types";
import { durationWords } from "./duration-words";
import { EditRole } from "./edit-role";
import { DeleteRoles } from "./role-list";
import { SessionsTab } from "./sessions-tab";
import { TrustTab } from "./trust-tab";

export function RoleDetail({ name, tab }: { name: string; tab?: string }) {
  const { navigate, narrow } = usePlace();
  const { account } = useWhere();
  const [open, setOpen] = useState<"delete" | "edit">();
  /** Deleted: there is nothing to ask for any more, and the list comes next. */
  const [gone, setGone] = useState(false);
  const role = useLoad(gone ? undefined : `role|${name}`, async (ask) => (await ask<{ Role: Role }>("iam", "GetRole", { RoleName: name })).Role);
  if (role.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={role.refused} />
      </SpaceBetween>
    );
  if (!role.data) return <Spinner size="large" />;
  const { RoleName, Arn, Path, CreateDate, Description, MaxSessionDuration, PermissionsBoundary, RoleLastUsed } = role.data;
  const fixed = Path.startsWith("/aws-service-role/");
  const holder = { kind: "role" as const, name: RoleName };
  const tabs = [
    {
      id: "permissions",
      label: "Permissions",
      content: <PermissionsTab holder={holder} boundary={PermissionsBoundary?.PermissionsBoundaryArn} account={account} fixed={fixed} />,
    },
    { id: "trust-relationships", label: "Trust relationships", content: <TrustTab role={role.data} fixed={fixed} /> },
    { id: "tags", label: "Tags", content: <EntityTags holder={holder} fixed={fixed} /> },
    { id: "revoke-sessions", label: "Revoke sessions", content: <SessionsTab role={role.data} account={account} fixed={fixed} /> },
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
            <SwitchIdentity account={account} caller={{ account, role: RoleName, session: "keyhole" }} />
            {!fixed && (
              <Button onClick={() => setOpen("delete")} data-testid="delete-role">
                Delete
              </Button>
            )}
          </SpaceBetween>
        }
      >
        {RoleName}
      </Header>
      {fixed && <Alert type="info">A service made this role for itself. Only that service changes it.</Alert>}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              !fixed && (
                <Button onClick={() => setOpen("edit")} data-testid="edit-role">
                  Edit
                </Button>
              )
            }
          >
            Summary
          </Header>
        }
      >
        <KeyValuePairs
          columns={narrow ? 2 : 3}
          minColumnWidth={narrow ? 200 : 150}
          items={[
            { label: "ARN", value: <Copyable text={Arn} what="ARN" /> },
            { label: "Creation date", value: <LabDate seconds={CreateDate} /> },
            { label: "Last activity", value: <LabDate seconds={RoleLastUsed?.LastUsedDate} /> },
            { label: "Maximum session duration", value: durationWords(MaxSessionDuration ?? 3600) },
            { label: "Description", value: Description || "-" },
          ]}
        />
      </Container>
      <Tabs
        data-testid="role-tabs"
        ariaLabel="About this role"
        tabs={tabs}
        activeTabId={tabs.some(({ id }) => id === tab) ? tab! : "permissions"}
        onChange={({ detail }) => navigate(holderPath(holder, detail.activeTabId))}
      />
      {open === "delete" && <DeleteRoles names={[RoleName]} onClose={() => setOpen(undefined)} onDeleted={() => {
            setGone(true);
            navigate("roles");
          }} />}
      {open === "edit" && <EditRole role={role.data} onClose={() => setOpen(undefined)} />}
    </SpaceBetween>
  );
}
