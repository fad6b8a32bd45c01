"use client";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import type { RateBasedStatement, RateBasedStatementCustomKey } from "@/lib/engine/wafv2/inspect/types";
import type { References } from "../load-waf";
import { Choose, Line, Whole } from "../shared/choose";
import { ForwardedEditor } from "./forwarded";
import { MatchEditor } from "./match-editor";
import { emptyLeaf } from "./shape";
import { Transformations } from "./transformations";

const windows = [
  { value: "60", label: "1 minute (60 seconds)" },
  { value: "120", label: "2 minutes (120 seconds)" },
  { value: "300", label: "5 minutes (300 seconds)" },
  { value: "600", label: "10 minutes (600 seconds)" },
];
const aggregates = [
  { value: "IP", label: "Source IP address", hint: "Each address has its own count." },
  { value: "FORWARDED_IP", label: "IP address in header", hint: "Each address that the header names." },
  { value: "CUSTOM_KEYS", label: "Custom keys", hint: "Each combination of up to five parts." },
  { value: "CONSTANT", label: "Count all", hint: "One count for all that the scope-down statement lets in." },
] as const;

type KeyName = keyof RateBasedStatementCustomKey;
const keyWords: Record<KeyName, string> = {
  Header: "Header",
  Cookie: "Cookie",
  QueryArgument: "Query argument",
  QueryString: "Query string",
  UriPath: "URI path",
  HTTPMethod: "HTTP method",
  LabelNamespace: "Label namespace",
  IP: "Source IP address",
  ForwardedIP: "IP address in header",
  ASN: "ASN",
  JA3Fingerprint: "JA3 fingerprint",
  JA4Fingerprint: "JA4 fingerprint",
};
/** Source: AWS WAF Developer Guide, Aggregating rate-based rules. */
const mostKeys = 5;

const none = () => [{ Priority: 0, Type: "NONE" as const }];
function emptyKey(name: KeyName): RateBasedStatementCustomKey {
  if (name === "Header" || name === "Cookie" || name === "QueryArgument") return { [name]: { Name: "", TextTransformations: none() } };
  if (name === "QueryString" || name === "UriPath") return { [name]: { TextTransformations: none() } };
  if (name === "LabelNamespace") return { LabelNamespace: { Namespace: "" } };
  return name === "JA3Fingerprint" || name === "JA4Fingerprint" ? { [name]: { FallbackBehavior: "NO_MATCH" } } : { [name]: {} };
}

/** The statement with another member, or without it. */
function withMember<K extends keyof RateBasedStatement>(rate: RateBasedStatement, member: K, value: RateBasedStatement[K] | undefined): RateBasedStatement {
  const { [member]: _, ...rest } = rate;
  return (value === undefined ? rest : { ...rest, [member]: value }) as RateBasedStatement;
}

