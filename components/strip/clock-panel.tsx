"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { JournalEntry } from "@/lib/engine/types";
import { useDraft } from "@/lib/store/drafts";
import { advance, say, theLab, undoFrom } from "@/lib/store/lab-store";
import { closePanel } from "@/lib/store/panels";
import { useLab } from "@/lib/store/react";
import { days } from "@/lib/store/steps";
import { openWhy } from "@/lib/store/why";
import { Dialog } from "../ui/dialog";
import { relative, useNow } from "../ui/when";
import { type Forecast, forecast } from "./forecast";
import { type Happening, happenings, jobWords } from "./job-words";
import { ahead, labNow } from "./lab-clock";

const day = 86_400_000;
const presets = [
  { name: "1 day", ms: day },
  { name: "7 days", ms: 7 * day },
  { name: "30 days", ms: 30 * day },
  { name: "90 days", ms: 90 * day },
  { name: "a year", ms: 365 * day },
];
/** A lab's clock goes no further at once, in ms: what happens on the way would be too much to tell. */
const furthest = 10 * 365.25 * day;
/** Lines that are shown of what will happen or happened. */
const lines = 60;

type Target = { by: number } | { to: number };

/** `Tue 24 Nov 2026, 03:07 UTC` */
const when = (ms: number): string =>
  `${new Date(ms).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })}, ${new Date(ms).toISOString().slice(11, 16)} UTC`;

/** Sets the lab's clock forward: says first what will happen on the way, and afterwards what did. */
export function ClockPanel() {
  const started = useNow(labNow) > 0;
  const journal = useLab((state) => state.journal);
  const now = started ? labNow() : 0;
  const [target, setTarget] = useState<Target>();
  const [happened, setHappened] = useState<JournalEntry[]>();
  const [going, setGoing] = useState(false);
  const [typed, setTyped] = useDraft("clock/to", "");
  const next = useMemo(() => theLab()?.upcoming(1)[0], [journal]);
  const offset = ahead(now);

  const custom = Date.parse(`${typed}Z`);
  const wrong = typed === "" || Number.isNaN(custom) ? undefined : custom <= now ? "That is not ahead of the lab’s clock, which only moves forward." : custom - now > furthest ? "The clock goes at most ten years ahead at once." : undefined;

  function go(by: number) {
    setGoing(true);
    // One frame, so that the word is there before the work.
    setTimeout(() => {
      void advance(by)
        .then((entries) => {
          setHappened(entries);
          setTarget(undefined);
          const count = entries.filter(({ kind }) => kind === "job").length;
          say(`The clock was moved ${days(by)} ahead. ${count ? `${count === 1 ? "One thing" : `${count.toLocaleString("en")} things`} happened on the way.` : "Nothing happened on the way."}`);
        })
        .catch(() => undefined)
        .finally(() => setGoing(false));
    }, 30);
  }

  return (
    <Dialog open onClose={closePanel} title="The lab’s clock">
      <div className="space-y-5 px-5 py-4 text-[0.875rem]" data-testid="clock-panel">
        <p className="tabular-nums">
          <strong className="font-semibold">{now ? when(now) : ""}</strong>{" "}
          <span className="text-soft">{offset ? `${days(offset)} ahead of the real time` : "the same as the real time"}</span>
          {next && now ? (
            <span className="block text-soft">
              Next: {jobWords(next.service, next.kind)} {relative(next.due - now)}.
            </span>
          ) : (
            <span className="block text-soft">Nothing is due in this lab.</span>
          )}
        </p>

        {happened ? (
          <Happened entries={happened} journal={journal} onAgain={() => setHappened(undefined)} />
        ) : (
          <>
            <div role="radiogroup" aria-label="Move it forward" className="flex flex-wrap gap-2">
              {presets.map(({ name, ms }) => (
                <Choice key={ms} chosen={!!target && "by" in target && target.by === ms} onChoose={() => setTarget({ by: ms })}>
                  {name}
                </Choice>
              ))}
              {next ? (
                <Choice chosen={!!target && "to" in target && target.to === next.due} onChoose={() => setTarget({ to: next.due })}>
                  to the next thing that happens
                </Choice>
              ) : null}
            </div>
            <form
              className="flex flex-wrap items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                if (!wrong && !Number.isNaN(custom)) setTarget({ to: custom });
              }}
            >
              <label className="block text-[0.8125rem] text-soft">
                To a date and time, UTC
                <input
                  type="datetime-local"
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                  aria-invalid={wrong !== undefined}
                  aria-describedby="clock-wrong"
                  className="mt-1 block min-h-9 rounded-md border border-rule-strong bg-raised px-2 text-[0.875rem] text-ink"
                />
              </label>
              <button type="submit" className="button" disabled={Number.isNaN(custom) || wrong !== undefined}>
                Look ahead
              </button>
              <p id="clock-wrong" role="status" className="w-full text-[0.8125rem] text-deny">
                {wrong}
              </p>
            </form>
            {target ? <Ahead target={target} now={now} going={going} onGo={go} /> : <p className="text-soft">Choose how far. You see first what will happen on the way, and it can all be taken back.</p>}
          </>
        )}
      </div>
    </Dialog>
  );
}

