"use client";
import Select from "@cloudscape-design/components/select";
import { allPages, useLoad } from "../frame/use-load";

/** Functions of this Region, by their ARNs. */
export function FunctionSelect({ value, onChange }: { value: string; onChange(arn: string): void }) {
  const functions = useLoad("rotation-functions", (ask) =>
    allPages<{ FunctionName: string; FunctionArn: string; Runtime?: string }>(async (Marker) => {
      const page = await ask("lambda", "ListFunctions", { ...(Marker && { Marker }) });
      return { items: page.Functions, next: page.NextMarker };
    }),
  );
  const options = (functions.data ?? []).map(({ FunctionArn, FunctionName, Runtime }) => ({ value: FunctionArn, label: FunctionName, description: Runtime }));
  return (
    <Select
      data-testid="rotation-function"
      ariaLabel="Lambda rotation function"
      selectedOption={options.find((option) => option.value === value) ?? (value ? { value, label: value } : null)}
      options={options}
      filteringType="auto"
      placeholder="Choose a function"
      statusType={functions.refused ? "error" : functions.loading && !functions.data ? "loading" : "finished"}
      errorText={functions.refused && `${functions.refused.reply.error.code}: functions cannot be listed`}
      loadingText="Loading functions"
      empty="There is no function in this Region yet. The Lambda console has rotation functions among its blueprints."
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
    />
  );
}
