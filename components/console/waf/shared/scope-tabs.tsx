"use client";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { listPath, type Kind } from "../place-of";
import type { Scope } from "../waf-types";

export const useScopeWords = (): Record<Scope, string> => {
  const { region } = useWhere();
  return { REGIONAL: `Regional (${region})`, CLOUDFRONT: "Global (CloudFront)" };
};

/** Which of the two worlds a list shows: this Region's, or CloudFront's, which is kept in us-east-1. */
export function ScopeSelect({ scope, kind }: { scope: Scope; kind: Kind | "managed-rule-groups" | "api-keys" }) {
  const { navigate } = usePlace();
  const words = useScopeWords();
  return (
    <FormField label="Scope">
      <Select
        data-testid="scope"
        selectedOption={{ value: scope, label: words[scope] }}
        options={(["REGIONAL", "CLOUDFRONT"] as const).map((value) => ({ value, label: words[value] }))}
        onChange={({ detail }) => navigate(listPath(kind as Kind, detail.selectedOption.value as Scope))}
      />
    </FormField>
  );
}
