"use client";
import Select from "@cloudscape-design/components/select";
import { loadKeys } from "../kms/load-keys";
import { isAwsManaged } from "../kms/key-rows";
import { useLoad } from "../frame/use-load";
import { DEFAULT_KEY } from "./secret-types";

/** The key that a secret is encrypted under: Secrets Manager's own, or a customer managed one, by its ARN. `region`: of a replica. */
export function SecretKeySelect({ value, onChange, region, testId }: { value: string; onChange(key: string): void; region?: string; testId: string }) {
  const keys = useLoad(`secret-keys|${region ?? ""}`, async (ask) => {
    const there = region === undefined ? ask : <Output,>(service: string, operation: string, input?: Parameters<typeof ask>[2]) => ask<Output>(service, operation, input, region);
    return (await loadKeys(there as typeof ask)).items.filter((row) => !isAwsManaged(row) && (row.metadata?.KeySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT");
  });
  const options = [
    { value: DEFAULT_KEY, label: "aws/secretsmanager", description: "AWS managed key, the default" },
    ...(keys.data ?? []).map(({ arn, id, aliases, metadata }) => ({ value: arn, label: aliases[0] ?? id, description: id, ...(metadata && metadata.KeyState !== "Enabled" && { labelTag: metadata.KeyState }) })),
  ];
  return (
    <Select
      data-testid={testId}
      ariaLabel="Encryption key"
      selectedOption={options.find((option) => option.value === value) ?? { value, label: value }}
      options={options}
      filteringType="auto"
      statusType={keys.refused ? "error" : keys.loading && !keys.data ? "loading" : "finished"}
      errorText={keys.refused && `${keys.refused.reply.error.code}: your own keys cannot be listed`}
      loadingText="Loading keys"
      onChange={({ detail }) => onChange(detail.selectedOption.value!)}
    />
  );
}
