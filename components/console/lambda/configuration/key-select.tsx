"use client";
import Select from "@cloudscape-design/components/select";
import { loadKeys } from "../../kms/load-keys";
import { isAwsManaged } from "../../kms/key-rows";
import { useLoad } from "../../frame/use-load";

/** Customer managed keys that can encrypt, by their ARNs; under them what else may be chosen. */
export function KeySelect({ value, onChange, none, label, testId }: { value: string; onChange(arn: string): void; none?: { label: string; description: string }; label: string; testId: string }) {
  const keys = useLoad("lambda-keys", async (ask) => (await loadKeys(ask)).items.filter((row) => !isAwsManaged(row) && (row.metadata?.KeySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT"));
  const options = [
    ...(none ? [{ value: "", ...none }] : []),
    ...(keys.data ?? []).map(({ arn, id, aliases, metadata }) => ({
      value: arn,
      label: aliases[0] ?? id,
      description: id,
      ...(metadata && metadata.KeyState !== "Enabled" && { labelTag: metadata.KeyState }),
    })),
  ];
  const chosen = options.find((option) => option.value === value) ?? (value ? { value, label: value } : null);
  return (
    <Select
      data-testid={testId}
      ariaLabel={label}
      selectedOption={chosen}
      options={options}
      filteringType="auto"
      placeholder="Choose a key"
      statusType={keys.refused ? "error" : keys.loading && !keys.data ? "loading" : "finished"}
      errorText={keys.refused && `${keys.refused.reply.error.code}: keys cannot be listed`}
      loadingText="Loading keys"
      empty="There is no customer managed key in this Region. Create one in KMS."
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
    />
  );
}
