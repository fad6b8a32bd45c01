"use client";

import type { KeyboardEvent } from "react";
import { keyStyle } from "@/lib/store/hue";
import { ClockGlyph, ConsoleGlyph, CrossGlyph, DashGlyph, EnvelopeGlyph, KeyGlyph, LockGlyph, ParameterGlyph, PlaceGlyph, PolicyGlyph, RingGlyph, RightGlyph, TerminalGlyph, TickGlyph, UserGlyph, WafGlyph } from "../ui/glyphs";
import { AttackerGlyph, BalancerGlyph, DnsGlyph, EdgeGlyph, InstancesGlyph, UsersGlyph } from "../architecture/glyphs";
import styles from "./figure.module.css";
import type { Actor, DrawnFigure, GlyphName, Look, Scene, Token, Verdict } from "@/lib/lessons/figure";

const glyphs: Record<GlyphName, typeof KeyGlyph> = {
  app: ConsoleGlyph, function: TerminalGlyph, parameter: ParameterGlyph, key: KeyGlyph, policy: PolicyGlyph, store: PlaceGlyph,
  envelope: EnvelopeGlyph, folder: RightGlyph, clock: ClockGlyph, events: EnvelopeGlyph, user: UserGlyph,
  users: UsersGlyph, attacker: AttackerGlyph, dns: DnsGlyph, edge: EdgeGlyph, firewall: WafGlyph, balancer: BalancerGlyph, instances: InstancesGlyph,
};
const verdicts: Record<Verdict, { Glyph: typeof KeyGlyph; ink: string; tint: string }> = {
  Allow: { Glyph: TickGlyph, ink: "var(--allow)", tint: "var(--allow-tint)" },
  ExplicitDeny: { Glyph: CrossGlyph, ink: "var(--deny)", tint: "var(--deny-tint)" },
  ImplicitDeny: { Glyph: DashGlyph, ink: "var(--implicit)", tint: "var(--implicit-tint)" },
  NotEvaluated: { Glyph: RingGlyph, ink: "var(--unevaluated)", tint: "var(--unevaluated-tint)" },
  NotApplicable: { Glyph: RingGlyph, ink: "var(--unevaluated)", tint: "var(--unevaluated-tint)" },
};

interface StageProps {
  figure: DrawnFigure;
  scenes: Scene[];
  at: number;
  layout: "wide" | "narrow";
  /** ms that a token takes for its way. */
  travel: number;
  onOpen(token: Token): void;
}

const half = { plate: 30, row: 14 };

