import type { ReactNode } from "react";
import { keyStyle, keyTail } from "@/lib/store/hue";
import { KeyGlyph, LockGlyph } from "./glyphs";

interface KeyOf {
  /** Key id or ARN. */
  keyId: string;
  alias?: string;
  /** A key that AWS owns and uses for all its customers: grey. */
  awsOwned?: boolean;
}

/** A key wherever it is named: its glyph in its hue, the last four characters of its id; a screen reader hears the alias. */
export function KeyChip({ keyId, alias, awsOwned, children }: KeyOf & { children?: ReactNode }) {
  return (
    <span
      data-key=""
      style={keyStyle(keyId, { awsOwned })}
      className="inline-flex items-baseline gap-1 whitespace-nowrap rounded-sm bg-key-tint px-1.5 font-mono text-[0.8125em] text-key-ink"
      title={keyId}
    >
      <KeyGlyph size={14} className="self-center" />
      {children ?? (
        <>
          <span className="sr-only">{alias ? `key ${alias}, ending in ` : "key ending in "}</span>
          {alias ? <span aria-hidden>{alias} </span> : null}…{keyTail(keyId)}
        </>
      )}
    </span>
  );
}

/** Ciphertext: mono on the key's tint, behind a hatch, with a lock. `children` is the text of the bytes. */
export function Sealed({ keyId, alias, awsOwned, children, className = "" }: Partial<KeyOf> & { children: ReactNode; className?: string }) {
  return (
    <span
      data-key=""
      style={keyStyle(keyId, { awsOwned })}
      className={`sealed inline-block rounded-sm px-2 py-0.5 font-mono text-[0.8125em] [overflow-wrap:anywhere] ${className}`}
    >
      <LockGlyph
        size={14}
        className="mr-1.5 inline align-[-2px] text-key-ink"
        label={`Encrypted${keyId ? ` under ${alias ?? `the key ending in ${keyTail(keyId)}`}` : ""}:`}
      />
      {children}
    </span>
  );
}

/** Plaintext: ink on paper. */
export function Plain({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={`inline-block rounded-sm border border-rule bg-raised px-2 py-0.5 font-mono text-[0.8125em] text-ink [overflow-wrap:anywhere] ${className}`}
    >
      {children}
    </span>
  );
}
