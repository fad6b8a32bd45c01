"use client";
import { keyStyle } from "@/lib/store/hue";
import { LockGlyph } from "../../ui/glyphs";
import { CopyButton } from "../frame/copyable";

/** A value as it looks everywhere in Keyhole: ciphertext on its key's tint, plaintext on paper. */
export function ParameterValue({
  value,
  sealed,
  keyId,
  brief,
  "data-testid": testId,
}: {
  value: string;
  sealed: boolean;
  keyId?: string;
  /** A row of a table: ciphertext is cut, and copied whole. */ brief?: boolean;
  "data-testid"?: string;
}) {
  return (
    <div className="value-line">
      <CopyButton text={value} what={sealed ? "ciphertext" : "value"} />
      {sealed ? (
        <code className="sealed sealed-value" data-key style={keyStyle(keyId)} data-testid={testId} data-sealed="true">
          <LockGlyph size={14} label="Encrypted value:" />{" "}
          {brief && value.length > 40 ? `${value.slice(0, 24)}…${value.slice(-12)}` : value}
        </code>
      ) : (
        <code className="plain-value" data-testid={testId} data-sealed="false">
          {value}
        </code>
      )}
    </div>
  );
}
