"use client";
import { keyStyle } from "@/lib/store/hue";
import { LockGlyph } from "../../ui/glyphs";
import { CopyButton } from "../frame/copyable";

/** A value as it looks everywhere in Keyhole: ciphertext on its key's tint, plaintext on paper. */
export function ParameterValue({ value, sealed, keyId, "data-testid": testId }: { value: string; sealed: boolean; keyId?: string; "data-testid"?: string }) {
  return (
    <div className="value-line">
      <CopyButton text={value} what={sealed ? "ciphertext" : "value"} />
      {sealed ? (
        <code className="sealed sealed-value" data-key style={keyStyle(keyId)} data-testid={testId} data-sealed="true">
          <LockGlyph size={14} label="Encrypted value:" />{" "}
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
