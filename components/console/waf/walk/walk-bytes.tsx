import type { Shown, TextWalk } from "@/lib/engine/wafv2/inspect/result";
import { showBytes, type Span } from "@/lib/engine/wafv2/requests/show-bytes";
import type { SqlToken } from "@/lib/engine/wafv2/detect/types";
import { transformationWords } from "../rule/words";
import { bytesLine, hitsOf, tokenWord } from "./walk-words";

const many = (count: number): string => `${count.toLocaleString("en")} ${count === 1 ? "byte" : "bytes"}`;

/** Bytes as text, never as markup: what cannot be shown stands by its number, what matched is marked. */
export function Bytes({ of: { text, length }, hits = [], most }: { of: Shown; hits?: readonly Span[]; most?: number }) {
  if (length === 0) return <span className="bench-empty">empty</span>;
  const { pieces, before, after } = showBytes(text, hits, most, length);
  return (
    <code className="bench-bytes">
      {before > 0 && <span className="bench-cut">{many(before)} before … </span>}
      {pieces.map(({ text: part, kind, hit }, at) => {
        const inside = kind === "byte" ? <span className="bench-byte">{part}</span> : part;
        return hit ? <mark key={at}>{inside}</mark> : <span key={at}>{inside}</span>;
      })}
      {after > 0 && <span className="bench-cut"> … {many(after)} more</span>}
    </code>
  );
}

const changes = ({ before, after }: TextWalk["steps"][number]): boolean => before.text !== after.text || before.length !== after.length;

/** A component's text on its way through the transformations, and where it matched. */
export function TextSteps({ text }: { text: TextWalk }) {
  const hits = hitsOf(text);
  const steps = text.steps.filter(({ type }) => type !== "NONE");
  // What matched is marked where the text became what the rule saw.
  const marked = steps.findLastIndex(changes);
  const last = marked < 0 ? text.text : steps[marked].after;
  // The walk keeps the first bytes of a long text: what matched behind them is shown by itself.
  const beyond = hits.length > 0 && hits[0].start >= last.text.length;
  return (
    <div className="bench-text">
      <dl className="bench-steps">
        <div>
          <dt>{text.name === undefined ? "As it came" : bytesLine(text.name)}</dt>
          <dd>
            <Bytes of={text.text} hits={marked < 0 ? hits : []} />
          </dd>
        </div>
        {steps.map((step, at) => (
          <div key={at}>
            <dt>
              <span aria-hidden="true">↓ </span>
              {transformationWords[step.type].label}
            </dt>
            <dd>{changes(step) ? <Bytes of={step.after} hits={at === marked ? hits : []} /> : <span className="bench-empty">changes nothing</span>}</dd>
          </div>
        ))}
      </dl>
      {text.found && (
        <p className="bench-found" data-testid="walk-found">
          Matched: <Bytes of={beyond ? { text: text.found.text, length: text.found.length } : sliceOf(last, hits[0])} hits={[{ start: 0, end: 2_048 }]} most={120} />{" "}
          <span className="bench-faint">{hits[0].end - hits[0].start === last.length ? "the whole text" : `bytes ${(hits[0].start + 1).toLocaleString("en")} to ${hits[0].end.toLocaleString("en")}`}</span>
        </p>
      )}
      {text.detection !== undefined && <Detection of={text.detection as Detected} />}
    </div>
  );
}

const sliceOf = ({ text }: Shown, { start, end }: Span): Shown => ({ text: text.slice(start, end), length: end - start });

interface Detected {
  tokens?: (SqlToken | { kind: string; text: string; start: number; end: number })[];
  fingerprint?: string;
  shape?: string;
  context?: { quote: string; dialect: string };
  state?: string;
  reason?: { kind: string; text: string };
}

const mostTokens = 24;
const quotes: Record<string, string> = { none: "as it stands", single: "as if inside single quotes", double: "as if inside double quotes" };

/** How the SQL or HTML detector read the text. */
function Detection({ of: { tokens = [], shape, context, state, reason } }: { of: Detected }) {
  const how = context ? `Read as SQL, ${quotes[context.quote] ?? context.quote}${shape ? `: ${shape}` : ""}` : `Read as HTML, from ${state ?? "text"}${reason ? `: ${reason.kind}` : ""}`;
  return (
    <div className="bench-detection">
      <p>{how}</p>
      <ul className="bench-tokens" aria-label="Tokens">
        {tokens.slice(0, mostTokens).map((token, at) => (
          <li key={at}>
            <code>{bytesLine(token.text, 24) || "\u00a0"}</code> <span className="bench-faint">{"class" in token ? tokenWord(token.class) : token.kind}</span>
          </li>
        ))}
        {tokens.length > mostTokens && <li className="bench-faint">and {(tokens.length - mostTokens).toLocaleString("en")} more</li>}
      </ul>
    </div>
  );
}