/** Draws one scene. Tokens of all scenes are always there, visible or not, so that they travel instead of jumping. */
export function Stage({ figure, scenes, at, layout, travel, onOpen }: StageProps) {
  const scene = scenes[at];
  const size = figure[layout];
  const place = new Map(figure.actors.map((actor) => [actor.id, actor[layout]]));
  const lit = new Set(scene?.lit);
  const travelling = new Set((scene?.tokens ?? []).flatMap(({ from, at: to }) => (from && from !== to ? [`${from}|${to}`, `${to}|${from}`] : [])));
  return (
    <svg className={styles.stage} viewBox={`0 0 ${size.width} ${size.height}`} role="group" aria-label={figure.summary} style={{ "--travel": `${travel}ms` } as never}>
      <defs>
        <pattern id={`hatch-${figure.id}`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" stroke="currentColor" strokeWidth="1" opacity="0.35" />
        </pattern>
      </defs>
      <g aria-hidden>
        {figure.wires.map(({ from, to }) => {
          const [x1, y1] = place.get(from)!;
          const [x2, y2] = place.get(to)!;
          return <line key={`${from}|${to}`} x1={x1} y1={y1} x2={x2} y2={y2} className={styles.wire} data-lit={travelling.has(`${from}|${to}`)} />;
        })}
        {figure.actors.map((actor) => (
          <ActorDrawing key={actor.id} actor={actor} at={actor[layout]} lit={lit.has(actor.id)} />
        ))}
      </g>
      {(scene?.marks ?? []).map((mark) => (
        <Mark key={mark.actor + mark.words} at={place.get(mark.actor)!} row={figure.actors.find(({ id }) => id === mark.actor)?.row ? (scene?.tokens.some((token) => token.at === mark.actor) ? "token" : "bare") : undefined} verdict={mark.verdict} words={mark.words} width={size.width} />
      ))}
      {tokensThroughout(scenes).map((id) => {
        const { token, shown, spot } = tokenAt(scenes, id, at);
        const [x, y] = place.get(spot)!;
        // What travels with others to one place stands beside them, in the order of their coming.
        const company = shown ? (scene?.tokens ?? []).filter((other) => other.at === token.at) : [];
        const rank = company.findIndex((other) => other.id === id);
        const row = figure.actors.find((actor) => actor.id === spot)?.row;
        const dy = row ? 0 : half.plate + 58 + Math.max(0, rank) * 34;
        const width = tokenWidth(token);
        const fitted = Math.min(Math.max(x + (row ? 150 : 0), width / 2 + 4), size.width - width / 2 - 4);
        return <TokenDrawing key={id} token={token} x={fitted} y={Math.min(y + dy, size.height - 16)} gone={!shown} hatch={`url(#hatch-${figure.id})`} onOpen={onOpen} />;
      })}
    </svg>
  );
}

function ActorDrawing({ actor, at: [x, y], lit }: { actor: Actor; at: [number, number]; lit: boolean }) {
  const Glyph = glyphs[actor.glyph];
  if (actor.row)
    return (
      <g className={styles.actor} data-lit={lit}>
        <Glyph x={x - 9} y={y - 9} size={18} />
        <text x={x + 16} y={y + 5} className={styles.rowLabel}>
          {actor.label}
        </text>
      </g>
    );
  const r = half.plate;
  return (
    <g className={styles.actor} data-lit={lit}>
      <rect x={x - r} y={y - r} width={2 * r} height={2 * r} rx={6} className={styles.plate} />
      <Glyph x={x - 17} y={y - 17} size={34} strokeWidth={1.4} />
      <text x={x} y={y + r + 19} className={styles.label}>
        {actor.label}
      </text>
      {actor.sub ? (
        <text x={x} y={y + r + 35} className={styles.sub}>
          {actor.sub}
        </text>
      ) : null}
    </g>
  );
}

/** What was decided, above its actor; at a row beside it, and beside the token that stands there. */
function Mark({ at: [x, y], row, verdict, words, width }: { at: [number, number]; row?: "bare" | "token"; verdict: Verdict; words: string; width: number }) {
  const { Glyph, ink, tint } = verdicts[verdict];
  const text = words.length > 30 ? `${words.slice(0, 28)}…` : words;
  const w = text.length * 7.4 + 34;
  const cx = Math.min(Math.max(row ? x + (row === "token" ? 340 : 200) : x, w / 2 + 2), width - w / 2 - 2);
  const cy = row ? y : Math.max(16, y - half.plate - 18);
  return (
    <g className={styles.mark} style={{ color: ink }}>
      <rect x={cx - w / 2} y={cy - 13} width={w} height={26} rx={3} fill={tint} stroke={ink} />
      <Glyph x={cx - w / 2 + 7} y={cy - 7} size={14} />
      <text x={cx + 9} y={cy + 4.5}>
        {text}
      </text>
    </g>
  );
}

const tokenGlyphs: Partial<Record<Look, typeof KeyGlyph>> = { sealed: LockGlyph, key: KeyGlyph, denied: CrossGlyph };
const tokenWidth = ({ label, look }: Token): number => Math.min(label.length, 26) * 7.7 + (tokenGlyphs[look] ? 40 : 24);

function TokenDrawing({ token, x, y, gone, hatch, onOpen }: { token: Token; x: number; y: number; gone: boolean; hatch: string; onOpen(token: Token): void }) {
  const Glyph = tokenGlyphs[token.look];
  const label = token.label.length > 26 ? `${token.label.slice(0, 25)}…` : token.label;
  const width = tokenWidth(token);
  const opens = token.holds !== undefined;
  const words = `${{ request: "Request", question: "Question", plain: "Plaintext", sealed: "Ciphertext", denied: "Refusal", key: "Key" }[token.look]}: ${token.label}`;
  return (
    <g
      className={`${styles.token} ${styles[token.look]}`}
      data-gone={gone}
      data-key=""
      style={{ ...keyStyle(token.keyArn), transform: `translate(${x}px, ${y}px)` }}
      {...(opens && !gone
        ? {
            role: "button",
            tabIndex: 0,
            "aria-label": `${words}. Open it`,
            onClick: () => onOpen(token),
            onKeyDown: (event: KeyboardEvent) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              onOpen(token);
            },
          }
        : { "aria-hidden": gone })}
    >
      <rect x={-width / 2} y={-14} width={width} height={28} rx={token.look === "question" ? 14 : 3} className={styles.body} />
      {token.look === "sealed" ? <rect x={-width / 2} y={-14} width={width} height={28} rx={3} fill={hatch} style={{ color: "var(--key-mark, var(--rule-strong))" }} /> : null}
      {Glyph ? <Glyph x={-width / 2 + 8} y={-8} size={16} style={{ color: token.look === "denied" ? "var(--deny)" : "var(--key-ink, var(--ink-soft))" }} /> : null}
      <text x={-width / 2 + (Glyph ? 29 : 12)} y={4.5}>
        {label}
      </text>
    </g>
  );
}

const tokensThroughout = (scenes: Scene[]): string[] => [...new Set(scenes.flatMap((scene) => scene.tokens.map(({ id }) => id)))];

/** Where a token stands in a scene; before its first it waits where it will start, after its last it stays where it came to. */
function tokenAt(scenes: Scene[], id: string, at: number): { token: Token; shown: boolean; spot: string } {
  const here = scenes[at]?.tokens.find((token) => token.id === id);
  if (here) return { token: here, shown: true, spot: here.at };
  for (let before = at - 1; before >= 0; before--) {
    const token = scenes[before].tokens.find((each) => each.id === id);
    if (token) return { token, shown: false, spot: token.at };
  }
  const first = scenes.flatMap((scene) => scene.tokens).find((token) => token.id === id)!;
  return { token: first, shown: false, spot: first.from ?? first.at };
}
