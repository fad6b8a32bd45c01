import { describe, expect, test } from "vitest";
import {
  accountProblem,
  buildConsolePolicy,
  emptyChoice,
  printPolicy,
  readConsolePolicy,
  SIDS,
  userActions,
  type ConsoleChoice,
} from "./console-policy";

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
const choice = (part: Partial<ConsoleChoice>): ConsoleChoice => ({ ...emptyChoice, ...part });
const build = (part: Partial<ConsoleChoice>, spec = "SYMMETRIC_DEFAULT", usage = "ENCRYPT_DECRYPT") =>
  buildConsolePolicy(ACCOUNT, spec, usage, choice(part));

describe("the policy that the wizard writes", () => {
  test("nobody chosen: the account's statement alone, under the console's Id", () => {
    expect(build({})).toEqual({
      Id: "key-consolepolicy-3",
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  });

  test.each([
    [{ administrators: [user("alice")] }, [SIDS.account, SIDS.administrators]],
    [{ users: [user("app")] }, [SIDS.account, SIDS.users, SIDS.grants]],
    [{ accounts: [OTHER] }, [SIDS.account, SIDS.users, SIDS.grants]],
    [
      { administrators: [user("alice")], users: [user("app")], accounts: [OTHER] },
      [SIDS.account, SIDS.administrators, SIDS.users, SIDS.grants],
    ],
  ])("%j has these statements", (part, sids) => expect(build(part).Statement.map(({ Sid }) => Sid)).toEqual(sids));

  test("a key that integrated services cannot use gets no statement for their grants", () =>
    expect(build({ users: [user("app")] }, "RSA_2048", "SIGN_VERIFY").Statement.map(({ Sid }) => Sid)).toEqual([SIDS.account, SIDS.users]));

  test.each([
    [true, true],
    [false, false],
  ])("'allow key administrators to delete this key' %s", (allowDeletion, there) => {
    const actions = build({ administrators: [user("alice")], allowDeletion }).Statement[1].Action;
    expect(actions?.includes("kms:ScheduleKeyDeletion")).toBe(there);
    expect(actions?.includes("kms:CancelKeyDeletion")).toBe(there);
  });

  test("one principal is text, several are a list", () => {
    expect(build({ administrators: [user("a")] }).Statement[1].Principal).toEqual({ AWS: user("a") });
    expect(build({ users: [user("a")], accounts: [OTHER] }).Statement[1].Principal).toEqual({
      AWS: [user("a"), `arn:aws:iam::${OTHER}:root`],
    });
  });

  test.each([
    ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "kms:GenerateDataKey*"],
    ["RSA_2048", "ENCRYPT_DECRYPT", "kms:GetPublicKey"],
    ["ECC_NIST_P256", "SIGN_VERIFY", "kms:Sign"],
    ["HMAC_256", "GENERATE_VERIFY_MAC", "kms:GenerateMac"],
    ["ECC_NIST_P256", "KEY_AGREEMENT", "kms:DeriveSharedSecret"],
  ])("users of %s %s get %s", (spec, usage, action) => expect(userActions(spec, usage)).toContain(action));
});

describe("reading a policy back", () => {
  test.each<[Partial<ConsoleChoice>]>([
    [{}],
    [{ administrators: [user("a"), user("b")], allowDeletion: false }],
    [{ administrators: [user("a")], users: [user("c")], accounts: [OTHER] }],
    [{ users: [user("c")] }],
  ])("what was built from %j is read as it was", (part) => {
    const reading = readConsolePolicy(printPolicy(build(part)), ACCOUNT);
    expect(reading).toMatchObject({ kind: "console", choice: choice(part) });
  });

  test("the default policy of a key made by the API fits the form, and keeps its Id when it is changed", () => {
    const made = {
      Version: "2012-10-17",
      Id: "key-default-1",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    };
    const reading = readConsolePolicy(JSON.stringify(made), ACCOUNT);
    if (reading.kind !== "console") throw new Error(reading.why);
    const changed = buildConsolePolicy(ACCOUNT, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", choice({ users: [user("app")] }), reading.document);
    expect(changed.Id).toBe("key-default-1");
    expect(changed.Statement[0]).toEqual(made.Statement[0]);
  });

  const account = build({}).Statement[0];
  test.each([
    ["a deny", [account, { Sid: "no", Effect: "Deny", Principal: { AWS: user("a") }, Action: "kms:*", Resource: "*" }], /"no"/],
    [
      "a statement of one's own",
      [account, { Effect: "Allow", Principal: { AWS: user("a") }, Action: "kms:Decrypt", Resource: "*" }],
      /allows something/,
    ],
    [
      "a service principal",
      [account, { Sid: SIDS.users, Effect: "Allow", Principal: { Service: "logs.amazonaws.com" }, Action: "kms:Decrypt", Resource: "*" }],
      /Allow use/,
    ],
    [
      "a condition on use",
      [
        account,
        {
          Sid: SIDS.users,
          Effect: "Allow",
          Principal: { AWS: user("a") },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
      /Allow use/,
    ],
    ["everyone", [account, { Sid: SIDS.users, Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }], /Allow use/],
    ["no account statement", [], /not there/],
    ["another account's root as the account", [{ ...account, Principal: { AWS: `arn:aws:iam::${OTHER}:root` } }], /Enable IAM/],
    ["a Sid twice", [account, account], /Two statements/],
  ])("%s is shown as JSON only", (_, Statement, why) => {
    const reading = readConsolePolicy(JSON.stringify({ Version: "2012-10-17", Statement }), ACCOUNT);
    expect(reading).toMatchObject({ kind: "custom", why: expect.stringMatching(why) });
  });

  test.each(["", "{", "[]", "null", '"text"', '{"Statement":[1]}'])("%j is unreadable", (text) =>
    expect(readConsolePolicy(text, ACCOUNT).kind).toBe("unreadable"),
  );
});

test.each([
  ["444455556666", [], undefined],
  ["44445555666", [], /12 digits/],
  ["44445555666a", [], /12 digits/],
  [ACCOUNT, [], /own account/],
  [OTHER, [OTHER], /already/],
])("account %s", (id, others, problem) => {
  const said = accountProblem(id, ACCOUNT, others);
  if (problem) expect(said).toMatch(problem);
  else expect(said).toBeUndefined();
});
