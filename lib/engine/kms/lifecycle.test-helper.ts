import { generateKeyPair } from "node:crypto";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject, Ports, Reply } from "../types";

/** For the tests of this folder: a lab from a seed, and short ways to call it. */
export const account = "111122223333";
export const otherAccount = "444455556666";
export const admin: Caller = { account, user: "admin" };
export const root: Caller = { account, root: true };
export const otherAdmin: Caller = { account: otherAccount, user: "admin" };

export const seconds = 1000;
export const minutes = 60 * seconds;
export const days = 24 * 60 * minutes;

export interface Bench {
  lab: Lab;
  /** A KMS call; by `admin` in us-east-1 unless said otherwise. */
  kms(operation: string, input?: JsonObject, caller?: Caller, region?: string): Promise<Reply>;
  /** Its output; throws if it failed. */
  done(operation: string, input?: JsonObject, caller?: Caller, region?: string): Promise<any>;
  /** Its error as `Code: message`; `ok` if it succeeded. */
  outcome(operation: string, input?: JsonObject, caller?: Caller, region?: string): Promise<string>;
  /** A new key's metadata. */
  key(input?: JsonObject): Promise<any>;
  /** A new user with this inline policy (statements), in the default account unless said otherwise. */
  user(name: string, statements?: JsonObject[], inAccount?: string): Promise<{ caller: Caller; arn: string }>;
}

/** `ports` in place of the seeded ones, for tests that make many large RSA keys. */
export function bench(seed = 1, ports: Ports = seededPorts(seed)): Bench {
  const lab = createLab({ ports });
  const kms: Bench["kms"] = (operation, input = {}, caller = admin, region) =>
    lab.call({ service: "kms", operation, input, caller, region });
  const must = (reply: Reply): any => {
    if (!reply.ok) throw new Error(`${reply.trace.service} ${reply.trace.operation}: ${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  return {
    lab,
    kms,
    done: async (...args) => must(await kms(...args)),
    outcome: async (...args) => {
      const reply = await kms(...args);
      return reply.ok ? "ok" : reply.error.message ? `${reply.error.code}: ${reply.error.message}` : reply.error.code;
    },
    key: async (input = {}) => must(await kms("CreateKey", input)).KeyMetadata,
    async user(name, statements = [], inAccount = account) {
      const caller: Caller = { account: inAccount, root: true };
      must(await lab.call({ service: "iam", operation: "CreateUser", input: { UserName: name }, caller }));
      if (statements.length)
        must(
          await lab.call({
            service: "iam",
            operation: "PutUserPolicy",
            input: { UserName: name, PolicyName: "test", PolicyDocument: policy(...statements) },
            caller,
          }),
        );
      return { caller: { account: inAccount, user: name }, arn: `arn:aws:iam::${inAccount}:user/${name}` };
    },
  };
}

/** A policy document's text. */
export const policy = (...statements: JsonObject[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A statement that lets these principals do these things with the key. */
export const allow = (principal: string, ...actions: string[]): JsonObject => ({
  Effect: "Allow",
  Principal: { AWS: principal },
  Action: actions,
  Resource: "*",
});

/** Base64 of ASCII text. */
export const text = (ascii: string): string => btoa(ascii);

/** Seeded, but RSA keys come from Node, which makes 4,096 bits in a second or two: other keys on every run. */
export const quickRsa = (seed: number): Ports => {
  const ports = seededPorts(seed);
  return {
    ...ports,
    outside: (request) =>
      request.kind !== "rsa-key-pair"
        ? ports.outside(request)
        : new Promise((resolve, reject) =>
            generateKeyPair("rsa", { modulusLength: request.bits }, (error, _, privateKey) =>
              error ? reject(error) : resolve({ pkcs8: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64") }),
            ),
          ),
  };
};
