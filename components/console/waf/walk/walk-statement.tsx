import type { StatementWalk } from "@/lib/engine/wafv2/inspect/result";
import { fieldWords } from "../rule/words";
import { TextSteps } from "./walk-bytes";
import { sentence, statementWord } from "./walk-words";

/** A statement as it was evaluated, with those inside it: what it looked at, what became of the text, why it matched or did not. */
export function StatementTree({ walk }: { walk: StatementWalk }) {
  const { statement, evaluated, matched, why, field, texts = [], more, children = [], rate } = walk;
  const state = !evaluated ? "unreached" : matched ? "yes" : "no";
  // Of the texts that do not match the first few say enough.
  const shown = matched ? texts.filter(({ found }) => found).concat(texts.filter(({ found }) => !found)).slice(0, 4) : texts.slice(0, 4);
  const rest = texts.length - shown.length + (more ?? 0);
  return (
    <div className="bench-statement" data-state={state}>
      <p className="bench-statement-head">
        <Mark state={state} />
        <strong>{statementWord(statement)}</strong>
        {field && <span className="bench-faint">{fieldWords[field]}</span>}
      </p>
      <p className="bench-why">{sentence(why)}</p>
      {rate && (
        <p className="bench-why">
          Counted {rate.counted.toLocaleString("en")} in {rate.windowSec.toLocaleString("en")} s for <code>{rate.key}</code>; the limit is {rate.limit.toLocaleString("en")}.
        </p>
      )}
      {shown.map((text, at) => (
        <TextSteps key={at} text={text} />
      ))}
      {rest > 0 && <p className="bench-faint">{rest === 1 ? "One more text was" : `${rest.toLocaleString("en")} more texts were`} looked at.</p>}
      {children.length > 0 && (
        <ul className="bench-parts">
          {children.map((child, at) => (
            <li key={at}>
              <StatementTree walk={child} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const marks = { yes: ["✓", "matches"], no: ["–", "does not match"], unreached: ["○", "not evaluated"] } as const;

function Mark({ state }: { state: keyof typeof marks }) {
  const [sign, word] = marks[state];
  return (
    <span className="bench-mark" data-state={state}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
