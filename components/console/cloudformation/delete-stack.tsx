"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { ConfirmModal } from "../frame/confirm-modal";
import { useLoad } from "../frame/use-load";
import type { StackSummary } from "./cfn-types";
import { loadResources } from "./load-stacks";

/** Deletes a stack with its resources; one whose deletion failed may leave what could not be deleted. */
export function DeleteStack({ stack: { StackName, StackStatus }, onClose, onDone }: { stack: Pick<StackSummary, "StackName" | "StackStatus">; onClose(): void; onDone?(): void }) {
  const failed = StackStatus === "DELETE_FAILED";
  const resources = useLoad(`to-delete|${StackName}`, (ask) => loadResources(ask, StackName));
  const stuck = (resources.data ?? []).filter(({ ResourceStatus }) => ResourceStatus === "DELETE_FAILED");
  const [retained, setRetained] = useState<string[]>([]);
  return (
    <ConfirmModal
      title={`Delete ${StackName}`}
      action="Delete"
      testId="delete-stack"
      done={`The deletion of ${StackName} has begun.`}
      work={(ask) => ask("cloudformation", "DeleteStack", { StackName, ...(retained.length && { RetainResources: retained }) })}
      onClose={onClose}
      onDone={onDone}
    >
      <SpaceBetween size="s">
        <Box variant="p">All resources of the stack are deleted, save those whose DeletionPolicy is Retain. A KMS key is scheduled for deletion; a secret goes at once.</Box>
        {resources.loading && !resources.data && !resources.refused ? (
          <Spinner />
        ) : (
          <ul className="found-words">
            {(resources.data ?? []).map(({ LogicalResourceId, ResourceType, PhysicalResourceId }) => (
              <li key={LogicalResourceId}>
                <strong>{LogicalResourceId}</strong> {ResourceType} <span className="copyable-text">{PhysicalResourceId}</span>
              </li>
            ))}
          </ul>
        )}
        {failed && stuck.length > 0 && (
          <>
            <Box variant="p">Leave these, which could not be deleted, and delete the stack without them:</Box>
            {stuck.map(({ LogicalResourceId }) => (
              <Checkbox
                key={LogicalResourceId}
                checked={retained.includes(LogicalResourceId)}
                onChange={({ detail }) => setRetained(detail.checked ? [...retained, LogicalResourceId] : retained.filter((id) => id !== LogicalResourceId))}
              >
                {LogicalResourceId}
              </Checkbox>
            ))}
          </>
        )}
      </SpaceBetween>
    </ConfirmModal>
  );
}
