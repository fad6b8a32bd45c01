import { fromHex, toHex } from "./bytes";

/** Big-endian bytes to a number. */
export const toBigInt = (bytes: Uint8Array): bigint => (bytes.length ? BigInt("0x" + toHex(bytes)) : 0n);

/** A number to exactly `length` big-endian bytes; throws if it does not fit. */
export function toBytes(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16);
  if (hex.length > 2 * length) throw new RangeError("number too large");
  return fromHex(hex.padStart(2 * length, "0"))!;
}

/** base^exponent mod modulus, with a window of four bits. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  base %= modulus;
  const digits = exponent.toString(16);
  const powers: bigint[] = [1n, base];
  for (let i = 2; i < 16; i++) powers.push((powers[i - 1] * base) % modulus);
  let result = 1n;
  for (let i = 0; i < digits.length; i++) {
    if (i > 0) {
      result = (result * result) % modulus;
      result = (result * result) % modulus;
      result = (result * result) % modulus;
      result = (result * result) % modulus;
    }
    const digit = parseInt(digits[i], 16);
    if (digit) result = (result * powers[digit]) % modulus;
  }
  return result;
}

/** The inverse of a modulo m, both positive and without a common factor. */
export function modInverse(a: bigint, m: bigint): bigint {
  let [low, high] = [((a % m) + m) % m, m];
  let [x, y] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [high, low] = [low, high % low];
    [y, x] = [x, y - quotient * x];
  }
  if (low !== 1n) throw new RangeError("no inverse");
  return ((x % m) + m) % m;
}
