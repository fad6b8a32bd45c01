"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { regions } from "@/lib/engine/regions";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { goToRegion } from "../../frame/lab";
import { GoButton, pathTo, usePlace } from "../../frame/place";
import { leaveOut, useLoad } from "../../frame/use-load";
import type { KeyMetadata, RelatedKey } from "../key-rows";
import { regionOf } from "../key-specs";
import { KeyStatus } from "../key-status";
import { useSettling } from "../use-settling";

interface RelatedRow extends RelatedKey {
  primary: boolean;
  /** Undefined where the caller may not describe the key. */
  state?: string;
}

export const regionName = (code: string): string => (regions[code] ? `${regions[code]} ${code}` : code);

/** The primary key and its replicas, each in its Region. Source: KMS Developer Guide, Multi-Region keys in AWS KMS. */
export function RegionalityTab({ metadata }: { metadata: KeyMetadata }) {
  const configuration = metadata.MultiRegionConfiguration!;
  const { PrimaryKey, ReplicaKeys, MultiRegionKeyType } = configuration;
  const { narrow } = usePlace();
  const [changing, setChanging] = useState(false);
  const here = regionOf(metadata);
  const related = useLoad(`related|${JSON.stringify(configuration)}`, async (ask): Promise<RelatedRow[]> => {
    const rows: RelatedRow[] = [];
    for (const key of [PrimaryKey, ...ReplicaKeys]) {
      const answer = await ask<{ KeyMetadata: KeyMetadata }>("kms", "DescribeKey", { KeyId: metadata.KeyId }, key.Region).catch(leaveOut);
      rows.push({ ...key, primary: key.Region === PrimaryKey.Region, state: answer?.KeyMetadata.KeyState });
    }
    return rows;
  });
  useSettling(related.data?.map(({ state }) => state), related.reload);
  const isPrimary = MultiRegionKeyType === "PRIMARY";
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            actions={
              isPrimary ? (
                <Button
                  disabled={!ReplicaKeys.length}
                  disabledReason="Create a replica key first."
                  onClick={() => setChanging(true)}
                  data-testid="change-primary"
                >
                  Change primary Region
                </Button>
              ) : undefined
            }
          >
            Primary key
          </Header>
        }
      >
        <KeyValuePairs
          columns={narrow ? 1 : 2}
          items={[
            { label: "Regionality", value: isPrimary ? "This is the primary key" : "This is a replica key" },
            { label: "Primary Region", value: <RegionLink region={PrimaryKey.Region} here={here} /> },
          ]}
        />
      </Container>
      <Table
        data-testid="related-keys"
        wrapLines
        items={related.data ?? []}
        trackBy="Region"
        loading={related.loading && !related.data}
        loadingText="Loading related keys"
        header={
          <Header
            variant="h2"
            counter={`(${1 + ReplicaKeys.length})`}
            description="They have the same key ID and key material. Policy, aliases, tags, description and state are each key's own."
            actions={
              isPrimary && (
                <GoButton to={pathTo("keys", metadata.KeyId, "replicate")} variant="primary" data-testid="create-replicas">
                  Create new replica keys
                </GoButton>
              )
            }
          >
            Related multi-Region keys
          </Header>
        }
        columnDefinitions={[
          { id: "region", header: "Region", cell: ({ Region }) => <RegionLink region={Region} here={here} />, isRowHeader: true, minWidth: 150 },
          { id: "type", header: "Regionality", cell: ({ primary }) => (primary ? "Primary" : "Replica") },
          { id: "status", header: "Status", cell: ({ state }) => (state ? <KeyStatus state={state} /> : "Not allowed to describe"), minWidth: 170 },
          { id: "arn", header: "Key ARN", cell: ({ Arn }) => <Copyable text={Arn} what={`ARN`} />, minWidth: 220 },
        ]}
      />
      {changing && <ChangePrimary metadata={metadata} replicas={ReplicaKeys} onClose={() => setChanging(false)} />}
    </SpaceBetween>
  );
}

/** To the key of the same id in another Region. */
function RegionLink({ region, here }: { region: string; here: string }) {
  if (region === here) return <>{regionName(region)} (this Region)</>;
  return (
    <Link variant="primary" onFollow={() => goToRegion(region)} data-testid={`region-${region}`}>
      {regionName(region)}
    </Link>
  );
}

/** Source: KMS API, UpdatePrimaryRegion; KMS Developer Guide, Change the primary key in a set of multi-Region keys. */
function ChangePrimary({ metadata, replicas, onClose }: { metadata: KeyMetadata; replicas: RelatedKey[]; onClose(): void }) {
  // The replicas change while the call is answered; what was asked for stays.
  const [options] = useState(() => replicas.map(({ Region }) => ({ value: Region, label: regionName(Region) })));
  const [region, setRegion] = useState(options[0].value);
  const here = regionOf(metadata);
  return (
    <ConfirmModal
      title="Change primary Region"
      testId="change-primary"
      done={`The primary key will be in ${regionName(region)}. Both keys are updating for a few seconds.`}
      onClose={onClose}
      work={(ask) => ask("kms", "UpdatePrimaryRegion", { KeyId: metadata.KeyId, PrimaryRegion: region })}
    >
      <FormField label="New primary Region" stretch>
        <Select
          selectedOption={options.find(({ value }) => value === region)!}
          options={options}
          onChange={({ detail }) => setRegion(detail.selectedOption.value!)}
          data-testid="primary-region"
        />
      </FormField>
      <Box variant="p">
        The key in {regionName(region)} becomes the primary key, and the one in {regionName(here)} a replica. While they are updating, both
        can be used, but they cannot be replicated, enabled, disabled or deleted.
      </Box>
    </ConfirmModal>
  );
}
