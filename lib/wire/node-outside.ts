import { generateKeyPair } from "node:crypto";
import type { Ports } from "../engine/types";

/** Work that the engine asks of its host, done by Node; the rest by the engine's own algorithms. */
export const nodeOutside: Ports["outside"] = async (request) =>
  request.kind === "rsa-key-pair" ? { pkcs8: await rsaKeyPair(request.bits) } : (await import("../engine/crypto/seldom")).seldom(request);

const rsaKeyPair = (bits: number): Promise<string> =>
  new Promise((resolve, reject) =>
    generateKeyPair("rsa", { modulusLength: bits, publicExponent: 0x10001, privateKeyEncoding: { type: "pkcs8", format: "der" }, publicKeyEncoding: { type: "spki", format: "der" } }, (error, _publicKey, privateKey) =>
      error ? reject(error) : resolve(privateKey.toString("base64")),
    ),
  );
