"use client";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { pairsOf, pairsProblem, textOf, type Pair } from "./pairs";

export interface ValueForm {
  view: "pairs" | "text";
  pairs: Pair[];
  text: string;
}

/** The value that a form says. */
export const valueOf = ({ view, pairs, text }: ValueForm, before?: string): string => (view === "pairs" ? textOf(pairs, before) : text);
export const valueProblem = ({ view, pairs, text }: ValueForm): string | undefined => (view === "pairs" ? pairsProblem(pairs) : text === "" ? "Enter the secret's value." : undefined);

/** Key/value pairs, or plaintext: two looks at one value. What cannot be shown as pairs stays text. */
export function PairsField({ form, change, before }: { form: ValueForm; change(part: Partial<ValueForm>): void; before?: string }) {
  const { view, pairs, text } = form;
  const toText = () => change({ view: "text", text: pairsProblem(pairs) ? text : textOf(pairs, before) });
  const toPairs = () => change({ view: "pairs", pairs: pairsOf(text) ?? pairs });
  const set = (at: number, part: Partial<Pair>) => change({ pairs: pairs.map((pair, index) => (index === at ? { ...pair, ...part } : pair)) });
  const cannot = view === "text" && text !== "" && pairsOf(text) === undefined;
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label="Value as"
        selectedId={view}
        onChange={({ detail }) => (detail.selectedId === "pairs" ? toPairs() : toText())}
        options={[
          { id: "pairs", text: "Key/value", disabled: cannot, disabledReason: "This text is not a JSON object of plain values." },
          { id: "text", text: "Plaintext" },
        ]}
        data-testid="value-view"
      />
      {view === "text" ? (
        <FormField label="Plaintext" constraintText="At most 65,536 bytes." stretch>
          <Textarea value={text} rows={8} spellcheck={false} onChange={({ detail }) => change({ text: detail.value })} data-testid="secret-text" />
        </FormField>
      ) : (
        <SpaceBetween size="s">
          {pairs.map(({ key, value }, at) => (
            // Rows have no names of their own, and are only added and removed at a place.
            <div className="pair-row" key={at}>
              <Input value={key} ariaLabel={`Key ${at + 1}`} placeholder="Key" onChange={({ detail }) => set(at, { key: detail.value })} data-testid={`pair-key-${at}`} />
              <Input value={value} ariaLabel={`Value ${at + 1}`} placeholder="Value" onChange={({ detail }) => set(at, { value: detail.value })} data-testid={`pair-value-${at}`} />
              <Button formAction="none" ariaLabel={`Remove pair ${at + 1}`} iconName="remove" variant="icon" onClick={() => change({ pairs: pairs.filter((_, index) => index !== at) })} />
            </div>
          ))}
          <Button formAction="none" iconName="add-plus" onClick={() => change({ pairs: [...pairs, { key: "", value: "" }] })} data-testid="add-pair">
            Add row
          </Button>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
