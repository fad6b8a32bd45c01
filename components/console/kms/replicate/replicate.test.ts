import { beforeEach, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import { buildConsolePolicy, emptyChoice, printPolicy } from "../console-policy";
import { createKeyInput, emptyDraft, stepProblem, withConfiguration } from "../create/draft";
import { actionProblems, keyRows, matchesFilter, type KeyAction, type KeyMetadata } from "../key-rows";
import { regionality } from "../key-specs";
import { replicaDraft, replicaProblem, replicateInput } from "./replica-draft";

const ACCOUNT = "111122223333";
const root = `arn:aws:iam::${ACCOUNT}:root`;
let lab: Lab;
beforeEach(() => {
  lab = createLab({ ports: seededPorts(9) });
});

const call = (operation: string, input: JsonObject, region = "eu-west-2") =>
  lab.call({ service: "kms", operation, input, caller: { account: ACCOUNT, root: true }, region });
const ask = async (operation: string, input: JsonObject, region?: string): Promise<any> => {
  const reply = await call(operation, input, region);
  if (!reply.ok) throw new Error(`${operation} ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
};
const made = async (input: JsonObject): Promise<KeyMetadata> => (await ask("CreateKey", input)).KeyMetadata;
const described = async (KeyId: string, region?: string): Promise<KeyMetadata> => (await ask("DescribeKey", { KeyId }, region)).KeyMetadata;

describe("advanced options of a new key", () => {
  test.each([
    [{ origin: "EXTERNAL" as const }, ["PendingImport", "EXTERNAL", false]],
    [{ multiRegion: true }, ["Enabled", "AWS_KMS", true]],
    [{ multiRegion: true, origin: "EXTERNAL" as const }, ["PendingImport", "EXTERNAL", true]],
    [{ type: "asymmetric" as const, usage: "SIGN_VERIFY", spec: "ML_DSA_65" }, ["Enabled", "AWS_KMS", false]],
  ])("%j", async (part, wanted) => {
    const { KeyState, Origin, MultiRegion } = await made(createKeyInput({ ...emptyDraft, ...part }, ACCOUNT) as JsonObject);
    expect([KeyState, Origin, MultiRegion]).toEqual(wanted);
  });
  test("AWS asks that the implications are understood", () => {
    expect(stepProblem({ ...emptyDraft, origin: "EXTERNAL" }, 0, ACCOUNT)).toMatch(/security and durability/);
    expect(stepProblem({ ...emptyDraft, origin: "EXTERNAL", acknowledged: true }, 0, ACCOUNT)).toBeUndefined();
  });
  test("ML-DSA takes no imported material: the origin gives way", () =>
    expect(withConfiguration({ ...emptyDraft, type: "asymmetric", usage: "SIGN_VERIFY", spec: "RSA_2048", origin: "EXTERNAL" }, { spec: "ML_DSA_44" }).origin).toBe("AWS_KMS"));
});

describe("a replica begins as its primary is", () => {
  const policy = printPolicy(buildConsolePolicy(ACCOUNT, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", { ...emptyChoice, administrators: [root] }));

  test("and is made so, policy and all", async () => {
    const metadata = await made({ MultiRegion: true, Description: "d", Policy: policy });
    const draft = { ...replicaDraft({ metadata, alias: "shared", tags: [{ key: "team", value: "pay" }], policy }), regions: ["eu-west-1"] };
    expect(draft).toMatchObject({ administrators: [root], alias: "shared", description: "d" });
    expect(draft.policy).toBeUndefined();
    const { ReplicaKeyMetadata, ReplicaPolicy, ReplicaTags } = await ask("ReplicateKey", replicateInput(draft, metadata, "eu-west-1") as JsonObject);
    expect(JSON.parse(ReplicaPolicy)).toEqual(JSON.parse(policy));
    expect(ReplicaTags).toEqual([{ TagKey: "team", TagValue: "pay" }]);
    expect([ReplicaKeyMetadata.KeyState, regionality(ReplicaKeyMetadata)]).toEqual(["Creating", "Multi-Region replica"]);
    expect(regionality(await described(metadata.KeyId))).toBe("Multi-Region primary");
  });

  test("a policy that the form cannot show goes over as text", async () => {
    const metadata = await made({ MultiRegion: true });
    const text = JSON.stringify({ Statement: [{ Sid: "mine", Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" }] });
    expect(replicateInput(replicaDraft({ metadata, tags: [], policy: text }), metadata, "eu-west-1").Policy).toBe(text);
  });

  test.each([
    [0, {}, /at least one Region/],
    [0, { regions: ["eu-west-1"] }, undefined],
    [1, {}, /alias/],
    [1, { alias: "a" }, undefined],
    [4, { policy: "{" }, /Mend the JSON/],
    [4, {}, undefined],
  ])("step %d with %j", async (step, part, problem) => {
    const draft = { ...replicaDraft({ metadata: await made({ MultiRegion: true }), tags: [] }), ...part };
    if (problem) expect(replicaProblem(draft, step, ACCOUNT)).toMatch(problem);
    else expect(replicaProblem(draft, step, ACCOUNT)).toBeUndefined();
  });
});

describe("what the Key actions menu offers in the states of these keys is what KMS takes", () => {
  const operations: Record<KeyAction, string> = { enable: "EnableKey", disable: "DisableKey", schedule: "ScheduleKeyDeletion", cancel: "CancelKeyDeletion" };
  const states: Record<string, () => Promise<[KeyId: string, region?: string]>> = {
    PendingImport: async () => [(await made({ Origin: "EXTERNAL" })).KeyId],
    Creating: async () => {
      const { KeyId } = await made({ MultiRegion: true });
      await ask("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
      return [KeyId, "eu-west-1"];
    },
    Updating: async () => {
      const { KeyId } = await made({ MultiRegion: true });
      await ask("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
      await lab.advance(10_000);
      await ask("UpdatePrimaryRegion", { KeyId, PrimaryRegion: "eu-west-1" });
      return [KeyId];
    },
    PendingReplicaDeletion: async () => {
      const { KeyId } = await made({ MultiRegion: true });
      await ask("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
      await ask("ScheduleKeyDeletion", { KeyId });
      return [KeyId];
    },
  };
  const cells = Object.keys(states).flatMap((state) => (Object.keys(operations) as KeyAction[]).map((action) => ({ state, action })));
  test.each(cells)("$action in $state", async ({ state, action }) => {
    const [KeyId, region] = await states[state]();
    const metadata = await described(KeyId, region);
    expect(metadata.KeyState).toBe(state);
    const [row] = keyRows([{ KeyId, KeyArn: metadata.Arn }], [], new Map([[KeyId, metadata]]));
    const offered = !actionProblems([row])[action];
    expect(offered).toBe((await call(operations[action], { KeyId }, region)).ok);
  });
});

test("the list's filter finds keys by origin and Regionality", async () => {
  const metadata = await made({ MultiRegion: true, Origin: "EXTERNAL" });
  const [row] = keyRows([{ KeyId: metadata.KeyId, KeyArn: metadata.Arn }], [], new Map([[metadata.KeyId, metadata]]));
  expect(["multi-region primary", "import key material", "pending import", "single"].map((text) => matchesFilter(row, text))).toEqual([true, true, true, false]);
});
