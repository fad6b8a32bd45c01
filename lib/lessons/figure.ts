import type { AuthRequest, Caller, Ciphers, Decision, JournalEntry, JsonObject, PartTrace, Reply, Trace } from "../engine/types";

/** What the learner can choose. Texts and switches; all of them are part of the address. */
export type Settings = Record<string, string | boolean>;

export type GlyphName = "app" | "function" | "parameter" | "key" | "policy" | "store" | "envelope" | "folder" | "clock" | "events" | "user" | "users" | "attacker" | "dns" | "edge" | "firewall" | "balancer" | "instances";

export interface Actor {
  id: string;
  label: string;
  /** A second, quieter line. */
  sub?: string;
  glyph: GlyphName;
  /** Centre of the drawing in both layouts, in units of the stage. */
  wide: [x: number, y: number];
  narrow: [x: number, y: number];
  /** Smaller, its label to the right: the rows of a tree. */
  row?: boolean;
}

export interface Wire {
  from: string;
  to: string;
}

export type Control =
  | { id: string; kind: "choice"; label: string; options: { value: string; label: string }[] }
  | { id: string; kind: "toggle"; label: string }
  | { id: string; kind: "text"; label: string; max: number };

/** A switch that breaks something, with what it is that breaks. On: `set` overrides the other settings. */
export interface Break {
  id: string;
  label: string;
  set: Settings;
}

/** What a token is, and so how it looks. */
export type Look = "request" | "question" | "plain" | "sealed" | "denied" | "key";

/** What a token holds, for those who open it. Bytes are base64. */
export interface Holding {
  title: string;
  /** The call that made it. */
  call?: { service: string; operation: string; input: JsonObject };
  bytes?: string;
  /** The bytes are readable text. */
  text?: boolean;
  keyArn?: string;
  context?: Record<string, string>;
  note?: string;
}

export interface Token {
  /** The same id in the next scene is the same token, gone on. */
  id: string;
  /** Where it comes from in this scene; without it, it just stands there. */
  from?: string;
  at: string;
  look: Look;
  label: string;
  keyArn?: string;
  holds?: Holding;
}

export type Verdict = "Allow" | "ExplicitDeny" | "ImplicitDeny" | "NotEvaluated" | "NotApplicable";

/** A line of a document that stands beside the stage, as the evaluation meets it. */
export interface Line {
  text: string;
  state: "unread" | "met" | "missed" | "passed";
}

/** One step of a figure. Everything in it is computed from what the engine did. */
export interface Scene {
  caption: string;
  /** Actors in the light. */
  lit: string[];
  tokens: Token[];
  marks: { actor: string; verdict: Verdict; words: string }[];
  lines?: Line[];
  /** Reasons, in order, for Why? */
  why?: { verdict?: Verdict; text: string }[];
}

/** A reply beside the call that it answers. */
export interface Asked {
  call: { service: string; operation: string; input: JsonObject };
  reply: Reply;
}

export interface FigureCall {
  service: string;
  operation: string;
  input?: JsonObject;
  region?: string;
  /** A user's name; `admin` unless given. */
  as?: string;
  /** Instead of a user: a session of this role. */
  role?: string;
  account?: string;
}

/** What a figure's script may do: calls in a lab of its own, and the engine's own ciphers. */
export interface FigureHand {
  /** Any outcome will do: the figure shows it. */
  call(call: FigureCall): Promise<Asked>;
  /** Sets the stage; a failure here is a fault of the figure and throws. Returns the output. */
  must<T = any>(call: FigureCall): Promise<T>;
  advance(ms: number): Promise<readonly JournalEntry[]>;
  now(): number;
  /** The policy evaluation itself, for services that are not simulated: the same code that every call goes through. */
  decide(caller: Caller, request: AuthRequest, via: string[]): Decision;
  ciphers: Ciphers;
  random(bytes: number): Uint8Array;
  /** A fresh X25519 key pair: its public half, and the secret that it shares with another's public half (RFC 7748). */
  x25519(): { publicKey: Uint8Array; shared(theirs: Uint8Array): Uint8Array };
  /** The scenes of one call, read from its trace. */
  scenesOf(asked: Asked, cast: Cast, dress?: Dress, id?: string): Scene[];
  /** The words that Keyhole has for decisions everywhere. */
  words: { decision(decision: Decision): string; part(part: PartTrace): string; why(decision: Decision): NonNullable<Scene["why"]> };
}

/** Who plays whom: actors' ids for the caller, the services, and the place where policies are asked. */
export interface Cast {
  caller: string;
  services: Record<string, string>;
  judge?: string;
  /** What a service is called in a caption. */
  names: Record<string, string>;
}

/** What the figure knows better than the trace: what tokens hold, and what stands on the stage all the time. */
export interface Dress {
  request?(trace: Trace): Holding | undefined;
  /** What goes back when a call has succeeded. */
  reply?(trace: Trace): { look: Look; label: string; keyArn?: string; holds?: Holding } | undefined;
  /** Tokens that stand on the stage in every scene. */
  standing?: Token[];
  /** A caption of its own for a call's answer. */
  answered?(trace: Trace): string | undefined;
}

/** A figure without its script: what the server hands to the page. */
export interface DrawnFigure {
  id: string;
  title: string;
  /** What it shows, for those who do not see it. */
  summary: string;
  wide: { width: number; height: number };
  narrow: { width: number; height: number };
  actors: Actor[];
  wires: Wire[];
  controls: Control[];
  breaks: Break[];
  start: Settings;
  /** Heading of the lines beside the stage, if scenes have any. */
  document?: string;
  /** What is simplified here, in one sentence. */
  simplified?: string;
}

export interface Figure extends DrawnFigure {
  play(settings: Settings, hand: FigureHand): Promise<Scene[]>;
}

/** The settings that count: what was chosen, and over it what is broken. */
export function effective(figure: DrawnFigure, chosen: Settings): Settings {
  const settings: Settings = { ...figure.start, ...chosen };
  for (const { id, set } of figure.breaks) if (chosen[id] === true) Object.assign(settings, set);
  return settings;
}
