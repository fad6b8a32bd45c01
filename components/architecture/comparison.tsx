"use client";

import { useEffect, useState } from "react";
import { attacks } from "@/lib/engine/architecture/attacks";
import { type ProtectionName, protectionNames } from "@/lib/engine/architecture/names";
import { idle, type RunOutput } from "@/lib/engine/architecture/output";
import { protections } from "@/lib/engine/architecture/protections";
import { milliseconds, number, percent, usd } from "@/lib/engine/architecture/words";
import { CrossGlyph, DashGlyph, TickGlyph } from "../ui/glyphs";
import type { Runner, Setting } from "./runner";
import { worth } from "./worth";
import { FiguresTable } from "./table";

interface Props {
  runner: Runner;
  setting: Setting;
  onShow(protections: readonly ProtectionName[]): void;
}

interface Row {
  name: ProtectionName | "all";
  without: readonly ProtectionName[];
  alone: readonly ProtectionName[];
}
const rows: Row[] = [{ name: "all", without: protectionNames, alone: [] }, ...protectionNames.map((name): Row => ({ name, without: protectionNames.filter((each) => each !== name), alone: [name] }))];
const variants = rows.flatMap(({ without, alone }) => [without, alone]);

/** The same attack on every variant of the architecture: what each protection is worth. Runs when it is asked for. */
export function Comparison({ runner, setting: { attack, loseZone }, onShow }: Props) {
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState(0);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (!asked) return;
    let here = true;
    setProblem(undefined);
    const count = (): number => variants.filter((names) => runner.known({ attack, loseZone, protections: names })).length;
    setDone(count());
    for (const names of variants)
      runner.run({ attack, loseZone, protections: names }).then(
        () => here && setDone(count()),
        (error: Error) => here && setProblem(error.message),
      );
    return () => {
      here = false;
      runner.drop();
    };
  }, [asked, runner, attack, loseZone]);

  const outcomes = (names: readonly ProtectionName[]): RunOutput | undefined => (asked ? runner.known({ attack, loseZone, protections: names })?.output : undefined);
  const finished = asked && done === variants.length;
  const words = finished ? worth(outcomes(protectionNames)!, protectionNames.map((name) => [name, outcomes(protectionNames.filter((each) => each !== name))!] as const)) : undefined;

  return (
    <section aria-labelledby="comparison-title">
      <h2 id="comparison-title" className="font-serif text-2xl font-semibold tracking-tight">
        What each protection is worth
      </h2>
      <p className="mt-1 max-w-[42rem] text-soft">
        {attacks[attack].title}
        {loseZone ? ", while a zone fails" : ""}, on {variants.length} variants of the architecture: with all protections but one, and with one alone. A number shows that variant above.
      </p>
      {asked ? null : (
        <button type="button" className="button mt-3" onClick={() => setAsked(true)}>
          Compare all variants
        </button>
      )}
      {asked ? (
        <>
          <div className="mt-3 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-sm" role="status">
            {finished ? (
              <p>{words}</p>
            ) : problem ? (
              <p className="text-deny">The comparison stopped: {problem}</p>
            ) : (
              <>
                <span role="progressbar" aria-label="Variants that have run" aria-valuemin={0} aria-valuemax={variants.length} aria-valuenow={done} className="inline-block h-2 w-40 overflow-hidden rounded-full bg-sunk">
                  <span className="block h-full bg-brass-fill" style={{ width: `${(done / variants.length) * 100}%` }} />
                </span>
                <span>
                  {done} of {variants.length} variants have run
                </span>
                <button type="button" className="button button-quiet min-h-7 px-2 py-0 text-xs" onClick={() => setAsked(false)}>
                  Stop
                </button>
              </>
            )}
          </div>
          <FiguresTable label="Comparison table" heads={[{ text: "Protection", at: "pr-2" }, { text: "All but this one", at: "px-1" }, { text: "Only this one", at: "px-1" }]}>
            {rows.map(({ name, without, alone }) => (
              <tr key={name} className={`border-b border-rule align-top ${name === "all" ? "bg-raised" : ""}`}>
                <th scope="row" className="py-1.5 pr-2 text-left font-medium">
                  {name === "all" ? (
                    <>
                      All <span className="font-normal text-faint">/ none</span>
                    </>
                  ) : (
                    protections[name].title
                  )}
                </th>
                <Cell output={outcomes(without)} names={without} label={name === "all" ? "All protections" : `All but ${protections[name].title}`} onShow={onShow} same={name === "all" ? undefined : outcomes(protectionNames)} />
                <Cell output={outcomes(alone)} names={alone} label={name === "all" ? "No protection" : `Only ${protections[name].title}`} onShow={onShow} same={name === "all" ? undefined : outcomes([])} />
              </tr>
            ))}
          </FiguresTable>
          <p className="mt-2 max-w-[42rem] text-xs text-faint">Users’ requests that were answered while the attack ran, the time within which 95% of those were, and what the attack added to the bill. Grey: as if it were {"“"}all{"”"}, or {"“"}none{"”"}.</p>
        </>
      ) : null}
    </section>
  );
}

function Cell({ output, names, label, same, onShow }: { output: RunOutput | undefined; names: readonly ProtectionName[]; label: string; same: RunOutput | undefined; onShow(names: readonly ProtectionName[]): void }) {
  if (!output)
    return (
      <td className="px-1 py-1.5 text-faint">
        <span aria-label={`${label}: still to run`}>…</span>
      </td>
    );
  const { Users, Attackers, Attack, Bill } = output;
  const harmful = Attack === "SQL_INJECTION" || Attack === "CROSS_SITE_SCRIPTING";
  const rate = Users.SuccessRateUnderAttack;
  const bad = rate < 0.5 || (harmful && Attackers.HarmfulReached > 0);
  const well = rate >= 0.99 && !bad;
  const Glyph = well ? TickGlyph : bad ? CrossGlyph : DashGlyph;
  const equal = same !== undefined && Math.abs(same.Users.SuccessRateUnderAttack - rate) < 0.005 && same.Attackers.HarmfulReached === Attackers.HarmfulReached && Math.abs(same.Bill.AttackUsd - Bill.AttackUsd) < 0.005;
  const facts = [`${percent(rate)} answered`, harmful ? `${Attackers.HarmfulReached ? number(Attackers.HarmfulReached) : "no"} harmful through` : rate > 0 ? `95% in ${milliseconds(Users.P95UnderAttackMs)}` : undefined, Bill.AttackUsd >= 0.0005 ? `+${usd(Bill.AttackUsd)}${Bill.Credits.Usd >= 0.0005 ? ", credits" : ""}` : undefined];
  const away = idle(names).length === 1 && names.length === 1 ? "does nothing alone" : undefined;
  return (
    <td className="px-1 py-1">
      <button type="button" aria-label={`${label}: ${facts.filter(Boolean).join(", ")}. Show it above`} className={`block w-full rounded-md px-1.5 py-0.5 text-left hover:bg-sunk ${equal ? "text-faint" : well ? "text-allow" : bad ? "text-deny" : "text-implicit"}`} onClick={() => onShow(names)}>
        <span className="flex items-center gap-1 font-semibold">
          <Glyph size={14} />
          {harmful ? `${Attackers.HarmfulReached ? number(Attackers.HarmfulReached) : "none"} through` : percent(rate)}
        </span>
        <span className={`block text-xs ${equal ? "text-faint" : "text-soft"}`}>
          {(harmful ? [`${percent(rate)} answered`] : facts.slice(1)).concat(away).filter(Boolean).join(" · ")}
        </span>
      </button>
    </td>
  );
}
