import type { CurveSpec } from "../types";

/**
 * Bytes of entropy that a key pair is made of. ECDSA: half as many again as the order has, so that the reduction leaves
 * no bias (FIPS 186-5, A.2.1); Ed25519: the private key itself. The curves are in `ec.ts`, which is loaded when it is wanted.
 */
export const seedLengths: Record<CurveSpec, number> = {
  ECC_NIST_P256: 48,
  ECC_NIST_P384: 72,
  ECC_NIST_P521: 99,
  ECC_SECG_P256K1: 48,
  ECC_NIST_EDWARDS25519: 32,
};
