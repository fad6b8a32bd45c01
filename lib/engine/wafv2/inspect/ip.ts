/** Addresses and sets of them. Source: AWS WAF Developer Guide, IP set match rule statement. */

/** IPv4 as a number; IPv6 as eight UTF-16 units, whose order as text is their order as numbers. */
export type Address = number | string;

function ipv4(text: string): number | undefined {
  let [value, part, digits, parts] = [0, 0, 0, 0];
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 46;
    if (code === 46) {
      if (!digits || part > 255) return undefined;
      value = value * 256 + part;
      [part, digits] = [0, 0];
      parts++;
    } else if (code >= 48 && code <= 57 && digits < 3 && !(digits && !part)) {
      part = part * 10 + code - 48;
      digits++;
    } else return undefined;
  }
  return parts === 4 ? value : undefined;
}

function ipv6(text: string): string | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const units = (half: string, last: boolean): number[] | undefined => {
    if (!half) return [];
    const parts = half.split(":");
    const out: number[] = [];
    for (const [at, part] of parts.entries()) {
      if (last && at === parts.length - 1 && part.includes(".")) {
        const value = ipv4(part);
        if (value === undefined) return undefined;
        out.push(Math.floor(value / 65_536), value % 65_536);
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) out.push(parseInt(part, 16));
      else return undefined;
    }
    return out;
  };
  const [head, tail] = [units(halves[0], halves.length === 1), halves.length === 2 ? units(halves[1], true) : []];
  if (!head || !tail) return undefined;
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  return String.fromCharCode(...head, ...Array<number>(gap).fill(0), ...tail);
}

/** An address as written; undefined if it is none. */
export const parseAddress = (text: string): Address | undefined => (text.length > 45 ? undefined : text.includes(":") ? ipv6(text) : ipv4(text));

/** First and last address of a block `a.b.c.d/n`; undefined if it is none. */
export function parseBlock(text: string): { low: Address; high: Address } | undefined {
  const at = text.indexOf("/");
  const address = parseAddress(at < 0 ? text : text.slice(0, at));
  if (address === undefined) return undefined;
  const most = typeof address === "number" ? 32 : 128;
  const written = at < 0 ? String(most) : text.slice(at + 1);
  const length = /^\d{1,3}$/.test(written) ? Number(written) : -1;
  if (length < 0 || length > most) return undefined;
  if (typeof address === "number") {
    const size = 2 ** (32 - length);
    const low = Math.floor(address / size) * size;
    return { low, high: low + size - 1 };
  }
  const [low, high]: [number[], number[]] = [[], []];
  for (let unit = 0; unit < 8; unit++) {
    const kept = Math.min(16, Math.max(0, length - unit * 16));
    const free = 0xffff >> kept;
    low.push(address.charCodeAt(unit) & ~free & 0xffff);
    high.push(address.charCodeAt(unit) | free);
  }
  return { low: String.fromCharCode(...low), high: String.fromCharCode(...high) };
}

export interface AddressSet {
  has(address: Address): boolean;
}

/** A set of blocks as sorted ranges: one look-up is a binary search. What is not a block is left out. */
export function addressSet(blocks: readonly string[]): AddressSet {
  const ranges = <T extends Address>(kind: "number" | "string"): { lows: T[]; highs: T[] } => {
    const list = blocks.map(parseBlock).filter((block) => typeof block?.low === kind) as { low: T; high: T }[];
    list.sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
    const [lows, highs]: [T[], T[]] = [[], []];
    for (const { low, high } of list) {
      const last = highs.length - 1;
      if (last >= 0 && low <= highs[last]) {
        if (high > highs[last]) highs[last] = high;
      } else {
        lows.push(low);
        highs.push(high);
      }
    }
    return { lows, highs };
  };
  const [four, six] = [ranges<number>("number"), ranges<string>("string")];
  const within = <T extends Address>({ lows, highs }: { lows: T[]; highs: T[] }, address: T): boolean => {
    let [from, to] = [0, lows.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (lows[middle] <= address) from = middle + 1;
      else to = middle;
    }
    return from > 0 && address <= highs[from - 1];
  };
  return { has: (address) => (typeof address === "number" ? within(four, address) : within(six, address)) };
}
