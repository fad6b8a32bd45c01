"use client";
import Toggle from "@cloudscape-design/components/toggle";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ForwardedIPConfig } from "@/lib/engine/wafv2/inspect/types";
import { Choose, Line } from "../shared/choose";

const fallback = [
  { value: "MATCH", label: "Match" },
  { value: "NO_MATCH", label: "No match" },
] as const;
const positions = [
  { value: "FIRST", label: "First", hint: "The first address in the header." },
  { value: "LAST", label: "Last", hint: "The last address in the header." },
  { value: "ANY", label: "Any", hint: "Any of up to ten addresses. Costs four units more." },
] as const;

export type Forwarded = ForwardedIPConfig & { Position?: "FIRST" | "LAST" | "ANY" };

/** Which address counts: that of the connection, or one that a header names. `fixed`: there must be a header. */
export function ForwardedEditor({ config, onChange, position, fixed, id }: { config: Forwarded | undefined; onChange(config: Forwarded | undefined): void; position?: boolean; fixed?: boolean; id: string }) {
  return (
    <SpaceBetween size="s">
      {!fixed && (
        <Toggle
          checked={config !== undefined}
          onChange={({ detail }) => onChange(detail.checked ? { HeaderName: "X-Forwarded-For", FallbackBehavior: "NO_MATCH", ...(position ? { Position: "FIRST" as const } : {}) } : undefined)}
          description="Else the address of the connection counts. Without the header the rule is not applied."
          data-testid={`${id}-forwarded`}
        >
          Use the IP address in a header
        </Toggle>
      )}
      {(config ?? (fixed || undefined)) && (
        <div className="waf-fields">
          <Line label="Header field name" value={config?.HeaderName} onChange={(HeaderName) => onChange({ FallbackBehavior: "NO_MATCH", ...config, HeaderName })} mono testId={`${id}-header`} />
          {position && <Choose label="Position inside header" value={config?.Position} options={positions} onChange={(Position) => onChange({ ...config!, Position })} testId={`${id}-position`} />}
          <Choose label="Fallback for what is no address" value={config?.FallbackBehavior} options={fallback} onChange={(FallbackBehavior) => onChange({ HeaderName: "X-Forwarded-For", ...config, FallbackBehavior })} testId={`${id}-address-fallback`} />
        </div>
      )}
    </SpaceBetween>
  );
}
