"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { GoButton, usePlace } from "../../frame/place";
import { functionPath } from "../place-of";
import type { SectionProps } from "./section";
import { timeoutWords } from "./timeout-words";

export function GeneralSection({ subject, found: { Configuration } }: SectionProps) {
  const { narrow } = usePlace();
  return (
    <Container
      data-testid="general-configuration"
      header={
        <Header
          variant="h2"
          actions={
            subject.qualifier === undefined && (
              <GoButton to={functionPath(subject, "edit", "basic-settings")} data-testid="edit-basic-settings">
                Edit
              </GoButton>
            )
          }
        >
          General configuration
        </Header>
      }
    >
      <KeyValuePairs
        columns={narrow ? 2 : 3}
        minColumnWidth={150}
        items={[
          { label: "Description", value: Configuration.Description || "-" },
          { label: "Memory", value: `${Configuration.MemorySize.toLocaleString("en")} MB` },
          { label: "Ephemeral storage", value: `${Configuration.EphemeralStorage.Size.toLocaleString("en")} MB` },
          { label: "Timeout", value: timeoutWords(Configuration.Timeout) },
          { label: "SnapStart", value: "None (not simulated)" },
        ]}
      />
    </Container>
  );
}