/** How many requests in how long a time, counted by what, of which requests. */
export function RateEditor({ rate, onChange, references }: { rate: RateBasedStatement; onChange(rate: RateBasedStatement): void; references?: References }) {
  const { AggregateKeyType: by, CustomKeys: keys = [], ScopeDownStatement: scopeDown } = rate;
  const forwarded = (list: RateBasedStatementCustomKey[], type: string) => type === "FORWARDED_IP" || list.some((key) => key.ForwardedIP);
  /** The address in a header is told if and only if it counts. */
  const settle = (next: RateBasedStatement): RateBasedStatement =>
    withMember(next, "ForwardedIPConfig", forwarded(next.CustomKeys ?? [], next.AggregateKeyType) ? (next.ForwardedIPConfig ?? { HeaderName: "X-Forwarded-For", FallbackBehavior: "NO_MATCH" }) : undefined);
  const setKeys = (list: RateBasedStatementCustomKey[]) => onChange(settle({ ...rate, CustomKeys: list }));
  const setBy = (type: RateBasedStatement["AggregateKeyType"]) => {
    const base = withMember({ ...rate, AggregateKeyType: type }, "CustomKeys", type === "CUSTOM_KEYS" ? (keys.length ? keys : [emptyKey("Header")]) : undefined);
    onChange(settle(type === "CONSTANT" && !scopeDown ? { ...base, ScopeDownStatement: emptyLeaf("GeoMatchStatement") } : base));
  };
  return (
    <SpaceBetween size="m">
      <div className="waf-fields">
        <Whole label="Rate limit" constraintText="10 to 2,000,000,000 requests in the evaluation window." value={rate.Limit} onChange={(Limit) => onChange({ ...rate, Limit })} testId="rate-limit" />
        <Choose label="Evaluation window" value={String(rate.EvaluationWindowSec ?? 300)} options={windows} onChange={(value) => onChange({ ...rate, EvaluationWindowSec: Number(value) })} testId="rate-window" />
      </div>
      <Choose label="Request aggregation" value={by} options={aggregates} onChange={setBy} testId="rate-aggregate" />
      {by === "CUSTOM_KEYS" && (
        <SpaceBetween size="s">
          {keys.map((key, at) => (
            <KeyEditor
              key={at}
              at={at}
              value={key}
              only={keys.length === 1}
              onChange={(next) => setKeys(keys.map((each, index) => (index === at ? next : each)))}
              onRemove={() => setKeys(keys.filter((_, index) => index !== at))}
            />
          ))}
          <Button formAction="none" iconName="add-plus" disabled={keys.length >= mostKeys} onClick={() => setKeys([...keys, emptyKey("HTTPMethod")])} data-testid="rate-add-key">
            Add key
          </Button>
        </SpaceBetween>
      )}
      {rate.ForwardedIPConfig && <ForwardedEditor fixed config={rate.ForwardedIPConfig} onChange={(config) => onChange(withMember(rate, "ForwardedIPConfig", config))} id="rate" />}
      <Toggle
        checked={scopeDown !== undefined}
        disabled={by === "CONSTANT" && scopeDown !== undefined}
        onChange={({ detail }) => onChange(withMember(rate, "ScopeDownStatement", detail.checked ? emptyLeaf("GeoMatchStatement") : undefined))}
        description={by === "CONSTANT" ? "Count all needs one." : "Else every request counts."}
        data-testid="rate-scope-down"
      >
        Only consider requests that match a scope-down statement
      </Toggle>
      {scopeDown && <MatchEditor statement={scopeDown} onChange={(next) => onChange({ ...rate, ScopeDownStatement: next })} references={references} id="scope-down" />}
    </SpaceBetween>
  );
}

function KeyEditor({ value, at, only, onChange, onRemove }: { value: RateBasedStatementCustomKey; at: number; only: boolean; onChange(value: RateBasedStatementCustomKey): void; onRemove(): void }) {
  const name = Object.keys(value)[0] as KeyName;
  const inner = (value[name] ?? {}) as { Name?: string; Namespace?: string; FallbackBehavior?: "MATCH" | "NO_MATCH"; TextTransformations?: { Priority: number; Type: "NONE" }[] };
  const set = (part: object) => onChange({ [name]: { ...inner, ...part } });
  const id = `key-${at + 1}`;
  return (
    <fieldset className="waf-part" data-testid={`rate-${id}`}>
      <legend>Key {at + 1}</legend>
      <SpaceBetween size="s">
        <div className="waf-fields">
          <Choose label="Key" value={name} options={(Object.keys(keyWords) as KeyName[]).map((each) => ({ value: each, label: keyWords[each] }))} onChange={(next) => next !== name && onChange(emptyKey(next))} testId={`${id}-name`} />
          {inner.Name !== undefined && <Line label="Name" value={inner.Name} onChange={(Name) => set({ Name })} mono testId={`${id}-of`} />}
          {inner.Namespace !== undefined && <Line label="Namespace, ends in a colon" value={inner.Namespace} onChange={(Namespace) => set({ Namespace })} mono testId={`${id}-namespace`} />}
          {inner.FallbackBehavior !== undefined && (
            <Choose
              label="Fallback for missing"
              value={inner.FallbackBehavior}
              options={[
                { value: "MATCH", label: "Match" },
                { value: "NO_MATCH", label: "No match" },
              ]}
              onChange={(FallbackBehavior) => set({ FallbackBehavior })}
            />
          )}
        </div>
        {inner.TextTransformations && <Transformations list={inner.TextTransformations} onChange={(TextTransformations) => set({ TextTransformations })} id={id} />}
        <Button formAction="none" disabled={only} onClick={onRemove} ariaLabel={`Remove key ${at + 1}`}>
          Remove
        </Button>
      </SpaceBetween>
    </fieldset>
  );
}
