"use client";
import { keyStyle, keyTail } from "@/lib/store/hue";

/**
 * A key's own mark: its hue and the last four characters of its id. `name` is what a screen reader hears.
 * Used wherever a row, a parameter or a ciphertext belongs to a key.
 */
export function KeyMark({ keyId, name }: { keyId: string; name?: string }) {
  return (
    <span className="key-mark" data-key style={keyStyle(keyId)} role="img" aria-label={name ? `Key ${name}` : `Key ending in ${keyTail(keyId)}`}>
      <svg viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden="true">
        <circle cx="8" cy="16" r="4.5" />
        <path d="M11.3 12.7 20 4M16.5 7.5l3 3" />
      </svg>
      <span aria-hidden="true">{keyTail(keyId)}</span>
    </span>
  );
}
