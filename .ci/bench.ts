/**
 * npm run bench: the figures that Keyhole holds itself to, each beside a reference measured in the same run.
 * It prints and never fails.
 */
import { spawn } from "node:child_process";
import { createCipheriv, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { createLab } from "../lib/engine/lab";
import { nobleCiphers } from "../lib/engine/crypto/noble";
import { toBase64 } from "../lib/engine/crypto/bytes";
import type { Ciphers, JsonObject } from "../lib/engine/types";
import { nodePorts } from "../lib/wire/endpoint";
import { sign } from "../lib/wire/sigv4";
import { decisions, endpointMemory, scale } from "./bench-engine";
import { functions } from "./bench-functions";
import { pages } from "./bench-pages";
import { scale as scaleInPage } from "./bench-scale";

const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const line = (name: string, value: string, reference = ""): void => console.log(`${name.padEnd(58)} ${value.padStart(16)}  ${reference}`);
const rate = (n: number): string => `${Math.round(n).toLocaleString("en")}/s`;

// ---------------------------------------------------------------- over HTTP

/** Eight keep-alive connections at once, each one request after another; answers a second. */
const measureMany = async (port: number, request: Buffer): Promise<number> => (await Promise.all(Array.from({ length: 8 }, () => measure(port, request)))).reduce((sum, one) => sum + one, 0);

/** Requests one after another on one keep-alive connection; answers a second. */
async function measure(port: number, request: Buffer): Promise<number> {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await new Promise((resolve) => socket.once("connect", resolve));
  const one = (): Promise<number> =>
    new Promise((resolve, reject) => {
      let text = "";
      const onData = (chunk: Buffer): void => {
        text += chunk.toString("latin1");
        const head = text.indexOf("\r\n\r\n");
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (text.length < head + 4 + length) return;
        socket.off("data", onData);
        const status = Number(text.slice(9, 12));
        if (status !== 200) reject(new Error(text.slice(0, 600)));
        resolve(status);
      };
      socket.on("data", onData);
      socket.write(request);
    });
  // As long as the engine takes to be compiled by the host: a fresh process answers more slowly for its first second or two.
  for (let i = 0; i < 3_000; i++) await one();
  const start = performance.now();
  let n = 0;
  while (performance.now() - start < seconds * 1000) {
    for (let i = 0; i < 50; i++) await one();
    n += 50;
  }
  const perSecond = (n / (performance.now() - start)) * 1000;
  socket.destroy();
  return perSecond;
}

function httpRequest(target: string, service: string, input: JsonObject): Buffer {
  const body = Buffer.from(JSON.stringify(input));
  const headers = sign(
    { method: "POST", url: "/", headers: { host: "127.0.0.1", "content-type": "application/x-amz-json-1.1", "x-amz-target": target }, body },
    { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secret: "secret", region: "us-east-1", service, at: Date.now() },
  );
  const head = Object.entries({ ...headers, "content-length": String(body.length) }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\n${head}\r\n`), body]);
}

async function once(port: number, request: Buffer): Promise<JsonObject> {
  const text = request.toString("latin1");
  const [head, body] = [text.slice(0, text.indexOf("\r\n\r\n")), request.subarray(text.indexOf("\r\n\r\n") + 4)];
  const headers = Object.fromEntries(head.split("\r\n").slice(1).map((row) => [row.slice(0, row.indexOf(":")), row.slice(row.indexOf(":") + 2)]).filter(([name]) => name !== "host" && name !== "content-length"));
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body });
  return (await response.json()) as JsonObject;
}

async function overHttp(): Promise<void> {
  // The reference runs in a process of its own, as the endpoint does.
  const reference = spawn(process.execPath, ["-e", `require("node:http").createServer((q,r)=>{q.on("data",()=>{});q.on("end",()=>{r.writeHead(200,{"content-type":"application/x-amz-json-1.1","content-length":"2"});r.end("{}")})}).listen(0,"127.0.0.1",function(){console.log(this.address().port)})`], { stdio: ["ignore", "pipe", "inherit"] });
  const referencePort = await new Promise<number>((resolve) => reference.stdout.once("data", (data: Buffer) => resolve(Number(String(data)))));

  const started = performance.now();
  const endpoint = spawn(process.execPath, [".ci/bundle.mjs", "lib/wire/endpoint-main.ts", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) => endpoint.stdout.on("data", (data: Buffer) => { const match = /answers on http:\/\/127\.0\.0\.1:(\d+)/.exec(String(data)); if (match) resolve(Number(match[1])); }));
  line("endpoint: start to ready", `${Math.round(performance.now() - started)} ms`, "goal under 2,000 ms");
  try {
    const key = ((await once(port, httpRequest("TrentService.CreateKey", "kms", {}))) as { KeyMetadata: { KeyId: string } }).KeyMetadata.KeyId;
    const encrypted = (await once(port, httpRequest("TrentService.Encrypt", "kms", { KeyId: key, Plaintext: toBase64(randomBytes(32)) }))) as { CiphertextBlob: string };
    await once(port, httpRequest("AmazonSSM.PutParameter", "ssm", { Name: "/bench/plain", Value: "value", Type: "String" }));
    await once(port, httpRequest("AmazonSSM.PutParameter", "ssm", { Name: "/bench/secure", Value: "value", Type: "SecureString" }));
    const rows: [string, Buffer][] = [
      ["KMS Encrypt, 32 B", httpRequest("TrentService.Encrypt", "kms", { KeyId: key, Plaintext: toBase64(randomBytes(32)) })],
      ["KMS Encrypt, 4 KB", httpRequest("TrentService.Encrypt", "kms", { KeyId: key, Plaintext: toBase64(randomBytes(4096)) })],
      ["KMS Decrypt", httpRequest("TrentService.Decrypt", "kms", { CiphertextBlob: encrypted.CiphertextBlob })],
      ["SSM GetParameter, String", httpRequest("AmazonSSM.GetParameter", "ssm", { Name: "/bench/plain" })],
      ["SSM GetParameter, SecureString, decrypted", httpRequest("AmazonSSM.GetParameter", "ssm", { Name: "/bench/secure", WithDecryption: true })],
    ];
    const bare = await measure(referencePort, rows[0][1]);
    line("node:http answering a constant, one connection", rate(bare));
    line("  eight connections", rate(await measureMany(referencePort, rows[0][1])));
    for (const [name, request] of rows) {
      const perSecond = await measure(port, request);
      line(`endpoint: ${name}`, rate(perSecond), `${((perSecond / bare) * 100).toFixed(0)}% of the constant; goals 2,500/s, 25%`);
      line("  eight connections", rate(await measureMany(port, request)), "goal 4,000/s");
    }
  } finally {
    endpoint.kill();
    reference.kill();
  }
}

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
  await overHttp();
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
  await scale(line);
  await scaleInPage(line);
  await endpointMemory(line);
  await functions(line);
  await pages(line);
}

await main();
