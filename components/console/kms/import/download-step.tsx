"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { LabDate } from "../../frame/lab-time";
import { useNow } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { saveParameters } from "./download-files";
import { algorithmOf, type ImportParameters } from "./import-draft";
import type { ImportStepProps } from "./import-wizard";
import { materialWords, wrappingAlgorithms, WRAPPING_KEY_SPECS } from "./wrapping";

/** Chooses how the key material will be wrapped, and gets what is needed for it. Source: KMS API, GetParametersForImport. */
export function DownloadStep({ draft, change, metadata }: ImportStepProps) {
  const { busy, refused, run } = useMutation();
  const now = useNow();
  const { parameters } = draft;
  const algorithm = algorithmOf(draft, metadata.KeySpec);

  const get = () =>
    run(async (ask) => {
      const { wrappingSpec } = draft;
      const answer = await ask<Pick<ImportParameters, "PublicKey" | "ImportToken" | "ParametersValidTo">>("kms", "GetParametersForImport", {
        KeyId: metadata.KeyId,
        WrappingAlgorithm: algorithm,
        WrappingKeySpec: wrappingSpec,
      });
      const { PublicKey, ImportToken, ParametersValidTo } = answer;
      const fresh: ImportParameters = { PublicKey, ImportToken, ParametersValidTo, wrappingSpec, algorithm };
      // What was wrapped under the last public key does not go with the new token.
      change({ parameters: fresh, wrapped: undefined, token: undefined, steps: [] });
      saveParameters(fresh, metadata, now);
    });

  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Configuration</Header>}>
        <SpaceBetween size="l">
          <Box variant="p">
            The key {metadata.KeyId} takes {materialWords(metadata.KeySpec)} as its key material. You wrap it with a public key of KMS, so
            that it is encrypted on its way.
          </Box>
          <FormField label="Select wrapping key spec" description="The length of the RSA public key that wraps your key material." stretch>
            <RadioGroup
              ariaLabel="Select wrapping key spec"
              data-testid="wrapping-spec"
              value={draft.wrappingSpec}
              onChange={({ detail }) => change({ wrappingSpec: detail.value })}
              items={WRAPPING_KEY_SPECS.map((value, index) => ({ value, label: value, description: index ? undefined : "Preferred by AWS." }))}
            />
          </FormField>
          <FormField label="Select wrapping algorithm" description="How your key material is encrypted under that public key." stretch>
            <RadioGroup
              ariaLabel="Select wrapping algorithm"
              data-testid="wrapping-algorithm"
              value={algorithm}
              onChange={({ detail }) => change({ algorithm: detail.value })}
              items={wrappingAlgorithms(metadata.KeySpec, draft.wrappingSpec).map(({ value, description }) => ({ value, label: value, description }))}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header variant="h2" description="They belong together and are valid for 24 hours, for this key only.">
            Wrapping public key and import token
          </Header>
        }
      >
        <SpaceBetween size="s">
          {refused && <AwsErrorNote refused={refused} />}
          <Button iconName="download" formAction="none" loading={busy} onClick={() => void get()} data-testid="download-parameters">
            Download wrapping public key and import token
          </Button>
          {parameters && <Downloaded parameters={parameters} now={now} again={() => saveParameters(parameters, metadata, now)} />}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

function Downloaded({ parameters, now, again }: { parameters: ImportParameters; now: number; again(): void }) {
  if (parameters.ParametersValidTo * 1000 <= now)
    return (
      <Alert type="warning" header="The import token has expired">
        It was valid until <LabDate seconds={parameters.ParametersValidTo} />. Download a new wrapping public key and import token.
      </Alert>
    );
  return (
    <div data-testid="downloaded">
      <StatusIndicator type="success">
        ImportParameters.zip, for {parameters.algorithm} with {parameters.wrappingSpec}
      </StatusIndicator>
      <Box variant="p">
        Valid until <LabDate seconds={parameters.ParametersValidTo} />.
      </Box>
      <Button variant="inline-link" formAction="none" onClick={again}>
        Save the file again
      </Button>
    </div>
  );
}
