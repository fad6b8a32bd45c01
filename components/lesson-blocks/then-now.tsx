import { claimById } from "@/content/claims";

/** The parts in backticks are code: attributes of MDX are plain text. */
const words = (text: string) => text.split(/`([^`]*)`/).map((part, at) => (at % 2 ? <code key={at} className="rounded-sm bg-sunk px-1 font-mono text-[0.85em] [overflow-wrap:anywhere]">{part}</code> : part));

const marks = { changed: "Changed since", imprecise: "More exactly", wrong: "Put right", holds: "Since then" } as const;

/** What the notes of November 2020 say, and what is so today: with source and date, which it takes from the claim. */
export function ThenNow({ id, then, now }: { id: string; then: string; now: string }) {
  const claim = claimById(id);
  if (!claim?.source) throw new Error(`Then/now of ${id} needs a claim with a dated source.`);
  return (
    <aside aria-label={`Then and now, ${id}`} className="then-now">
      <p className="overline text-brass">{marks[claim.verdict]}</p>
      <dl>
        <dt className="font-medium text-faint">2020</dt>
        <dd className="text-soft">{words(then)}</dd>
        <dt className="font-medium text-ink">Now</dt>
        <dd className="text-ink">{words(now)}</dd>
      </dl>
      <p className="mt-1 text-xs text-faint">
        {claim.source.url ? (
          <a className="underline decoration-1 underline-offset-2 hover:text-brass" href={claim.source.url} rel="noreferrer">
            {claim.source.text}
          </a>
        ) : (
          claim.source.text
        )}
        , {claim.source.date}
      </p>
    </aside>
  );
}
