"use client";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { DEFAULT_KEY, type ParameterForm } from "./form-values";
import { useKeyChoices } from "./key-choices";

/** KMS key source and KMS Key ID, for a SecureString. */
export function KeyField({ form, change }: { form: ParameterForm; change(part: Partial<ParameterForm>): void }) {
  const { options, status, more } = useKeyChoices();
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
            statusType={status}
            loadingText="Loading keys"
            onLoadItems={({ detail }) => detail.firstPage || more()}
            virtualScroll
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
