"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { Outcome } from "./login";

/** So many rows are shown. */
const MOST = 200;

/** What the server answered: its rows, its words, or its refusal. */
export function QueryResult({ outcome: { columns, rows, status, notices, error } }: { outcome: Outcome }) {
  if (error)
    return (
      <Alert type="error" header={error.number} data-testid="server-error">
        <span className="aws-words">{error.words}</span>
      </Alert>
    );
  return (
    <SpaceBetween size="s">
      {notices.map((notice, i) => (
        <Alert key={i} type="info">
          <span className="aws-words">{notice}</span>
        </Alert>
      ))}
      {columns.length ? (
        <Table
          data-testid="query-rows"
          variant="embedded"
          wrapLines
          items={rows.slice(0, MOST).map((cells, i) => ({ id: String(i), cells }))}
          trackBy="id"
          columnDefinitions={columns.map((name, at) => ({ id: String(at), header: name, cell: ({ cells }: { cells: (string | null)[] }) => cells[at] ?? <i>NULL</i>, minWidth: 90 }))}
          header={
            <Box variant="small" data-testid="query-count">
              {rows.length.toLocaleString("en")} {rows.length === 1 ? "row" : "rows"}
              {rows.length > MOST && `, of which ${MOST} are shown`}
            </Box>
          }
          ariaLabels={{ tableLabel: "Result" }}
          empty="The statement found no rows."
        />
      ) : (
        <Box data-testid="query-status">{status || "Done."}</Box>
      )}
    </SpaceBetween>
  );
}
