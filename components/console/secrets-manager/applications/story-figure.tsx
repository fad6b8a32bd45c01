"use client";
import { useMemo } from "react";
import { CrossGlyph, TickGlyph } from "../../../ui/glyphs";
import { clockTime, lengthOf, sentencesOf, type LabelSpan, type Login, type Window } from "./story";
import type { Story } from "./use-story";
import "./applications.css";

/** Marks of logins: a full disc, and a ring with a cross. The shape says it, not the colour. */
const Succeeded = () => (
  <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
    <circle cx="6.5" cy="6.5" r="5" fill="currentColor" />
  </svg>
);
const Refused = () => (
  <svg width="15" height="15" viewBox="0 0 15 15" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.75">
    <circle cx="7.5" cy="7.5" r="6" />
    <path d="M5 5l5 5M10 5l-5 5" />
  </svg>
);

/** Ticks of a time axis: at most about eight, at round times. */
export function ticksOf({ from, to }: Pick<Window, "from" | "to">): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000].map((seconds) => seconds * 1_000);
  const step = steps.find((one) => (to - from) / one <= 8) ?? Math.ceil((to - from) / 8);
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

const shortTime = (ms: number, { from, to }: Window): string => (to - from > 172_800_000 ? new Date(ms).toISOString().slice(5, 10) : to - from > 7_200_000 ? new Date(ms).toISOString().slice(11, 16) : clockTime(ms));

/** The versions that a window is about, in the order in which they came: those that were called something, or logged in with. */
function versionsIn(spans: readonly LabelSpan[], logins: readonly Login[], { from, to }: Window): string[] {
  const ids = new Set<string>();
  for (const span of spans) if (span.from <= to && (span.to ?? Infinity) >= from) ids.add(span.versionId);
  for (const { versionId } of logins) if (versionId) ids.add(versionId);
  return [...ids];
}

/** The rotation's steps above, the secret's versions with their labels below, and on each the logins that were made with it. */
export function StoryFigure({ story, window }: { story: Story; window: Window }) {
  const { outages } = story;
  const { from, to } = window;
  const logins = useMemo(() => story.logins.filter(({ at, until }) => until >= from && at <= to), [story.logins, from, to]);
  const steps = story.steps.filter(({ at }) => at >= from && at <= to);
  const versions = versionsIn(story.spans, logins, window);
  const x = (at: number): string => `${((Math.min(Math.max(at, from), to) - from) / Math.max(1, to - from)) * 100}%`;
  const width = (start: number, end: number): string => `${((Math.min(end, to) - Math.max(start, from)) / Math.max(1, to - from)) * 100}%`;
  const marks = (of: readonly Login[]) =>
    of.flatMap(({ number, at, until, ok }) => [
      ...(until > at ? [<span key={`${number}-alike`} className="story-alike" data-ok={ok} style={{ insetInlineStart: x(at), inlineSize: width(at, until) }} />] : []),
      ...(at >= from ? [<span key={number} className="story-login" data-ok={ok} style={{ insetInlineStart: x(at) }}>{ok ? <Succeeded /> : <Refused />}</span>] : []),
    ]);
  const lost = logins.filter(({ versionId }) => !versionId);
  return (
    <figure className="story" data-testid="story">
      <figcaption className="story-words" data-testid="story-words">
        {sentencesOf({ ...story, window }).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </figcaption>
      {/* The same stands in the list below, line by line. */}
      <div className="story-scroll" tabIndex={0} role="region" aria-label="Drawing of the rotation and the logins; the list below says the same">
        <div className="story-sheet" aria-hidden="true" data-testid="story-drawing">
          <div className="story-outages">
            {outages
              .filter((outage) => outage.from <= to && (outage.until ?? to) >= from)
              .map((outage) => (
                <span key={outage.from} style={{ insetInlineStart: x(outage.from), inlineSize: width(outage.from, outage.until ?? to) }} />
              ))}
          </div>
          {steps.length > 0 && (
            <>
              <div className="story-name">Rotation</div>
              <div className="story-row story-rotation">
                <span className="story-thread" style={{ insetInlineStart: x(steps[0].at), inlineSize: width(steps[0].at, steps.at(-1)!.at) }} />
                {steps.map(({ seq, at, step, ok }, index) => (
                  <span key={seq} className="story-step" data-high={index % 2 || undefined} style={{ insetInlineStart: x(at) }}>
                    {ok ? step : `${step} failed`}
                    <i />
                    {ok ? <TickGlyph size={14} style={{ color: "var(--allow)" }} /> : <CrossGlyph size={14} style={{ color: "var(--deny)" }} />}
                  </span>
                ))}
              </div>
            </>
          )}
          {versions.map((versionId) => (
            <VersionLine key={versionId} versionId={versionId}>
              {story.spans
                .filter((span) => span.versionId === versionId && span.from <= to && (span.to ?? Infinity) >= from)
                .map((span) => (
                  <span key={span.from} className="story-span" data-label={labelFirst(span.labels)} style={{ insetInlineStart: x(span.from), inlineSize: width(span.from, span.to ?? to) }}>
                    {span.labels.join(" ")}
                  </span>
                ))}
              {marks(logins.filter((login) => login.versionId === versionId))}
            </VersionLine>
          ))}
          {lost.length > 0 && (
            <>
              <div className="story-name">no login read</div>
              <div className="story-row story-lost">{marks(lost)}</div>
            </>
          )}
          <div />
          <div className="story-row story-axis">
            {ticksOf(window).map((at) => (
              <span key={at} className="story-tick" style={{ insetInlineStart: x(at) }}>
                {shortTime(at, window)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <ul className="story-legend" aria-hidden="true">
        <li>
          <span style={{ color: "var(--allow)" }}>
            <Succeeded />
          </span>
          login succeeded
        </li>
        <li>
          <span style={{ color: "var(--deny)" }}>
            <Refused />
          </span>
          login failed
        </li>
        {outages.some((outage) => outage.from <= to && (outage.until ?? to) >= from) && (
          <li>
            <span className="story-gap" /> no login succeeded
            {outages.filter((outage) => outage.until !== undefined && outage.from <= to && outage.until >= from).map((outage) => ` (${lengthOf(outage.until! - outage.from)})`)}
          </li>
        )}
      </ul>
    </figure>
  );
}

const labelFirst = (labels: readonly string[]): string => ["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"].find((label) => labels.includes(label)) ?? "own";

function VersionLine({ versionId, children }: { versionId: string; children: React.ReactNode }) {
  return (
    <>
      <div className="story-name">
        Logins with version
        <br />
        <code>{versionId.slice(0, 8)}</code>
      </div>
      <div className="story-row story-version">{children}</div>
    </>
  );
}
