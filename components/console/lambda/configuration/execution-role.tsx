"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink } from "../../frame/console-link";
import { Parts } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, pathTo } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { Subject } from "../lambda-types";
import { functionPath, roleAddress, roleNameOf } from "../place-of";
import { loadRolePolicies, statementsOf, type Allowed, type RolePolicy } from "./role-policies";

/** The role that the code calls as: what its policies say, and where they are changed. */
export function ExecutionRole({ arn, subject }: { arn: string; subject: Subject }) {
  const name = roleNameOf(arn);
  const policies = useLoad(`role-policies|${arn}`, (ask) => loadRolePolicies(ask, name));
  return (
    <SpaceBetween size="m">
      <Container
        data-testid="execution-role"
        header={
          <Header
            variant="h2"
            description="Whatever the code calls in AWS, it calls as this role."
            actions={
              subject.qualifier === undefined && (
                <GoButton to={functionPath(subject, "edit", "basic-settings")}>
                  Edit
                </GoButton>
              )
            }
          >
            Execution role
          </Header>
        }
      >
        <SpaceBetween size="m">
          <div>
            <Box variant="awsui-key-label">Role name</Box>
            <ConsoleLink to={roleAddress(arn)} data-testid="role-link">
              {name}
            </ConsoleLink>
          </div>
          {policies.refused ? (
            <AwsErrorNote refused={policies.refused} />
          ) : !policies.data ? (
            <Spinner />
          ) : (
            <>
              <Resources policies={policies.data} />
              <Policies policies={policies.data} arn={arn} />
            </>
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

/** What the statements of all policies say, one after another. Conditions, boundary and organization are not in it: Why? of a call knows all. */
function Resources({ policies }: { policies: RolePolicy[] }) {
  const statements = policies.flatMap(({ name, document }) => (document === undefined ? [] : statementsOf(name, document)));
  return (
    <Table<Allowed>
      variant="embedded"
      wrapLines
      data-testid="role-statements"
      items={statements}
      header={<Header variant="h3">Resource summary</Header>}
      columnDefinitions={[
        {
          id: "actions",
          header: "Actions",
          cell: ({ actions, effect }) => (
            <>
              {effect === "Deny" ? "Deny: " : ""}
              <code>{actions.join(", ")}</code>
            </>
          ),
          isRowHeader: true,
          minWidth: 150,
        },
        {
          id: "resources",
          header: "On",
          cell: ({ resources }) => (
            <ul className="plain-list">
              {resources.map((resource) => (
                <li key={resource}>
                  <code>
                    <Parts text={resource} />
                  </code>
                </li>
              ))}
            </ul>
          ),
          minWidth: 160,
        },
        { id: "policy", header: "Policy", cell: ({ policy }) => <span className="copyable-text">{policy}</span> },
      ]}
      empty={<EmptyState title="No statements">Nothing allows this role anything: the code can call nothing, not even write its log.</EmptyState>}
    />
  );
}

function Policies({ policies, arn }: { policies: RolePolicy[]; arn: string }) {
  return (
    <SpaceBetween size="xs">
      <Box variant="h3">Permissions policies ({policies.length})</Box>
      {policies.map(({ id, name, type, arn: policyArn, document }) => (
        <ExpandableSection key={id} headerText={name} headerDescription={type}>
          <SpaceBetween size="xs">
            <ConsoleLink to={policyArn === undefined ? roleAddress(arn, "edit-policy", name) : `/console/iam/${pathTo("policies", "details", policyArn)}`}>
              {policyArn === undefined ? "Edit it in IAM" : "Open it in IAM"}
            </ConsoleLink>
            {document === undefined ? (
              <Box>You may not read this policy.</Box>
            ) : (
              <pre className="json-view" tabIndex={0} role="region" aria-label={`${name}, JSON`}>
                {document}
              </pre>
            )}
          </SpaceBetween>
        </ExpandableSection>
      ))}
      <ConsoleLink to={roleAddress(arn, "create-policy")} data-testid="add-inline-policy">
        Add an inline policy in IAM
      </ConsoleLink>
    </SpaceBetween>
  );
}
