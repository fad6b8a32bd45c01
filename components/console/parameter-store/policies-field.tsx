"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useNow } from "../frame/lab";
import type { PolicyForm, Unit } from "./parameter-policies";

const UNITS = [
  { value: "Days", label: "Days" },
  { value: "Hours", label: "Hours" },
];

/** The three parameter policies of the advanced tier. Source: SSM User Guide, Assigning parameter policies. */
export function PoliciesField({ policies, onChange }: { policies: PolicyForm; onChange(policies: PolicyForm): void }) {
  const now = useNow();
  const set = (part: Partial<PolicyForm>) => {
    const next = { ...policies, ...part };
    for (const key of Object.keys(next) as (keyof PolicyForm)[]) if (next[key] === undefined) delete next[key];
    onChange(next);
  };
  const { expiration, expirationNotification: notice, noChangeNotification: still } = policies;
  return (
    <SpaceBetween size="m">
      <SpaceBetween size="xs">
        <Checkbox
          checked={expiration !== undefined}
          onChange={({ detail }) =>
            set({ expiration: detail.checked ? `${new Date(now + 30 * 86_400_000).toISOString().slice(0, 19)}Z` : undefined })
          }
          description="The parameter is deleted at this time of the lab's clock."
          data-testid="policy-expiration"
        >
          Expiration
        </Checkbox>
        {expiration !== undefined && (
          <FormField label="Expiration timestamp" constraintText="ISO 8601 in UTC or with an offset, for example 2027-12-02T21:34:33.000Z.">
            <Input value={expiration} onChange={({ detail }) => set({ expiration: detail.value })} />
          </FormField>
        )}
      </SpaceBetween>
      <SpaceBetween size="xs">
        <Checkbox
          checked={!!notice}
          onChange={({ detail }) => set({ expirationNotification: detail.checked ? { before: "15", unit: "Days" } : undefined })}
          description="EventBridge gets an event before the parameter expires."
          data-testid="policy-expiration-notification"
        >
          Expiration notification
        </Checkbox>
        {notice && (
          <Duration
            what="before expiration"
            value={notice.before}
            unit={notice.unit}
            onChange={(before, unit) => set({ expirationNotification: { before, unit } })}
          />
        )}
      </SpaceBetween>
      <SpaceBetween size="xs">
        <Checkbox
          checked={!!still}
          onChange={({ detail }) => set({ noChangeNotification: detail.checked ? { after: "20", unit: "Days" } : undefined })}
          description="EventBridge gets an event when the parameter has not been changed for this long."
          data-testid="policy-no-change-notification"
        >
          No change notification
        </Checkbox>
        {still && (
          <Duration
            what="without a change"
            value={still.after}
            unit={still.unit}
            onChange={(after, unit) => set({ noChangeNotification: { after, unit } })}
          />
        )}
      </SpaceBetween>
    </SpaceBetween>
  );
}

function Duration({ what, value, unit, onChange }: { what: string; value: string; unit: Unit; onChange(value: string, unit: Unit): void }) {
  return (
    <SpaceBetween direction="horizontal" size="s">
      <FormField label={`Time ${what}`}>
        <Input type="number" inputMode="numeric" value={value} onChange={({ detail }) => onChange(detail.value, unit)} />
      </FormField>
      <FormField label={`Unit of time ${what}`}>
        <Select
          selectedOption={UNITS.find((one) => one.value === unit)!}
          options={UNITS}
          onChange={({ detail }) => onChange(value, detail.selectedOption.value as Unit)}
        />
      </FormField>
    </SpaceBetween>
  );
}
