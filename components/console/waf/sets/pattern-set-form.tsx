"use client";
import { useMemo } from "react";
import { checkPattern } from "@/lib/engine/wafv2/inspect/check-rules";
import { nameProblem, type Scope } from "../waf-types";
import { Lines } from "../shared/choose";
import { fieldProblem } from "../shared/field-problem";
import { CreateSet } from "./create-set";

interface PatternDraft {
  patterns: string[];
}

/** What AWS WAF would say of the first pattern that it does not take. */
export function patternProblem(patterns: readonly string[]): string | undefined {
  if (patterns.length > 10) return "A set has at most ten patterns.";
  for (const pattern of patterns) {
    const problem = checkPattern(pattern, "REGEX_PATTERN_SET");
    if (problem) return `${pattern}: ${problem.Reason ?? problem.message}`;
  }
  return undefined;
}

export function PatternLines({ patterns, onChange, errorText }: { patterns: readonly string[]; onChange(patterns: string[]): void; errorText?: string }) {
  const wrong = useMemo(() => patternProblem(patterns), [patterns]);
  return (
    <Lines
      label="Regular expressions, one in a line"
      description="A request matches if any of them does. No back references, no look-around."
      constraintText={`${patterns.length} of 10`}
      values={patterns}
      onChange={onChange}
      rows={5}
      placeholder="^/admin/"
      errorText={errorText ?? wrong}
      stretch
      testId="patterns"
    />
  );
}

export function CreatePatternSet({ scope }: { scope: Scope }) {
  const initial = useMemo((): PatternDraft => ({ patterns: [] }), []);
  return (
    <CreateSet<PatternDraft>
      scope={scope}
      kind="regex-pattern-sets"
      what="regex pattern set"
      operation="CreateRegexPatternSet"
      draftKey="wafv2/create/regex-pattern-set"
      initial={initial}
      input={({ patterns }) => ({ RegularExpressionList: patterns.map((RegexString) => ({ RegexString })) })}
      problem={({ name }) => nameProblem(name)}
    >
      {({ patterns }, change, refused) => <PatternLines patterns={patterns} onChange={(next) => change({ patterns: next })} errorText={fieldProblem(refused, "REGEX_PATTERN_SET")} />}
    </CreateSet>
  );
}
