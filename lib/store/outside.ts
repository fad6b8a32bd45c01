import { toBase64 } from "../engine/crypto/bytes";
import type { Ports } from "../engine/types";

/**
 * Work that the engine asks of the page: RSA key pairs (e = 65537, PKCS#8 DER), by WebCrypto where the page has it
 * (https and localhost; 0.05 to 2 s), else in a worker, else on the page itself; and seldom used algorithms
 * (milliseconds), on the page, loaded when they are first asked for.
 */
export const outside: Ports["outside"] = async (request) => {
  if (request.kind !== "rsa-key-pair") return (await import("../engine/crypto/seldom")).seldom(request);
  const { bits } = request;
  if (globalThis.crypto?.subtle) return { pkcs8: await byWebCrypto(bits) };
  if (typeof Worker !== "undefined") return { pkcs8: await byWorker(bits) };
  const { rsaKeyPair } = await import("../engine/crypto/rsa-keygen");
  return { pkcs8: rsaKeyPair(bits, (bytes) => crypto.getRandomValues(new Uint8Array(bytes))) };
};

async function byWebCrypto(bits: number): Promise<string> {
  // The algorithm's name only says what the browser may do with the pair; KMS takes the numbers.
  const algorithm = { name: "RSA-PSS", modulusLength: bits, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  return toBase64(new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey)));
}

function byWorker(bits: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./rsa-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<{ pkcs8: string }>) => {
      worker.terminate();
      resolve(data.pkcs8);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(`RSA key generation failed: ${event.message}`));
    };
    worker.postMessage({ bits });
  });
}
