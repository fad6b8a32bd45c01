"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { CopyButton, Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { LabDate } from "../../frame/lab-time";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { listing, loadDocument, policyType } from "../load-iam";
import { TagsOf } from "../shared/entity-tags";
import { IamTable } from "../shared/iam-table";
import { holderPath } from "../shared/holder-path";
import { titleOf, type HolderKind, type Policy } from "../types";
import { DeletePolicy } from "./policy-list";
import { VersionsTab } from "./versions-tab";

export function PolicyDetail({ arn, tab }: { arn: string; tab?: string }) {
  const { navigate, narrow } = usePlace();
  const [deleting, setDeleting] = useState(false);
  /** Deleted: there is nothing to ask for any more, and the list comes next. */
  const [gone, setGone] = useState(false);
  const policy = useLoad(gone ? undefined : `policy|${arn}`, async (ask) => (await ask<{ Policy: Policy }>("iam", "GetPolicy", { PolicyArn: arn })).Policy);
  if (policy.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{arn.split("/").at(-1)}</Header>
        <AwsErrorNote refused={policy.refused} />
      </SpaceBetween>
    );
  if (!policy.data) return <Spinner size="large" />;
  const { PolicyName, CreateDate, UpdateDate, Description, DefaultVersionId } = policy.data;
  const own = policyType(arn) === "Customer managed";
  const tabs = [
    { id: "permissions", label: "Permissions", content: <Permissions arn={arn} own={own} version={DefaultVersionId} /> },
    { id: "entities", label: "Entities attached", content: <Entities arn={arn} /> },
    ...(own
      ? [
          {
            id: "tags",
            label: "Tags",
            content: (
              <TagsOf
                title="Policy"
                input={{ PolicyArn: arn }}
                of="this policy"
                command={`aws iam tag-policy --policy-arn ${arn} --tags Key=team,Value=payroll`}
              />
            ),
          },
        ]
      : []),
    { id: "versions", label: "Policy versions", content: <VersionsTab arn={arn} own={own} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={Description}
        actions={
          own && (
            <Button onClick={() => setDeleting(true)} data-testid="delete-policy">
              Delete
            </Button>
          )
        }
      >
        {PolicyName}
      </Header>
      <Container header={<Header variant="h2">Policy details</Header>}>
        <KeyValuePairs
          columns={narrow ? 2 : 4}
          minColumnWidth={narrow ? 200 : 150}
          items={[
            { label: "Type", value: policyType(arn) },
            { label: "Creation time", value: <LabDate seconds={CreateDate} /> },
            { label: "Edited time", value: <LabDate seconds={UpdateDate} /> },
            { label: "ARN", value: <Copyable text={arn} what="ARN" /> },
          ]}
        />
      </Container>
      <Tabs
        data-testid="policy-tabs"
        ariaLabel="About this policy"
        tabs={tabs}
        activeTabId={tabs.some(({ id }) => id === tab) ? tab! : "permissions"}
        onChange={({ detail }) => navigate(pathTo("policies", "details", arn, detail.activeTabId))}
      />
      {deleting && <DeletePolicy arn={arn} onClose={() => setDeleting(false)} onDeleted={() => {
            setGone(true);
            navigate("policies");
          }} />}
    </SpaceBetween>
  );
}

function Permissions({ arn, own, version }: { arn: string; own: boolean; version: string }) {
  const text = useLoad(`document|${arn}`, (ask) => loadDocument(ask, { name: "", arn }));
  if (text.refused) return <AwsErrorNote refused={text.refused} />;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Version ${version}, the default: the one that counts.`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {text.data && <CopyButton text={text.data} what="JSON" label />}
              {own && (
                <GoButton to={pathTo("policies", "edit", arn)} data-testid="edit-policy">
                  Edit
                </GoButton>
              )}
            </SpaceBetween>
          }
        >
          Permissions defined in this policy
        </Header>
      }
    >
      <pre className="json-view" tabIndex={0} role="region" aria-label="Policy, JSON" data-testid="policy-json">
        {text.data ?? ""}
      </pre>
    </Container>
  );
}

interface EntityRow {
  kind: HolderKind;
  name: string;
  as: "Permissions policy" | "Permissions boundary";
}

function Entities({ arn }: { arn: string }) {
  const rows = useLoad(`entities|${arn}`, async (ask) => {
    const found: EntityRow[] = [];
    for (const usage of ["PermissionsPolicy", "PermissionsBoundary"] as const) {
      for (const [member, kind] of [["PolicyUsers", "user"], ["PolicyGroups", "group"], ["PolicyRoles", "role"]] as const) {
        const entities = await listing<Record<string, string>>(ask, "ListEntitiesForPolicy", member, {
          PolicyArn: arn,
          EntityFilter: titleOf[kind],
          PolicyUsageFilter: usage,
        });
        const as = usage === "PermissionsPolicy" ? "Permissions policy" : "Permissions boundary";
        found.push(...entities.map((entity): EntityRow => ({ kind, name: entity[`${titleOf[kind]}Name`], as })));
      }
    }
    return found;
  });
  const [detaching, setDetaching] = useState<EntityRow[]>();
  return (
    <>
      <IamTable<EntityRow>
        data-testid="policy-entities"
        level="h2"
        title="Entities attached"
        noun={["entity", "entities"]}
        rows={rows}
        id={({ kind, name, as }) => `${kind} ${name} ${as}`}
        words={({ name, kind }) => `${name}\n${kind}`}
        selection="multi"
        actions={(selected) => (
          <Button
            disabled={!selected.length || selected.some(({ as }) => as === "Permissions boundary")}
            disabledReason={selected.length ? "A boundary is removed on the page of its user or role." : undefined}
            onClick={() => setDetaching(selected)}
            data-testid="detach"
          >
            Detach
          </Button>
        )}
        columns={[
          {
            id: "name",
            header: "Entity name",
            cell: ({ kind, name }) => <GoLink to={holderPath({ kind, name })}>{name}</GoLink>,
            sortingField: "name",
            isRowHeader: true,
          },
          { id: "kind", header: "Entity type", cell: ({ kind }) => ({ user: "IAM users", group: "User groups", role: "IAM roles" })[kind] },
          { id: "as", header: "Used as", cell: ({ as }) => as },
        ]}
        empty={
          <EmptyState title="No entities" command={`aws iam attach-user-policy --user-name alice --policy-arn ${arn}`}>
            This policy hangs on nobody: it allows and denies nothing.
          </EmptyState>
        }
      />
      {detaching && (
        <ConfirmModal
          title="Detach policy"
          action="Detach"
          testId="detach"
          done={`The policy was detached from ${detaching.map(({ name }) => name).join(", ")}.`}
          onClose={() => setDetaching(undefined)}
          work={async (ask) => {
            for (const { kind, name } of detaching)
              await ask("iam", `Detach${titleOf[kind]}Policy`, { [`${titleOf[kind]}Name`]: name, PolicyArn: arn });
          }}
        >
          <Box variant="p">{detaching.map(({ name }) => name).join(", ")} will lose what this policy allows, and what it denies.</Box>
        </ConfirmModal>
      )}
    </>
  );
}
