/**
 * CIDR blocks as IP sets take them: IPv4 /1 to /32, IPv6 /1 to /128, always with their length.
 * Source: WAFV2 API Reference, IPSet (Addresses); /0 is refused there and in answers quoted in public issues.
 */
export function isBlock(text: string, version: "IPV4" | "IPV6"): boolean {
  const slash = text.indexOf("/");
  if (slash < 0) return false;
  const length = text.slice(slash + 1);
  if (!/^[1-9]\d{0,2}$/.test(length) || Number(length) > (version === "IPV4" ? 32 : 128)) return false;
  const address = text.slice(0, slash);
  return version === "IPV4" ? isIpv4(address) : isIpv6(address);
}

const isIpv4 = (text: string): boolean => {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
};

/** Eight groups of hexadecimal digits, `::` for some that are 0, the last two perhaps written as an IPv4 address. Source: RFC 4291, 2.2. */
function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const all = groups.flat();
  const last = all.at(-1);
  const dotted = last?.includes(".") === true;
  if (dotted && (!isIpv4(last) || text.endsWith("::"))) return false;
  if (!all.every((group, at) => (dotted && at === all.length - 1) || /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const size = all.length + Number(dotted);
  return halves.length === 2 ? size < 8 : size === 8;
}
