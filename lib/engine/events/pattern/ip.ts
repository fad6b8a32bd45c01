/** IP addresses as numbers; undefined for what is none. Source: EventBridge User Guide, Comparison operators (IP address matching). */
export interface Address {
  bits: 32 | 128;
  value: bigint;
}

const v4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const v6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

/** Whether the text has an address's form, though it may be none. */
export const looksLikeAddress = (text: string): boolean => v4.test(text) || v6.test(text);

export function addressOf(text: string): Address | undefined {
  if (v4.test(text)) {
    const parts = text.split(".").map(Number);
    return parts.some((part) => part > 255) ? undefined : { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  if (!v6.test(text)) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = (half: string): string[] => (half === "" ? [] : half.split(":"));
  const head = groups(halves[0]);
  const tail = halves.length === 2 ? groups(halves[1]) : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill("0"), ...tail];
  if (all.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { bits: 128, value: all.reduce((sum, group) => sum * 65_536n + BigInt(Number.parseInt(group, 16)), 0n) };
}

/** The last address of the block that begins at `address` and has so many fixed bits. */
export const lastOf = ({ bits, value }: Address, fixed: number): bigint => value | ((1n << BigInt(bits - fixed)) - 1n);
