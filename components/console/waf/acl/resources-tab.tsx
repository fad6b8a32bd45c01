"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { ResourcePicker } from "../shared/resource-picker";
import { associate, disassociate, loadResources, typeWords, type Resource } from "../shared/resources";
import type { Scope, WebAcl } from "../waf-types";

/** What this web ACL protects. */
export function ResourcesTab({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  const { narrow } = usePlace();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [selected, setSelected] = useState<readonly Resource[]>([]);
  const loaded = useLoad(`resources|${scope}`, (ask) => loadResources(ask, scope));
  const items = (loaded.data ?? []).filter(({ WebACLArn }) => WebACLArn === acl.ARN);
  const chosen = items.filter(({ Arn }) => selected.some((each) => each.Arn === Arn));
  const columns = [
    { id: "name", header: "Name", isRowHeader: true, cell: ({ Name }: Resource) => Name },
    { id: "type", header: "Resource type", cell: ({ ResourceType }: Resource) => typeWords[ResourceType] ?? ResourceType },
    { id: "arn", header: "ARN", cell: ({ Arn }: Resource) => <Copyable text={Arn} what="ARN" /> },
  ];
  return (
    <>
      <Table
        data-testid="associated"
        wrapLines
        trackBy="Arn"
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        ariaLabels={{ selectionGroupLabel: "Associated resources", itemSelectionLabel: (_, { Name }) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" }}
        items={items}
        loading={loaded.loading && !loaded.data}
        loadingText="Loading resources"
        columnDefinitions={narrow ? columns.slice(0, 2) : columns}
        header={
          <Header
            variant="h2"
            counter={`(${items.length})`}
            description="A resource has one web ACL at most."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={chosen.length === 0} onClick={() => setLeaving(true)} data-testid="disassociate">
                  Disassociate
                </Button>
                <Button onClick={() => setAdding(true)} data-testid="associate">
                  Add AWS resources
                </Button>
              </SpaceBetween>
            }
          >
            Associated AWS resources
          </Header>
        }
        empty={
          <EmptyState title="No associated resources" command={`aws wafv2 associate-web-acl --web-acl-arn ${acl.ARN} --resource-arn <ARN of a load balancer>`}>
            A web ACL that protects nothing inspects nothing, and costs all the same.
          </EmptyState>
        }
      />
      {adding && <Associate acl={acl} scope={scope} onClose={() => setAdding(false)} />}
      {leaving && (
        <ConfirmModal
          title="Disassociate resources"
          action="Disassociate"
          testId="disassociate"
          work={async (ask) => {
            for (const { Arn } of chosen) await disassociate(ask, scope, Arn);
          }}
          done={`${chosen.map(({ Name }) => Name).join(", ")}: no longer protected by ${acl.Name}.`}
          onClose={() => setLeaving(false)}
        >
          Requests to {chosen.map(({ Name }) => Name).join(", ")} will no longer be inspected.
        </ConfirmModal>
      )}
    </>
  );
}

function Associate({ acl, scope, onClose }: { acl: WebAcl; scope: Scope; onClose(): void }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const submit = async () => {
    const done = await run(async (ask) => {
      for (const arn of chosen) await associate(ask, scope, acl.ARN, arn);
    });
    if (!done) return;
    flash.success(`${chosen.length === 1 ? "The resource is" : `${chosen.length} resources are`} protected by ${acl.Name}.`);
    onClose();
  };
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header="Add AWS resources"
      closeAriaLabel="Close"
      data-testid="associate-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={chosen.length === 0} loading={busy} onClick={() => void submit()} data-testid="associate-submit">
              Add
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <ResourcePicker scope={scope} chosen={chosen} onChange={setChosen} without={acl.ARN} />
      </SpaceBetween>
    </Modal>
  );
}
