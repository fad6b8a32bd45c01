"use client";
import { PolicyEditor } from "../../editor/policy-editor";

/** A policy as JSON: to read, or with `onChange` to edit, checked while it is typed. KMS itself has the last word on saving. */
export function PolicyText({
  value,
  onChange,
  label = "Key policy",
  keyArn,
  account,
}: {
  value: string;
  onChange?: (text: string) => void;
  label?: string;
  /** The key that the policy is on; there is none yet while it is being created. */
  keyArn?: string;
  /** The key's account. */
  account?: string;
}) {
  if (!onChange) {
    return (
      <pre className="json-view" tabIndex={0} aria-label={`${label}, JSON`} role="region" data-testid="policy-json">
        {value}
      </pre>
    );
  }
  return (
    <PolicyEditor
      kind="KeyPolicy"
      label={label}
      resource={keyArn}
      account={account}
      limit={32_768}
      value={value}
      onChange={onChange}
      data-testid="policy-editor"
    />
  );
}
