import { describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { Caller, JournalEntry, JsonObject, LayerTrace, PartTrace } from "@/lib/engine/types";
import {
  count,
  decisionSentence,
  duration,
  entrySentence,
  layerSentence,
  leavesToIam,
  outcomeOf,
  partSentence,
  principalName,
  resourceName,
  stepSentence,
} from "./sentences";

const account = "111122223333";
const admin = { account, user: "admin" };
const app = { account, user: "app" };

/** A lab with a key, a user `app` without policies, and a secret under the key. */
async function prepared() {
  const lab = createLab({ ports: seededPorts(3) });
  const ask = async (caller: Caller, service: string, operation: string, input: JsonObject): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller, region: "eu-west-2", door: "terminal" });
    return reply.ok ? reply.output : reply.error;
  };
  const { KeyMetadata } = await ask(admin, "kms", "CreateKey", {});
  await ask(admin, "iam", "CreateUser", { UserName: "app" });
  const { CiphertextBlob } = await ask(admin, "kms", "Encrypt", { KeyId: KeyMetadata.KeyId, Plaintext: "aGVsbG8=" });
  const decrypt = async () => {
    await ask(app, "kms", "Decrypt", { CiphertextBlob });
    return last(lab);
  };
  const policy = async (Statement: object[]) =>
    ask(admin, "iam", "PutUserPolicy", {
      UserName: "app",
      PolicyName: "use-key",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
  return { lab, ask, decrypt, policy, key: KeyMetadata.KeyId as string, arn: KeyMetadata.Arn as string };
}

const last = (lab: Lab): JournalEntry => lab.journal.at(-1)!;

describe("the words follow the decision: one call, and the policy that changes under it", () => {
  test("nothing allows it", async () => {
    const { decrypt } = await prepared();
    const entry = await decrypt();
    expect(outcomeOf(entry.trace)).toBe("ImplicitDeny");
    expect(entrySentence(entry)).toBe(
      "app called kms:Decrypt from the terminal: AccessDeniedException. Nothing allowed it: the identity policies do not allow it.",
    );
  });

  test("a statement allows it", async () => {
    const { decrypt, policy } = await prepared();
    await policy([{ Sid: "UseKey", Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }]);
    const entry = await decrypt();
    expect(outcomeOf(entry.trace)).toBe("Allow");
    expect(entrySentence(entry)).toBe("app called kms:Decrypt from the terminal: allowed by statement “UseKey” of use-key (user app).");
  });

  test("a statement denies it", async () => {
    const { decrypt, policy } = await prepared();
    await policy([
      { Sid: "UseKey", Effect: "Allow", Action: "kms:*", Resource: "*" },
      { Effect: "Deny", Action: "kms:Decrypt", Resource: "*" },
    ]);
    const entry = await decrypt();
    expect(outcomeOf(entry.trace)).toBe("ExplicitDeny");
    expect(entrySentence(entry)).toBe(
      "app called kms:Decrypt from the terminal: AccessDeniedException. Denied by statement 2 of use-key (user app).",
    );
  });

  test("the key policy leaves it to IAM, names the caller, or leaves the account out", async () => {
    const { ask, decrypt, key, lab } = await prepared();
    const keyPolicy = (entry: JournalEntry): { layer: LayerTrace; action: string } => {
      const step = entry.trace.steps.find((each) => each.kind === "decision");
      if (step?.kind !== "decision") throw new Error("no decision");
      return { layer: step.decision.layers.find(({ kind }) => kind === "ResourcePolicy")!, action: step.decision.action };
    };
    const first = keyPolicy(await decrypt());
    expect(leavesToIam(first.layer, first.action)).toBe(true);
    expect(layerSentence(first.layer, first.action)).toMatch(
      /^“Enable IAM User Permissions” lets the whole account in, and so leaves it to/,
    );

    const put = (Statement: object[]) =>
      ask(admin, "kms", "PutKeyPolicy", {
        KeyId: key,
        BypassPolicyLockoutSafetyCheck: true,
        Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
      });
    await put([
      { Sid: "Admin", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/admin` }, Action: "kms:*", Resource: "*" },
      { Sid: "App", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/app` }, Action: "kms:Decrypt", Resource: "*" },
    ]);
    const named = await decrypt();
    expect(entrySentence(named)).toMatch(/allowed by statement “App” of the key policy\.$/);
    expect(leavesToIam(keyPolicy(named).layer, "kms:Decrypt")).toBe(false);

    await put([
      { Sid: "Admin", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/admin` }, Action: "kms:*", Resource: "*" },
    ]);
    const out = await decrypt();
    expect(entrySentence(out)).toMatch(/Nothing allowed it: the key policy does not allow it\.$/);
    expect(layerSentence(keyPolicy(out).layer, "kms:Decrypt")).toBe("Its only statement does not allow it.");
    expect(lab.journal.length).toBeGreaterThan(5);
  });

  test("a call inside a call: what was refused is named", async () => {
    const { ask, lab, policy, key } = await prepared();
    await ask(admin, "ssm", "PutParameter", { Name: "/db", Value: "secret", Type: "SecureString", KeyId: key });
    await policy([{ Effect: "Allow", Action: "ssm:*", Resource: "*" }]);
    await ask(app, "ssm", "GetParameter", { Name: "/db", WithDecryption: true });
    expect(entrySentence(last(lab))).toBe(
      "app called ssm:GetParameter from the terminal: AccessDeniedException. It also needs kms:Decrypt, and nothing allowed it: the identity policies do not allow it.",
    );
  });

  test("a secret: IAM, its own policy, and the key's, each named where it says no", async () => {
    const { ask, lab, policy, key } = await prepared();
    const read = async (): Promise<JournalEntry> => {
      await ask(app, "secretsmanager", "GetSecretValue", { SecretId: "db" });
      return last(lab);
    };
    const own = (Effect: string) =>
      ask(admin, "secretsmanager", "PutResourcePolicy", {
        SecretId: "db",
        ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "App", Effect, Principal: { AWS: `arn:aws:iam::${account}:user/app` }, Action: "secretsmanager:GetSecretValue", Resource: "*" }] }),
      });
    const called = "app called secretsmanager:GetSecretValue from the terminal: ";
    await ask(admin, "secretsmanager", "CreateSecret", { Name: "db", SecretString: "v", KmsKeyId: key, ClientRequestToken: "0".repeat(32) });
    expect(entrySentence(await read())).toBe(`${called}AccessDeniedException. Nothing allowed it: the identity policies do not allow it.`);
    await policy([{ Effect: "Allow", Action: "secretsmanager:*", Resource: "*" }]);
    expect(entrySentence(await read())).toBe(`${called}AccessDeniedException. It also needs kms:Decrypt, and nothing allowed it: the identity policies do not allow it.`);
    await own("Deny");
    expect(entrySentence(await read())).toBe(`${called}AccessDeniedException. Denied by statement “App” of the resource policy.`);
    await policy([{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }]);
    await own("Allow");
    expect(entrySentence(await read())).toBe(`${called}allowed by statement “App” of the resource policy.`);
  });

  test("what failed for another reason, what asks no permission, root, the clock", async () => {
    const { ask, lab } = await prepared();
    await ask(admin, "kms", "DescribeKey", { KeyId: "alias/none" });
    expect(outcomeOf(last(lab).trace)).toBe("Error");
    expect(entrySentence(last(lab))).toBe("admin called kms:DescribeKey from the terminal: NotFoundException.");
    await ask(admin, "kms", "DescribeKey", {});
    expect(entrySentence(last(lab))).toBe(
      "admin called kms:DescribeKey from the terminal: ValidationException: the input was not accepted.",
    );
    await ask(admin, "sts", "GetCallerIdentity", {});
    expect(entrySentence(last(lab))).toBe("admin called sts:GetCallerIdentity from the terminal: done; AWS asks no permission for it.");
    await ask({ account, root: true }, "iam", "ListUsers", {});
    expect(entrySentence(last(lab))).toBe(
      `root of ${account} called iam:ListUsers from the terminal: allowed: the root user has no identity policies: it may do everything in its own account.`,
    );
    await lab.advance(3 * 86_400_000);
    expect(entrySentence(last(lab))).toBe("The clock was moved 3 days ahead.");
  });

  test("every step of all these has words", async () => {
    const { ask, lab, key } = await prepared();
    await ask(admin, "ssm", "PutParameter", { Name: "/db", Value: "secret", Type: "SecureString", KeyId: key });
    for (const entry of lab.journal)
      for (const step of entry.trace.steps) {
        const words = step.kind === "decision" ? decisionSentence(step.decision) : step.kind === "call" ? "" : stepSentence(step);
        expect(words).not.toMatch(/undefined|\[object|NaN/);
      }
  });
});

const part = (change: Partial<PartTrace>): PartTrace => ({
  part: "Action",
  matched: false,
  wanted: ["kms:Encrypt"],
  got: ["kms:Decrypt"],
  ...change,
});
test.each<[PartTrace, string]>([
  [part({}), "Action kms:Encrypt does not match kms:Decrypt."],
  [part({ matched: true, wanted: ["kms:*"] }), "Action kms:* matches kms:Decrypt."],
  [part({ wanted: ["a", "b", "c"] }), "Action a, b or c does not match kms:Decrypt."],
  [
    part({ part: "NotAction", wanted: ["kms:Decrypt"] }),
    "NotAction leaves out kms:Decrypt; the request has kms:Decrypt, so it does not match.",
  ],
  [
    part({ part: "Condition", operator: "StringEquals", key: "kms:ViaService", wanted: ["ssm.eu-west-2.amazonaws.com"], got: [] }),
    "StringEquals kms:ViaService wants ssm.eu-west-2.amazonaws.com; the request has no such key, so it does not match.",
  ],
  [
    part({ part: "Condition", operator: "Bool", key: "x:y", notEvaluated: true }),
    "Bool x:y: Keyhole does not evaluate this, so the statement does not match.",
  ],
])("a part: %#", (given, words) => expect(partSentence(given)).toBe(words));

test.each([
  ["arn:aws:iam::111122223333:user/team/app", "app"],
  ["arn:aws:sts::111122223333:assumed-role/reader/me", "role reader"],
  ["arn:aws:iam::111122223333:root", "root of 111122223333"],
  ["kms.amazonaws.com", "kms.amazonaws.com"],
  [undefined, "an unknown caller"],
])("%s is %s", (arn, name) => expect(principalName(arn)).toBe(name));

test.each([
  ["arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "the key …90ab"],
  ["arn:aws:ssm:eu-west-2:111122223333:parameter/my-app/dev/db", "the parameter /my-app/dev/db"],
  ["arn:aws:ssm:eu-west-2:111122223333:parameter/plain", "the parameter plain"],
  ["arn:aws:secretsmanager:eu-west-2:111122223333:secret:app/db-AbC123", "the secret app/db"],
  ["arn:aws:secretsmanager:eu-west-2:111122223333:secret:new-??????", "the secret new"],
  ["arn:aws:iam::111122223333:user/app", "user app"],
  ["*", "no particular resource"],
])("%s is %s", (arn, name) => expect(resourceName(arn)).toBe(name));

test("counts and durations", () => {
  expect([count(1, "byte"), count(4_096, "byte"), duration(86_400_000), duration(1_500), duration(20)]).toEqual([
    "1 byte",
    "4,096 bytes",
    "1 day",
    "2 seconds",
    "20 milliseconds",
  ]);
});
