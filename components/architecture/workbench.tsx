"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { attacks } from "@/lib/engine/architecture/attacks";
import { type AttackName, attackNames, type ProtectionName, protectionNames } from "@/lib/engine/architecture/names";
import { idle, type RunOutput } from "@/lib/engine/architecture/output";
import { protections } from "@/lib/engine/architecture/protections";
import { clock } from "@/lib/engine/architecture/words";
import { queryOf, settingOf, startSetting } from "./address";
import { Comparison } from "./comparison";
import { Drawing } from "./drawing";
import { narrow, wide } from "./geometry";
import { Graphs } from "./graphs";
import { type Ran, Runner, type Setting } from "./runner";
import { BillTable, EndsTable, Happened, Summary } from "./told";
import { stepWords } from "./step-words";

interface Props {
  /** `page`: the state is in the address, and everything is shown. `text`: in a lesson's column. */
  place: "page" | "text";
  /** The first run, where the page was built. */
  first?: RunOutput;
}

/** A moment of the attack that shows something: a third into it. */
const telling = ({ AttackFrom, AttackUntil, Attack, StepSeconds, Timeline }: RunOutput): number => (Attack === "NONE" ? Math.floor(Timeline.length / 2) : Math.floor((AttackFrom + (AttackUntil - AttackFrom) / 3) / StepSeconds));
/** ms that a step is shown while it plays. */
const pace = 260;

