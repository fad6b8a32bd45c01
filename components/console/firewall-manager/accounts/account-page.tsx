"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { isRecording } from "@/lib/engine/shield/estate/state";
import type { Db } from "@/lib/engine/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import { shortName, type Resource } from "../fm-types";
import { GLOBAL_REGION } from "../place-of";
import { goToAccount, useAskIn } from "../shared/as-account";
import { useResources } from "../shared/resources";
import { useRead, useWorld } from "../shared/use-world";
import { nameOfAccount } from "../shared/world";
import { AddResource } from "./add-resource";
import { kindLabel, kinds, stateText } from "./resource-words";

/** What an account has that policies are about, and what is on it now. */
export function AccountPage({ account }: { account: string }) {
  const { narrow } = usePlace();
  const here = useWhere();
  const askIn = useAskIn();
  const flash = useFlash();
  const [region, setRegion] = useState(here.region);
  const world = useWorld(region);
  const all = useResources(account, region);
  const recording = useRead(useMemo(() => (db: Db) => isRecording(db.at({ account, region })), [account, region]));
  const { busy, refused, run } = useMutation();
  if (!all || !world) return <Spinner size="large" />;
  const regions = [...new Set([here.region, GLOBAL_REGION])].map((value) => ({ value, label: value }));
  const remove = (one: Resource) => run(async () => void (await askIn(account)(kinds[one.ResourceType]?.service ?? "estate", "RemoveResource", kinds[one.ResourceType]?.service === "traffic" ? { ResourceArn: one.Arn } : { Arn: one.Arn }, one.ResourceType === "CLOUDFRONT" ? GLOBAL_REGION : region)));
  const setConfig = async () => {
    if (await run(async () => void (await askIn(account)("estate", "SetConfigRecorder", { Recording: !recording }, region)))) flash.success(recording ? `AWS Config does not record in ${region} any more.` : `AWS Config records in ${region}.`);
  };
  const columns = [
    { id: "name", header: "Name", isRowHeader: true, minWidth: 110, cell: ({ Name, ResourceType }: Resource) => (narrow ? <>{Name}<Box variant="small" color="text-body-secondary">{kindLabel(ResourceType)}</Box></> : Name) },
    { id: "type", header: "Type", minWidth: 120, cell: ({ ResourceType }: Resource) => kindLabel(ResourceType) },
    { id: "state", header: "What is on it", minWidth: 200, cell: (one: Resource) => <span className="copyable-text">{stateText(one)}</span> },
    { id: "id", header: "ID", minWidth: 160, cell: ({ Arn, Id }: Resource) => <Copyable text={Id ?? Arn} what="ID">{Id ?? shortName(Arn)}</Copyable> },
    { id: "tags", header: "Tags", minWidth: 90, cell: ({ Tags = [] }: Resource) => Tags.map(({ Key, Value }) => (Value ? `${Key}=${Value}` : Key)).join(", ") || "-" },
    { id: "remove", header: "", minWidth: 120, cell: (one: Resource) => <Button variant="inline-link" ariaLabel={`Remove ${one.Name}`} disabled={busy} onClick={() => void remove(one)}>Remove</Button> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={nameOfAccount(world, account)}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => goToAccount(account)} disabled={account === here.account} disabledReason="You are in this account." data-testid="switch-account">
              Switch to this account
            </Button>
            <Button loading={busy} onClick={() => void setConfig()} data-testid="toggle-config">
              {recording ? "Turn off AWS Config" : "Turn on AWS Config"}
            </Button>
          </SpaceBetween>
        }
      >
        {account}
      </Header>
      {refused && <AwsErrorNote refused={refused} />}
      <div className="fm-facts">
        <StatusIndicator type={recording ? "success" : "stopped"}>
          AWS Config {recording ? "records" : "does not record"} in {region}
        </StatusIndicator>
        {regions.length > 1 && <Select ariaLabel="Region" selectedOption={regions.find(({ value }) => value === region)!} options={regions} onChange={({ detail }) => setRegion(detail.selectedOption.value!)} data-testid="account-region" />}
      </div>
      <Table
        data-testid="account-resources"
        wrapLines
        items={all}
        trackBy="Arn"
        columnDefinitions={narrow ? columns.filter(({ id }) => !["type", "tags", "id"].includes(id)) : columns}
        header={<Header variant="h2" counter={`(${all.length})`}>Resources</Header>}
        empty={<EmptyState title="No resources" command="keyhole resource add alb shop">What policies are about is not simulated itself: a name and facts about it. Add one below.</EmptyState>}
      />
      <AddResource account={account} region={region} onAdded={({ Name }) => flash.success(`${Name} is in account ${account}.`)} />
    </SpaceBetween>
  );
}
