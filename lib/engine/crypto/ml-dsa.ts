import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import type { OutsideAnswer, OutsideRequest } from "../types";
import { fromBase64, toBase64 } from "./bytes";

/**
 * ML-DSA, signatures that a quantum computer does not break. "Pure" ML-DSA with an empty context, hedged by the given entropy; with `mu` the
 * message is the 64-byte representative, and the signature the same kind as over the message itself.
 * Source: FIPS 204, algorithms 2, 3, 7 and 8; KMS Developer Guide, ML-DSA keys in AWS KMS.
 */
const parameterSets = { ML_DSA_44: ml_dsa44, ML_DSA_65: ml_dsa65, ML_DSA_87: ml_dsa87 } as const;

export type MlDsaRequest = Extract<OutsideRequest, { kind: `ml-dsa-${string}` }>;

/** The answer to a request of `ctx.outside`. Requests are the engine's own: members of wrong lengths throw, save for a signature. */
export function mlDsa(request: MlDsaRequest): OutsideAnswer[MlDsaRequest["kind"]] {
  const algorithm = parameterSets[request.spec];
  switch (request.kind) {
    case "ml-dsa-public-key":
      return { publicKey: toBase64(algorithm.keygen(fromBase64(request.seed)).publicKey) };
    case "ml-dsa-sign": {
      const { secretKey } = algorithm.keygen(fromBase64(request.seed));
      const message = fromBase64(request.message);
      const extraEntropy = fromBase64(request.entropy);
      return { signature: toBase64(request.mu ? algorithm.internal.sign(message, secretKey, { externalMu: true, extraEntropy }) : algorithm.sign(message, secretKey, { extraEntropy })) };
    }
    case "ml-dsa-verify": {
      const [signature, message, publicKey] = [request.signature, request.message, request.publicKey].map(fromBase64);
      if (signature.length !== algorithm.lengths.signature) return { valid: false };
      return { valid: request.mu ? algorithm.internal.verify(signature, message, publicKey, { externalMu: true }) : algorithm.verify(signature, message, publicKey) };
    }
  }
}
