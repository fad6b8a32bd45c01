"use client";
import Button from "@cloudscape-design/components/button";
import { transformationTypes, type TextTransformation, type TransformationType } from "@/lib/engine/wafv2/inspect/types";
import { Choose } from "../shared/choose";
import { transformationWords } from "./words";

/** Source: AWS WAF Developer Guide, AWS WAF quotas. */
const most = 10;

const options = transformationTypes.map((value) => ({ value, label: transformationWords[value].label, hint: transformationWords[value].hint }));
const numbered = (types: readonly TransformationType[]): TextTransformation[] => types.map((Type, Priority) => ({ Priority, Type }));

/** What is done to the part before it is matched: from the lowest priority up, each on what the one before left. */
export function Transformations({ list, onChange, id }: { list: readonly TextTransformation[] | undefined; onChange(list: TextTransformation[]): void; id: string }) {
  const types = (Array.isArray(list) ? list : []).toSorted((a, b) => a.Priority - b.Priority).map(({ Type }) => Type);
  const set = (next: TransformationType[]) => onChange(numbered(next));
  const swap = (at: number, by: -1 | 1) => {
    const next = [...types];
    [next[at], next[at + by]] = [next[at + by], next[at]];
    set(next);
  };
  return (
    <fieldset className="waf-transformations">
      <legend>Text transformations, in order</legend>
      <ol className="plain-list">
        {types.map((type, at) => (
          <li key={at} className="waf-transformation">
            <Choose
              label={<span className="waf-hidden">Text transformation {at + 1}</span>}
              value={type}
              options={options}
              filtering
              onChange={(next) => set(types.map((each, index) => (index === at ? next : each)))}
              testId={`${id}-transformation-${at + 1}`}
              stretch
            />
            <span className="waf-transformation-tools">
              <Button variant="icon" iconName="angle-up" formAction="none" disabled={at === 0} ariaLabel={`Move transformation ${at + 1} up`} onClick={() => swap(at, -1)} />
              <Button variant="icon" iconName="angle-down" formAction="none" disabled={at === types.length - 1} ariaLabel={`Move transformation ${at + 1} down`} onClick={() => swap(at, 1)} />
              <Button variant="icon" iconName="remove" formAction="none" disabled={types.length === 1} ariaLabel={`Remove transformation ${at + 1}`} onClick={() => set(types.filter((_, index) => index !== at))} />
            </span>
          </li>
        ))}
      </ol>
      <Button formAction="none" iconName="add-plus" disabled={types.length >= most} onClick={() => set([...types, types.length ? "LOWERCASE" : "NONE"])} data-testid={`${id}-add-transformation`}>
        Add text transformation
      </Button>
    </fieldset>
  );
}
