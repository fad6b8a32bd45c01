"use client";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { loadRoles } from "../../iam/load-iam";
import { useLoad } from "../../frame/use-load";

/** Roles that Lambda may take on, by their trust policies. By hand where the caller may not list roles. */
export function RoleField({ value, onChange, error, description }: { value: string; onChange(arn: string): void; error?: string; description?: string }) {
  const roles = useLoad("lambda-roles", async (ask) => (await loadRoles(ask)).filter(({ trusted }) => trusted.includes("AWS Service: lambda")));
  const label = "Existing role";
  if (roles.refused)
    return (
      <FormField label={label} errorText={error} description={`Your roles cannot be listed (${roles.refused.reply.error.code}): enter the ARN of one.`} stretch>
        <Input value={value} placeholder="arn:aws:iam::111122223333:role/my-role" onChange={({ detail }) => onChange(detail.value)} data-testid="role-arn" />
      </FormField>
    );
  const options = (roles.data ?? []).map(({ Arn, RoleName, Path }) => ({ value: Arn, label: Path === "/" ? RoleName : `${Path.slice(1)}${RoleName}`, description: Arn }));
  const chosen = options.find((option) => option.value === value) ?? (value ? { value, label: value } : null);
  return (
    <FormField label={label} errorText={error} description={description ?? "Roles whose trust policy lets lambda.amazonaws.com take them on."} stretch>
      <Select
        data-testid="role-choice"
        ariaLabel={label}
        selectedOption={chosen}
        options={options}
        filteringType="auto"
        placeholder="Choose a role"
        statusType={roles.loading && !roles.data ? "loading" : "finished"}
        loadingText="Loading roles"
        empty="No role trusts Lambda. Create one in IAM, or let this page make one."
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
