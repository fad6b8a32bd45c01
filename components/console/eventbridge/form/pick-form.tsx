"use client";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type PickField, sampleOf, services } from "../pattern/pick-lists";
import { chosen, type FieldPick, type How, hows, type Pick, valuesIn } from "./pick";
import type { StepProps } from "./rule-form";

const print = (value: unknown): string => JSON.stringify(value, null, 2);
const anyType = { value: "", label: "All events of this service" };
const anyService = { value: "", label: "All AWS services of this account" };

/** A pattern by choosing: service, kind of event, and what its fields must be. */
export function PickForm({ draft: { pick }, change }: StepProps) {
  const { service, type } = chosen(pick);
  const set = (next: Pick) => {
    const now = chosen(next);
    change({ pick: next, ...(now.service && now.type && (now.type !== type || now.service !== service) && { sample: print(sampleOf(now.service, now.type)) }) });
  };
  return (
    <SpaceBetween size="l">
      <div className="event-filter">
        <FormField label="AWS service">
          <Select
            selectedOption={service ? { value: service.id, label: service.label } : anyService}
            options={[...services.map(({ id, label }) => ({ value: id, label, description: `aws.${id}` })), anyService]}
            filteringType="auto"
            onChange={({ detail }) => {
              const next = services.find(({ id }) => id === detail.selectedOption.value);
              set({ service: next?.id ?? "", type: next?.types[0].name ?? "", fields: {} });
            }}
            data-testid="pick-service"
          />
        </FormField>
        {service && (
          <FormField label="Event type">
            <Select
              selectedOption={type ? { value: type.name, label: type.name } : anyType}
              options={[...service.types.map(({ name }) => ({ value: name, label: name })), anyType]}
              onChange={({ detail }) => set({ service: service.id, type: detail.selectedOption.value!, fields: {} })}
              data-testid="pick-type"
            />
          </FormField>
        )}
      </div>
      {type?.fields.map((field) => (
        <PickOne key={field.path} field={field} picked={pick.fields[field.path] ?? { how: "exact", text: "" }} onPick={(picked) => set({ ...pick, fields: { ...pick.fields, [field.path]: picked } })} />
      ))}
    </SpaceBetween>
  );
}

function PickOne({ field: { path, label, values }, picked, onPick }: { field: PickField; picked: FieldPick; onPick(picked: FieldPick): void }) {
  const chosenValues = valuesIn(picked.text);
  if (values)
    return (
      <FormField label={`${label} - optional`} description={<code>{path}</code>}>
        <Multiselect
          selectedOptions={chosenValues.map((value) => ({ value, label: value }))}
          options={values.map((value) => ({ value, label: value }))}
          placeholder="Any"
          onChange={({ detail }) => onPick({ how: "exact", text: detail.selectedOptions.map(({ value }) => value).join(", ") })}
          deselectAriaLabel={({ label: name }) => `Remove ${name}`}
          data-testid={`pick-${path}`}
        />
      </FormField>
    );
  return (
    <FormField label={`${label} - optional`} description={<code>{path}</code>} constraintText="One or more, with commas between them; empty for any." stretch>
      <div className="pick-field">
        <Select
          ariaLabel={`How ${label.toLowerCase()} must fit`}
          selectedOption={hows.find(({ value }) => value === picked.how) ?? hows[0]}
          options={hows}
          onChange={({ detail }) => onPick({ ...picked, how: detail.selectedOption.value as How })}
          data-testid={`pick-how-${path}`}
        />
        <Input ariaLabel={label} value={picked.text} onChange={({ detail }) => onPick({ ...picked, text: detail.value })} spellcheck={false} data-testid={`pick-${path}`} />
      </div>
    </FormField>
  );
}
