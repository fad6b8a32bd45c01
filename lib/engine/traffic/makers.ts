import { encodedArguments } from "../wafv2/requests/form";
import { utf8 } from "../wafv2/inspect/bytes";
import type { Client, HttpMessage } from "../wafv2/requests/types";
import { addressOf, countries, locate, placeAt } from "./addresses";
import type { Chance } from "./chance";
import { busiest, busy, type Division, divide } from "./rate";
import type { Source } from "./scenario";
import { browsers, crawler, firstNames, libraries, passwords, probedPaths, reviews, scanners, scriptShapes, searches, sqlShapes } from "./words";

/** What one request of a source is. Lists of headers are shared between requests: they are read, never changed. */
export interface Made {
  message: HttpMessage;
  client: Client;
  harmful: boolean;
  tookMs?: number;
}
export type Maker = (chance: Chance, ms: number) => Made;

type Headers = HttpMessage["headers"];

function headersFor(host: string, agent: string): Headers {
  return [["Host", host], ["User-Agent", agent], ["Accept", "text/html,application/json;q=0.9,*/*;q=0.8"], ["Accept-Language", "en-GB,en;q=0.8"], ["Accept-Encoding", "gzip, br"]];
}

const get = (uri: string, headers: Headers): HttpMessage => ({ method: "GET", uri, httpVersion: "HTTP/1.1", headers });
function post(uri: string, headers: Headers, type: string, text: string): HttpMessage {
  const body = utf8(text);
  return { method: "POST", uri, httpVersion: "HTTP/1.1", headers: [...headers, ["Content-Type", type], ["Content-Length", String(body.length)]], body };
}
const json = (uri: string, headers: Headers, value: unknown): HttpMessage => post(uri, headers, "application/json", JSON.stringify(value));
const form = (uri: string, headers: Headers, fields: Record<string, string>): HttpMessage => post(uri, headers, "application/x-www-form-urlencoded", encodedArguments(Object.entries(fields)));
const written = searches.map((q) => `/search?${encodedArguments([["q", q]])}`);

const clientOf = (ip: string): Client => ({ ip, ...locate(ip) });
const clientIn = (place: number, index: number, crowd: "visitors" | "others", source: number): Client => ({ ip: addressOf(place, index, crowd, source), ...placeAt(place) });

/** The `index`-th address of a source whose addresses are divided between countries. */
function clientAt(divisions: readonly Division[], index: number, crowd: "visitors" | "others", source: number): Client {
  const division = divisions.find(({ to }) => index < to)!;
  return clientIn(division.place, index - division.from, crowd, source);
}

/** Weighed by what the hour is in each country. */
function visitor(divisions: readonly Division[], day: boolean, chance: Chance, ms: number, source: number): Client {
  const weight = ({ place, share }: Division): number => share * (day ? busy(ms, countries[place].hours) : 1);
  let left = chance.next() * divisions.reduce((sum, each) => sum + weight(each), 0);
  const division = divisions.find((each) => (left -= weight(each)) < 0) ?? divisions[divisions.length - 1];
  return clientIn(division.place, chance.below(division.to - division.from), "visitors", source);
}

function browse(chance: Chance, headers: Headers): HttpMessage {
  const what = chance.next();
  if (what < 0.2) return get("/", headers);
  if (what < 0.45) return get(`/products?id=${1 + chance.below(400)}`, headers);
  if (what < 0.6) return get(`/assets/${chance.pick(["main.css", "app.js", "logo.svg"])}?v=3.1.0`, headers);
  if (what < 0.75) return get(chance.pick(written), headers);
  if (what < 0.88) return get(`/api/items?page=${1 + chance.below(20)}`, headers);
  if (what < 0.94) return json("/api/basket", headers, { item: 1 + chance.below(400), count: 1 + chance.below(3) });
  if (what < 0.97) return form("/reviews", headers, { product: String(1 + chance.below(400)), text: chance.pick(reviews) });
  return json("/api/login", headers, { user: `${chance.pick(firstNames)}${chance.below(9_000)}@mail.example`, password: `correct horse ${chance.below(1_000)}` });
}

