import { type Crowd, type PartName } from "@/lib/engine/architecture/names";
import type { RunOutput } from "@/lib/engine/architecture/output";
import { clock, endWords, number, partTitles, percent, sentences, usd } from "@/lib/engine/architecture/words";
import type { Step } from "@/lib/engine/types";
import { stepSentence } from "../why/sentences";
import { FiguresTable } from "./table";

const crowds: { crowd: Crowd; title: string }[] = [{ crowd: "USERS", title: "Users" }, { crowd: "ATTACKERS", title: "Attackers" }];
const share = (count: number, all: number): string => (all ? percent(count / all).replace("under ", "<") : "");

/** How it went, in sentences. */
export function Summary({ output }: { output: RunOutput }) {
  return (
    <div className="max-w-[44rem] space-y-1 font-serif text-[1.0625rem] leading-snug" role="status">
      {sentences(output).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** Where every request, packet or query ended, and why. */
export function EndsTable({ output }: { output: RunOutput }) {
  return (
    <section aria-labelledby="ends-title">
      <h2 id="ends-title" className="font-serif text-2xl font-semibold tracking-tight">
        Where it ended, and why
      </h2>
      <FiguresTable label="Table of ends" heads={[{ text: "Who", at: "pr-3" }, { text: "Where", at: "pr-3" }, { text: "How", at: "pr-3" }, { text: "How many", at: "text-right" }]}>
        {crowds.flatMap(({ crowd, title }) =>
          output.Ends.filter(({ Crowd }) => Crowd === crowd).map((end) => (
            <tr key={`${crowd} ${end.Part} ${end.By} ${end.Outcome}`} className="border-b border-rule align-top">
              <td className="py-1.5 pr-3 text-soft">{title}</td>
              <td className="py-1.5 pr-3">{partTitles[end.Part as PartName]}</td>
              <td className="py-1.5 pr-3 [overflow-wrap:anywhere]">{endWords(end)}</td>
              <td className="whitespace-nowrap py-1.5 text-right">
                {number(end.Count)} <span className="inline-block w-12 text-faint max-phone:hidden">{share(end.Count, crowd === "USERS" ? output.Users.Sent : output.Attackers.Sent)}</span>
              </td>
            </tr>
          )),
        )}
      </FiguresTable>
    </section>
  );
}

/** What happened on the way, and what the engine noted. */
export function Happened({ output, steps }: { output: RunOutput; steps: readonly Step[] }) {
  return (
    <section aria-labelledby="happened-title">
      <h2 id="happened-title" className="font-serif text-2xl font-semibold tracking-tight">
        What happened
      </h2>
      {output.Events.length ? (
        <ol className="mt-2 max-w-[44rem] space-y-1 text-sm">
          {output.Events.map(({ At, Type, Detail }) => (
            <li key={`${At} ${Type} ${Detail}`} className="flex gap-3">
              <span className="w-10 shrink-0 text-right text-faint [font-variant-numeric:tabular-nums]">{clock(At)}</span>
              <span>{Detail}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="mt-2 text-sm text-soft">Nothing had to be done.</p>
      )}
      <details className="mt-3 max-w-[44rem] text-sm">
        <summary className="text-soft hover:text-ink">Why? What the engine noted, step by step</summary>
        <ol className="mt-2 list-decimal space-y-1 pl-6 text-soft marker:text-faint [overflow-wrap:anywhere]">
          {steps.flatMap((step, at) => (step.kind === "decision" || step.kind === "call" ? [] : [<li key={at}>{stepSentence(step)}</li>]))}
        </ol>
      </details>
    </section>
  );
}

export function BillTable({ output: { Bill } }: { output: RunOutput }) {
  return (
    <section aria-labelledby="bill-title">
      <h2 id="bill-title" className="font-serif text-2xl font-semibold tracking-tight">
        The bill
      </h2>
      <FiguresTable label="Bill" heads={[{ text: "What", at: "pr-3" }, { text: "The run", at: "pr-3 text-right" }, { text: "By the attack", at: "text-right" }]}>
        {Bill.Lines.map(({ What, Quantity, Unit, Usd, AttackUsd, Note }) => (
          <tr key={What} className="border-b border-rule align-top">
            <td className="py-1.5 pr-3">
              {What}{" "}
              <span className="text-faint">
                ({Quantity < 10 ? Number(Quantity.toPrecision(2)) : number(Quantity)} {Unit})
              </span>
            </td>
            <td className="whitespace-nowrap py-1.5 pr-3 text-right">{Note ? <span className="text-soft">{Note.replace("included in Shield Advanced", "included")}</span> : usd(Usd)}</td>
            <td className="whitespace-nowrap py-1.5 text-right">{AttackUsd >= 0.0005 ? usd(AttackUsd) : ""}</td>
          </tr>
        ))}
        <tr className="font-semibold">
          <td className="py-1.5 pr-3">All of it</td>
          <td className="py-1.5 pr-3 text-right">{usd(Bill.Usd)}</td>
          <td className="py-1.5 text-right">{usd(Bill.AttackUsd)}</td>
        </tr>
      </FiguresTable>
      <ul className="mt-2 max-w-[44rem] space-y-1 text-sm text-soft">
        {Bill.Monthly.map(({ What, Usd }) => (
          <li key={What}>
            Beside it, {usd(Usd)} a month: {What}.
          </li>
        ))}
        <li>
          Credits that can be asked for: {usd(Bill.Credits.Usd)}. {Bill.Credits.Why}
        </li>
        <li className="text-xs text-faint">Prices of us-east-1 as of November 2026, as quoted in public: examples. Monthly prices by the hour.</li>
      </ul>
    </section>
  );
}
