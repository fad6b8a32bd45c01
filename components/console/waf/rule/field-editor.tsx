"use client";
import type { FieldName, FieldToMatch } from "@/lib/engine/wafv2/inspect/types";
import { Choose, Line, Lines } from "../shared/choose";
import { fieldWords } from "./words";

const oversize = [
  { value: "CONTINUE", label: "Continue", hint: "Inspect what fits." },
  { value: "MATCH", label: "Match", hint: "Too much is a match, uninspected." },
  { value: "NO_MATCH", label: "No match", hint: "Too much is no match." },
] as const;
const fallback = [
  { value: "MATCH", label: "Match", hint: "Without it, the statement matches." },
  { value: "NO_MATCH", label: "No match", hint: "Without it, it does not." },
] as const;
const scopes = [
  { value: "ALL", label: "Keys and values" },
  { value: "KEY", label: "Keys" },
  { value: "VALUE", label: "Values" },
] as const;
const invalid = [
  { value: "", label: "None", hint: "Inspect what was read before the error." },
  { value: "EVALUATE_AS_STRING", label: "Evaluate as string", hint: "Inspect the body as plain text." },
  { value: "MATCH", label: "Match" },
  { value: "NO_MATCH", label: "No match" },
] as const;

/** A component as one begins with it. */
export function emptyField(name: FieldName): FieldToMatch {
  switch (name) {
    case "SingleHeader":
    case "SingleQueryArgument":
      return { [name]: { Name: "" } };
    case "Headers":
    case "Cookies":
      return { [name]: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "CONTINUE" } };
    case "JsonBody":
      return { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL", InvalidFallbackBehavior: "EVALUATE_AS_STRING", OversizeHandling: "CONTINUE" } };
    case "Body":
    case "HeaderOrder":
      return { [name]: { OversizeHandling: "CONTINUE" } };
    case "UriFragment":
    case "JA3Fingerprint":
    case "JA4Fingerprint":
      return { [name]: { FallbackBehavior: "NO_MATCH" } };
    default:
      return { [name]: {} };
  }
}

export interface FieldEditorProps {
  field: FieldToMatch | undefined;
  onChange(field: FieldToMatch): void;
  id: string;
}

/** Which part of the request is inspected. */
export function FieldEditor({ field, onChange, id }: FieldEditorProps) {
  const name = Object.keys(field ?? {})[0] as FieldName | undefined;
  const inner = (name ? field![name] : {}) as Record<string, unknown>;
  const set = (part: Record<string, unknown>) => onChange({ [name!]: { ...inner, ...part } });
  return (
    <div className="waf-fields">
      <Choose
        label="Inspect"
        value={name}
        options={(Object.keys(fieldWords) as FieldName[]).map((value) => ({ value, label: fieldWords[value] }))}
        onChange={(next) => next !== name && onChange(emptyField(next))}
        testId={`${id}-field`}
      />
      {(name === "SingleHeader" || name === "SingleQueryArgument") && (
        <Line
          label={name === "SingleHeader" ? "Header name" : "Query parameter name"}
          description="Capitals and small letters are the same."
          value={inner.Name as string}
          onChange={(Name) => set({ Name })}
          placeholder={name === "SingleHeader" ? "user-agent" : "id"}
          mono
          testId={`${id}-field-name`}
        />
      )}
      {(name === "Headers" || name === "Cookies" || name === "JsonBody") && <Pattern name={name} pattern={(inner.MatchPattern ?? {}) as Record<string, unknown>} onChange={(MatchPattern) => set({ MatchPattern })} id={id} />}
      {(name === "Headers" || name === "Cookies" || name === "JsonBody") && <Choose label="Match scope" value={inner.MatchScope as "ALL"} options={scopes} onChange={(MatchScope) => set({ MatchScope })} testId={`${id}-scope`} />}
      {name === "JsonBody" && (
        <Choose
          label="If the body is no valid JSON"
          value={(inner.InvalidFallbackBehavior as "MATCH" | undefined) ?? ("" as "MATCH")}
          placeholder="None: inspect what was read before the error"
          options={invalid as readonly { value: "MATCH"; label: string; hint?: string }[]}
          onChange={(next) => {
            const { InvalidFallbackBehavior: _, ...rest } = inner;
            onChange({ JsonBody: (next ? { ...rest, InvalidFallbackBehavior: next } : rest) as unknown as FieldToMatch["JsonBody"] });
          }}
          testId={`${id}-invalid`}
        />
      )}
      {(name === "Headers" || name === "Cookies" || name === "JsonBody" || name === "Body" || name === "HeaderOrder") && (
        <Choose label="Oversize handling" description="AWS WAF sees only the first part of what is large." value={(inner.OversizeHandling as "MATCH" | undefined) ?? "CONTINUE"} options={oversize} onChange={(OversizeHandling) => set({ OversizeHandling })} testId={`${id}-oversize`} />
      )}
      {(name === "UriFragment" || name === "JA3Fingerprint" || name === "JA4Fingerprint") && (
        <Choose label="Fallback for missing" value={inner.FallbackBehavior as "MATCH"} options={fallback} onChange={(FallbackBehavior) => set({ FallbackBehavior })} testId={`${id}-fallback`} />
      )}
    </div>
  );
}

const patternNames = { Headers: ["IncludedHeaders", "ExcludedHeaders"], Cookies: ["IncludedCookies", "ExcludedCookies"], JsonBody: ["IncludedPaths"] } as const;
const patternWords: Record<string, string> = { All: "All", IncludedHeaders: "Only these headers", ExcludedHeaders: "All but these headers", IncludedCookies: "Only these cookies", ExcludedCookies: "All but these cookies", IncludedPaths: "Only these elements" };

function Pattern({ name, pattern, onChange, id }: { name: keyof typeof patternNames; pattern: Record<string, unknown>; onChange(pattern: Record<string, unknown>): void; id: string }) {
  const chosen = Object.keys(pattern)[0] ?? "All";
  const list = pattern[chosen];
  return (
    <>
      <Choose
        label="Match pattern"
        value={chosen}
        options={["All", ...patternNames[name]].map((value) => ({ value, label: patternWords[value] }))}
        onChange={(next) => next !== chosen && onChange({ [next]: next === "All" ? {} : [] })}
        testId={`${id}-pattern`}
      />
      {Array.isArray(list) && (
        <Lines label={name === "JsonBody" ? "Paths, one in a line" : "Names, one in a line"} values={list as string[]} onChange={(values) => onChange({ [chosen]: values })} placeholder={name === "JsonBody" ? "/user/name" : undefined} testId={`${id}-names`} />
      )}
    </>
  );
}