const user = (chance: Chance): string => `${chance.pick(firstNames)}.${chance.below(100_000)}@mail.example`;
const password = (chance: Chance): string => `${chance.pick(passwords)}${chance.below(100)}!`;

/**
 * Makes a source's requests; `place` is its place in the scenario. Undefined for floods of packets.
 */
export function makerOf(source: Source, host: string, place: number): Maker | undefined {
  const byBrowser = browsers.map((agent) => headersFor(host, agent));
  const byLibrary = libraries.map((agent) => headersFor(host, agent));
  const byScanner = scanners.map((agent) => headersFor(host, agent));
  const divisions = "clients" in source ? divide(source) : [];
  const other = (chance: Chance): Client => clientAt(divisions, chance.below((source as { clients: number }).clients), "others", place);
  switch (source.kind) {
    case "users":
      return (chance, ms) => {
        const client = visitor(divisions, source.day, chance, ms, place);
        return { message: browse(chance, chance.pick(byBrowser)), client, harmful: false };
      };
    case "crawler": {
      const headers = headersFor(host, crawler);
      const clients = Array.from({ length: 8 }, (_, at) => clientOf(source.genuine ? `203.0.113.${64 + at}` : addressOf(at % countries.length, at, "others")));
      return (chance) => ({ message: get(chance.next() < 0.03 ? "/robots.txt" : `/products?id=${1 + chance.below(400)}`, headers), client: chance.pick(clients), harmful: !source.genuine });
    }
    case "scanner":
      return (chance) => {
        const list = source.hidden ? byBrowser : byScanner;
        const index = chance.below(source.clients);
        // Every other scanner is one that the list of reconnaissance knows.
        const client = index % 2 && index < 64 ? clientOf(`198.51.100.${32 + (index >> 1)}`) : clientAt(divisions, index, "others", place);
        return { message: get(chance.pick(probedPaths), list[index % list.length]), client, harmful: true };
      };
    case "credential-stuffing":
      return (chance) => {
        const given = { user: user(chance), password: password(chance) };
        const headers = chance.next() < 0.5 ? chance.pick(byLibrary) : chance.pick(byBrowser);
        return { message: source.format === "json" ? json(source.path, headers, given) : form(source.path, headers, given), client: other(chance), harmful: true };
      };
    case "probes":
      return (chance) => {
        const shapes = chance.next() * (source.sqli + source.xss) < source.sqli ? sqlShapes : scriptShapes;
        const text = chance.pick(shapes)(1 + chance.below(99));
        const headers = chance.pick(byBrowser);
        const where = chance.next();
        const message = where < 0.6 ? get(`/products?${encodedArguments([["id", text]])}`, headers) : where < 0.85 ? form("/reviews", headers, { product: "14", text }) : json("/api/search", headers, { term: text });
        return { message, client: other(chance), harmful: true };
      };
    case "http-flood":
      return (chance) => {
        const uri = source.random ? `${source.path}${source.path.includes("?") ? "&" : "?"}r=${chance.below(1e9)}` : source.path;
        return { message: get(uri, chance.pick(byBrowser)), client: other(chance), harmful: true };
      };
    case "slow":
      return (chance) => ({ message: form("/contact", chance.pick(byBrowser), { text: "a".repeat(1 + chance.below(40)) }), client: other(chance), harmful: true, tookMs: Math.round(source.holdSec * 1_000 * (0.5 + chance.next())) });
    default:
      return undefined;
  }
}

/** The most that a source makes of its rate, and how much it makes at a moment. */
export interface Rhythm {
  peak: number;
  now(ms: number): number;
}
export function rhythmOf(source: Source): Rhythm {
  if (source.kind !== "users" || !source.day) return { peak: 1, now: () => 1 };
  const divisions = divide(source);
  return { peak: busiest, now: (ms) => divisions.reduce((sum, { place, share }) => sum + share * busy(ms, countries[place].hours), 0) };
}
