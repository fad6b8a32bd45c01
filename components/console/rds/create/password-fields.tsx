"use client";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";

/** A new password of the master user, typed twice. */
export function PasswordFields({ password, again, errors, onChange }: { password: string; again: string; errors: { password?: string; again?: string }; onChange(part: { password?: string; again?: string }): void }) {
  return (
    <SpaceBetween size="m">
      <FormField label="Master password" constraintText={'At least 8 printable characters, without / @ " and spaces.'} errorText={errors.password}>
        <Input type="password" autoComplete={false} value={password} onChange={({ detail }) => onChange({ password: detail.value })} data-testid="master-password" />
      </FormField>
      <FormField label="Confirm master password" errorText={errors.again}>
        <Input type="password" autoComplete={false} value={again} onChange={({ detail }) => onChange({ again: detail.value })} data-testid="master-password-again" />
      </FormField>
    </SpaceBetween>
  );
}
