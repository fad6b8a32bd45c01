"use client";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemOfVariable } from "../create/create-draft";

export interface Variable {
  key: string;
  value: string;
}

/** Bytes of all names and values, as JSON. Source: Lambda Developer Guide, Lambda quotas (environment variables). */
const MOST_BYTES = 4096;

/** Keys and values, in rows. `onEncrypt` puts an Encrypt button beside each value. */
export function VariablesEditor({
  variables,
  onChange,
  tried,
  onEncrypt,
}: {
  variables: readonly Variable[];
  onChange(variables: Variable[]): void;
  /** A submit was tried: problems are shown. */
  tried: boolean;
  onEncrypt?(index: number): void;
}) {
  const keys = variables.map(({ key }) => key);
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(variables.map(({ key, value }) => [key, value])))).length;
  const put = (at: number, part: Partial<Variable>): void => onChange(variables.map((variable, index) => (index === at ? { ...variable, ...part } : variable)));
  return (
    <SpaceBetween size="xs">
      <AttributeEditor
        data-testid="variables"
        items={variables}
        addButtonText="Add environment variable"
        removeButtonText="Remove"
        removeButtonAriaLabel={({ key }) => `Remove variable ${key}`}
        onAddButtonClick={() => onChange([...variables, { key: "", value: "" }])}
        onRemoveButtonClick={({ detail }) => onChange(variables.filter((_, index) => index !== detail.itemIndex))}
        empty="No environment variables."
        definition={[
          {
            label: "Key",
            errorText: ({ key }) => (tried ? problemOfVariable(key, keys) : undefined),
            control: ({ key }, index) => <Input ariaLabel={`Key of variable ${index + 1}`} value={key} onChange={({ detail }) => put(index, { key: detail.value })} spellcheck={false} />,
          },
          {
            label: "Value",
            control: ({ value }, index) => <Input ariaLabel={`Value of variable ${index + 1}`} value={value} onChange={({ detail }) => put(index, { value: detail.value })} spellcheck={false} />,
          },
          ...(onEncrypt
            ? [
                {
                  label: "In transit",
                  control: ({ key }: Variable, index: number) => (
                    <Button formAction="none" ariaLabel={`Encrypt variable ${key}`} onClick={() => onEncrypt(index)}>
                      Encrypt
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {variables.length > 0 && (
        <Box variant="small" color={bytes > MOST_BYTES ? "text-status-error" : "text-body-secondary"}>
          {bytes.toLocaleString("en")} of {MOST_BYTES.toLocaleString("en")} bytes
        </Box>
      )}
    </SpaceBetween>
  );
}
