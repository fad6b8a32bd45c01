/** What the consoles send is what the engine takes: their inputs, filters and policies, through the lab's one door. */
import { beforeEach, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { specsNotSimulated } from "@/lib/engine/kms/specs";
import { seededPorts } from "@/lib/engine/ports";
import type { Caller, JsonObject } from "@/lib/engine/types";
import { leaveOut, refusalOf, type Ask } from "./frame/use-load";
import { readConsolePolicy, emptyChoice, buildConsolePolicy, printPolicy } from "./kms/console-policy";
import { actionProblems, isAwsManaged, keyRows } from "./kms/key-rows";
import { grantOperations } from "./kms/grant-operations";
import { KEY_USAGES, keySpecs, type KeyType } from "./kms/key-specs";
import { loadKeys } from "./kms/load-keys";
import { createKeyInput, emptyDraft, withConfiguration } from "./kms/create/draft";
import { emptyForm, formFor, putInput } from "./parameter-store/form-values";
import { loadHistory, loadParameter, loadParameters, putParameter } from "./parameter-store/load-parameters";
import { FILTER_PROPERTIES, parameterFilters } from "./parameter-store/parameter-filters";

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const admin: Caller = { account: ACCOUNT, user: "admin" };
const app = `arn:aws:iam::${ACCOUNT}:user/app`;
let lab: Lab;
let ask: Ask;

/** As `useAsk` does, without the page. */
const askAs =
  (caller: Caller): Ask =>
  async (service, operation, input: JsonObject = {}) => {
    const reply = await lab.call({ service, operation, input, caller, region: "us-east-1" });
    if (!reply.ok) throw new Error(`${service}:${operation} ${reply.error.code}: ${reply.error.message}`);
    return reply.output as never;
  };

beforeEach(async () => {
  lab = createLab({ ports: seededPorts(11) });
  ask = askAs(admin);
  const root = askAs({ account: ACCOUNT, root: true });
  for (const UserName of ["admin", "app"]) {
    await root("iam", "CreateUser", { UserName }).catch((problem: Error) => {
      if (!problem.message.includes("EntityAlreadyExists")) throw problem;
    });
  }
  await root("iam", "AttachUserPolicy", { UserName: "admin", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
});

const kinds = (Object.keys(KEY_USAGES) as KeyType[]).flatMap((type) =>
  KEY_USAGES[type].flatMap(({ value: usage }) =>
    keySpecs(type, usage)
      // The larger RSA keys take seconds to make and are asked for in the same words.
      .filter((spec) => !(spec in specsNotSimulated) && spec !== "RSA_3072" && spec !== "RSA_4096")
      .map((spec) => ({ type, usage, spec })),
  ),
);

describe("KMS console", () => {
  test.each(kinds)("the wizard's $type key for $usage, $spec, is made, with the policy that was shown", async (kind) => {
    const draft = {
      ...emptyDraft,
      ...withConfiguration(emptyDraft, kind),
      description: "d",
      tags: [{ key: "team", value: "pay" }],
      administrators: [`arn:aws:iam::${ACCOUNT}:user/admin`],
      users: [app],
      accounts: [OTHER],
    };
    expect(draft.spec).toBe(kind.spec);
    const { KeyMetadata } = await ask("kms", "CreateKey", createKeyInput(draft, ACCOUNT) as JsonObject);
    expect([KeyMetadata.KeySpec, KeyMetadata.KeyUsage]).toEqual([kind.spec, kind.usage]);
    const { Policy } = await ask("kms", "GetKeyPolicy", { KeyId: KeyMetadata.KeyId, PolicyName: "default" });
    expect(readConsolePolicy(Policy, ACCOUNT)).toMatchObject({
      kind: "console",
      choice: { administrators: draft.administrators, allowDeletion: true, users: [app], accounts: [OTHER] },
    });
    // Each operation that the grant form offers for this kind of key can be granted.
    await ask("kms", "CreateGrant", {
      KeyId: KeyMetadata.KeyId,
      GranteePrincipal: app,
      Operations: grantOperations(kind.spec, kind.usage),
    });
  });

  test("the list has all keys with their aliases, and tells AWS managed ones apart", async () => {
    const { KeyMetadata } = await ask("kms", "CreateKey", {});
    await ask("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: KeyMetadata.KeyId });
    await ask("ssm", "PutParameter", { Name: "/s", Type: "SecureString", Value: "v" });
    const { items: rows } = await loadKeys(ask);
    expect(rows.find(({ id }) => id === KeyMetadata.KeyId)?.aliases).toEqual(["payroll"]);
    expect(rows.filter(isAwsManaged).map(({ aliases }) => aliases)).toEqual([["aws/ssm"]]);
  });

  test("what the Key actions menu offers works, and what it does not offer AWS refuses", async () => {
    const operations = { enable: "EnableKey", disable: "DisableKey", schedule: "ScheduleKeyDeletion", cancel: "CancelKeyDeletion" };
    for (const state of ["Enabled", "Disabled", "PendingDeletion"]) {
      for (const [action, operation] of Object.entries(operations) as [keyof typeof operations, string][]) {
        const { KeyMetadata } = await ask("kms", "CreateKey", {});
        const KeyId = KeyMetadata.KeyId as string;
        if (state === "Disabled") await ask("kms", "DisableKey", { KeyId });
        if (state === "PendingDeletion") await ask("kms", "ScheduleKeyDeletion", { KeyId });
        const { KeyMetadata: now } = await ask("kms", "DescribeKey", { KeyId });
        const offered = !actionProblems(keyRows([{ KeyId, KeyArn: "" }], [], new Map([[KeyId, now]])))[action];
        const reply = await lab.call({ service: "kms", operation, input: { KeyId }, caller: admin, region: "us-east-1" });
        // Enabling an enabled key is allowed and changes nothing: the menu leaves it out all the same.
        const vain = (action === "enable" && state === "Enabled") || (action === "disable" && state === "Disabled");
        expect([state, action, offered], `${state} ${action}`).toEqual([state, action, reply.ok && !vain]);
      }
    }
  });

  test("a change in the default view is accepted by PutKeyPolicy", async () => {
    const { KeyMetadata } = await ask("kms", "CreateKey", {});
    const KeyId = KeyMetadata.KeyId as string;
    const reading = readConsolePolicy((await ask("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" })).Policy, ACCOUNT);
    if (reading.kind !== "console") throw new Error(reading.why);
    const Policy = printPolicy(
      buildConsolePolicy(ACCOUNT, KeyMetadata.KeySpec, KeyMetadata.KeyUsage, { ...emptyChoice, users: [app] }, reading.document),
    );
    await ask("kms", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy });
    // And it means what it says: app may now use the key, without any IAM policy.
    await askAs({ account: ACCOUNT, user: "app" })("kms", "Encrypt", { KeyId, Plaintext: "AAAA" });
  });
});

describe("Parameter Store console", () => {
  test.each([
    ["String", {}],
    ["StringList", { type: "StringList" as const, value: "a,b" }],
    ["SecureString", { type: "SecureString" as const, tags: [{ key: "k", value: "v" }] }],
    ["Intelligent-Tiering", { tier: "Intelligent-Tiering" as const, value: "x".repeat(5000) }],
    [
      "Advanced with all policies",
      {
        tier: "Advanced" as const,
        policies: {
          expiration: "2026-06-01T00:00:00Z",
          expirationNotification: { before: "15", unit: "Days" as const },
          noChangeNotification: { after: "20", unit: "Hours" as const },
        },
      },
    ],
  ])("%s: created, loaded into the edit form, and saved from it again", async (_, part) => {
    const form = { ...emptyForm, name: "/a/b", value: "v", description: "d", ...part };
    await ask("ssm", "PutParameter", putInput(form, false));
    const { metadata } = await loadParameter(ask, "/a/b");
    const back = formFor(metadata!, form.value);
    expect(back).toMatchObject({ name: form.name, description: "d", type: form.type, dataType: form.dataType, policies: form.policies });
    await ask("ssm", "PutParameter", putInput({ ...back, value: form.value }, true));
    const history = await loadHistory(ask, "/a/b", true);
    expect(history.map(({ Version, Value }) => [Version, Value])).toEqual([
      [2, form.value],
      [1, form.value],
    ]);
  });

  test("an AMI ID is kept only if there is such an image", async () => {
    const put = (value: string) => putParameter(ask, putInput({ ...emptyForm, name: "/ami", dataType: "aws:ec2:image", value }, false));
    expect(await put("ami-0123456789abcdef0")).toBe(false);
    const image = await ask("ssm", "GetParameter", { Name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" });
    expect(await put(image.Parameter.Value)).toBe(true);
  });

  test("each property and operator of the filter is one that DescribeParameters knows, and finds", async () => {
    await ask("ssm", "PutParameter", { Name: "/my-app/db-url", Type: "String", Value: "v" });
    await ask("ssm", "PutParameter", { Name: "/my-app/db-password", Type: "SecureString", Value: "v" });
    const examples: Record<string, string> = {
      Name: "/my-app/db-url",
      Type: "String",
      Tier: "Standard",
      Path: "/my-app",
      KeyId: "alias/aws/ssm",
      DataType: "text",
    };
    for (const { key, operators } of FILTER_PROPERTIES) {
      for (const operator of operators) {
        const found = await loadParameters(ask, parameterFilters([{ propertyKey: key, operator, value: examples[key] }]));
        expect(found.items.length, `${key} ${operator}`).toBeGreaterThan(0);
      }
    }
    const { items, keyIds } = await loadParameters(ask, []);
    expect(items).toHaveLength(2);
    expect(keyIds["alias/aws/ssm"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("more parameters than a page of the API", async () => {
    for (let n = 0; n < 60; n++) await ask("ssm", "PutParameter", { Name: `/n/${n}`, Type: "String", Value: "v" });
    const { items, next } = await loadParameters(ask, []);
    expect([items.length, next]).toEqual([60, undefined]);
  });
});

test("only refusals of AWS's are left out; our own faults are thrown on", () => {
  expect(() => leaveOut(new TypeError("ours"))).toThrow("ours");
  expect(() => refusalOf(undefined)).toThrow();
});
