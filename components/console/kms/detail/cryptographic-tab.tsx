"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { usePlace } from "../../frame/place";
import type { KeyMetadata } from "../key-rows";
import { keyTypeOf, originLabel, usageLabel } from "../key-specs";

export function CryptographicTab({ metadata }: { metadata: KeyMetadata }) {
  const { narrow } = usePlace();
  const algorithms: [label: string, values: string[] | undefined][] = [
    ["Encryption algorithms", metadata.EncryptionAlgorithms],
    ["Signing algorithms", metadata.SigningAlgorithms],
    ["MAC algorithms", metadata.MacAlgorithms],
    ["Key agreement algorithms", metadata.KeyAgreementAlgorithms],
  ];
  return (
    <Container header={<Header variant="h2">Cryptographic configuration</Header>}>
      <KeyValuePairs
        columns={narrow ? 2 : 3}
        minColumnWidth={narrow ? 200 : 150}
        items={[
          { label: "Key type", value: keyTypeOf(metadata.KeySpec) },
          { label: "Origin", value: originLabel(metadata.Origin) },
          { label: "Key spec", value: metadata.KeySpec },
          { label: "Key usage", value: usageLabel(metadata.KeyUsage) },
          ...algorithms.flatMap(([label, values]) =>
            values?.length
              ? [
                  {
                    label,
                    value: (
                      <>
                        {values.map((value) => (
                          <div key={value}>{value}</div>
                        ))}
                      </>
                    ),
                  },
                ]
              : [],
          ),
        ]}
      />
    </Container>
  );
}
