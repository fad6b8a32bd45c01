import { nobleCiphers } from "./crypto/noble";
import type { Ports } from "./types";

/**
 * Ports for tests, proofs and figures: the same bytes and the same time on every run.
 * The clock stands at `at` (default 2026-01-01T00:00:00Z) until `lab.advance` moves it.
 */
export function seededPorts(seed: number, at: number = Date.UTC(2026, 0, 1)): Ports {
  let state = seed >>> 0 || 1;
  return {
    now: () => at,
    // mulberry32: small, and good enough for bytes that only have to differ.
    random(bytes) {
      const out = new Uint8Array(bytes);
      for (let i = 0; i < bytes; i++) {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        out[i] = (t ^ (t >>> 14)) >>> 24;
      }
      return out;
    },
    ciphers: nobleCiphers,
    // The generator takes its entropy from here too, so a seed gives the same RSA key every time.
    async outside(request) {
      if (request.kind !== "rsa-key-pair") return (await import("./crypto/seldom")).seldom(request);
      const { rsaKeyPair } = await import("./crypto/rsa-keygen");
      return { pkcs8: rsaKeyPair(request.bits, this.random) };
    },
  };
}
