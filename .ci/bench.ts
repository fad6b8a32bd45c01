/**
 * npm run bench: the figures that Keyhole holds itself to, each beside a reference measured in the same run.
 * It prints and never fails.
 */
import { createCipheriv, randomBytes } from "node:crypto";
import { createLab } from "../lib/engine/lab";
import { nobleCiphers } from "../lib/engine/crypto/noble";
import { toBase64 } from "../lib/engine/crypto/bytes";
import type { Ciphers } from "../lib/engine/types";
import { nodePorts } from "../lib/wire/endpoint";
import { architecture } from "./bench-architecture";
import { endpoint } from "./bench-endpoint";
import { decisions, endpointMemory, scale } from "./bench-engine";
import { functions } from "./bench-functions";
import { pages } from "./bench-pages";
import { scale as scaleInPage } from "./bench-scale";
import { wafDetect } from "./bench-waf-detect";
import { wafInspect } from "./bench-waf-inspect";
import { wafTraffic } from "./bench-waf-traffic";

const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const line = (name: string, value: string, reference = ""): void => console.log(`${name.padEnd(58)} ${value.padStart(16)}  ${reference}`);
const rate = (n: number): string => `${Math.round(n).toLocaleString("en")}/s`;

// ---------------------------------------------------------------- in process

async function inProcess(name: string, ciphers: Ciphers): Promise<number> {
  const lab = createLab({ ports: { ...nodePorts(), ciphers }, journalLimit: 500 });
  const caller = { account: "111122223333", user: "admin" };
  const made = await lab.call({ service: "kms", operation: "CreateKey", input: {}, caller });
  if (!made.ok) throw new Error(made.error.code);
  const { KeyId } = made.output.KeyMetadata as { KeyId: string };
  const input = { KeyId, Plaintext: toBase64(randomBytes(4096)) };
  for (let i = 0; i < 500; i++) await lab.call({ service: "kms", operation: "Encrypt", input, caller });
  const start = performance.now();
  let n = 0;
  for (; performance.now() - start < seconds * 1000; n++) await lab.call({ service: "kms", operation: "Encrypt", input, caller });
  const perSecond = (n / (performance.now() - start)) * 1000;
  line(`lab.call KMS Encrypt, 4 KB, traced, ${name} cipher`, rate(perSecond));
  return perSecond;
}

function bareCipher(name: string, seal: () => void): number {
  for (let i = 0; i < 200; i++) seal();
  const start = performance.now();
  let n = 0;
  for (; performance.now() - start < (seconds / 2) * 1000; n++) seal();
  const perSecond = (n / (performance.now() - start)) * 1000;
  line(`AES-256-GCM, 4 KB, ${name}, bare`, rate(perSecond));
  return perSecond;
}

async function main(): Promise<void> {
  await endpoint(line, seconds);
  const [key, nonce, text] = [randomBytes(32), randomBytes(12), randomBytes(4096)];
  bareCipher("node:crypto", () => {
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    cipher.update(text);
    cipher.final();
    cipher.getAuthTag();
  });
  const bareNoble = bareCipher("noble", () => void nobleCiphers.seal(key, nonce, text, new Uint8Array(0)));
  await inProcess("node:crypto", nodePorts().ciphers);
  const withNoble = await inProcess("noble", nobleCiphers);
  line("lab.call with noble, time against the bare cipher's", `${(bareNoble / withNoble).toFixed(2)}x`);
  await decisions(line, seconds);
  wafInspect(line, seconds);
  await wafDetect(line, seconds);
  architecture(line);
  await wafTraffic(line);
  await scale(line);
  await scaleInPage(line);
  await endpointMemory(line);
  await functions(line);
  await pages(line);
}

await main();
