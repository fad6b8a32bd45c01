"use client";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { mostUnits, unitsInPrice } from "../waf-types";

/** How much of what may be used is used. `most`: a rule group's own capacity. */
export function Units({ used, most = mostUnits, testId = "units" }: { used: number | undefined; most?: number; testId?: string }) {
  if (used === undefined) return <>-</>;
  const words = `${used.toLocaleString("en")} of ${most.toLocaleString("en")} WCU`;
  return (
    <span className="waf-units" data-testid={testId}>
      {used > most ? <StatusIndicator type="error">{words}: too many</StatusIndicator> : <span>{words}</span>}
      {most === mostUnits && used > unitsInPrice && used <= most && <Box variant="small">Above {unitsInPrice.toLocaleString("en")}, each further 500 cost extra for every request.</Box>}
    </span>
  );
}