/** The architecture to play with: an attack, switches, the run as a drawing along its time, graphs, tables. */
export function Workbench({ place, first }: Props) {
  const [setting, setSetting] = useState<Setting>(startSetting);
  const [ran, setRan] = useState<Ran | undefined>(first && { output: first, steps: [] });
  const [at, setAt] = useState(first ? telling(first) : 0);
  const [playing, setPlaying] = useState(false);
  /** From the beginning, until the address has been followed. */
  const [running, setRunning] = useState(true);
  const [problem, setProblem] = useState<string>();
  const [runner, setRunner] = useState<Runner>();
  const root = useRef<HTMLDivElement>(null);
  const layout = useLayout(root);
  const asked = useRef(0);
  /** How often somebody has moved in time: an answer that comes later leaves them there. */
  const moved = useRef(0);

  // In a lesson nothing runs before somebody has scrolled there.
  const seen = useSeen(root, place === "page");
  useEffect(() => {
    if (!seen) return;
    const made = new Runner();
    setRunner(made);
    return () => made.stop();
  }, [seen]);

  const show = useCallback(
    async (next: Setting, step?: number) => {
      setSetting(next);
      setPlaying(false);
      if (!runner) return;
      const turn = ++asked.current;
      const before = moved.current;
      setRunning(true);
      try {
        const result = await runner.run(next, { first: true });
        if (turn !== asked.current) return;
        setProblem(undefined);
        setRan(result);
        if (moved.current === before) setAt(Math.max(0, Math.min(result.output.Timeline.length - 1, step ?? telling(result.output))));
      } catch (error) {
        if (turn === asked.current) setProblem(error instanceof Error ? error.message : String(error));
      } finally {
        if (turn === asked.current) setRunning(false);
      }
    },
    [runner],
  );

  // What the address says, once there is somebody to ask; from then on the address follows.
  const restored = useRef(false);
  useEffect(() => {
    if (!runner) return;
    const { setting: said, at: step } = place === "page" ? settingOf(location.search) : { setting: startSetting, at: undefined };
    void show(said, step).then(() => (restored.current = true));
  }, [runner, place, show]);
  useEffect(() => {
    if (place !== "page" || !restored.current || playing || !ran) return;
    history.replaceState(history.state, "", `${location.pathname}${queryOf(setting, at === telling(ran.output) ? undefined : at)}${location.hash}`);
  }, [place, setting, at, playing, ran]);

  const last = ran ? ran.output.Timeline.length - 1 : 0;
  useEffect(() => {
    if (!playing) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => setAt(at + 1), pace);
    return () => clearTimeout(timer);
  }, [playing, at, last]);

  const go = (step: number): void => {
    moved.current++;
    setPlaying(false);
    setAt(step);
  };
  const change = (part: Partial<Setting>): void => void show({ ...setting, ...part }, part.attack ? undefined : at);
  const toggle = (name: ProtectionName): void => change({ protections: setting.protections.includes(name) ? setting.protections.filter((each) => each !== name) : protectionNames.filter((each) => each === name || setting.protections.includes(each)) });
  const output = ran?.output;
  const stale = running && output !== undefined && (output.Attack !== setting.attack || output.LoseZone !== setting.loseZone || output.Protections.join() !== protectionNames.filter((name) => setting.protections.includes(name)).join());
  const doesNothing = new Map(idle(setting.protections).map(({ Protection, Why }) => [Protection, Why]));
  const heading = place === "page" ? "" : "rounded-lg border border-rule bg-raised px-4 py-4 phone:px-5";

  return (
    <div ref={root} data-testid="architecture" data-running={running} className={`block font-sans leading-normal ${heading}`} style={{ "--architecture-ground": place === "page" ? "var(--paper)" : "var(--paper-raised)" } as never}>
      {place === "text" ? <p className="overline mb-3">A reference architecture under attack</p> : null}
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3 text-sm">
        <label className="min-w-0 max-w-full">
          <span className="mb-1 block text-xs text-faint">Attack</span>
          <select data-testid="attack" className="field max-w-full" value={setting.attack} onChange={(event) => change({ attack: event.target.value as AttackName })}>
            {attackNames.map((name) => (
              <option key={name} value={name}>
                {attacks[name].title}
              </option>
            ))}
          </select>
        </label>
        <label className="flex items-center gap-2 pb-1.5">
          <input type="checkbox" checked={setting.loseZone} onChange={(event) => change({ loseZone: event.target.checked })} /> A zone fails halfway
        </label>
        <p className="min-w-0 flex-1 basis-64 pb-1 text-soft">{attacks[setting.attack].what}</p>
      </div>
      <fieldset className="mt-4">
        <legend className="mb-1.5 text-xs text-faint">What stands</legend>
        <div className="flex flex-wrap gap-1.5">
          {protectionNames.map((name) => (
            <label key={name} title={setting.protections.includes(name) ? protections[name].what : protections[name].without} className={`flex cursor-pointer items-center gap-2 rounded-md border px-2.5 py-1.5 text-[0.8125rem] has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-brass ${setting.protections.includes(name) ? "border-rule-strong bg-raised" : "border-dashed border-rule-strong text-faint"}`}>
              <input type="checkbox" data-protection={name} checked={setting.protections.includes(name)} onChange={() => toggle(name)} />
              {protections[name].title}
              {doesNothing.has(name) ? <span className="text-xs text-implicit">does nothing here</span> : null}
            </label>
          ))}
          <button type="button" className="button button-quiet min-h-8 px-2 py-0 text-xs" onClick={() => change({ protections: setting.protections.length ? [] : protectionNames })}>
            {setting.protections.length ? "None" : "All"}
          </button>
        </div>
        {[...doesNothing].map(([name, why]) => (
          <p key={name} className="mt-1 text-xs text-implicit">
            {protections[name].title} does nothing here: {why}.
          </p>
        ))}
      </fieldset>

      {problem ? (
        <p role="alert" className="mt-3 text-sm text-deny">
          This could not be run: {problem} Change a setting to try again.
        </p>
      ) : null}
      {output ? (
        <>
          <div className={`mt-4 transition-opacity ${stale ? "opacity-60" : ""} ${layout === "wide" ? "" : place === "text" ? "mx-auto max-w-[24rem]" : "mx-auto max-w-[28rem]"}`}>
            <Drawing output={output} at={Math.min(at, last)} layout={layout === "wide" ? wide : narrow} playing={playing} label={stepWords(output, Math.min(at, last))} />
          </div>
          <div className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-2">
            <button type="button" aria-label={playing ? "Pause" : "Play"} className="inline-grid size-9 place-items-center rounded-md bg-brass-fill text-on-brass hover:bg-brass-fill-hover" onClick={() => (at >= last && !playing ? setAt(0) : undefined, setPlaying(!playing))}>
              <svg width={18} height={18} viewBox="0 0 24 24" fill="currentColor" stroke="currentColor" strokeWidth={2.5} strokeLinejoin="round" strokeLinecap="round" aria-hidden>
                <path d={playing ? "M8 5v14M16 5v14" : "m7 4.5 12 7.5-12 7.5z"} />
              </svg>
            </button>
            <input type="range" aria-label="Time of the run" min={0} max={last} value={Math.min(at, last)} aria-valuetext={`${clock(output.Timeline[Math.min(at, last)].At)} of ${clock(output.Seconds)}`} className="min-w-24 flex-1" onChange={(event) => go(Number(event.target.value))} />
            <span className="w-24 text-right text-xs text-faint [font-variant-numeric:tabular-nums]">
              {clock(output.Timeline[Math.min(at, last)].At)} / {clock(output.Seconds)}
            </span>
            <span className="w-20 text-xs text-faint">{stale ? "running …" : ""}</span>
          </div>
          <p className="mt-1 max-w-[52rem] text-sm text-soft" data-testid="step-words">
            {stepWords(output, Math.min(at, last))}
          </p>
          <div className="mt-4">
            <Graphs output={output} at={Math.min(at, last)} onGo={go} />
          </div>
          <div className="mt-5">
            <Summary output={output} />
          </div>
          {place === "page" ? (
            <div className="mt-10 space-y-10">
              <EndsTable output={output} />
              {runner ? <Comparison runner={runner} setting={setting} onShow={(names) => (change({ protections: names }), root.current?.scrollIntoView({ block: "start" }))} /> : null}
              <Happened output={output} steps={ran.steps} />
              <BillTable output={output} />
            </div>
          ) : (
            <p className="mt-3 text-sm">
              <a className="link" href={`/architecture${queryOf(setting, undefined)}`}>
                Where each request ended, the bill, and what each protection is worth
              </a>
            </p>
          )}
          <p className="mt-3 max-w-[52rem] text-xs text-faint">Simulated and simplified: {output.Simplified[1]} The widths of flows are of users’ and attackers’ own most.</p>
        </>
      ) : problem ? null : (
        <p className={`mt-6 text-soft ${place === "text" ? "min-h-[76rem] min-[1100px]:min-h-[70rem]" : "min-h-40"}`} role="status">
          The architecture is running …
        </p>
      )}
    </div>
  );
}

/** True once it has come into sight, and from then on. */
function useSeen(root: { current: HTMLElement | null }, from: boolean): boolean {
  const [seen, setSeen] = useState(from);
  useEffect(() => {
    if (seen) return;
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && setSeen(true), { rootMargin: "200px" });
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, [root, seen]);
  return seen;
}

function useLayout(root: { current: HTMLElement | null }): "wide" | "narrow" {
  const [layout, setLayout] = useState<"wide" | "narrow">("wide");
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setLayout(entry.contentRect.width >= 720 ? "wide" : "narrow"));
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, [root]);
  return layout;
}
