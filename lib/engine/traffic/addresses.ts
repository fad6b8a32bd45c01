import { parseAddress } from "../wafv2/inspect/ip";
import type { Place } from "../wafv2/inspect/request";

/**
 * Addresses of the lab's traffic, all from ranges that are set aside for documentation, and the places that the lab gives them, so
 * that rules by country, by address and by autonomous system work. The places are ours: nobody lives there.
 * Sources: RFC 5737 and RFC 3849 (addresses), RFC 5398 (autonomous system numbers).
 *
 * Of each country: 16 addresses of 192.0.2.0/24 for visitors; 8 of 198.51.100.128/25 and 8 of 203.0.113.128/25 for others; and
 * 2001:db8:100::/48 and on for as many as one likes (visitors from :0000, others from :8000). The lower halves of 198.51.100.0/24 and
 * 203.0.113.0/24 are the managed IP lists' (`managed/ip-lists.ts`).
 */

export interface Country {
  code: string;
  region: string;
  /** Of its time to UTC, without summer time. */
  hours: number;
}

export const countries: readonly Country[] = [
  { code: "US", region: "CA", hours: -8 }, { code: "DE", region: "BE", hours: 1 }, { code: "GB", region: "ENG", hours: 0 }, { code: "FR", region: "IDF", hours: 1 },
  { code: "IN", region: "MH", hours: 5.5 }, { code: "BR", region: "SP", hours: -3 }, { code: "JP", region: "13", hours: 9 }, { code: "CA", region: "ON", hours: -5 },
  { code: "AU", region: "NSW", hours: 10 }, { code: "NL", region: "NH", hours: 1 }, { code: "ES", region: "MD", hours: 1 }, { code: "IT", region: "62", hours: 1 },
  { code: "PL", region: "14", hours: 1 }, { code: "SE", region: "AB", hours: 1 }, { code: "ZA", region: "GP", hours: 2 }, { code: "MX", region: "CMX", hours: -6 },
];

const places = new Map(countries.map(({ code }, at) => [code, at]));
/** The place of a country in the table, -1 if it is not there. */
export const countryPlace = (code: string): number => places.get(code) ?? -1;

const [visitors, second, third] = [0xc0000200, 0xc6336400, 0xcb007100];

/** The `index`-th address of a country; `crowd` keeps visitors and others apart, `source` those of different sources (IPv6 only). */
export function addressOf(place: number, index: number, crowd: "visitors" | "others", source = 0): string {
  if (index < 16) {
    if (crowd === "visitors") return `192.0.2.${place * 16 + index}`;
    return index < 8 ? `198.51.100.${128 + place * 8 + index}` : `203.0.113.${128 + place * 8 + index - 8}`;
  }
  const low = (index & 0x7fff) + (crowd === "visitors" ? 0 : 0x8000);
  return `2001:db8:${(0x100 + place).toString(16)}:${low.toString(16)}:${(index >> 15).toString(16)}::${(source + 1).toString(16)}`;
}

const firstAsn = 64_496;
const firstListAsn = 65_536;
/** The place of all addresses of a country that `addressOf` gives. */
export const placeAt = (at: number, asn = firstAsn + at): Place => ({ country: countries[at].code, region: countries[at].region, asn });

/** Of the lists' halves: a list's own autonomous system; verified crawlers are in the first country, others spread. */
function listed(last: number, half: 0 | 1): Place {
  const asn = firstListAsn + half * 4 + (last >> 5);
  return placeAt(half === 1 && last >> 5 === 2 ? 0 : last % countries.length, asn);
}

/** Where an address of the lab is; undefined for all others. */
export function locate(text: string): Place | undefined {
  const address = parseAddress(text);
  if (typeof address === "number") {
    const last = address % 256;
    const net = address - last;
    if (net === visitors) return placeAt(last >> 4);
    if (net !== second && net !== third) return undefined;
    return last >= 128 ? placeAt((last - 128) >> 3) : listed(last, net === second ? 0 : 1);
  }
  if (address === undefined || address.charCodeAt(0) !== 0x2001 || address.charCodeAt(1) !== 0x0db8) return undefined;
  const at = address.charCodeAt(2) - 0x100;
  return at >= 0 && at < countries.length ? placeAt(at) : undefined;
}
