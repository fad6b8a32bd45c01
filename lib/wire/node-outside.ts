import { generateKeyPair } from "node:crypto";
import type { Ports } from "../engine/types";

/** Work that the engine asks of its host, done by Node; ML-DSA by the engine's own, as Node learnt it only lately. */
export const nodeOutside: Ports["outside"] = async (request) =>
  request.kind === "rsa-key-pair" ? { pkcs8: await rsaKeyPair(request.bits) } : (await import("../engine/crypto/ml-dsa")).mlDsa(request);

const rsaKeyPair = (bits: number): Promise<string> =>
  new Promise((resolve, reject) =>
    generateKeyPair("rsa", { modulusLength: bits, publicExponent: 0x10001, privateKeyEncoding: { type: "pkcs8", format: "der" }, publicKeyEncoding: { type: "spki", format: "der" } }, (error, _publicKey, privateKey) =>
      error ? reject(error) : resolve(privateKey.toString("base64")),
    ),
  );
