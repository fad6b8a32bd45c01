"use client";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { allPages, leaveOut, useLoad, type Ask } from "../frame/use-load";
import { DEFAULT_KEY, type ParameterForm } from "./form-values";

/** Keys of this Region by their aliases; those without one by their id. What cannot be listed is left out. */
async function loadKeyChoices(ask: Ask): Promise<SelectProps.Option[]> {
  const aliases =
    (await allPages<{ AliasName: string; TargetKeyId?: string }>(async (Marker) => {
      const page = await ask("kms", "ListAliases", { Limit: 100, ...(Marker && { Marker }) });
      return { items: page.Aliases, next: page.Truncated ? page.NextMarker : undefined };
    }).catch(leaveOut)) ?? [];
  const keys =
    (await allPages<{ KeyId: string }>(async (Marker) => {
      const page = await ask("kms", "ListKeys", { Limit: 1000, ...(Marker && { Marker }) });
      return { items: page.Keys, next: page.Truncated ? page.NextMarker : undefined };
    }).catch(leaveOut)) ?? [];
  // Of the AWS managed keys only Parameter Store's own can be used for parameters.
  const named = aliases.filter(({ AliasName, TargetKeyId }) => TargetKeyId && !AliasName.startsWith("alias/aws/"));
  const withAlias = new Set(aliases.map(({ TargetKeyId }) => TargetKeyId));
  return [
    { value: DEFAULT_KEY, label: DEFAULT_KEY, description: "AWS managed key, the default" },
    ...named.map(({ AliasName, TargetKeyId }) => ({ value: AliasName, label: AliasName, description: TargetKeyId })),
    ...keys.filter(({ KeyId }) => !withAlias.has(KeyId)).map(({ KeyId }) => ({ value: KeyId, label: KeyId, description: "No alias" })),
  ];
}

/** KMS key source and KMS Key ID, for a SecureString. */
export function KeyField({ form, change }: { form: ParameterForm; change(part: Partial<ParameterForm>): void }) {
  const choices = useLoad("key-choices", loadKeyChoices);
  const options = choices.data ?? [];
  const selected = options.find(({ value }) => value === form.keyId) ?? { value: form.keyId, label: form.keyId };
  return (
    <SpaceBetween size="m">
      <FormField label="KMS key source" stretch>
        <RadioGroup
          ariaLabel="KMS key source"
          value={form.keySource}
          onChange={({ detail }) =>
            change(detail.value === "another" ? { keySource: "another", keyId: "" } : { keySource: "current", keyId: DEFAULT_KEY })
          }
          items={[
            {
              value: "current",
              label: "My current account",
              description: "The AWS managed key alias/aws/ssm, or a customer managed key of this account.",
            },
            { value: "another", label: "Another account", description: "A customer managed key whose policy lets this account use it." },
          ]}
          data-testid="key-source"
        />
      </FormField>
      {form.keySource === "current" ? (
        <FormField label="KMS Key ID" constraintText="Symmetric encryption keys only.">
          <Select
            selectedOption={selected}
            options={options}
            statusType={choices.data ? "finished" : "loading"}
            loadingText="Loading keys"
            filteringType="auto"
            onChange={({ detail }) => change({ keyId: detail.selectedOption.value! })}
            data-testid="key-id"
          />
        </FormField>
      ) : (
        <FormField label="KMS Key ID" constraintText="The key's ARN: arn:aws:kms:us-east-1:444455556666:key/…">
          <Input value={form.keyId} onChange={({ detail }) => change({ keyId: detail.value.trim() })} data-testid="key-arn" />
        </FormField>
      )}
    </SpaceBetween>
  );
}
