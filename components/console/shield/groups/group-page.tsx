"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { askShield, loadGroup, loadProtections, loadTags, saveTags } from "../load-shield";
import { nameInArn, regionOf, typeOf } from "../shared/estate";
import { aggregations } from "../words";
import { patternOf } from "./group-list";

export function GroupPage({ id }: { id: string }) {
  const { narrow, navigate } = usePlace();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const loaded = useLoad(gone ? undefined : `group|${id}`, async (ask) => ({ ...(await loadGroup(ask, id)), protections: await loadProtections(ask) }));
  const tags = useLoad(loaded.data && !gone ? `tags|${id}` : undefined, (ask) => loadTags(ask, loaded.data!.group.ProtectionGroupArn));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{id}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { group, members, protections } = loaded.data;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={pathTo("protection-groups", id, "edit")}>Edit</GoButton>
            <Button onClick={() => setDeleting(true)} data-testid="delete-group">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{id}</span>
      </Header>
      <Container header={<Header variant="h2">Protection group details</Header>} data-testid="group-details">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Members", value: patternOf(group) },
            { label: "Aggregation", value: `${aggregations[group.Aggregation].label}. ${aggregations[group.Aggregation].hint}` },
            { label: "ARN", value: <Copyable text={group.ProtectionGroupArn} what="ARN" /> },
          ]}
        />
      </Container>
      <Table
        data-testid="group-resources"
        wrapLines
        items={members}
        header={<Header variant="h2" counter={`(${members.length})`}>Protected resources in it now</Header>}
        columnDefinitions={[
          {
            id: "name",
            header: "Resource",
            isRowHeader: true,
            cell: (arn: string) => {
              const protection = protections.find(({ ResourceArn }) => ResourceArn === arn);
              return protection ? <GoLink to={pathTo("protected-resources", protection.Id)}>{protection.Name}</GoLink> : nameInArn(arn);
            },
          },
          { id: "type", header: "Type", cell: (arn: string) => `${typeOf(arn)}, ${regionOf(arn)}` },
        ]}
        empty={<EmptyState title="No resources">No protected resource is in this group now.</EmptyState>}
      />
      <TagsPanel of="this protection group" tags={tags} command={`aws shield tag-resource --resource-arn ${group.ProtectionGroupArn} --tags Key=team,Value=web`} save={(ask, changes) => saveTags(ask, group.ProtectionGroupArn, changes)} />
      {deleting && (
        <ConfirmModal
          title="Delete protection group"
          action="Delete"
          testId="delete-group"
          work={async (ask) => void (await askShield(ask, "DeleteProtectionGroup", { ProtectionGroupId: id }))}
          done={`The protection group ${id} was deleted. Its members stay protected.`}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate("protection-groups");
          }}
        >
          Its members stay protected, each by itself.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
