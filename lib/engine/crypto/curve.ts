import type { OutsideAnswer, OutsideRequest } from "../types";
import { fromBase64, toBase64 } from "./bytes";
import { ecdh, ecdsaSign, ecdsaVerify, ecKeyPair, ed25519KeyPair, ed25519Sign, ed25519Verify, importEcPrivateKey, importEd25519PrivateKey, type KeyPair } from "./ec";

export type CurveRequest = Extract<OutsideRequest, { kind: `curve-${string}` }>;

const asText = ({ pkcs8, spki }: KeyPair): { pkcs8: string; spki: string } => ({ pkcs8: toBase64(pkcs8), spki: toBase64(spki) });

/** The answer to a request of `ctx.outside` about elliptic curves: `ec.ts` with its bytes as text. */
export function curve(request: CurveRequest): OutsideAnswer[CurveRequest["kind"]] {
  switch (request.kind) {
    case "curve-key-pair": {
      const seed = fromBase64(request.seed);
      return asText(request.spec === "ECC_NIST_EDWARDS25519" ? ed25519KeyPair(seed) : ecKeyPair(request.spec, seed));
    }
    case "curve-import": {
      const bytes = fromBase64(request.pkcs8);
      const pair = request.spec === "ECC_NIST_EDWARDS25519" ? importEd25519PrivateKey(bytes) : importEcPrivateKey(request.spec, bytes);
      return { pair: pair ? asText(pair) : null };
    }
    case "curve-sign": {
      const [pkcs8, message] = [fromBase64(request.pkcs8), fromBase64(request.message)];
      if (request.spec === "ECC_NIST_EDWARDS25519") return { signature: toBase64(ed25519Sign(pkcs8, message, request.prehash === true)) };
      return { signature: toBase64(ecdsaSign(request.spec, pkcs8, message, fromBase64(request.entropy!))) };
    }
    case "curve-verify": {
      const [spki, message, signature] = [fromBase64(request.spki), fromBase64(request.message), fromBase64(request.signature)];
      if (request.spec === "ECC_NIST_EDWARDS25519") return { valid: ed25519Verify(spki, message, signature, request.prehash === true) };
      return { valid: ecdsaVerify(request.spec, spki, message, signature) };
    }
    case "curve-derive": {
      const secret = ecdh(request.spec, fromBase64(request.pkcs8), fromBase64(request.spki));
      return { secret: secret ? toBase64(secret) : null };
    }
  }
}
