"use client";
import { useState, type ReactNode } from "react";
import FormField, { type FormFieldProps } from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";

type Around = Pick<FormFieldProps, "description" | "constraintText" | "errorText" | "stretch"> & { label: ReactNode };

/** A field with one choice of a few. */
export function Choose<V extends string>({
  value,
  options,
  onChange,
  testId,
  placeholder,
  empty,
  filtering,
  disabled,
  ...around
}: Around & {
  value: V | undefined;
  options: readonly { value: V; label: string; hint?: string }[];
  onChange(value: V): void;
  testId?: string;
  placeholder?: string;
  empty?: ReactNode;
  filtering?: boolean;
  disabled?: boolean;
}) {
  const all: SelectProps.Option[] = options.map(({ value: each, label, hint }) => ({ value: each, label, description: hint }));
  // What stands in the JSON and is no choice here is shown as it is.
  const selected = value === undefined || value === ("" as V) ? null : (all.find((option) => option.value === value) ?? { value, label: value });
  return (
    <FormField {...around}>
      <Select
        selectedOption={selected}
        options={all}
        onChange={({ detail }) => onChange(detail.selectedOption.value as V)}
        placeholder={placeholder}
        empty={empty}
        filteringType={filtering ? "auto" : "none"}
        filteringAriaLabel="Find"
        filteringPlaceholder="Find"
        expandToViewport
        disabled={disabled}
        data-testid={testId}
      />
    </FormField>
  );
}

/** A field with one line of text. */
export function Line({ value, onChange, testId, placeholder, mono, disabled, ...around }: Around & { value: string | undefined; onChange(value: string): void; testId?: string; placeholder?: string; mono?: boolean; disabled?: boolean }) {
  return (
    <FormField {...around}>
      <Input value={value ?? ""} onChange={({ detail }) => onChange(detail.value)} placeholder={placeholder} spellcheck={!mono && undefined} autoComplete={false} disabled={disabled} data-testid={testId} />
    </FormField>
  );
}

/** A field with a whole number; what is no number stays in the field and is not passed on. */
export function Whole({ value, onChange, testId, ...around }: Around & { value: number | undefined; onChange(value: number): void; testId?: string }) {
  const [typed, setTyped] = useState<string>();
  const text = typed !== undefined && (typed.trim() === "" || Number(typed) === value || !/^\d+$/.test(typed.trim())) ? typed : String(value ?? "");
  return (
    <FormField {...around} errorText={around.errorText || (/^\s*\d+\s*$/.test(text) ? undefined : "Enter a whole number.")}>
      <Input
        value={text}
        inputMode="numeric"
        onChange={({ detail }) => {
          setTyped(detail.value);
          if (/^\s*\d+\s*$/.test(detail.value)) onChange(Number(detail.value));
        }}
        data-testid={testId}
      />
    </FormField>
  );
}

export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** A field with a list, one entry in a line. */
export function Lines({ values, onChange, testId, placeholder, rows = 3, ...around }: Around & { values: readonly string[]; onChange(values: string[]): void; testId?: string; placeholder?: string; rows?: number }) {
  const [typed, setTyped] = useState("");
  // While it is typed the text has empty lines and blanks that the list has not.
  const text = linesOf(typed).join("\n") === values.join("\n") ? typed : values.join("\n");
  return (
    <FormField {...around}>
      <Textarea
        value={text}
        rows={rows}
        placeholder={placeholder}
        spellcheck={false}
        onChange={({ detail }) => {
          setTyped(detail.value);
          onChange(linesOf(detail.value));
        }}
        data-testid={testId}
      />
    </FormField>
  );
}
