import type { Word } from "./sh";
import { good, quoted, refuse } from "./text";
import type { Outcome } from "./types";

/** curl's options, as far as they change or may stand beside one request. Source: curl's manual page. */

/** What an option does. `nothing`: it changes how curl works, not what it sends. */
export type Does =
  | "nothing" | "method" | "header" | "data" | "data-raw" | "data-urlencode" | "json" | "get" | "head" | "form" | "form-string" | "cookie" | "agent" | "referer"
  | "user" | "bearer" | "url" | "url-query" | "target" | "compressed" | "path-as-is" | "globoff" | "http1.0" | "http1.1" | "http2" | "http3";

interface Option {
  does: Does;
  /** Takes the next word, or what follows its letter. */
  value: boolean;
}

const flag = (does: Does): Option => ({ does, value: false });
const valued = (does: Does): Option => ({ does, value: true });

const long: Record<string, Option> = {
  request: valued("method"), header: valued("header"), data: valued("data"), "data-ascii": valued("data"), "data-binary": valued("data"), "data-raw": valued("data-raw"),
  "data-urlencode": valued("data-urlencode"), json: valued("json"), get: flag("get"), head: flag("head"), form: valued("form"), "form-string": valued("form-string"),
  cookie: valued("cookie"), "user-agent": valued("agent"), referer: valued("referer"), user: valued("user"), "oauth2-bearer": valued("bearer"), url: valued("url"),
  "url-query": valued("url-query"), "request-target": valued("target"), compressed: flag("compressed"), "path-as-is": flag("path-as-is"), globoff: flag("globoff"),
  "http1.0": flag("http1.0"), "http1.1": flag("http1.1"), http2: flag("http2"), "http2-prior-knowledge": flag("http2"), http3: flag("http3"), "http3-only": flag("http3"), basic: flag("nothing"),
};
for (const name of ["silent", "show-error", "insecure", "location", "verbose", "include", "show-headers", "no-buffer", "fail", "fail-with-body", "progress-bar", "no-progress-meter", "remote-name", "remote-time", "ipv4", "ipv6", "tlsv1.2", "tlsv1.3", "disable", "no-keepalive", "compressed-ssh", "ssl-no-revoke", "tcp-nodelay"])
  long[name] = flag("nothing");
for (const name of ["output", "write-out", "max-time", "connect-timeout", "retry", "retry-delay", "retry-max-time", "resolve", "connect-to", "cacert", "cookie-jar", "dump-header", "max-redirs", "limit-rate", "interface", "proxy", "noproxy", "stderr", "trace", "trace-ascii", "ciphers", "tls-max"])
  long[name] = valued("nothing");

const short: Record<string, string> = {
  X: "request", H: "header", d: "data", G: "get", I: "head", F: "form", b: "cookie", A: "user-agent", e: "referer", u: "user", g: "globoff", "0": "http1.0", s: "silent", S: "show-error",
  k: "insecure", L: "location", v: "verbose", i: "include", N: "no-buffer", f: "fail", "#": "progress-bar", O: "remote-name", R: "remote-time", "4": "ipv4", "6": "ipv6", q: "disable",
  o: "output", w: "write-out", m: "max-time", c: "cookie-jar", D: "dump-header", x: "proxy",
};

export interface Given {
  does: Does;
  /** As it was written, for sentences. */
  name: string;
  value: string;
  /** Where it, or its value, stands. */
  at: number;
}

/** The options of a command's words, addresses among them. `text` is for places. */
export function givenOptions(text: string, words: readonly Word[]): Outcome<Given[]> {
  const given: Given[] = [];
  let onlyAddresses = false;
  for (let index = 0; index < words.length; index++) {
    const { text: word, at } = words[index];
    if (onlyAddresses || !word.startsWith("-") || word === "-") {
      given.push({ does: "url", name: "address", value: word, at });
      continue;
    }
    if (word === "--") {
      onlyAddresses = true;
      continue;
    }
    if (word.startsWith("--")) {
      const name = word.slice(2);
      const option = Object.hasOwn(long, name) ? long[name] : undefined;
      if (!option) return refuse(text, at, `the option ${quoted(word)} is not known here: take it out${word.includes("=") ? ", or write its value after a blank instead of =" : ""}.`);
      if (option.value && index + 1 >= words.length) return refuse(text, at, `${word} needs a value: write it after the option.`);
      given.push({ does: option.does, name: word, value: option.value ? words[index + 1].text : "", at: option.value ? words[index + 1].at : at });
      if (option.value) index++;
      continue;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const name = `-${word[letter]}`;
      const option = Object.hasOwn(short, word[letter]) ? long[short[word[letter]]] : undefined;
      if (!option) return refuse(text, at, `the option ${quoted(name)} is not known here: take it out.`);
      if (!option.value) {
        given.push({ does: option.does, name, value: "", at });
        continue;
      }
      const joined = word.slice(letter + 1);
      if (!joined && index + 1 >= words.length) return refuse(text, at, `${name} needs a value: write it after the option.`);
      given.push(joined ? { does: option.does, name, value: joined, at } : { does: option.does, name, value: words[index + 1].text, at: words[index + 1].at });
      if (!joined) index++;
      break;
    }
  }
  return good(given);
}
