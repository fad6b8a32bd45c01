import { type Address, type AddressSet, addressSet, parseAddress } from "./ip";
import type { Place } from "./request";
import type { Node, Seen } from "./seen";
import type { StatementWalk } from "./result";
import type { ForwardedIPConfig, IPSetReferenceStatement, Statement } from "./types";

/**
 * Statements on where a request comes from.
 * Source: AWS WAF Developer Guide, Using forwarded IP addresses; IP set match, Geographic match and ASN match rule statement.
 */

export type Locate = (address: string) => Place | undefined;

/** Of a header with more addresses, ANY looks at the last ten. */
const mostForwarded = 10;

/** A header's addresses as written. Undefined: the header is missing. */
export function forwarded(seen: Seen, headerName: string): string[] | undefined {
  const values = seen.parts.header(headerName.toLowerCase());
  return values.length ? values.join(",").split(",").map((each) => each.trim()) : undefined;
}

interface Said {
  matched: boolean;
  why: string;
}
const node = (statement: StatementWalk["statement"], decide: (seen: Seen) => Said): Node => ({
  test: (seen) => decide(seen).matched,
  explain: (seen) => ({ statement, evaluated: true, ...decide(seen) }),
});

const headerMissing = (seen: Seen, name: string): Said => {
  seen.notApplied = true;
  return { matched: false, why: `The header ${name} is missing: the rule is not applied.` };
};
const malformed = (text: string, { FallbackBehavior }: ForwardedIPConfig): Said => ({
  matched: FallbackBehavior === "MATCH",
  why: `${JSON.stringify(text.slice(0, 64))} is not an IP address: the rule's fallback is ${FallbackBehavior}.`,
});

function setNode({ IPSetForwardedIPConfig: config }: IPSetReferenceStatement, set: AddressSet, name: string): Node {
  const inSet = (address: Address | undefined): boolean => address !== undefined && set.has(address);
  if (!config) return node("IPSetReferenceStatement", ({ request: { clientIp } }) => {
    const matched = inSet(parseAddress(clientIp));
    return { matched, why: `${clientIp} is ${matched ? "" : "not "}in ${name}.` };
  });
  return node("IPSetReferenceStatement", (seen) => {
    const all = forwarded(seen, config.HeaderName);
    if (!all) return headerMissing(seen, config.HeaderName);
    const looked = config.Position === "FIRST" ? all.slice(0, 1) : config.Position === "LAST" ? all.slice(-1) : all.slice(-mostForwarded);
    let bad: string | undefined;
    for (const text of looked) {
      const address = parseAddress(text);
      if (address === undefined) bad ??= text;
      else if (inSet(address)) return { matched: true, why: `${text} is in ${name}.` };
    }
    return bad === undefined ? { matched: false, why: `${looked.join(", ")}: not in ${name}.` } : malformed(bad, config);
  });
}

/** The client's place, or that of a header's first address. Undefined: the rule's end is told in `said`. */
function place(seen: Seen, config: ForwardedIPConfig | undefined, locate: Locate): { address: string; place: Place } | { said: Said } {
  const { clientIp, country, region, asn } = seen.request;
  if (!config) {
    const known = country === undefined || asn === undefined ? locate(clientIp) : undefined;
    return { address: clientIp, place: { country: country ?? known?.country, region: country === undefined ? known?.region : region, asn: asn ?? known?.asn } };
  }
  const first = forwarded(seen, config.HeaderName)?.[0];
  if (first === undefined) return { said: headerMissing(seen, config.HeaderName) };
  return parseAddress(first) === undefined ? { said: malformed(first, config) } : { address: first, place: locate(first) ?? {} };
}

function geoNode(codes: readonly string[], config: ForwardedIPConfig | undefined, locate: Locate): Node {
  const wanted = new Set(codes);
  const prefix = `awswaf:${config ? "forwardedip" : "clientip"}:geo:`;
  return node("GeoMatchStatement", (seen) => {
    const at = place(seen, config, locate);
    if ("said" in at) return at.said;
    const { country = "XX", region = "XX" } = at.place;
    seen.pending.push(`${prefix}country:${country}`, `${prefix}region:${country}-${region}`);
    return { matched: wanted.has(country), why: `${at.address} is in ${country === "XX" ? "no known country" : country}; the rule has ${codes.join(", ")}.` };
  });
}

function asnNode(list: readonly number[], config: ForwardedIPConfig | undefined, locate: Locate): Node {
  const wanted = new Set(list);
  return node("AsnMatchStatement", (seen) => {
    seen.asnAsked = true;
    const at = place(seen, config, locate);
    if ("said" in at) return at.said;
    const asn = at.place.asn ?? 0;
    return { matched: wanted.has(asn), why: `${at.address} belongs to ${asn ? `AS${asn}` : "no known autonomous system"}.` };
  });
}

/** Addresses of a managed group's own list. */
export function listNode(blocks: readonly string[]): Node {
  const set = addressSet(blocks);
  return node("AddressList", ({ request: { clientIp } }) => {
    const address = parseAddress(clientIp);
    const matched = address !== undefined && set.has(address);
    return { matched, why: `${clientIp} is ${matched ? "" : "not "}on the list.` };
  });
}

export interface Referred {
  addressesOf(arn: string): readonly string[];
  locate: Locate;
}

export function addressNode(s: Statement, { addressesOf, locate }: Referred): Node | undefined {
  const { IPSetReferenceStatement: set, GeoMatchStatement: geo, AsnMatchStatement: asn } = s;
  if (set) return setNode(set, addressSet(addressesOf(set.ARN)), set.ARN.split("/").at(-2) ?? set.ARN);
  if (geo) return geoNode(geo.CountryCodes, geo.ForwardedIPConfig, locate);
  return asn && asnNode(asn.AsnList, asn.ForwardedIPConfig, locate);
}
