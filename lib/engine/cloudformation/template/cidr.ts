import { problem } from "../errors";
import type { Json } from "../../types";

/**
 * `Fn::Cidr`: so many blocks of 2^cidrBits addresses within a block. Source: CloudFormation Template Reference, "Fn::Cidr"
 * (count 1 to 256; IPv6 blocks of /64).
 */
export function cidrBlocks(block: Json, count: Json, bits: Json): string[] {
  const wanted = Number(count);
  const hostBits = Number(bits);
  const parsed = typeof block === "string" ? parseBlock(block) : undefined;
  if (!parsed) return problem(`Template error: Fn::Cidr ipBlock ${String(block)} is not a valid CIDR block`);
  const { address, prefix, width } = parsed;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 256 || !Number.isInteger(hostBits) || hostBits < 1) return problem("Template error: Fn::Cidr count must be between 1 and 256 and cidrBits must be an integer");
  const size = width - hostBits;
  if (size < prefix || BigInt(wanted) > 1n << BigInt(size - prefix)) return problem(`Template error: Fn::Cidr cannot fit ${wanted} blocks with ${hostBits} CIDR bits in ${String(block)}`);
  const first = (address >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: wanted }, (_, i) => `${print(first + (BigInt(i) << BigInt(hostBits)), width)}/${size}`);
}

function parseBlock(text: string): { address: bigint; prefix: number; width: 32 | 128 } | undefined {
  const [ip, prefixText, more] = text.split("/");
  if (more !== undefined || !/^\d{1,3}$/.test(prefixText ?? "")) return undefined;
  const width = ip.includes(":") ? 128 : 32;
  const address = width === 32 ? v4(ip) : v6(ip);
  const prefix = Number(prefixText);
  return address === undefined || prefix > width ? undefined : { address, prefix, width };
}

function v4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function v6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half ? half.split(":") : []));
  const missing = 8 - groups.flat().length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = halves.length === 1 ? groups[0] : [...groups[0], ...Array<string>(missing).fill("0"), ...groups[1]];
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function print(address: bigint, width: 32 | 128): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 65535n).toString(16));
  // The first of the longest runs of zero groups becomes `::` (RFC 5952).
  let [from, length] = [0, 0];
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === "0") end++;
    if (end - start > length) [from, length] = [start, end - start];
  }
  return length < 2 ? groups.join(":") : `${groups.slice(0, from).join(":")}::${groups.slice(from + length).join(":")}`;
}
