"use client";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Statement } from "@/lib/engine/wafv2/inspect/types";
import type { References } from "../load-waf";
import { Choose } from "../shared/choose";
import { LeafEditor } from "./leaf-editor";
import { emptyLeaf, readMatch, withMode, writeMatch, type Part } from "./shape";

const modes = [
  { value: "one", label: "matches the statement" },
  { value: "all", label: "matches all the statements (AND)" },
  { value: "any", label: "matches at least one of the statements (OR)" },
  { value: "none", label: "doesn’t match the statement (NOT)" },
] as const;

export interface MatchEditorProps {
  statement: Statement | undefined;
  onChange(statement: Statement): void;
  references?: References;
  /** "statement" or "scope-down": the stem of test ids. */
  id: string;
}

/** If a request matches: one statement or several, each of which can be negated. What is nested deeper is left to the JSON. */
export function MatchEditor({ statement, onChange, references, id }: MatchEditorProps) {
  const match = readMatch(statement);
  if (!match)
    return (
      <Alert type="info" header="The visual editor cannot show this statement" data-testid={`${id}-too-deep`}>
        Its statements are nested deeper than one level, or it is not finished. The JSON editor shows all of it and keeps it as it is.
        <div className="waf-alert-action">
          <Button formAction="none" onClick={() => onChange(emptyLeaf("GeoMatchStatement"))}>
            Begin it anew here
          </Button>
        </div>
      </Alert>
    );
  const { mode, parts } = match;
  const several = mode === "all" || mode === "any";
  const set = (next: Part[]) => onChange(writeMatch({ mode, parts: next }));
  const change = (at: number, part: Partial<Part>) => set(parts.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <SpaceBetween size="m">
      <Choose label="If a request" value={mode} options={modes} onChange={(next) => next !== mode && onChange(writeMatch(withMode(match, next)))} testId={`${id}-mode`} />
      {parts.map(({ negated, leaf }, at) => (
        <fieldset key={at} className="waf-part" data-testid={`${id}-${at + 1}`}>
          <legend>{several ? `Statement ${at + 1}` : "Statement"}</legend>
          <SpaceBetween size="m">
            {several && (
              <div className="waf-part-head">
                <Checkbox checked={negated} onChange={({ detail }) => change(at, { negated: detail.checked })} data-testid={`${id}-${at + 1}-negate`}>
                  Negate statement (NOT)
                </Checkbox>
                <Button formAction="none" disabled={parts.length <= 2} onClick={() => set(parts.filter((_, index) => index !== at))} ariaLabel={`Remove statement ${at + 1}`}>
                  Remove
                </Button>
              </div>
            )}
            <LeafEditor leaf={leaf} onChange={(next) => change(at, { leaf: next })} id={`${id}-${at + 1}`} references={references} />
          </SpaceBetween>
        </fieldset>
      ))}
      {several && (
        <Button formAction="none" iconName="add-plus" onClick={() => set([...parts, { negated: false, leaf: emptyLeaf("GeoMatchStatement") }])} data-testid={`${id}-add`}>
          Add another statement
        </Button>
      )}
    </SpaceBetween>
  );
}
