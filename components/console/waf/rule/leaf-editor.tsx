"use client";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { FieldToMatch, Statement, TextTransformation } from "@/lib/engine/wafv2/inspect/types";
import { Choose, Line, Lines, Whole } from "../shared/choose";
import { countryName, countryOptions } from "../shared/countries";
import type { References } from "../load-waf";
import type { Summary } from "../waf-types";
import { FieldEditor } from "./field-editor";
import { ForwardedEditor, type Forwarded } from "./forwarded";
import { leafNameOf, leafNames, withLeaf } from "./shape";
import { Transformations } from "./transformations";
import { leafWords, positionWords, sizeWords } from "./words";

interface LeafProps {
  leaf: Statement;
  onChange(leaf: Statement): void;
  /** `statement-1`: the stem of test ids. */
  id: string;
  references?: References;
}

interface Inspecting {
  FieldToMatch?: FieldToMatch;
  TextTransformations?: TextTransformation[];
}

const entries = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const setsAs = (sets: readonly Summary[] | undefined) => (sets ?? []).map(({ ARN, Name }) => ({ value: ARN, label: Name }));

/** One statement: what is looked at, how it is prepared, and what has to be there. */
export function LeafEditor({ leaf, onChange, id, references }: LeafProps) {
  const name = leafNameOf(leaf)!;
  const inner = leaf[name] as Inspecting & Record<string, unknown>;
  const set = (part: object) => onChange({ [name]: { ...inner, ...part } });
  const without = (member: string, value: unknown) => {
    const { [member]: _, ...rest } = inner;
    onChange({ [name]: value === undefined ? rest : { ...rest, [member]: value } });
  };
  return (
    <SpaceBetween size="m">
      <Choose
        label="Inspect by"
        value={name}
        options={leafNames.map((value) => ({ value, ...leafWords[value] }))}
        onChange={(next) => next !== name && onChange(withLeaf(leaf, next))}
        testId={`${id}-kind`}
      />
      {"FieldToMatch" in inner && <FieldEditor field={inner.FieldToMatch} onChange={(FieldToMatch) => set({ FieldToMatch })} id={id} />}
      {name === "GeoMatchStatement" && <Countries codes={(inner.CountryCodes as string[]) ?? []} onChange={(CountryCodes) => set({ CountryCodes })} id={id} />}
      {name === "AsnMatchStatement" && (
        <Lines
          label="Autonomous system numbers, one in a line"
          constraintText="Up to 100; 0 stands for unknown."
          values={((inner.AsnList as number[]) ?? []).map(String)}
          onChange={(values) => set({ AsnList: values.map((value) => (/^\d+$/.test(value) ? Number(value) : value)) })}
          testId={`${id}-asn`}
        />
      )}
      {name === "IPSetReferenceStatement" && (
        <Choose label="IP set" value={inner.ARN as string} options={setsAs(references?.ipSets)} onChange={(ARN) => set({ ARN })} placeholder="Choose an IP set" empty="There is no IP set of this scope yet." testId={`${id}-set`} />
      )}
      {name === "RegexPatternSetReferenceStatement" && (
        <Choose label="Regex pattern set" value={inner.ARN as string} options={setsAs(references?.patternSets)} onChange={(ARN) => set({ ARN })} placeholder="Choose a regex pattern set" empty="There is no regex pattern set of this scope yet." testId={`${id}-set`} />
      )}
      {name === "LabelMatchStatement" && (
        <div className="waf-fields">
          <Choose
            label="Match scope"
            value={inner.Scope as "LABEL"}
            options={[
              { value: "LABEL", label: "Label", hint: "A whole label, or its end." },
              { value: "NAMESPACE", label: "Namespace", hint: "All labels of it. Ends in a colon." },
            ]}
            onChange={(Scope) => set({ Scope })}
            testId={`${id}-label-scope`}
          />
          <Line label="Match key" value={inner.Key as string} onChange={(Key) => set({ Key })} placeholder="awswaf:managed:aws:bot-control:bot:verified" mono testId={`${id}-label`} />
        </div>
      )}
      {name === "ByteMatchStatement" && (
        <div className="waf-fields">
          <Choose label="Match type" value={inner.PositionalConstraint as string} options={entries(positionWords)} onChange={(PositionalConstraint) => set({ PositionalConstraint })} testId={`${id}-position`} />
          {"SearchStringBase64" in inner ? (
            <Line label="String to match, Base64" description="These bytes are no text." value={inner.SearchStringBase64 as string} onChange={(SearchStringBase64) => set({ SearchStringBase64 })} mono testId={`${id}-string`} />
          ) : (
            <Line label="String to match" constraintText="Up to 200 bytes. It is compared with what the transformations leave." value={inner.SearchString as string} onChange={(SearchString) => set({ SearchString })} mono testId={`${id}-string`} />
          )}
        </div>
      )}
      {name === "RegexMatchStatement" && <Line label="Regular expression" constraintText="Up to 512 characters, without back references and look-around." value={inner.RegexString as string} onChange={(RegexString) => set({ RegexString })} mono stretch testId={`${id}-regex`} />}
      {name === "SizeConstraintStatement" && (
        <div className="waf-fields">
          <Choose label="Match type" value={inner.ComparisonOperator as string} options={entries(sizeWords)} onChange={(ComparisonOperator) => set({ ComparisonOperator })} testId={`${id}-operator`} />
          <Whole label="Size in bytes" value={inner.Size as number} onChange={(Size) => set({ Size })} testId={`${id}-size`} />
        </div>
      )}
      {name === "SqliMatchStatement" && (
        <Choose
          label="Sensitivity level"
          value={(inner.SensitivityLevel as "LOW" | undefined) ?? "LOW"}
          options={[
            { value: "LOW", label: "Low", hint: "Fewer false alarms. 20 units." },
            { value: "HIGH", label: "High", hint: "Finds more, and more that is none. 30 units." },
          ]}
          onChange={(SensitivityLevel) => set({ SensitivityLevel })}
          testId={`${id}-sensitivity`}
        />
      )}
      {"FieldToMatch" in inner && <Transformations list={inner.TextTransformations} onChange={(TextTransformations) => set({ TextTransformations })} id={id} />}
      {(name === "GeoMatchStatement" || name === "AsnMatchStatement") && <ForwardedEditor config={inner.ForwardedIPConfig as Forwarded | undefined} onChange={(config) => without("ForwardedIPConfig", config)} id={id} />}
      {name === "IPSetReferenceStatement" && <ForwardedEditor position config={inner.IPSetForwardedIPConfig as Forwarded | undefined} onChange={(config) => without("IPSetForwardedIPConfig", config)} id={id} />}
    </SpaceBetween>
  );
}

function Countries({ codes, onChange, id }: { codes: readonly string[]; onChange(codes: string[]): void; id: string }) {
  return (
    <FormField label="Country codes" constraintText="Up to 50.">
      <Multiselect
        selectedOptions={codes.map((value) => ({ value, label: `${countryName(value)} - ${value}` }))}
        options={countryOptions}
        filteringType="auto"
        filteringAriaLabel="Find a country"
        filteringPlaceholder="Find a country"
        placeholder="Choose countries"
        expandToViewport
        tokenLimit={6}
        onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value }) => value!))}
        data-testid={`${id}-countries`}
      />
    </FormField>
  );
}
