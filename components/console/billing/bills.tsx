"use client";
import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { Bill } from "@/lib/engine/billing/bill";
import { absoluteTime } from "../frame/time-words";
import { EmptyState } from "../frame/empty-state";
import { saveFile } from "../frame/save-file";
import { usePlace } from "../frame/place";
import { billAsCsv, billTree, type BillRow, monthName, quantityOf, rateOf, usd, whyOf } from "./bill-words";
import type { ChargedKey } from "./charged-keys";
import { useBills } from "./use-bills";

/** One month's bill, and what the account pays for now. */
export function Bills({ month }: { month?: string }) {
  const { navigate } = usePlace();
  const all = useBills();
  if (!all) return <Spinner size="large" />;
  const bill = all.bills.find((one) => one.month.id === month) ?? all.bills[0];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description="What the lab’s calls, and what it keeps, would cost by the lab’s clock. Prices of us-east-1 in all Regions and months; taxes, credits and discounts are not simulated, and neither are permissions to see bills."
        actions={
          <Button onClick={() => saveFile(`bill-${bill.account}-${bill.month.id}.csv`, billAsCsv(bill), "text/csv;charset=utf-8")} disabled={!bill.lines.length} data-testid="bill-csv">
            Download as CSV
          </Button>
        }
      >
        Bills
      </Header>
      <Summary bill={bill} bills={all.bills} choose={(id) => navigate(`bills/${id}`)} />
      <Charges bill={bill} key={bill.month.id} />
      {!bill.closed && <Keys keys={all.keys} />}
    </SpaceBetween>
  );
}

function Summary({ bill, bills, choose }: { bill: Bill; bills: Bill[]; choose(month: string): void }) {
  const { narrow } = usePlace();
  const options = bills.map((one) => ({ value: one.month.id, label: monthName(one.month), description: one.closed ? `Closed, ${usd(one.usd)}` : "Open" }));
  return (
    <Container header={<Header variant="h2">AWS bill summary</Header>} data-testid="bill-summary">
      <SpaceBetween size="m">
        <FormField label="Billing period">
          <Select
            data-testid="bill-month"
            selectedOption={options.find(({ value }) => value === bill.month.id)!}
            options={options}
            onChange={({ detail }) => choose(detail.selectedOption.value!)}
          />
        </FormField>
        <KeyValuePairs
          columns={narrow ? 2 : 4}
          minColumnWidth={150}
          items={[
            { label: bill.closed ? "Grand total" : "Total so far", value: <span className="bill-total" data-testid="bill-total">{usd(bill.usd)}</span> },
            {
              label: bill.closed ? "Forecast" : "Forecast to the month’s end",
              value: bill.closed ? "-" : <span className="bill-total" data-testid="bill-forecast">{usd(bill.forecast)}</span>,
            },
            { label: "Account", value: bill.account },
            { label: "Status", value: bill.closed ? <StatusIndicator>Closed</StatusIndicator> : <StatusIndicator type="in-progress">Open</StatusIndicator> },
          ]}
        />
        <Box variant="small" color="text-body-secondary">
          {bill.closed
            ? "A closed bill stays as it is. Going back before its month’s end opens it again."
            : `Counted to ${absoluteTime(bill.until)}. The forecast keeps all that is kept now as it is, and goes on with requests as they came since the month began.`}
        </Box>
      </SpaceBetween>
    </Container>
  );
}

