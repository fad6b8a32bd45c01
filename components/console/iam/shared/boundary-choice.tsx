"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { PolicyPicker } from "./policy-picker";

/** "Set permissions boundary - optional" of the create forms. */
export function BoundaryChoice({ chosen, onChange }: { chosen: string[]; onChange(arns: string[]): void }) {
  const [wanted, setWanted] = useState(chosen.length > 0);
  return (
    <ExpandableSection variant="container" headerText="Set permissions boundary - optional" defaultExpanded={chosen.length > 0}>
      <SpaceBetween size="s">
        <Checkbox
          checked={wanted}
          onChange={({ detail }) => {
            setWanted(detail.checked);
            if (!detail.checked) onChange([]);
          }}
        >
          Use a permissions boundary to control the maximum permissions
        </Checkbox>
        {wanted && <PolicyPicker title="Policies" chosen={chosen} onChange={onChange} single data-testid="boundary-picker" />}
      </SpaceBetween>
    </ExpandableSection>
  );
}
