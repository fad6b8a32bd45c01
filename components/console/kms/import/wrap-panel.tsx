"use client";
import { useState } from "react";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import Textarea from "@cloudscape-design/components/textarea";
import { CopyButton } from "../../frame/copyable";
import { saveBytes } from "./download-files";
import type { ImportParameters } from "./import-draft";
import type { ImportStepProps } from "./import-wizard";
import { FILES, opensslCommands } from "./openssl";
import { canGenerate, isRaw, materialWords } from "./wrapping";

/** Between AWS's two pages the key material has to be wrapped. AWS leaves that to the owner; here are two ways. */
export function WrapPanel(props: ImportStepProps) {
  const { metadata } = props;
  const { parameters } = props.draft;
  return (
    <ExpandableSection
      variant="container"
      defaultExpanded
      headerText="Wrap your key material"
      headerInfo={<Badge color="blue">Keyhole&apos;s help, not in AWS&apos;s console</Badge>}
      headerDescription="AWS never sees key material in the clear: its owner wraps it first, with tools of their own."
      data-testid="wrap-panel"
    >
      {parameters ? (
        <Tabs
          ariaLabel="Ways to wrap your key material"
          data-testid="wrap-tabs"
          tabs={[
            { id: "page", label: "In this page", content: <InPage {...props} parameters={parameters} /> },
            { id: "openssl", label: "On your computer, with OpenSSL", content: <Commands keySpec={metadata.KeySpec} algorithm={parameters.algorithm} /> },
          ]}
        />
      ) : (
        <Box variant="p">
          First download the wrapping public key and import token in step 1. If you wrapped your key material elsewhere, upload the two
          files below.
        </Box>
      )}
    </ExpandableSection>
  );
}

function Commands({ keySpec, algorithm }: { keySpec: string; algorithm: string }) {
  const text = opensslCommands(keySpec, algorithm).join("\n");
  return (
    <SpaceBetween size="s">
      <Box variant="p">
        Unpack ImportParameters.zip, and run this in its folder with OpenSSL 3. It makes {materialWords(keySpec)} in{" "}
        <code>{FILES.material}</code>, which you keep, and <code>{FILES.wrapped}</code>, which you upload below together with{" "}
        <code>{FILES.token}</code>.
      </Box>
      <pre className="json-view" tabIndex={0} role="region" aria-label="OpenSSL commands" data-testid="openssl-commands">
        {text}
      </pre>
      <CopyButton text={text} what="commands" label />
    </SpaceBetween>
  );
}

function InPage({ draft, change, metadata, parameters }: ImportStepProps & { parameters: ImportParameters }) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { KeySpec } = metadata;

  // The ciphers come with the first use.
  const during = async (work: (ciphers: typeof import("./make-material")) => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work(await import("./make-material"));
    } finally {
      setBusy(false);
    }
  };

  const generate = () =>
    during(async ({ generateMaterial }) => {
      const { toBase64, toHex } = await import("@/lib/engine/crypto/bytes");
      const bytes = await generateMaterial(KeySpec);
      change({ material: isRaw(KeySpec) ? toHex(bytes) : toBase64(bytes), steps: [] });
    });

  const wrap = () =>
    during(async ({ beginning, readMaterial, wrapMaterial }) => {
      const read = readMaterial(draft.material, KeySpec);
      if (!read.bytes) return setProblem(read.problem);
      try {
        const { encrypted, steps } = await wrapMaterial(parameters.algorithm, parameters.PublicKey, read.bytes);
        change({
          wrapped: { name: FILES.wrapped, base64: encrypted },
          token: { name: FILES.token, base64: parameters.ImportToken },
          steps: [{ what: "Your key material", result: beginning(read.bytes) }, ...steps],
        });
      } catch (problem) {
        if (!(problem instanceof RangeError)) throw problem;
        setProblem("This is too long for the wrapping key. Choose an algorithm with an AES key in step 1.");
      }
    });

  const keep = () =>
    during(async ({ readMaterial }) => {
      const read = readMaterial(draft.material, KeySpec);
      if (!read.bytes) return setProblem(read.problem);
      const { toBase64 } = await import("@/lib/engine/crypto/bytes");
      saveBytes(FILES.material, toBase64(read.bytes));
    });

  return (
    <SpaceBetween size="s">
      <Box variant="p">
        Use this for the lab only: real key material is made and wrapped where it is kept, and never pasted into a page.
      </Box>
      <FormField
        label="Key material"
        description={`${materialWords(KeySpec)}, in hexadecimal or base64.`}
        errorText={problem}
        constraintText={
          canGenerate(KeySpec) ? undefined : `Browsers make no key of spec ${KeySpec}. Make one with OpenSSL and paste it here in base64, or wrap it there.`
        }
        stretch
      >
        <Textarea
          value={draft.material}
          rows={2}
          spellcheck={false}
          onChange={({ detail }) => change({ material: detail.value, steps: [] })}
          data-testid="plain-material"
        />
      </FormField>
      <div className="iam-actions">
        {canGenerate(KeySpec) && (
          <Button formAction="none" disabled={busy} onClick={() => void generate()} data-testid="generate-material">
            {isRaw(KeySpec) ? `Generate ${materialWords(KeySpec)}` : "Generate a private key"}
          </Button>
        )}
        <Button formAction="none" disabled={busy || !draft.material.trim()} onClick={() => void wrap()} data-testid="wrap-material">
          Wrap by {parameters.algorithm}
        </Button>
        <Button formAction="none" iconName="download" disabled={busy || !draft.material.trim()} onClick={() => void keep()} data-testid="keep-material">
          Keep a copy
        </Button>
      </div>
      <Box variant="small">
        Keep a copy: KMS never gives key material back, and takes the same material again after it was deleted or has expired, no other.
      </Box>
      <LiveRegion>
        {draft.steps.length > 0 && (
          <div data-testid="wrap-steps">
            <ol className="wrap-steps">
              {draft.steps.map(({ what, result }) => (
                <li key={what}>
                  {what}
                  <code className="sealed-value">{result}</code>
                </li>
              ))}
              <li>The result and the import token are in the two fields below.</li>
            </ol>
            {draft.wrapped && (
              <Button formAction="none" iconName="download" onClick={() => saveBytes(FILES.wrapped, draft.wrapped!.base64)}>
                Save {FILES.wrapped}
              </Button>
            )}
          </div>
        )}
      </LiveRegion>
    </SpaceBetween>
  );
}
