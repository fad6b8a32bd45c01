"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { protectedType } from "@/lib/engine/shield/resources";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { leaveOut, useLoad } from "../../frame/use-load";
import { EventTable } from "../events/event-table";
import { askShield, loadAttacks, loadGroup, loadGroups, loadProtection, loadTags, saveTags } from "../load-shield";
import { loadEstate, regionOf, typeOf } from "../shared/estate";
import { Automatic } from "./automatic";
import { HealthCheck } from "./health-check";

/** One protected resource. */
export function ProtectionPage({ id, tab }: { id: string; tab?: string }) {
  const { narrow, navigate } = usePlace();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const loaded = useLoad(gone ? undefined : `protection|${id}`, (ask) => loadProtection(ask, id));
  const arn = loaded.data?.ResourceArn;
  const around = useLoad(arn && !gone ? `around|${arn}` : undefined, async (ask) => {
    const region = arn!.split(":")[3] || "us-east-1";
    const resources = (await loadEstate(ask, region).catch(leaveOut)) ?? [];
    const resource = resources.find(({ Arn }) => Arn === arn);
    const groups = [];
    for (const { ProtectionGroupId } of await loadGroups(ask)) if ((await loadGroup(ask, ProtectionGroupId)).members.includes(arn!)) groups.push(ProtectionGroupId);
    return { resource, on: resources.find(({ Arn }) => Arn === resource?.AttachedTo), groups, attacks: (await loadAttacks(ask)).filter(({ ResourceArn }) => ResourceArn === arn) };
  }).data;
  const tags = useLoad(loaded.data && !gone ? `tags|${id}` : undefined, (ask) => loadTags(ask, loaded.data!.ProtectionArn));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Protection</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const protection = loaded.data;
  const type = protectedType(protection.ResourceArn);
  const layer7 = type === "APPLICATION_LOAD_BALANCER" || type === "CLOUDFRONT_DISTRIBUTION";
  const tabs = [
    ...(layer7 ? [{ id: "automatic", label: "Layer 7 protection", content: <Automatic protection={protection} /> }] : []),
    { id: "health", label: "Health check", content: <HealthCheck protection={protection} possible={type !== "ROUTE_53_HOSTED_ZONE"} /> },
    { id: "events", label: "Events", content: <EventTable attacks={around?.attacks ?? []} loading={!around} of={protection.Name} /> },
    { id: "tags", label: "Tags", content: <TagsPanel of="this protection" tags={tags} command={`aws shield tag-resource --resource-arn ${protection.ProtectionArn} --tags Key=team,Value=web`} save={(ask, changes) => saveTags(ask, protection.ProtectionArn, changes)} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={pathTo("events", "launch", protection.ResourceArn)}>Launch an attack (lab)</GoButton>
            <Button onClick={() => setDeleting(true)} data-testid="delete-protection">
              Delete protection
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{protection.Name}</span>
      </Header>
      <Container header={<Header variant="h2">Protection details</Header>} data-testid="protection-details">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Resource type", value: typeOf(protection.ResourceArn) },
            { label: "Region", value: regionOf(protection.ResourceArn) },
            { label: "Protection groups", value: around?.groups.length ? around.groups.map((group, at) => <span key={group}>{at > 0 && ", "}<GoLink to={pathTo("protection-groups", group)}>{group}</GoLink></span>) : "-" },
            { label: "Resource ARN", value: <Copyable text={protection.ResourceArn} what="resource ARN" /> },
            { label: "Protection ID", value: <Copyable text={protection.Id} what="protection ID" /> },
            ...(type === "ELASTIC_IP_ALLOCATION" ? [{ label: "Protects with it", value: around?.on ? around.on.Name : "Nothing: the address is on no instance or Network Load Balancer" }] : []),
          ]}
        />
      </Container>
      <Tabs data-testid="protection-tabs" ariaLabel="About this protection" tabs={tabs} activeTabId={tabs.some((each) => each.id === tab) ? tab! : tabs[0].id} onChange={({ detail }) => navigate(pathTo("protected-resources", id, detail.activeTabId))} />
      {deleting && (
        <ConfirmModal
          title="Delete protection"
          action="Delete"
          testId="delete-protection"
          work={async (ask) => void (await askShield(ask, "DeleteProtection", { ProtectionId: id }))}
          done={`The protection ${protection.Name} was deleted. Standard goes on.`}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate("protected-resources");
          }}
        >
          Shield Advanced looks after {protection.Name} no more: no events, no automatic mitigation, and its web ACL is paid for again. The resource itself stays.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