function Choice({ chosen, onChoose, children }: { chosen: boolean; onChoose(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      onClick={onChoose}
      className="rounded-md border border-rule-strong px-3 py-1.5 text-[0.8125rem] hover:border-brass aria-checked:border-brass-mark aria-checked:bg-brass-tint"
    >
      {children}
    </button>
  );
}

/** What lies on the way, worked out by a copy of the lab that goes there. */
function Ahead({ target, now, going, onGo }: { target: Target; now: number; going: boolean; onGo(by: number): void }) {
  const [seen, setSeen] = useState<Forecast>();
  const journal = useLab((state) => state.journal);
  const key = JSON.stringify(target);
  useEffect(() => {
    setSeen(undefined);
    let current = true;
    const timer = setTimeout(() => {
      const lab = theLab();
      if (!lab) return;
      void forecast(lab, "by" in target ? lab.now() + target.by : target.to).then((found) => current && setSeen(found));
    }, 30);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the target by its value
  }, [key, journal]);
  const by = "by" in target ? target.by : Math.max(0, target.to - now);
  return (
    <section aria-label="On the way" className="border-t border-rule pt-4">
      <h3 className="overline mb-2">On the way to {when(now + by)}</h3>
      <div role="status">
        {!seen ? <p className="text-faint">Looking ahead…</p> : seen.lines.length ? <Lines of={seen.lines} /> : <p className="text-soft">Nothing is due until then. Only time passes.</p>}
        {seen?.remark ? <p className="mt-2 text-[0.8125rem] text-faint">{seen.remark}</p> : null}
      </div>
      <button type="button" className="button button-next mt-4" disabled={going || !seen} onClick={() => onGo("to" in target ? Math.max(0, target.to - labNow()) : target.by)}>
        {going ? "Moving the clock…" : `Move the clock ${days(by)} ahead`}
      </button>
    </section>
  );
}

function Happened({ entries, journal, onAgain }: { entries: JournalEntry[]; journal: readonly JournalEntry[]; onAgain(): void }) {
  const move = entries[entries.length - 1];
  const there = journal.some(({ requestId }) => requestId === move.requestId);
  const found = useMemo(() => happenings(entries, theLab()!, "did"), [entries]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-label="What happened" className="border-t border-rule pt-4">
      <h3 ref={heading} tabIndex={-1} className="overline mb-2 outline-none">
        {there ? `What happened in ${days(move.by ?? 0)}` : "Taken back: it has not happened"}
      </h3>
      {found.length ? <Lines of={found} why={there} faded={!there} /> : <p className="text-soft">Nothing was due. Only time passed.</p>}
      <div className="mt-4 flex flex-wrap gap-2">
        <button type="button" className="button button-next" onClick={onAgain}>
          Move it again
        </button>
        {there ? (
          <button type="button" className="button" onClick={() => void undoFrom(entries[0]).catch(() => undefined)}>
            Take it back
          </button>
        ) : null}
        <button type="button" className="button" onClick={closePanel}>
          Done
        </button>
      </div>
    </section>
  );
}

function Lines({ of, why = false, faded = false }: { of: Happening[]; why?: boolean; faded?: boolean }) {
  return (
    <>
      <ol className={`divide-y divide-rule border-y border-rule ${faded ? "text-faint line-through" : ""}`} data-testid="clock-lines">
        {of.slice(0, lines).map((line) => (
          <li key={line.requestId} className="flex items-start gap-3 py-2">
            <span className="w-28 shrink-0 text-[0.8125rem] leading-relaxed tabular-nums text-faint">
              {new Date(line.at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })}
            </span>
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{line.sentence}</span>
            {why ? (
              <button
                type="button"
                className="link shrink-0 text-[0.8125rem]"
                aria-label={`Why? ${line.sentence}`}
                onClick={() => {
                  closePanel();
                  openWhy(line.seq);
                }}
              >
                Why?
              </button>
            ) : null}
          </li>
        ))}
      </ol>
      {of.length > lines ? <p className="mt-1 text-xs text-faint">and {(of.length - lines).toLocaleString("en")} things more</p> : null}
    </>
  );
}
