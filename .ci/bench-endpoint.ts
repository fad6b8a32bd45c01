/**
 * The endpoint over HTTP, each operation beside the same Node server that answers a constant: the same request, and as the
 * constant the very answer that the endpoint gives to it. What is left between the two is Keyhole.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { toBase64 } from "../lib/engine/crypto/bytes";
import type { JsonObject } from "../lib/engine/types";
import { sign } from "../lib/wire/sigv4";

type Line = (name: string, value: string, reference?: string) => void;
const rate = (n: number): string => `${Math.round(n).toLocaleString("en")}/s`;
/** What else the machine does only ever takes away: the rate that the best tenth of the pieces reach is the program's own. */
const undisturbed = (rates: number[]): number => rates.sort((a, b) => b - a)[Math.floor(rates.length / 10)];

interface Answer {
  status: number;
  head: string;
  body: string;
}

/** One keep-alive connection, one request after another. */
class Connection {
  private constructor(private readonly socket: Socket) {}

  static async to(port: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    await new Promise((resolve) => socket.once("connect", resolve));
    return new Connection(socket);
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let text = "";
      const onData = (chunk: Buffer): void => {
        text += chunk.toString("latin1");
        const end = text.indexOf("\r\n\r\n");
        if (end < 0) return;
        const head = text.slice(0, end);
        const body = text.slice(end + 4);
        if (body.length < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)) return;
        this.socket.off("data", onData);
        const status = Number(head.slice(9, 12));
        if (status === 200) resolve({ status, head, body });
        else reject(new Error(text.slice(0, 600)));
      };
      this.socket.on("data", onData);
      this.socket.write(request);
    });
  }

  /** Answers a second, for `ms`. */
  async rate(request: Buffer, ms: number): Promise<number> {
    const start = performance.now();
    let n = 0;
    for (; performance.now() - start < ms; n++) await this.ask(request);
    return (n / (performance.now() - start)) * 1000;
  }

  close(): void {
    this.socket.destroy();
  }
}

function httpRequest(target: string, service: string, input: JsonObject): Buffer {
  const body = Buffer.from(JSON.stringify(input));
  const headers = sign(
    { method: "POST", url: "/", headers: { host: "127.0.0.1", "content-type": "application/x-amz-json-1.1", "x-amz-target": target }, body },
    { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secret: "secret", region: "us-east-1", service, at: Date.now() },
  );
  return rawRequest("POST", headers, body);
}

function rawRequest(method: string, headers: Record<string, string>, body: Buffer): Buffer {
  const head = Object.entries({ ...headers, "content-length": String(body.length) }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`${method} / HTTP/1.1\r\n${head}\r\n`), body]);
}

/** The endpoint as `npm run endpoint` starts it: Node's options, then the program. */
export function endpointCommand(): { options: string[]; program: string[] } {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { endpoint: string } };
  const [, ...words] = scripts.endpoint.split(" ");
  const program = words.findIndex((word) => !word.startsWith("--"));
  return { options: words.slice(0, program), program: words.slice(program) };
}

/** Answers everything with what was put last. A process of its own, as the endpoint is, and the same Node. */
const constantServer = `
let constant = "{}";
require("node:http").createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (request.method === "PUT") constant = Buffer.concat(parts).toString("latin1");
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "00000000-0000-4000-8000-000000000000", "content-length": String(constant.length) });
    response.end(constant, "latin1");
  });
}).listen(0, "127.0.0.1", function () { console.log("port:" + this.address().port); });
`;

async function started(args: string[], port: RegExp): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return { child, port: await new Promise<number>((resolve) => child.stdout.on("data", (data: Buffer) => { const match = port.exec(String(data)); if (match) resolve(Number(match[1])); })) };
}

/** Requests until the host has compiled what they run through: a fresh process answers several times as slowly for its first thousands. */
const warmUp = 20_000;

export async function endpoint(line: Line, seconds: number): Promise<void> {
  const { options, program } = endpointCommand();
  const reference = await started([...options, "-e", constantServer], /port:(\d+)/);
  const start = performance.now();
  const served = await started([...options, ...program, "--port", "0"], /answers on http:\/\/127\.0\.0\.1:(\d+)/);
  line("endpoint: start to ready", `${Math.round(performance.now() - start)} ms`, "goal under 2,000 ms");
  try {
    const own = await Connection.to(served.port);
    const constant = await Connection.to(reference.port);
    const must = async (request: Buffer): Promise<Record<string, any>> => JSON.parse((await own.ask(request)).body);
    const key = (await must(httpRequest("TrentService.CreateKey", "kms", {}))).KeyMetadata.KeyId as string;
    const plaintext = (bytes: number): string => toBase64(randomBytes(bytes));
    const { CiphertextBlob } = await must(httpRequest("TrentService.Encrypt", "kms", { KeyId: key, Plaintext: plaintext(32) }));
    await must(httpRequest("AmazonSSM.PutParameter", "ssm", { Name: "/bench/plain", Value: "value", Type: "String" }));
    await must(httpRequest("AmazonSSM.PutParameter", "ssm", { Name: "/bench/secure", Value: "value", Type: "SecureString" }));
    const rows: [string, Buffer][] = [
      ["KMS Encrypt, 32 B", httpRequest("TrentService.Encrypt", "kms", { KeyId: key, Plaintext: plaintext(32) })],
      ["KMS Encrypt, 4 KB", httpRequest("TrentService.Encrypt", "kms", { KeyId: key, Plaintext: plaintext(4096) })],
      ["KMS Decrypt", httpRequest("TrentService.Decrypt", "kms", { CiphertextBlob })],
      ["SSM GetParameter, String", httpRequest("AmazonSSM.GetParameter", "ssm", { Name: "/bench/plain" })],
      ["SSM GetParameter, SecureString, decrypted", httpRequest("AmazonSSM.GetParameter", "ssm", { Name: "/bench/secure", WithDecryption: true })],
    ];
    const cold = performance.now();
    for (let i = 0; i < 1_000; i++) await own.ask(rows[i % rows.length][1]);
    line("endpoint: the first 1,000 requests, all five by turns", rate(1_000_000 / (performance.now() - cold)));
    for (const server of [own, constant]) for (let i = 0; i < warmUp; i++) await server.ask(rows[i % rows.length][1]);
    for (const [name, request] of rows) {
      await constant.ask(rawRequest("PUT", { host: "127.0.0.1" }, Buffer.from((await own.ask(request)).body, "latin1")));
      for (let i = 0; i < 3_000; i++) await own.ask(request);
      // By turns and in short pieces, so that whatever else the machine does falls on both.
      const rates: [own: number[], constant: number[]] = [[], []];
      for (const until = performance.now() + 2 * seconds * 1000; performance.now() < until; ) {
        rates[0].push(await own.rate(request, 100));
        rates[1].push(await constant.rate(request, 100));
      }
      const [ours, bare] = rates.map(undisturbed);
      line(`endpoint: ${name}`, rate(ours), `${((ours / bare) * 100).toFixed(0)}% of the constant's ${rate(bare)}; goals 4,000/s, 25%`);
      const many = await Promise.all(Array.from({ length: 8 }, () => Connection.to(served.port)));
      const together = await Promise.all(many.map((one) => one.rate(request, seconds * 1000)));
      line("  eight connections", rate(together.reduce((sum, one) => sum + one, 0)), "goal 4,000/s");
      for (const one of many) one.close();
    }
    own.close();
    constant.close();
  } finally {
    served.child.kill();
    reference.child.kill();
  }
}
