/** The engine by itself: explained decisions, and a lab with 100,000 parameters and 10,000 keys beside an empty one. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { decide } from "../lib/engine/iam/decide";
import { globalKeys } from "../lib/engine/iam/globals";
import { createLab, type Lab } from "../lib/engine/lab";
import type { JsonObject } from "../lib/engine/types";
import { nodePorts } from "../lib/wire/endpoint";
import { endpointCommand } from "./bench-endpoint";

type Line = (name: string, value: string, reference?: string) => void;
const account = "111122223333";
const caller = { account, user: "admin" };
const rate = (n: number): string => `${Math.round(n).toLocaleString("en")}/s`;
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

async function ask(lab: Lab, service: string, operation: string, input: JsonObject): Promise<Record<string, any>> {
  const reply = await lab.call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code} ${reply.error.message}`);
  return reply.output;
}

/** A user with 10 managed policies of 5 statements; 200 resources, 4 actions, 250 addresses. */
export async function decisions(line: Line, seconds: number): Promise<void> {
  const lab = createLab({ ports: nodePorts() });
  await ask(lab, "iam", "CreateUser", { UserName: "busy" });
  for (let p = 0; p < 10; p++) {
    const Statement = Array.from({ length: 5 }, (_, s) => {
      const last = p === 9 && s === 4;
      return {
        Effect: s === 3 ? "Deny" : "Allow",
        Action: last ? ["ssm:GetParameter*", "kms:Decrypt"] : ["ssm:Put*", `s${p}${s}:Get*`],
        Resource: [`arn:aws:ssm:*:${account}:parameter/t${p}/*`, `arn:aws:ssm:us-east-1:${account}:parameter/app/${p % 5 ? "busy" : "${aws:username}"}/*`],
        ...(s % 2 ? { Condition: { Bool: { "aws:SecureTransport": "true" } } } : {}),
      };
    });
    await ask(lab, "iam", "CreatePolicy", { PolicyName: `p${p}`, PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) });
    await ask(lab, "iam", "AttachUserPolicy", { UserName: "busy", PolicyArn: `arn:aws:iam::${account}:policy/p${p}` });
  }
  const who = lab.recognise({ account, user: "busy" });
  if (!who.ok) throw new Error(who.error.code);
  const db = lab.read({ account, region: "global", service: "iam" });
  const resources = Array.from({ length: 200 }, (_, i) => `arn:aws:ssm:us-east-1:${account}:parameter/app/${i % 3 ? "busy" : "other"}/${i}`);
  const actions = ["ssm:GetParameter", "ssm:GetParameters", "ssm:PutParameter", "kms:Decrypt"];
  let i = 0;
  const one = (): void => {
    const globals = globalKeys(who.output, { now: 1e12 + i * 100, region: "us-east-1", via: [], sourceIp: `10.0.0.${i % 250}` }, db);
    decide(db, who.output, { action: actions[i % 4], resource: resources[i % 200] }, globals);
    i++;
  };
  for (let k = 0; k < 20_000; k++) one();
  const [start, from] = [performance.now(), i];
  while (performance.now() - start < seconds * 1000) for (let k = 0; k < 1_000; k++) one();
  line("IAM: explained decisions, 10 policies of 5 statements", rate(((i - from) / (performance.now() - start)) * 1000), "goal 50,000/s");
}

interface Filled {
  lab: Lab;
  key: string;
  ciphertext: string;
}

async function filled(parameters: number, keys: number): Promise<Filled> {
  const lab = createLab({ ports: nodePorts(), journalLimit: 500 });
  for (let i = 0; i < parameters; i++) await ask(lab, "ssm", "PutParameter", { Name: `/app/${i % 100}/p${i}`, Value: `v${i}`, Type: "String", ...(i < 9_990 ? {} : { Tier: "Advanced" }) });
  for (let i = 0; i < keys; i++) {
    const { KeyMetadata } = await ask(lab, "kms", "CreateKey", {});
    await ask(lab, "kms", "CreateAlias", { AliasName: `alias/k${i}`, TargetKeyId: KeyMetadata.KeyId });
  }
  const key = (await ask(lab, "kms", "CreateKey", {})).KeyMetadata.KeyId as string;
  await ask(lab, "ssm", "PutParameter", { Name: "/x/secure", Value: "v", Type: "SecureString" });
  await ask(lab, "ssm", "PutParameter", { Name: "/x/plain", Value: "v", Type: "String" });
  return { lab, key, ciphertext: (await ask(lab, "kms", "Encrypt", { KeyId: key, Plaintext: "aGVsbG8=" })).CiphertextBlob as string };
}