function Charges({ bill }: { bill: Bill }) {
  const { narrow } = usePlace();
  const rows = useMemo(() => billTree(bill), [bill]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const expandable = flat(rows).filter(({ children }) => children.length);
  const columns: TableProps.ColumnDefinition<BillRow>[] = [
    {
      id: "what",
      header: "Description",
      isRowHeader: true,
      cell: ({ name, line, children }) =>
        line ? (
          <div>
            {name}
            <div className="quiet-line" data-testid={`why-${line.item}`}>
              {whyOf(line)}
            </div>
          </div>
        ) : (
          <Box variant={children[0]?.line ? "span" : "strong"}>{name}</Box>
        ),
    },
    { id: "rate", header: "Price", cell: ({ line }) => (line ? rateOf(line) : "") },
    { id: "quantity", header: "Usage quantity", cell: ({ line }) => <span className="bill-amount">{line ? quantityOf(line) : ""}</span> },
    { id: "usd", header: "Amount in USD", cell: (row) => <span className="bill-amount" data-testid={row.line ? `usd-${row.line.item}` : undefined}>{usd(row.usd)}</span> },
  ];
  const sources = [...new Map(bill.lines.map(({ price: { source } }) => [source.url, source])).values()];
  return (
    <SpaceBetween size="xs">
      <Table
        data-testid="bill-lines"
        wrapLines
        trackBy="id"
        header={
          <Header variant="h2" description="Services, in them Regions, in them what was used and why it costs so much.">
            Charges by service
          </Header>
        }
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "what" || id === "usd") : columns}
        items={rows}
        expandableRows={{
          getItemChildren: ({ children }) => children,
          isItemExpandable: ({ children }) => children.length > 0,
          expandedItems: expandable.filter(({ id }) => !closed.has(id)),
          onExpandableItemToggle: ({ detail: { item, expanded } }) =>
            setClosed((before) => {
              const next = new Set(before);
              if (expanded) next.delete(item.id);
              else next.add(item.id);
              return next;
            }),
        }}
        ariaLabels={{ expandButtonLabel: ({ name }) => `Show what is in ${name}`, collapseButtonLabel: ({ name }) => `Hide what is in ${name}` }}
        empty={
          <EmptyState title="Nothing was used" command="aws kms create-key --description costs-a-dollar">
            This account used nothing in this month that has a price. A KMS key costs $1 a month from the hour in which it is created; requests to KMS
            cost $0.03 for 10,000, and the first 20,000 a month are free.
          </EmptyState>
        }
      />
      {sources.length > 0 && (
        <Box variant="small" color="text-body-secondary">
          Prices as of {sources[0].asOf}:{" "}
          {sources.map(({ text, url }, index) => (
            <span key={url}>
              {index > 0 && ", "}
              <Link external href={url} fontSize="body-s" externalIconAriaLabel="opens in a new tab">
                {text}
              </Link>
            </span>
          ))}
          .
        </Box>
      )}
    </SpaceBetween>
  );
}

const flat = (rows: readonly BillRow[]): BillRow[] => rows.flatMap((row) => [row, ...flat(row.children)]);

function Keys({ keys }: { keys: ChargedKey[] }) {
  const { narrow } = usePlace();
  const { items, collectionProps, paginationProps } = useCollection(keys, { pagination: { pageSize: 10 } });
  const columns: TableProps.ColumnDefinition<ChargedKey>[] = [
    { id: "name", header: "Key", cell: ({ name }) => <span className="aws-words">{name}</span>, isRowHeader: true },
    { id: "region", header: "Region", cell: ({ region }) => region },
    { id: "why", header: "Why", cell: ({ why }) => why },
    { id: "usd", header: "A month", cell: ({ usd: amount }) => <span className="bill-amount">{usd(amount)}</span> },
  ];
  return (
    <Table
      {...collectionProps}
      data-testid="charged-keys"
      wrapLines
      trackBy={({ region, id }) => `${region} ${id}`}
      header={
        <Header variant="h2" counter={`(${keys.length})`} description="What a whole month of each key costs, as it is now. Of multi-Region keys the primary and every replica count.">
          KMS keys now
        </Header>
      }
      columnDefinitions={narrow ? columns.filter(({ id }) => id !== "region") : columns}
      items={items}
      pagination={keys.length > 10 ? <Pagination {...paginationProps} /> : undefined}
      empty="This account has no KMS keys."
    />
  );
}
