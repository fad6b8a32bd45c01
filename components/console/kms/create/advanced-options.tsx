"use client";
import { useState } from "react";
import Checkbox from "@cloudscape-design/components/checkbox";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { canImport } from "../import/wrapping";
import type { KeyDraft, Origin } from "./draft";

interface Props {
  draft: KeyDraft;
  change(part: Partial<KeyDraft>): void;
  complaint?: string;
}

/**
 * Where the key material comes from, and whether the key can have replicas. Neither can be changed later.
 * Source: KMS Developer Guide, Create a KMS key with no key material; Create multi-Region primary keys.
 */
export function AdvancedOptions({ draft, change, complaint }: Props) {
  const [opened, setOpened] = useState<boolean>();
  // What was chosen in here stays in sight after a reload.
  const open = opened ?? (draft.origin !== "AWS_KMS" || draft.multiRegion);
  return (
    <ExpandableSection
      headerText="Advanced options"
      data-testid="advanced-options"
      expanded={open}
      onChange={({ detail }) => setOpened(detail.expanded)}
    >
      <SpaceBetween size="l">
        <FormField
          label="Key material origin"
          description="Where the key's cryptographic material comes from. It cannot be changed after the key is created."
          stretch
        >
          <RadioGroup
            ariaLabel="Key material origin"
            data-testid="key-origin"
            value={draft.origin}
            onChange={({ detail }) => change({ origin: detail.value as Origin })}
            items={[
              { value: "AWS_KMS", label: "KMS - recommended", description: "KMS makes the key material and keeps it in its HSMs." },
              {
                value: "EXTERNAL",
                label: "External (Import key material)",
                description: canImport(draft.spec)
                  ? "You make the key material, keep it safe, and import it after the key is created."
                  : "ML-DSA key material cannot be imported.",
                disabled: !canImport(draft.spec),
              },
              {
                value: "AWS_CLOUDHSM",
                label: "AWS CloudHSM key store",
                description: "The material is made in a CloudHSM cluster of yours. Not simulated in Keyhole.",
                disabled: true,
              },
              {
                value: "EXTERNAL_KEY_STORE",
                label: "External key store",
                description: "The material stays in a key manager outside AWS. Not simulated in Keyhole.",
                disabled: true,
              },
            ]}
          />
        </FormField>
        {draft.origin === "EXTERNAL" && (
          <FormField errorText={!draft.acknowledged ? complaint : undefined} stretch>
            <Checkbox
              checked={draft.acknowledged}
              onChange={({ detail }) => change({ acknowledged: detail.checked })}
              description="KMS does not give imported material back, and it can be deleted or expire: without a copy of your own, what is encrypted under it is lost."
              data-testid="acknowledge-import"
            >
              I understand the security and durability implications of using an imported key.
            </Checkbox>
          </FormField>
        )}
        <FormField label="Regionality" description="It cannot be changed after the key is created." stretch>
          <RadioGroup
            ariaLabel="Regionality"
            data-testid="regionality"
            value={draft.multiRegion ? "multi" : "single"}
            onChange={({ detail }) => change({ multiRegion: detail.value === "multi" })}
            items={[
              { value: "single", label: "Single-Region key", description: "The key is used in this Region only." },
              {
                value: "multi",
                label: "Multi-Region key",
                description: "The key can have replicas with the same key ID and material in other Regions.",
              },
            ]}
          />
        </FormField>
      </SpaceBetween>
    </ExpandableSection>
  );
}
