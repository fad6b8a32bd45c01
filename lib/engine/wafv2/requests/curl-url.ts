import { isHost } from "./parts";
import { good, quoted } from "./text";
import type { Outcome } from "./types";

/** An address as curl takes it apart. */
export interface CurlUrl {
  scheme: "http" | "https";
  host: string;
  /** Begins with `/`. */
  path: string;
  /** With its `?`, or empty. */
  query: string;
  hadFragment: boolean;
  user?: string;
}

const no = (message: string): Outcome<never> => ({ ok: false, problem: { message } });

/** Takes `.` and `..` away as curl and browsers do before they send. Source: RFC 3986, 5.2.4. */
export function withoutDots(path: string): string {
  const out: string[] = [];
  const segments = path.slice(1).split("/");
  for (const [at, segment] of segments.entries()) {
    const last = at === segments.length - 1;
    if (segment === "..") out.pop();
    if (segment !== "." && segment !== "..") out.push(segment);
    else if (last) out.push("");
  }
  return `/${out.join("/")}`;
}

/** Percent-decoding of a user's name and password. */
const decoded = (text: string): string => text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** `at` of a problem is left to the caller. Source: curl's manual page, URL; checked with curl 7.88.1. */
export function readCurlUrl(text: string, options: { pathAsIs: boolean; globOff: boolean }): Outcome<CurlUrl> {
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x20\x7f]/.test(text)) return no("curl takes no address with blanks or control characters: write a blank as %20.");
  const start = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(text.slice(0, 30));
  const scheme = start ? start[1].toLowerCase() : "http";
  if (scheme !== "http" && scheme !== "https") return no(`${quoted(scheme)} is not HTTP: write an address that begins with https://.`);
  const rest = start ? text.slice(start[0].length) : text;
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const after = end < 0 ? "" : rest.slice(end);
  const mark = authority.lastIndexOf("@");
  const host = authority.slice(mark + 1);
  if (!isHost(host)) return no(`${quoted(host)} is no host: write the address as https://example.com/.`);
  if (!options.globOff && /[{}[\]]/.test(after)) return no("curl reads { } and [ ] in an address as lists of addresses: add -g (--globoff) before it.");
  const hash = after.indexOf("#");
  const sent = hash < 0 ? after : after.slice(0, hash);
  const question = sent.indexOf("?");
  const written = question < 0 ? sent : sent.slice(0, question);
  const rooted = written.startsWith("/") ? written : `/${written}`;
  const path = (options.pathAsIs ? rooted : withoutDots(rooted)).replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  return good({ scheme, host, path, query: question < 0 ? "" : sent.slice(question), hadFragment: hash >= 0, ...(mark >= 0 && { user: decoded(authority.slice(0, mark)) }) });
}
