/** Addresses and CIDR ranges, IPv4 and IPv6, as bits. Source: IAM User Guide, "IP address condition operators" (RFC 4632, RFC 4291). */

export interface IpRange {
  version: 4 | 6;
  value: bigint;
  prefix: number;
}

function v4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function v6(text: string): bigint | undefined {
  if (!/^[0-9a-fA-F:.]+$/.test(text)) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = (half: string): bigint[] | undefined => {
    if (half === "") return [];
    const out: bigint[] = [];
    const parts = half.split(":");
    for (let i = 0; i < parts.length; i++) {
      if (parts[i].includes(".")) {
        const tail = i === parts.length - 1 ? v4(parts[i]) : undefined;
        if (tail === undefined) return undefined;
        out.push(tail >> 16n, tail & 0xffffn);
      } else if (/^[0-9a-fA-F]{1,4}$/.test(parts[i])) out.push(BigInt(`0x${parts[i]}`));
      else return undefined;
    }
    return out;
  };
  const head = groups(halves[0]);
  const tail = halves.length === 2 ? groups(halves[1]) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce((value, group) => (value << 16n) | group, 0n);
}

/** `203.0.113.0/24`, `2001:db8::/32`, or one address. undefined if it is neither. */
export function parseIp(text: string): IpRange | undefined {
  const [address, prefix, more] = text.trim().split("/");
  if (more !== undefined) return undefined;
  const version = address.includes(":") ? 6 : 4;
  const value = version === 6 ? v6(address) : v4(address);
  const bits = version === 6 ? 128 : 32;
  if (value === undefined) return undefined;
  if (prefix === undefined) return { version, value, prefix: bits };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined;
  return { version, value, prefix: Number(prefix) };
}

/** Whether the whole of `inner` lies in `range`. */
export function inRange(range: IpRange, inner: IpRange): boolean {
  if (range.version !== inner.version || inner.prefix < range.prefix) return false;
  const shift = BigInt((range.version === 6 ? 128 : 32) - range.prefix);
  return range.value >> shift === inner.value >> shift;
}
