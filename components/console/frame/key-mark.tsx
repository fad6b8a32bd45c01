"use client";
import { keyStyle, keyTail } from "@/lib/store/hue";
import { KeyGlyph } from "../../ui/glyphs";

/**
 * A key's own mark: its hue and the last four characters of its id. `name` is what a screen reader hears.
 * Used wherever a row, a parameter or a ciphertext belongs to a key.
 */
export function KeyMark({ keyId, name }: { keyId: string; name?: string }) {
  return (
    <span
      className="key-mark"
      data-key
      style={keyStyle(keyId)}
      role="img"
      aria-label={name ? `Key ${name}` : `Key ending in ${keyTail(keyId)}`}
    >
      <KeyGlyph size={14} />
      <span aria-hidden="true">{keyTail(keyId)}</span>
    </span>
  );
}
