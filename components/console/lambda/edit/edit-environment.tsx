"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemOfVariable } from "../create/create-draft";
import { KeySelect } from "../configuration/key-select";
import { VariablesEditor, type Variable } from "../configuration/variables-editor";
import type { FunctionAnswer, Subject } from "../lambda-types";
import { EditPage } from "./edit-page";
import { EncryptVariable } from "./encrypt-variable";
import { useEdit } from "./use-edit";

interface Values {
  variables: Variable[];
  atRest: "default" | "customer";
  key: string;
  inTransit: boolean;
}

/** Variables, the key that they lie under, and the helper that encrypts single ones before they are sent. */
export function EditEnvironment({ subject, found: { Configuration: now } }: { subject: Subject; found: FunctionAnswer }) {
  const [start] = useState<Values>({
    variables: Object.entries(now.Environment?.Variables ?? {}).map(([key, value]) => ({ key, value })),
    atRest: now.KMSKeyArn ? "customer" : "default",
    key: now.KMSKeyArn ?? "",
    inTransit: false,
  });
  const { values, change, mutation, leave, save } = useEdit({ subject, what: "environment", of: now.RevisionId, initial: start, back: ["configuration", "environment"] });
  const [tried, setTried] = useState(false);
  const [encrypting, setEncrypting] = useState<number>();
  const keys = values.variables.map(({ key }) => key);
  const keyProblem = values.atRest === "customer" && !values.key ? "Choose a key." : undefined;
  const submit = () => {
    setTried(true);
    if (keyProblem || keys.some((key) => problemOfVariable(key, keys))) return;
    void save(
      (ask) =>
        ask("lambda", "UpdateFunctionConfiguration", {
          FunctionName: subject.name,
          Environment: { Variables: Object.fromEntries(values.variables.map(({ key, value }) => [key, value])) },
          KMSKeyArn: values.atRest === "customer" ? values.key : "",
        }),
      `Successfully updated the function ${subject.name}.`,
    );
  };
  return (
    <EditPage title="Edit environment variables" mutation={mutation} onSubmit={submit} onCancel={leave}>
      {now.Environment?.Error && (
        <Alert type="warning" header="You cannot read the variables that are there">
          Saving puts what you enter here in their place. {now.Environment.Error.ErrorCode}: you may not decrypt with the function’s key.
        </Alert>
      )}
      <Container header={<Header variant="h2">Environment variables</Header>}>
        <SpaceBetween size="m">
          <VariablesEditor
            variables={values.variables}
            onChange={(variables) => change({ variables })}
            tried={tried}
            {...(values.inTransit && { onEncrypt: (index: number) => setEncrypting(index) })}
          />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Encryption configuration</Header>}>
        <SpaceBetween size="l">
          <FormField label="Encryption in transit" description="Encrypts a value before it is sent to Lambda; the code decrypts it. Then whoever sees the configuration sees a ciphertext.">
            <Checkbox checked={values.inTransit} onChange={({ detail }) => change({ inTransit: detail.checked })} data-testid="in-transit">
              Enable helpers for encryption in transit
            </Checkbox>
          </FormField>
          <FormField label="KMS key to encrypt at rest" stretch errorText={tried ? keyProblem : undefined}>
            <RadioGroup
              ariaLabel="KMS key to encrypt at rest"
              value={values.atRest}
              onChange={({ detail }) => change({ atRest: detail.value as Values["atRest"] })}
              items={[
                { value: "default", label: "(default) aws/lambda", description: "Whoever may see the configuration reads the variables." },
                { value: "customer", label: "Use a customer managed key", description: "Whoever wants to read them also needs kms:Decrypt on the key. You need kms:Encrypt and kms:CreateGrant, for the execution role’s grant." },
              ]}
              data-testid="at-rest"
            />
          </FormField>
          {values.atRest === "customer" && (
            <FormField label="Customer managed key" stretch>
              <KeySelect value={values.key} onChange={(key) => change({ key })} label="Customer managed key" testId="environment-key" />
            </FormField>
          )}
          <Box variant="small">An environment variable is part of the configuration: it is in every published version, and in the answer of every call that shows the function.</Box>
        </SpaceBetween>
      </Container>
      {encrypting !== undefined && values.variables[encrypting] && (
        <EncryptVariable
          variable={values.variables[encrypting]}
          functionName={subject.name}
          runtime={now.Runtime}
          role={now.Role}
          onClose={() => setEncrypting(undefined)}
          onEncrypted={(value) => change({ variables: values.variables.map((variable, index) => (index === encrypting ? { ...variable, value } : variable)) })}
        />
      )}
    </EditPage>
  );
}
