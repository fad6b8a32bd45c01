"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useWhere } from "../../frame/lab";
import { GoButton, GoLink, pathTo } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { IamTable } from "../shared/iam-table";
import { loadControlPolicies, orgListing, type ControlPolicy } from "./load-organization";
import { CONTROL, type ControlPage } from "./words";

interface Root {
  Id: string;
  PolicyTypes: { Type: string; Status: string }[];
}

/** The organization's control policies of one type, as far as the caller may see them. */
export function ControlPolicies({ page }: { page: ControlPage }) {
  const { title, what, type } = CONTROL[page];
  const { account } = useWhere();
  const organization = useLoad("organization", async (ask) => (await ask("organizations", "DescribeOrganization")).Organization as { Id: string; MasterAccountId: string });
  const manages = organization.data?.MasterAccountId === account;
  const roots = useLoad(manages ? "roots" : undefined, (ask) => orgListing<Root>(ask, "ListRoots", "Roots"));
  if (organization.refused?.reply.error.code === "AWSOrganizationsNotInUseException") return <NoOrganization title={title} what={what} />;
  if (organization.refused) return <AwsErrorNote refused={organization.refused} />;
  if (!organization.data) return <Spinner size="large" />;
  if (!manages)
    return (
      <SpaceBetween size="m">
        <Header variant="h1" description={what}>
          {title}
        </Header>
        <Alert type="info">
          Account {organization.data.MasterAccountId} manages this organization, and only it can list and change these policies. Which of them act on this
          account is shown on the Permissions tab of its users and roles.
        </Alert>
      </SpaceBetween>
    );
  if (roots.refused) return <AwsErrorNote refused={roots.refused} />;
  if (!roots.data) return <Spinner size="large" />;
  const [root] = roots.data;
  if (!root.PolicyTypes.some((one) => one.Type === type && one.Status === "ENABLED")) return <Disabled page={page} root={root.Id} />;
  return <List page={page} />;
}

function NoOrganization({ title, what }: { title: string; what: string }) {
  const [making, setMaking] = useState(false);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={what}>
        {title}
      </Header>
      <Container>
        <EmptyState
          title="This account is in no organization"
          action={
            <Button onClick={() => setMaking(true)} data-testid="create-organization">
              Create an organization
            </Button>
          }
          command="aws organizations create-organization --feature-set ALL"
        >
          An organization holds several accounts. Its management account says what the others can do at most.
        </EmptyState>
      </Container>
      {making && (
        <ConfirmModal
          title="Create an organization"
          testId="create-organization"
          done="The organization was created. This account manages it."
          onClose={() => setMaking(false)}
          work={(ask) => ask("organizations", "CreateOrganization", { FeatureSet: "ALL" })}
        >
          <Box variant="p">
            This account becomes its management account. Control policies do not act on a management account: invite the other account of the lab to see
            them act.
          </Box>
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

function Disabled({ page, root }: { page: ControlPage; root: string }) {
  const { title, what, type, one } = CONTROL[page];
  const [asking, setAsking] = useState(false);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={what}>
        {title}
      </Header>
      <Container>
        <EmptyState
          title={`${title} are not enabled`}
          action={
            <Button onClick={() => setAsking(true)} data-testid="enable-policy-type">
              Enable {title.toLowerCase()}
            </Button>
          }
          command={`aws organizations enable-policy-type --root-id ${root} --policy-type ${type}`}
        >
          AWS attaches a {one} that allows everything wherever there is none, so that enabling takes nothing away.
        </EmptyState>
      </Container>
      {asking && (
        <ConfirmModal
          title={`Enable ${title.toLowerCase()}`}
          testId="enable-policy-type"
          done={`${title} are enabled.`}
          onClose={() => setAsking(false)}
          work={(ask) => ask("organizations", "EnablePolicyType", { RootId: root, PolicyType: type })}
        >
          <Box variant="p">Nothing is denied yet.</Box>
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

function List({ page }: { page: ControlPage }) {
  const { title, what, type, one } = CONTROL[page];
  const policies = useLoad(`control|${type}`, (ask) => loadControlPolicies(ask, type));
  const [deleting, setDeleting] = useState<ControlPolicy>();
  return (
    <>
      <IamTable<ControlPolicy>
        data-testid="control-policies"
        title={title}
        noun={["policy", "policies"]}
        description={what}
        rows={policies}
        id={({ Id }) => Id}
        words={({ Name, Description }) => `${Name}\n${Description}`}
        selection="single"
        actions={([selected]) => (
          <>
            <Button
              disabled={!selected || selected.AwsManaged}
              disabledReason={selected ? "AWS keeps this policy." : undefined}
              onClick={() => setDeleting(selected)}
              data-testid="delete-control-policy"
            >
              Delete policy
            </Button>
            <GoButton to={`${page}/create`} variant="primary" data-testid="create-control-policy">
              Create policy
            </GoButton>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "Name",
            cell: ({ Id, Name }) => <GoLink to={pathTo(page, "details", Id)}>{Name}</GoLink>,
            sortingField: "Name",
            isRowHeader: true,
            minWidth: 160,
          },
          { id: "kind", header: "Kind", cell: ({ AwsManaged }) => (AwsManaged ? "AWS managed policy" : "Customer managed policy") },
          { id: "description", header: "Description", cell: ({ Description }) => Description || "-", wideOnly: true },
        ]}
        empty={
          <EmptyState
            title="No policies"
            command={`aws organizations create-policy --type ${type} --name deny --description "" --content file://policy.json`}
          >
            There is no {one} yet.
          </EmptyState>
        }
      />
      {deleting && (
        <ConfirmModal
          title="Delete policy"
          testId="delete-control-policy"
          typed={deleting.Name}
          done={`Policy ${deleting.Name} was deleted.`}
          onClose={() => setDeleting(undefined)}
          work={(ask) => ask("organizations", "DeletePolicy", { PolicyId: deleting.Id })}
        >
          <Box variant="p">It has to be detached from all roots, units and accounts first.</Box>
        </ConfirmModal>
      )}
    </>
  );
}
