import { expect } from "vitest";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Call, Caller, JournalEntry, JsonObject, Reply } from "../types";
import { type Flip, type FlipEdit, type Flips, filled, flips } from "./index";

export const A = "111122223333";
export const B = "444455556666";
export const region = "us-east-1";
export const admin = (account = A): Caller => ({ account, user: "admin" });
export const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;
export const userArn = (name: string, account = A): string => `arn:aws:iam::${account}:user/${name}`;
export const roleArn = (name: string, account = A): string => `arn:aws:iam::${account}:role/${name}`;
export const text = (ascii: string): string => btoa(ascii);

export const doc = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
export const allow = (Action: string | string[], more: object = {}): object => ({ Effect: "Allow", Action, Resource: "*", ...more });
export const deny = (Action: string | string[], more: object = {}): object => ({ Effect: "Deny", Action, Resource: "*", ...more });
export const by = (...AWS: string[]): object => ({ Principal: { AWS: AWS.length === 1 ? AWS[0] : AWS } });
/** As every key policy begins: the account's identity policies count. */
export const delegation = { Sid: "Account", ...allow("kms:*", by(rootOf(A))) };
export const trustOf = (statement: object): string => doc({ Effect: "Allow", Action: "sts:AssumeRole", ...statement });

/** A lab, and short ways to fill it. */
export function world(seed = 11) {
  const lab = createLab({ ports: seededPorts(seed) });
  const reply = (
    service: string,
    operation: string,
    input: JsonObject = {},
    caller: Caller = admin(),
    more: Partial<Call> = {},
  ): Promise<Reply> => lab.call({ service, operation, input, caller, region, door: "terminal", ...more });
  const must = async (...args: Parameters<typeof reply>): Promise<any> => {
    const answer = await reply(...args);
    if (!answer.ok) throw new Error(`${args[0]} ${args[1]}: ${answer.error.code}: ${answer.error.message}`);
    return answer.output;
  };
  return {
    lab,
    reply,
    must,
    async user(UserName: string, ...statements: object[]): Promise<Caller> {
      await must("iam", "CreateUser", { UserName });
      if (statements.length) await must("iam", "PutUserPolicy", { UserName, PolicyName: "own", PolicyDocument: doc(...statements) });
      return { account: A, user: UserName };
    },
    async userOf(account: string, UserName: string, ...statements: object[]): Promise<Caller> {
      await must("iam", "CreateUser", { UserName }, admin(account));
      if (statements.length)
        await must("iam", "PutUserPolicy", { UserName, PolicyName: "own", PolicyDocument: doc(...statements) }, admin(account));
      return { account, user: UserName };
    },
    async role(RoleName: string, statements: object[], trust: object = by(A, B)): Promise<Caller> {
      await must("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: trustOf(trust) });
      if (statements.length) await must("iam", "PutRolePolicy", { RoleName, PolicyName: "own", PolicyDocument: doc(...statements) });
      return { account: A, role: RoleName, session: "s" };
    },
    /** The key's ARN. Without statements it has the default policy; with some they go in unchecked. */
    async key(...statements: object[]): Promise<string> {
      const input = statements.length ? { Policy: doc(...statements), BypassPolicyLockoutSafetyCheck: true } : {};
      return (await must("kms", "CreateKey", input)).KeyMetadata.Arn;
    },
    policy: async (PolicyName: string, ...statements: object[]): Promise<string> =>
      (await must("iam", "CreatePolicy", { PolicyName, PolicyDocument: doc(...statements) })).Policy.Arn,
    parameter: (Name: string, more: JsonObject = {}) => must("ssm", "PutParameter", { Name, Value: "v", Type: "String", ...more }),
    encrypt: async (KeyId: string, more: JsonObject = {}): Promise<string> =>
      (await must("kms", "Encrypt", { KeyId, Plaintext: text("secret"), ...more })).CiphertextBlob,
    /** Makes the second account a member of an organization with both kinds of control policies. */
    async organization(): Promise<{
      root: string;
      control(Type: "SERVICE" | "RESOURCE", Name: string, ...statements: object[]): Promise<string>;
    }> {
      await must("organizations", "CreateOrganization", { FeatureSet: "ALL" });
      const root = (await must("organizations", "ListRoots")).Roots[0].Id as string;
      for (const PolicyType of ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"])
        await reply("organizations", "EnablePolicyType", { RootId: root, PolicyType });
      const invited = await must("organizations", "InviteAccountToOrganization", { Target: { Id: B, Type: "ACCOUNT" } });
      await must("organizations", "AcceptHandshake", { HandshakeId: invited.Handshake.Id }, admin(B));
      return {
        root,
        async control(Type, Name, ...statements) {
          const made = await must("organizations", "CreatePolicy", {
            Name,
            Description: "",
            Type: `${Type}_CONTROL_POLICY`,
            Content: doc(...statements),
          });
          const { Id } = made.Policy.PolicySummary;
          await must("organizations", "AttachPolicy", { PolicyId: Id, TargetId: B });
          return Id;
        },
      };
    },
  };
}

export type World = ReturnType<typeof world>;

export const lastEntry = (lab: Lab): JournalEntry => lab.journal.at(-1)!;

/** Makes the edits in a lab, as a page does; the answers are for the references in the call after them. */
export async function makeEdits(lab: Lab, edits: readonly FlipEdit[]): Promise<(Reply | undefined)[]> {
  const replies: (Reply | undefined)[] = [];
  for (const edit of edits) {
    if (edit.kind === "wait") {
      await lab.advance(edit.ms);
      replies.push(undefined);
      continue;
    }
    const reply = await lab.call(filled(edit.call, replies));
    if (!reply.ok) throw new Error(`${edit.call.operation}: ${reply.error.code}: ${reply.error.message}`);
    replies.push(reply);
  }
  return replies;
}

const passed = (reply: Reply): boolean => reply.ok || reply.error.code === "DryRunOperationException";

/** Each change really flips on a fresh copy; in the lab itself it does too, and undo gives the same bytes back. */
export async function proveFlips(lab: Lab, found: Flips): Promise<void> {
  const before = JSON.stringify(lab.snapshot());
  for (const flip of found.flips) {
    const copy = lab.fork();
    const again = await copy.call(filled(flip.again, await makeEdits(copy, flip.edits)));
    if (found.wanted === "allow") expect(passed(again), `${flip.sentence} ${JSON.stringify(again)}`).toBe(true);
    else expect(again.ok ? "ok" : again.error.code, flip.sentence).toMatch(/^AccessDenied/);
  }
  expect(JSON.stringify(lab.snapshot()), "copies leave the lab alone").toBe(before);
  for (const flip of found.flips.slice(0, 3)) {
    const entries = lab.journal.length;
    await makeEdits(lab, flip.edits);
    while (lab.journal.length > entries) lab.undo();
    expect(JSON.stringify(lab.snapshot()), `undone: ${flip.sentence}`).toBe(before);
  }
}

/** The call is made, and the changes looked for and proved. */
export async function flipsOf({ lab }: World, call: Call): Promise<Flips> {
  await lab.call(call);
  const before = JSON.stringify(lab.snapshot());
  const found = await flips(lab, lastEntry(lab));
  expect(JSON.stringify(lab.snapshot()), "the search leaves the lab alone").toBe(before);
  await proveFlips(lab, found);
  return found;
}

export const sentences = (found: Flips): string[] => found.flips.map(({ sentence }: Flip) => sentence);

// ---------------------------------------------------------------- refused calls

export const call = (service: string, operation: string, input: JsonObject, caller: Caller, more: Partial<Call> = {}): Call => ({
  service,
  operation,
  input,
  caller,
  region,
  door: "terminal",
  ...more,
});
export const encrypt = (KeyId: string, caller: Caller, more: JsonObject = {}): Call =>
  call("kms", "Encrypt", { KeyId, Plaintext: text("x"), ...more }, caller);
export const get = (Name: string, caller: Caller, more: JsonObject = {}): Call => call("ssm", "GetParameter", { Name, ...more }, caller);
export const when = (operator: string, key: string, value: string | string[]): object => ({ Condition: { [operator]: { [key]: value } } });
export const session = async (w: World, RoleName: string, more: JsonObject = {}, caller: Caller = admin()): Promise<Caller> => ({
  accessKeyId: (await w.must("sts", "AssumeRole", { RoleArn: roleArn(RoleName), RoleSessionName: "sess", ...more }, caller)).Credentials
    .AccessKeyId,
});

/** What is prepared, the call, the first change that is expected, and others that have to be among those offered. */
export type Row = [name: string, prepare: (w: World) => Promise<Call>, first: RegExp, others?: RegExp[]];

/** The first change is the expected one; every change is proved. */
export async function check(prepare: Row[1], first: RegExp, others: RegExp[] = []): Promise<void> {
  const w = world();
  const found = await flipsOf(w, await prepare(w));
  expect(found.wanted).toBe("allow");
  expect(found.same).toBe(true);
  expect(found.flips[0]?.sentence ?? found.note).toMatch(first);
  for (const other of others) expect(sentences(found).join("\n")).toMatch(other);
  for (const [i, flip] of found.flips.entries())
    if (i && !flip.asksOtherwise) expect(flip.breadth).toBeGreaterThanOrEqual(found.flips[i - 1].breadth);
}
