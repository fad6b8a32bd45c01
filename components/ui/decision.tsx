import type { ReactNode } from "react";
import { CrossGlyph, DashGlyph, RingGlyph, TickGlyph } from "./glyphs";

/** How a question to the policies, or a part of one, came out. */
export type Verdict = "Allow" | "ExplicitDeny" | "ImplicitDeny" | "NotEvaluated" | "NotApplicable";

const looks = {
  Allow: { Glyph: TickGlyph, word: "allowed", ink: "text-allow", tint: "bg-allow-tint" },
  ExplicitDeny: { Glyph: CrossGlyph, word: "denied", ink: "text-deny", tint: "bg-deny-tint" },
  ImplicitDeny: { Glyph: DashGlyph, word: "nothing allowed it", ink: "text-implicit", tint: "bg-implicit-tint" },
  NotEvaluated: { Glyph: RingGlyph, word: "not evaluated", ink: "text-unevaluated", tint: "bg-unevaluated-tint" },
  NotApplicable: { Glyph: RingGlyph, word: "does not apply", ink: "text-unevaluated", tint: "bg-unevaluated-tint" },
} as const;

export const verdictLook = (verdict: Verdict) => looks[verdict];

/** Icon and word together, always: never the colour alone. */
export function DecisionMark({ verdict, children }: { verdict: Verdict; children?: ReactNode }) {
  const { Glyph, word, ink, tint } = looks[verdict];
  return (
    <span
      className={`inline-flex items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-0.5 text-[0.8125rem] font-medium leading-tight ${ink} ${tint}`}
    >
      <Glyph size={13} />
      {children ?? word}
    </span>
  );
}
