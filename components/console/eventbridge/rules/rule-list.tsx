"use client";
import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { isOn, type Rule } from "../event-types";
import { loadBuses, loadRules } from "../load-events";
import { rulePath } from "../place-of";
import { DeleteRules } from "./delete-rules";
import { setRuleStates } from "./rule-changes";

/** The rules of one bus; `within` its page. */
export function RuleList({ bus, within }: { bus: string; within?: boolean }) {
  const { narrow, navigate } = usePlace();
  const loaded = useLoad(`rules|${bus}`, async (ask) => ({ rules: await loadRules(ask, bus), buses: (await loadBuses(ask)).map(({ Name }) => Name) }));
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const [deleting, setDeleting] = useState(false);
  const all = useMemo(() => loaded.data?.rules ?? [], [loaded.data]);
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps, actions } = useCollection(all, {
    filtering: {
      empty: (
        <EmptyState title="No rules" action={<GoButton to={pathTo("create", "rule", bus)}>Create rule</GoButton>} command={`aws events put-rule --name parameter-changes --event-pattern '{"source":["aws.ssm"]}'`}>
          A rule waits for events that fit its pattern, or runs by a schedule, and sends what comes to its targets: a function, a log group, a queue, another bus.
        </EmptyState>
      ),
      noMatch: (
        <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>}>
          No rule of this bus has this in its name or description.
        </EmptyState>
      ),
      filteringFunction: ({ Name, Description = "" }, text) => `${Name} ${Description}`.toLowerCase().includes(text.toLowerCase()),
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "Name" } } },
    pagination: { pageSize: 20 },
    selection: { keepSelection: true, trackBy: "Name" },
  });
  const selected = collectionProps.selectedItems ?? [];
  const columns: TableProps.ColumnDefinition<Rule>[] = [
    { id: "name", header: "Name", cell: ({ Name }) => <GoLink to={rulePath(bus, Name)}>{Name}</GoLink>, sortingField: "Name", isRowHeader: true, minWidth: 160 },
    { id: "status", header: "Status", cell: (rule) => <RuleStatus rule={rule} />, sortingField: "State", minWidth: 110 },
    { id: "type", header: "Type", cell: typeOf, sortingComparator: (a, b) => typeOf(a).localeCompare(typeOf(b)) },
    { id: "description", header: "Description", cell: ({ Description }) => Description ?? "-", minWidth: 160 },
  ];
  const turn = async (on: boolean) => {
    const rules = selected.filter((rule) => isOn(rule) !== on);
    if (await run((ask) => setRuleStates(ask, rules, on))) flash.success(`${rules.length === 1 ? `The rule ${rules[0].Name} is` : `${rules.length} rules are`} ${on ? "enabled" : "disabled"}.`);
  };
  return (
    <SpaceBetween size="m">
      {(loaded.refused ?? refused) && <AwsErrorNote refused={(loaded.refused ?? refused)!} onDismiss={loaded.refused ? undefined : clear} />}
      <Table
        {...collectionProps}
        data-testid="rules"
        wrapLines
        selectionType="multi"
        ariaLabels={{ selectionGroupLabel: "Rules", allItemsSelectionLabel: () => "Select all rules", itemSelectionLabel: (_, { Name }) => `Select rule ${Name}` }}
        items={items}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "name" || id === "status") : columns}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading rules"
        header={
          <Header
            variant={within ? "h2" : "h1"}
            counter={loaded.data && (selected.length ? `(${selected.length}/${all.length})` : `(${all.length})`)}
            description="A rule watches for specific events (event pattern) or runs by the clock (schedule), and invokes its targets."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.reload} />
                <Button disabled={!selected.some(isOn)} loading={busy} onClick={() => void turn(false)} data-testid="disable-rules">
                  Disable
                </Button>
                <Button disabled={!selected.some((rule) => !isOn(rule))} loading={busy} onClick={() => void turn(true)} data-testid="enable-rules">
                  Enable
                </Button>
                <Button disabled={!selected.length} onClick={() => setDeleting(true)} data-testid="delete-rules">
                  Delete
                </Button>
                <GoButton to={pathTo("create", "rule", bus)} variant="primary" data-testid="create-rule">
                  Create rule
                </GoButton>
              </SpaceBetween>
            }
          >
            Rules
          </Header>
        }
        filter={
          <div className="event-filter">
            {!within && (
              <FormField label="Event bus">
                <Select
                  data-testid="rules-bus"
                  selectedOption={{ value: bus, label: bus }}
                  options={(loaded.data?.buses ?? [bus]).map((value) => ({ value, label: value }))}
                  onChange={({ detail }) => navigate(pathTo("rules", detail.selectedOption.value!))}
                />
              </FormField>
            )}
            {all.length > 0 && (
              <FormField label="Find rules">
                <TextFilter {...filterProps} filteringAriaLabel="Find rules" filteringPlaceholder="A part of the name" countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`} />
              </FormField>
            )}
          </div>
        }
        pagination={all.length > 20 && <Pagination {...paginationProps} />}
      />
      {deleting && <DeleteRules rules={[...selected]} onClose={() => setDeleting(false)} onDone={() => actions.setSelectedItems([])} />}
    </SpaceBetween>
  );
}

export const typeOf = ({ EventPattern, ScheduleExpression }: Rule): string => [EventPattern && "Event pattern", ScheduleExpression && "Schedule"].filter(Boolean).join(", ");

export function RuleStatus({ rule }: { rule: Pick<Rule, "State"> }) {
  if (!isOn(rule)) return <StatusIndicator type="stopped">Disabled</StatusIndicator>;
  return <StatusIndicator type="success">{rule.State === "ENABLED" ? "Enabled" : "Enabled, reading calls too"}</StatusIndicator>;
}
