"use client";
import { useState, type ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { usePlace } from "../../frame/place";
import type { References } from "../load-waf";
import { knownOf } from "../rule/rule-editor";
import { unitsOf } from "../rule/rule-json";
import { inOrder, moved, type RuleKind } from "../rule/shape";
import { actionText, ruleText } from "../rule/words";
import type { Rule } from "../waf-types";
import type { HolderKind } from "./holders";

const kinds: { id: RuleKind; text: string }[] = [
  { id: "managed", text: "Add managed rule group" },
  { id: "regular", text: "Add regular rule" },
  { id: "rate", text: "Add rate-based rule" },
  { id: "group", text: "Add own rule group" },
];

export interface RulesTableProps {
  rules: readonly Rule[];
  kind: HolderKind;
  references?: References;
  busy?: boolean;
  onMove(rules: Rule[]): void;
  onAdd?(kind: RuleKind): void;
  onEdit?(rule: Rule): void;
  /** The address of a rule's page, where it has one. */
  addressOf?(rule: Rule): string;
  onDelete?(rules: Rule[]): void;
  title?: string;
  description?: ReactNode;
  empty: ReactNode;
}

/** Rules in the order in which they run, with what it costs; a rule goes up or down by a button. */
export function RulesTable({ rules, kind, references, busy, onMove, onAdd, onEdit, addressOf, onDelete, title = "Rules", description, empty }: RulesTableProps) {
  const { narrow, base } = usePlace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const list = inOrder(rules);
  const selected = list.filter(({ Name }) => chosen.includes(Name));
  const columns: TableProps.ColumnDefinition<Rule>[] = [
    {
      id: "order",
      header: "Order",
      cell: (rule) => {
        const at = list.indexOf(rule);
        return (
          <span className="waf-order">
            <Button variant="icon" iconName="angle-up" formAction="none" disabled={at === 0 || busy} ariaLabel={`Move ${rule.Name} up`} onClick={() => onMove(moved(list, at, -1))} />
            <Button variant="icon" iconName="angle-down" formAction="none" disabled={at === list.length - 1 || busy} ariaLabel={`Move ${rule.Name} down`} onClick={() => onMove(moved(list, at, 1))} />
          </span>
        );
      },
      minWidth: 90,
    },
    {
      id: "name",
      header: "Name",
      isRowHeader: true,
      minWidth: 130,
      cell: (rule) =>
        onEdit ? (
          <Link
            href={addressOf ? `${base}/${addressOf(rule)}` : "#"}
            onFollow={(event) => {
              event.preventDefault();
              onEdit(rule);
            }}
          >
            <span className="aws-words">{rule.Name}</span>
          </Link>
        ) : (
          <span className="aws-words">{rule.Name}</span>
        ),
    },
    { id: "action", header: "Action", cell: actionText, minWidth: 100 },
    { id: "what", header: "Looks for", cell: ruleText, minWidth: 180 },
    { id: "priority", header: "Priority", cell: ({ Priority }) => Priority },
    { id: "units", header: "WCU", cell: (rule) => unitsOf([rule], knownOf(references)) ?? "-" },
  ];
  const allowed = kind === "RULE_GROUP" ? kinds.slice(1, 3) : kinds;
  return (
    <Table<Rule>
      data-testid="rules-table"
      wrapLines
      trackBy="Name"
      sortingDisabled
      items={list}
      columnDefinitions={narrow ? columns.filter(({ id }) => id !== "priority" && id !== "what") : columns}
      {...(onDelete && {
        selectionType: "multi" as const,
        selectedItems: selected,
        onSelectionChange: ({ detail }) => setChosen(detail.selectedItems.map(({ Name }) => Name)),
        ariaLabels: { selectionGroupLabel: "Rules", itemSelectionLabel: (_: unknown, { Name }: Rule) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" },
      })}
      header={
        <Header
          variant="h2"
          counter={`(${list.length})`}
          description={description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {onDelete && (
                <Button formAction="none" disabled={selected.length === 0 || busy} onClick={() => onDelete(selected)} data-testid="delete-rules">
                  Delete
                </Button>
              )}
              {onAdd && (
                <ButtonDropdown items={allowed} onItemClick={({ detail }) => onAdd(detail.id as RuleKind)} data-testid="add-rules">
                  Add rules
                </ButtonDropdown>
              )}
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
      empty={empty}
    />
  );
}
