"use client";

import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { DecisionMark } from "../ui/decision";
import { Dialog } from "../ui/dialog";
import { Controls } from "./controls";
import { Lines } from "./lines";
import { OpenedToken } from "./opened-token";
import { figures } from "./registry";
import { Stage } from "./stage";
import type { DrawnFigure, Scene, Settings, Token } from "@/lib/lessons/figure";

interface PlayerProps {
  figure: DrawnFigure;
  /** The scenes of the starting settings, computed where the page was built. */
  first: Scene[];
  /** `page`: full stage, its state in the address. `text`: in a lesson's column. */
  place: "page" | "text";
}

const speeds = [0.25, 0.5, 1, 2, 4];

/** Time to read a caption, ms at speed 1. */
const readingTime = ({ caption }: Scene): number => 1_400 + caption.length * 38;

/** One player for all figures. What it plays is a list of scenes; where they come from it does not know. */
export function Player({ figure, first, place }: PlayerProps) {
  const [chosen, setChosen] = useState<Settings>({});
  const [scenes, setScenes] = useState(first);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [asList, setAsList] = useState(false);
  const [opened, setOpened] = useState<Token>();
  const [why, setWhy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const root = useRef<HTMLElement>(null);
  const layout = useLayout(root);
  const inSight = useInSight(root);
  const captionId = useId();
  const last = scenes.length - 1;
  const scene = scenes[Math.min(at, last)];

  const go = useCallback((to: number) => setAt(Math.max(0, Math.min(last, to))), [last]);

  // Another setting: the engine plays it again, and the figure starts from its beginning.
  const asked = useRef(0);
  const choose = useCallback(
    async (change: Settings, step?: number) => {
      const next = { ...chosen, ...change };
      setChosen(next);
      setPlaying(false);
      const turn = ++asked.current;
      try {
        const [{ default: whole }, { playFigure }] = await Promise.all([figures[figure.id](), import("./play")]);
        const played = await playFigure(whole, next);
        if (turn !== asked.current) return;
        setProblem(undefined);
        setScenes(played);
        setAt(Math.min(step ?? 0, played.length - 1));
      } catch (error) {
        if (turn === asked.current) setProblem(error instanceof Error ? error.message : String(error));
      }
    },
    [chosen, figure.id],
  );

  useEffect(() => {
    if (!playing || !inSight) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => setAt(at + 1), readingTime(scenes[at]) / speed);
    return () => clearTimeout(timer);
  }, [playing, inSight, at, last, scenes, speed]);

  useAddress(place === "page", figure, at, chosen, (step, settings) => {
    if (Object.keys(settings).length) void choose(settings, step);
    else setAt(Math.min(step, first.length - 1));
  });

  function play() {
    if (!playing && at >= last) setAt(0);
    setPlaying(!playing);
  }

  const keys: Record<string, () => void> = {
    " ": play,
    ArrowRight: () => go(at + 1),
    ArrowLeft: () => go(at - 1),
    ".": () => go(at + 1),
    ",": () => go(at - 1),
    Home: () => go(0),
    End: () => go(last),
  };
  function onKeyDown(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input, select, textarea, dialog")) return;
    if (event.key === " " && target.closest("button, summary, a")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    if (event.key !== " ") setPlaying(false);
    act();
  }

  const dialogs = (
    <>
      <OpenedToken token={opened} onClose={() => setOpened(undefined)} onWhy={() => (setOpened(undefined), setWhy(true))} />
      <Dialog open={why} onClose={() => setWhy(false)} title={`Why? Step ${at + 1}`}>
        <div className="space-y-3 px-5 py-4 text-sm">
          <p>{scene.caption}</p>
          {scene.why?.length ? (
            <ol className="space-y-2">
              {scene.why.map((reason, index) => (
                <li key={index} className={`flex flex-wrap items-baseline gap-2 [overflow-wrap:anywhere] ${reason.verdict ? "" : "pl-4 text-soft"}`}>
                  {reason.verdict ? <DecisionMark verdict={reason.verdict} /> : null}
                  <span className="min-w-0 flex-1">{reason.text}</span>
                </li>
              ))}
            </ol>
          ) : (
            <p className="text-soft">No policy was asked in this step. It follows from the ones before it.</p>
          )}
        </div>
      </Dialog>
    </>
  );

  return (
    <figure
      ref={root}
      id={`figure-${figure.id}`}
      aria-label={figure.title}
      style={{ "--figure-ground": place === "text" ? "var(--paper-raised)" : "var(--paper)" } as never}
      className={`block scroll-mt-20 font-sans leading-normal [font-variant-numeric:lining-nums] ${place === "text" ? "max-w-[40rem] rounded-lg border border-rule bg-raised px-4 py-3 phone:px-5" : ""}`}
      onKeyDown={onKeyDown}
    >
      <div className="flex items-baseline gap-3">
        {place === "text" ? (
          <figcaption className="overline">{figure.title}</figcaption>
        ) : (
          <a href="/figures" className="overline hover:text-brass">
            All figures
          </a>
        )}
        <button type="button" aria-pressed={asList} className="button button-quiet ml-auto min-h-7 shrink-0 whitespace-nowrap px-1.5 py-0 text-xs text-soft" onClick={() => setAsList(!asList)}>
          {asList ? "As a figure" : "As a list"}
        </button>
        {place === "text" ? (
          <a href={addressOf(figure.id, at, chosen)} className="link shrink-0 whitespace-nowrap text-xs">
            Full stage
          </a>
        ) : null}
      </div>

      {asList ? (
        <ol className="mt-4 list-decimal space-y-2 pl-7 text-[0.9375rem] marker:text-faint">
          {scenes.map((each, index) => (
            <li key={index} aria-current={index === at ? "step" : undefined} className="aria-[current=step]:font-medium">
              {each.caption}
            </li>
          ))}
        </ol>
      ) : (
        <div tabIndex={0} role="group" aria-roledescription="playing figure" aria-label={`${figure.title}. Space plays, arrows step.`} aria-describedby={captionId} className={`mt-3 outline-offset-4 ${scene.lines && layout === "wide" ? "grid grid-cols-[minmax(0,23rem)_minmax(0,1fr)] items-start gap-6" : ""}`}>
          <div className={layout === "narrow" ? "mx-auto max-w-[28rem]" : ""}>
            <Stage figure={figure} scenes={scenes} at={Math.min(at, last)} layout={scene.lines ? "narrow" : layout} travel={560 / speed} onOpen={(token) => (setPlaying(false), setOpened(token))} />
          </div>
          {scene.lines ? <Lines title={figure.document ?? "Document"} lines={scene.lines} /> : null}
        </div>
      )}

      <p id={captionId} aria-live={playing ? "off" : "polite"} className={`mt-2 font-serif leading-snug text-ink [overflow-wrap:anywhere] ${place === "page" ? "min-h-[4.5em] text-[1.375rem]" : "min-h-[4.2em] text-[1.0625rem]"}`}>
        {scene.caption}
      </p>

      <div className="mt-1 flex flex-wrap items-center gap-x-1 gap-y-2">
        <PlayerButton label="Back to the start" onClick={() => (setPlaying(false), go(0))} disabled={at === 0} path="M6 5v14M19 5 9 12l10 7z" />
        <PlayerButton label="One step back" onClick={() => (setPlaying(false), go(at - 1))} disabled={at === 0} path="m15 5-9 7 9 7z" />
        <PlayerButton label={playing ? "Pause" : "Play"} onClick={play} primary path={playing ? "M8 5v14M16 5v14" : "m7 4.5 12 7.5-12 7.5z"} />
        <PlayerButton label="One step on" onClick={() => (setPlaying(false), go(at + 1))} disabled={at === last} path="m9 5 9 7-9 7z" />
        <input type="range" aria-label="Step" min={0} max={last} value={Math.min(at, last)} aria-valuetext={`Step ${at + 1} of ${scenes.length}`} className="min-w-24 flex-1" onChange={(event) => (setPlaying(false), go(Number(event.target.value)))} />
        <span className="w-14 text-right text-xs text-faint [font-variant-numeric:tabular-nums]">
          {at + 1} / {scenes.length}
        </span>
        <label className="ml-auto flex items-center gap-1 text-xs text-faint">
          <span className="sr-only">Speed</span>
          <select className="rounded-md border border-rule bg-raised px-1 py-1" value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
            {speeds.map((each) => (
              <option key={each} value={each}>
                {each}×
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="button min-h-8 px-2.5 py-0 text-xs" onClick={() => (setPlaying(false), setWhy(true))}>
          Why?
        </button>
      </div>
      {/* Another text is looked at where one stands; another setting is another story, and begins at its beginning. */}
      <Controls figure={figure} chosen={chosen} onChange={(change) => void choose(change, figure.controls.some(({ id, kind }) => kind === "text" && id in change) ? at : 0)} />
      {problem ? <p role="alert" className="mt-2 text-sm text-deny">This setting could not be played: {problem}</p> : null}
      {figure.simplified ? <p className="mt-2 text-xs text-faint">{figure.simplified}</p> : null}

      {/* Outside the notes, whose looks are for running text. Made when first wanted: the server has no body to put it in. */}
      {opened || why ? createPortal(dialogs, document.body) : null}
    </figure>
  );
}

function PlayerButton({ label, path, onClick, disabled, primary }: { label: string; path: string; onClick(): void; disabled?: boolean; primary?: boolean }) {
  return (
    <button type="button" aria-label={label} title={label} aria-disabled={disabled} onClick={disabled ? undefined : onClick} className={`inline-grid place-items-center rounded-md ${primary ? "size-9 bg-brass-fill text-on-brass hover:bg-brass-fill-hover" : "size-8 text-soft hover:bg-sunk hover:text-ink aria-disabled:opacity-35"}`}>
      <svg width={18} height={18} viewBox="0 0 24 24" fill="currentColor" stroke="currentColor" strokeWidth={2.5} strokeLinejoin="round" strokeLinecap="round" aria-hidden>
        <path d={path} />
      </svg>
    </button>
  );
}

/** The address of a step of a figure, with what was chosen; steps count from 1. */
export function addressOf(id: string, at: number, chosen: Settings): string {
  const query = new URLSearchParams({ step: String(at + 1) });
  for (const [name, value] of Object.entries(chosen)) query.set(name, String(value));
  return `/figures/${id}?${query}`;
}

/** On a figure's own page the step and the settings are in the address: it can be shared, reloaded, and pointed at. */
function useAddress(on: boolean, figure: DrawnFigure, at: number, chosen: Settings, restore: (step: number, settings: Settings) => void) {
  const restored = useRef(false);
  useEffect(() => {
    if (!on) return;
    if (!restored.current) {
      restored.current = true;
      const query = new URLSearchParams(location.search);
      const step = Number(query.get("step") ?? 1);
      const settings: Settings = {};
      for (const [name, value] of query) {
        if (figure.breaks.some(({ id }) => id === name)) settings[name] = value === "true";
        else if (Object.hasOwn(figure.start, name)) settings[name] = typeof figure.start[name] === "boolean" ? value === "true" : value.slice(0, 200);
      }
      restore(Number.isInteger(step) && step > 0 ? step - 1 : 0, settings);
      return;
    }
    history.replaceState(history.state, "", addressOf(figure.id, at, chosen));
  }, [on, figure, at, chosen]);
}

function useLayout(root: { current: HTMLElement | null }): "wide" | "narrow" {
  const [layout, setLayout] = useState<"wide" | "narrow">("narrow");
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setLayout(entry.contentRect.width >= 700 ? "wide" : "narrow"));
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, [root]);
  return layout;
}

/** False while the figure is scrolled away or its tab is in the background: nothing runs then. */
function useInSight(root: { current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    let onScreen = true;
    const tell = () => setSeen(onScreen && !document.hidden);
    const observer = new IntersectionObserver(([entry]) => {
      onScreen = entry.isIntersecting;
      tell();
    });
    observer.observe(root.current!);
    document.addEventListener("visibilitychange", tell);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", tell);
    };
  }, [root]);
  return seen;
}
