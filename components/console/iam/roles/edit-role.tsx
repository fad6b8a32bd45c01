"use client";
import { useState } from "react";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { ConfirmModal } from "../../frame/confirm-modal";
import { useFormDraft } from "../../frame/lab";
import type { Role } from "../types";
import { durationWords } from "./duration-words";

/** One to twelve hours. Source: IAM API, UpdateRole (MaxSessionDuration). */
const HOURS = [1, 2, 4, 8, 12].map((hours) => ({ value: String(hours * 3600), label: durationWords(hours * 3600) }));
const none: { text?: string } = {};

export function EditRole({ role, onClose }: { role: Role; onClose(): void }) {
  const { RoleName } = role;
  const [{ text }, change, clear] = useFormDraft<{ text?: string }>(`iam/role/${RoleName}/description`, none);
  const [duration, setDuration] = useState(String(role.MaxSessionDuration ?? 3600));
  const Description = text ?? role.Description ?? "";
  const options = HOURS.some(({ value }) => value === duration) ? HOURS : [...HOURS, { value: duration, label: durationWords(Number(duration)) }];
  return (
    <ConfirmModal
      title={`Edit ${RoleName}`}
      action="Save changes"
      testId="edit-role"
      done={`Role ${RoleName} was saved.`}
      onClose={onClose}
      onDone={clear}
      work={(ask) => ask("iam", "UpdateRole", { RoleName, Description, MaxSessionDuration: Number(duration) })}
    >
      <FormField label="Description" constraintText="Maximum 1000 characters.">
        <Textarea value={Description} rows={3} onChange={({ detail }) => change({ text: detail.value })} />
      </FormField>
      <FormField label="Maximum session duration" description="The longest for which whoever assumes the role can ask.">
        <Select
          selectedOption={options.find(({ value }) => value === duration)!}
          options={options}
          onChange={({ detail }) => setDuration(detail.selectedOption.value!)}
          ariaLabel="Maximum session duration"
        />
      </FormField>
    </ConfirmModal>
  );
}
