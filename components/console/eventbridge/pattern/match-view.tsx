"use client";
import type { ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { MatchTrace } from "@/lib/engine/events/pattern/match";

const list = (values: readonly string[], word: string): ReactNode =>
  values.map((value, i) => (
    <span key={i}>
      {i > 0 && ` ${word} `}
      <code>{value}</code>
    </span>
  ));

/** A pattern beside an event, field by field: what it wants, what the event has, and whether they met. */
export function MatchView({ branches, remark }: Pick<MatchTrace, "branches"> & { remark?: string }) {
  if (remark) return <Box variant="p">Not asked: {remark}.</Box>;
  return (
    <div className="match-branches" data-testid="match-view">
      {branches.map(({ fields, matched }, index) => (
        <div key={index} className="match-branch">
          {branches.length > 1 && (
            <div className="quiet-line">
              Way {index + 1} of {branches.length} that <code>$or</code> leaves
            </div>
          )}
          <table className="match-fields">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">The pattern wants</th>
                <th scope="col">The event has</th>
                <th scope="col">Fits</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ path, wanted, got, matched: fits, elsewhere }) => (
                <tr key={path} data-fits={fits}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td>{list(wanted, "or")}</td>
                  <td>
                    {got.length ? list(got, "and") : <span className="quiet-line">nothing there</span>}
                    {elsewhere && <div className="quiet-line">It fits only in another member of the list than the other fields do.</div>}
                  </td>
                  <td>
                    <StatusIndicator type={fits ? "success" : "error"}>{fits ? "Yes" : "No"}</StatusIndicator>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {!fields.length && <Box variant="p">This pattern wants nothing{matched ? ", and every event fits it" : ""}.</Box>}
        </div>
      ))}
    </div>
  );
}
