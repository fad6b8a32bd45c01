"use client";
import { useMemo, useState } from "react";
import Select from "@cloudscape-design/components/select";
import { EmptyState } from "../../frame/empty-state";
import { GoLink, pathTo } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadPolicies, type PolicyRow } from "../load-iam";
import { IamTable } from "./iam-table";

const TYPES = [
  { value: "all", label: "All types" },
  { value: "AWS managed", label: "AWS managed" },
  { value: "Customer managed", label: "Customer managed" },
];

export interface PolicyPickerProps {
  title?: string;
  chosen: string[];
  onChange(arns: string[]): void;
  /** ARNs that are not offered: what is attached already. */
  except?: readonly string[];
  /** A boundary is one policy. */
  single?: boolean;
  "data-testid"?: string;
}

/** Managed policies to choose from, AWS's and the account's own. */
export function PolicyPicker({ title = "Permissions policies", chosen, onChange, except, single, "data-testid": testId = "policy-picker" }: PolicyPickerProps) {
  const all = useLoad("policies", loadPolicies);
  const [type, setType] = useState("all");
  const rows = useMemo(
    () => ({
      ...all,
      // What was chosen stays in sight whatever the filter says, or it could not be taken back.
      data: all.data?.filter(
        (policy) => !except?.includes(policy.Arn) && (type === "all" || policy.type === type || chosen.includes(policy.Arn)),
      ),
    }),
    [all, except, type, chosen],
  );
  return (
    <IamTable<PolicyRow>
      data-testid={testId}
      level="h2"
      title={title}
      noun={["policy", "policies"]}
      rows={rows}
      id={({ Arn }) => Arn}
      words={({ PolicyName }) => PolicyName}
      selection={single ? "single" : "multi"}
      chosen={chosen}
      onChoose={onChange}
      filter={
        <Select
          selectedOption={TYPES.find(({ value }) => value === type)!}
          options={TYPES}
          onChange={({ detail }) => setType(detail.selectedOption.value!)}
          ariaLabel="Filter by type"
        />
      }
      columns={[
        {
          id: "name",
          header: "Policy name",
          cell: ({ PolicyName, Arn }) => (
            <GoLink to={pathTo("policies", "details", Arn)}>{PolicyName}</GoLink>
          ),
          sortingField: "PolicyName",
          isRowHeader: true,
          minWidth: 180,
        },
        { id: "type", header: "Type", cell: ({ type: kind }) => kind, sortingField: "type" },
        { id: "used", header: "Attached entities", cell: ({ AttachmentCount }) => AttachmentCount, sortingField: "AttachmentCount", wideOnly: true },
      ]}
      empty={
        <EmptyState title="No policies" command="aws iam create-policy --policy-name read-my-app --policy-document file://policy.json">
          There is no managed policy to choose.
        </EmptyState>
      }
    />
  );
}
