import { generateKeyPair } from "node:crypto";
import type { Ports } from "../engine/types";

/** Work that the engine asks of its host, done by Node. */
export const nodeOutside: Ports["outside"] = (request) =>
  new Promise((resolve, reject) =>
    generateKeyPair("rsa", { modulusLength: request.bits, publicExponent: 0x10001, privateKeyEncoding: { type: "pkcs8", format: "der" }, publicKeyEncoding: { type: "spki", format: "der" } }, (error, _publicKey, privateKey) =>
      error ? reject(error) : resolve({ pkcs8: privateKey.toString("base64") }),
    ),
  );