const jobs: [name: string, job: (on: Filled, i: number) => [service: string, operation: string, input: JsonObject]][] = [
  ["Encrypt", ({ key }) => ["kms", "Encrypt", { KeyId: key, Plaintext: "aGVsbG8=" }]],
  ["Decrypt", ({ ciphertext }) => ["kms", "Decrypt", { CiphertextBlob: ciphertext }]],
  ["CreateKey", () => ["kms", "CreateKey", {}]],
  ["ListKeys, 10 of them", () => ["kms", "ListKeys", { Limit: 10 }]],
  ["ListAliases, 10 of them", () => ["kms", "ListAliases", { Limit: 10 }]],
  ["GetParameter", () => ["ssm", "GetParameter", { Name: "/x/plain" }]],
  ["GetParameter, SecureString", () => ["ssm", "GetParameter", { Name: "/x/secure", WithDecryption: true }]],
  ["PutParameter, a new version", (_, i) => ["ssm", "PutParameter", { Name: "/x/plain", Value: `v${i}`, Type: "String", Overwrite: true }]],
  ["PutParameter, a new name", (_, i) => ["ssm", "PutParameter", { Name: `/new/p${i}`, Value: "v", Type: "String", Tier: "Advanced" }]],
  ["GetParametersByPath", () => ["ssm", "GetParametersByPath", { Path: "/x" }]],
  ["DescribeParameters, 10 of them", () => ["ssm", "DescribeParameters", { MaxResults: 10 }]],
];

/** Calls in turn on the empty and on the full lab, so that whatever else the machine does falls on both; medians. */
export async function scale(line: Line): Promise<void> {
  const small = await filled(0, 0);
  const start = performance.now();
  const big = await filled(100_000, 10_000);
  line("lab of 100,000 parameters and 10,000 keys: made in", `${((performance.now() - start) / 1000).toFixed(1)} s`);
  for (const [name, job] of jobs) {
    const times: [number[], number[]] = [[], []];
    for (let i = 0; i < 400; i++)
      for (const [which, on] of [small, big].entries()) {
        const at = performance.now();
        await ask(on.lab, ...job(on, i));
        if (i >= 100) times[which].push(performance.now() - at);
      }
    const [empty, full] = times.map(median);
    line(`  ${name}`, `${(full * 1000).toFixed(0)} us`, `${(full / empty).toFixed(1)}x of an empty lab's; goal 2x`);
  }
  let at = performance.now();
  big.lab.undo();
  line("  undo of the last call", `${(performance.now() - at).toFixed(2)} ms`, "goal 100 ms");
  at = performance.now();
  big.lab.fork();
  line("  a copy for probes", `${(performance.now() - at).toFixed(2)} ms`);
}

/** Resident memory of the endpoint's process, idle and with such a lab in it. Linux only. */
export async function endpointMemory(line: Line): Promise<void> {
  const { options, program } = endpointCommand();
  const child = spawn(process.execPath, [...options, ...program, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = await new Promise<number>((resolve) => child.stdout.on("data", (data: Buffer) => { const match = /answers on http:\/\/127\.0\.0\.1:(\d+)/.exec(String(data)); if (match) resolve(Number(match[1])); }));
    const megabytes = (): string => {
      try {
        return `${Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024)} MB`;
      } catch {
        return "not known here";
      }
    };
    line("endpoint: memory, idle", megabytes(), "goal under 150 MB");
    const put = async (target: string, service: string, input: JsonObject): Promise<JsonObject> => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: "POST",
        headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target, authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}` },
        body: JSON.stringify(input),
      });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as JsonObject;
    };
    const inTurns = async (count: number, job: (i: number) => Promise<unknown>): Promise<void> => {
      for (let i = 0; i < count; i += 20) await Promise.all(Array.from({ length: Math.min(20, count - i) }, (_, k) => job(i + k)));
    };
    await inTurns(100_000, (i) => put("AmazonSSM.PutParameter", "ssm", { Name: `/app/${i % 100}/p${i}`, Value: `v${i}`, Type: "String", ...(i < 9_950 ? {} : { Tier: "Advanced" }) }));
    await inTurns(10_000, () => put("TrentService.CreateKey", "kms", {}));
    line("endpoint: memory, 100,000 parameters and 10,000 keys", megabytes(), "goal under 1,024 MB");
  } finally {
    child.kill();
  }
}
