import { toBase64 } from "./bytes";
import { toBigInt, modPow } from "./integers";
import { encodeRsaPrivateKey } from "./rsa";

/**
 * RSA key pairs without WebCrypto: pages on plain http have none, and tests want the same key every time.
 * 2048 bits take 0.1 to 1 s, 4096 several: in the page this runs in a worker.
 * Source: FIPS 186-5, A.1.3 (random probable primes) and B.3.1 (Miller-Rabin).
 */

const E = 65537n;

const smallPrimes = (() => {
  const limit = 4000;
  const composite = new Uint8Array(limit);
  const primes: bigint[] = [];
  for (let i = 3; i < limit; i += 2) {
    if (composite[i]) continue;
    primes.push(BigInt(i));
    for (let j = i * i; j < limit; j += 2 * i) composite[j] = 1;
  }
  return primes;
})();

/** Miller-Rabin with random bases; FIPS 186-5 asks for at most 5 rounds at these sizes (error 2^-100). */
function isProbablePrime(n: bigint, random: (bytes: number) => Uint8Array, rounds = 5): boolean {
  for (const prime of smallPrimes) if (n % prime === 0n) return n === prime;
  let d = n - 1n;
  let twos = 0;
  while (!(d & 1n)) {
    d >>= 1n;
    twos++;
  }
  const length = Math.ceil(n.toString(16).length / 2);
  next: for (let round = 0; round < rounds; round++) {
    const base = 2n + (toBigInt(random(length)) % (n - 3n));
    let x = modPow(base, d, n);
    if (x === 1n || x === n - 1n) continue;
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n;
      if (x === n - 1n) continue next;
    }
    return false;
  }
  return true;
}

/** A prime of exactly `bits` bits, its two top bits set so that a product of two has exactly twice as many. */
function prime(bits: number, random: (bytes: number) => Uint8Array): bigint {
  for (;;) {
    const bytes = random(bits / 8);
    bytes[0] |= 0xc0;
    bytes[bytes.length - 1] |= 1;
    const candidate = toBigInt(bytes);
    if ((candidate - 1n) % E !== 0n && isProbablePrime(candidate, random)) return candidate;
  }
}

/** A key pair (e = 65537) as PKCS#8 DER, base64. `bits` is a multiple of 16; the same entropy gives the same key. */
export function rsaKeyPair(bits: number, random: (bytes: number) => Uint8Array): string {
  for (;;) {
    const a = prime(bits / 2, random);
    const b = prime(bits / 2, random);
    const [p, q] = a > b ? [a, b] : [b, a];
    // Too close together is too easy to factor; FIPS wants the difference above 2^(bits/2 - 100).
    if ((p - q) >> BigInt(bits / 2 - 100) === 0n) continue;
    return toBase64(encodeRsaPrivateKey(p, q, E));
  }
}
