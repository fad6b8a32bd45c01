"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink, pathTo } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { deletePolicy } from "../delete-entities";
import { loadPolicies, type PolicyRow } from "../load-iam";
import { IamTable } from "../shared/iam-table";

const TYPES = [
  { value: "all", label: "All types" },
  { value: "Customer managed", label: "Customer managed" },
  { value: "AWS managed", label: "AWS managed" },
];

export const usedAs = ({ AttachmentCount, PermissionsBoundaryUsageCount }: Pick<PolicyRow, "AttachmentCount" | "PermissionsBoundaryUsageCount">): string =>
  [AttachmentCount && `Permissions policy (${AttachmentCount})`, PermissionsBoundaryUsageCount && `Permissions boundary (${PermissionsBoundaryUsageCount})`]
    .filter(Boolean)
    .join(", ") || "None";

export function PolicyList() {
  const all = useLoad("policies", loadPolicies);
  const [type, setType] = useState("all");
  const [deleting, setDeleting] = useState<string>();
  const rows = useMemo(() => ({ ...all, data: all.data?.filter((row) => type === "all" || row.type === type) }), [all, type]);
  return (
    <>
      <IamTable<PolicyRow>
        data-testid="policies"
        title="Policies"
        noun={["policy", "policies"]}
        description="A policy is an object in AWS that defines permissions."
        rows={rows}
        id={({ Arn }) => Arn}
        words={({ PolicyName }) => PolicyName}
        selection="single"
        pageSize={20}
        filter={
          <Select
            selectedOption={TYPES.find(({ value }) => value === type)!}
            options={TYPES}
            onChange={({ detail }) => setType(detail.selectedOption.value!)}
            ariaLabel="Filter by type"
            data-testid="policy-type"
          />
        }
        actions={([selected]) => (
          <>
            <Button
              disabled={!selected || selected.type === "AWS managed"}
              disabledReason={selected ? "AWS keeps this policy." : undefined}
              onClick={() => setDeleting(selected.Arn)}
              data-testid="delete-policy"
            >
              Delete
            </Button>
            <GoButton to="policies/create" variant="primary" data-testid="create-policy">
              Create policy
            </GoButton>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "Policy name",
            cell: ({ PolicyName, Arn }) => <GoLink to={pathTo("policies", "details", Arn)}>{PolicyName}</GoLink>,
            sortingField: "PolicyName",
            isRowHeader: true,
            minWidth: 180,
          },
          { id: "type", header: "Type", cell: ({ type: kind }) => kind, sortingField: "type" },
          { id: "used", header: "Used as", cell: usedAs, wideOnly: true },
          { id: "edited", header: "Edited", cell: ({ UpdateDate }) => <LabTime seconds={UpdateDate} />, sortingField: "UpdateDate", wideOnly: true },
        ]}
        empty={
          <EmptyState
            title="No policies"
            action={<GoButton to="policies/create">Create policy</GoButton>}
            command="aws iam create-policy --policy-name read-my-app --policy-document file://policy.json"
          >
            There is no policy of this type.
          </EmptyState>
        }
      />
      {deleting && <DeletePolicy arn={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

export function DeletePolicy({ arn, onClose, onDeleted }: { arn: string; onClose(): void; onDeleted?(): void }) {
  const name = arn.split("/").at(-1)!;
  return (
    <ConfirmModal
      title={`Delete ${name}`}
      action="Delete"
      typed={name}
      testId="delete-policy"
      done={`Policy ${name} was deleted.`}
      onClose={onClose}
      onDone={onDeleted}
      work={(ask) => deletePolicy(ask, arn)}
    >
      <Box variant="p">
        It is first detached from all users, groups and roles, and all its versions go with it. Where it is a permissions boundary, IAM refuses to delete
        it.
      </Box>
    </ConfirmModal>
  );
}
