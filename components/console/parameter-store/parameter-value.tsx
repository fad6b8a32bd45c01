"use client";
import { CopyButton } from "../frame/copyable";
import { keyStyle } from "@/lib/store/hue";

/** A value as it looks everywhere in Keyhole: ciphertext on its key's tint, plaintext on paper. */
export function ParameterValue({ value, sealed, keyId, "data-testid": testId }: { value: string; sealed: boolean; keyId?: string; "data-testid"?: string }) {
  return (
    <div className="value-line">
      <CopyButton text={value} what={sealed ? "ciphertext" : "value"} />
      {sealed ? (
        <code className="sealed sealed-value" data-key style={keyStyle(keyId)} data-testid={testId} data-sealed="true">
          <svg role="img" aria-label="Encrypted value:" viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" strokeWidth="2">
            <rect x="5" y="11" width="14" height="9" rx="1.5" />
            <path d="M8 11V7.5a4 4 0 0 1 8 0V11" />
          </svg>{" "}
          {value}
        </code>
      ) : (
        <code className="plain-value" data-testid={testId} data-sealed="false">
          {value}
        </code>
      )}
    </div>
  );
}
