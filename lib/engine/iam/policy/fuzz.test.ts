import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { adminOf, document, testLab } from "../test-lab.test-helper";
import { readJson, type JsonNode } from "./warnings-json";
import { policyCompletions, policyWarnings, type PolicyAbout, type PolicyKind } from "./warnings";
import type { JsonObject, Reply } from "../../types";

/**
 * Random and mutated policies, fixed seeds: through the editor's warnings and completions, and through the operations
 * that keep or try them. No crash, no hang, no internal error, nothing kept of what is refused; and the warnings call
 * an error exactly what the service refuses.
 */

const A = "111122223333";
const B = "444455556666";
/** ms. What backtracks without bound takes hours; what does not is done in a fraction of this, on a busy machine too. */
const HANGS = 10_000;
const run = (seed: number, numRuns: number) => ({ seed, numRuns });

// ---------------------------------------------------------------- policies

const words = {
  action: [
    "*",
    "kms:*",
    "kms:Decrypt",
    "kms:PutKeyPolicy",
    "kms:Put*",
    "ssm:Get*",
    "ssm:GetParameter",
    "iam:PassRole",
    "s3:GetObject",
    "sts:AssumeRole",
    "sts:*",
    "kms:Nonsense",
    "nonsense",
    "a:b:c",
    "kms:?",
    "",
  ],
  resource: [
    "*",
    `arn:aws:kms:us-east-1:${A}:key/*`,
    `arn:aws:ssm:*:*:parameter/*`,
    `arn:aws:iam::${A}:user/\${aws:username}`,
    "arn:aws:s3:::b/*",
    "arn:aws:iam:us-east-1::role/x",
    "arn:aws",
    "x",
    "${aws:username}",
    "",
  ],
  principal: [
    "*",
    A,
    `arn:aws:iam::${A}:root`,
    `arn:aws:iam::${A}:user/admin`,
    B,
    `arn:aws:iam::${B}:root`,
    `arn:aws:iam::${A}:user/nobody`,
    `arn:aws:iam::${A}:user/*`,
    `arn:aws:sts::${A}:assumed-role/r/s`,
    "AIDAXXXXXXXXXXXXXXXX",
    "x",
    "",
  ],
  operator: [
    "StringEquals",
    "StringLike",
    "ForAllValues:StringLike",
    "ForAnyValue:ArnLike",
    "NumericLessThan",
    "DateGreaterThanIfExists",
    "Bool",
    "IpAddress",
    "Null",
    "NullIfExists",
    "Nonsense",
    "stringequals",
    "",
  ],
  key: [
    "aws:username",
    "aws:SourceIp",
    "aws:TagKeys",
    "aws:CurrentTime",
    "aws:SecureTransport",
    "kms:ViaService",
    "kms:EncryptionContext:a",
    "aws:PrincipalTag/",
    "s3:prefix",
    "nonsense",
    "__proto__",
    "",
  ],
  value: ["a", "*", "${aws:username}", "${", "203.0.113.0/24", "2026-01-01", "true", "7", "", "${aws:x, 'y'}"],
};
/** The first of a list are the good ones, and come more often. */
const one = (list: string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...list.slice(0, Math.ceil(list.length / 2))) },
    { weight: 1, arbitrary: fc.constantFrom(...list) },
  );
const some = (list: string[]) =>
  fc.oneof({ weight: 3, arbitrary: one(list) }, { weight: 1, arbitrary: fc.array(one(list), { maxLength: 3 }) });
const odd = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.boolean(),
  fc.constant({}),
  fc.constant([]),
  fc.constant([[]]),
  fc.string({ maxLength: 5 }),
);
/** Mostly what belongs there, at times anything. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ weight: 60, arbitrary }, { weight: 1, arbitrary: odd });

const principal = mostly(
  fc.oneof(
    fc.constant("*"),
    fc.record({ AWS: some(words.principal) }),
    fc.record({ Service: one(["logs.amazonaws.com", "x"]) }),
    fc.record({ AWS: some(words.principal), Federated: one(["accounts.google.com"]) }),
  ),
);
const condition = mostly(
  fc.dictionary(one(words.operator), mostly(fc.dictionary(one(words.key), mostly(some(words.value)), { maxKeys: 2 })), { maxKeys: 2 }),
);

const statementOf = (kind: "identity" | "resource" | "trust") =>
  fc.record(
    {
      Effect: mostly(one(["Allow", "Allow", "Deny"])),
      Action: mostly(kind === "trust" ? some(["sts:AssumeRole", "sts:TagSession", "kms:Decrypt"]) : some(words.action)),
      ...(kind === "trust" ? {} : { Resource: mostly(some(words.resource)) }),
      ...(kind === "identity" ? {} : { Principal: principal }),
      Sid: one(["a", "b", "c d", ""]),
      NotAction: some(words.action),
      NotPrincipal: principal,
      NotResource: some(words.resource),
      Condition: condition,
      Extra: odd,
    },
    {
      requiredKeys: [
        "Effect",
        "Action",
        ...(kind === "trust" ? [] : ["Resource"]),
        ...(kind === "identity" ? [] : ["Principal"]),
      ] as never[],
    },
  );
/** Most statements have none of the rarer elements, or nothing would ever be right. */
const trimmed = (kind: "identity" | "resource" | "trust") =>
  fc.tuple(statementOf(kind), fc.integer({ min: 0, max: 9 })).map(([statement, luck]) => {
    const kept: Record<string, unknown> = { ...statement };
    if (luck < 9) for (const name of ["NotAction", "NotPrincipal", "NotResource", "Extra"]) delete kept[name];
    if (luck < 5) for (const name of ["Sid", "Condition"]) delete kept[name];
    return kept;
  });

const policyOf = (kind: "identity" | "resource" | "trust"): fc.Arbitrary<string> =>
  fc
    .record({
      Version: fc.oneof(
        { weight: 12, arbitrary: fc.constant("2012-10-17") },
        { weight: 1, arbitrary: fc.constantFrom("2008-10-17", "2013-01-01", 7) },
      ),
      Statement: mostly(fc.oneof(trimmed(kind), fc.array(trimmed(kind), { maxLength: 3 }))),
    })
    .map((policy) => JSON.stringify(policy, null, 1));

/** A text with a few characters gone, doubled or put in. */
const mutated = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      texts,
      fc.array(
        fc.record({
          at: fc.nat(),
          length: fc.nat(6),
          put: fc.constantFrom("", '"', "{", "}", "[", "]", ",", ":", "\\", "\n", "é", "😀", "\u0000", "*", "${", "null", '"Action":'),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([text, edits]) =>
      edits.reduce(
        (now, { at, length, put }) => `${now.slice(0, at % (now.length + 1))}${put}${now.slice((at % (now.length + 1)) + length)}`,
        text,
      ),
    );

const anyPolicy = fc.oneof(
  policyOf("identity"),
  policyOf("resource"),
  policyOf("trust"),
  mutated(policyOf("resource")),
  fc.json(),
  fc.string(),
);

// ---------------------------------------------------------------- the editor

const kinds: PolicyKind[] = ["KeyPolicy", "ResourcePolicy", "TrustPolicy", "IdentityPolicy", "Boundary", "SessionPolicy", "SCP", "RCP"];
const { lab, call, must } = testLab();
const about = (kind: PolicyKind, more: Partial<PolicyAbout> = {}): PolicyAbout => ({ kind, account: A, lab, ...more });

/** The part of a document that a path leads to. */
function follow(value: unknown, path: (string | number)[]): unknown {
  return path.reduce((at: any, step) => (at !== null && typeof at === "object" && Object.hasOwn(at, step) ? at[step] : undefined), value);
}

describe("JSON with its places", () => {
  const plain = (node: JsonNode): unknown => {
    if (node.type === "object") {
      // As JSON.parse makes it: the last of two members of a name counts, and __proto__ is a name like any other.
      const made: Record<string, unknown> = {};
      for (const { name, value } of node.members)
        Object.defineProperty(made, name, { value: plain(value!), enumerable: true, configurable: true, writable: true });
      return made;
    }
    return node.type === "array" ? node.items.map(plain) : node.value;
  };

  test("reads what JSON.parse reads, and refuses what it refuses", () =>
    fc.assert(
      fc.property(fc.oneof(fc.json(), anyPolicy, mutated(fc.json())), (text) => {
        let parsed: { value: unknown } | undefined;
        try {
          parsed = { value: JSON.parse(text) };
        } catch {
          // Not JSON: then there is a problem, within the text.
        }
        const { root, problem } = readJson(text);
        expect(problem === undefined).toBe(parsed !== undefined);
        if (parsed) expect(plain(root!)).toEqual(parsed.value);
        if (problem) expect(problem.offset >= 0 && problem.length >= 0 && problem.offset + problem.length <= text.length).toBe(true);
      }),
      run(11, 1500),
    ));

  test("a thousand brackets, or a long broken text, take no time and no stack", () => {
    const started = performance.now();
    for (const text of [
      "[".repeat(50_000),
      '{"a":'.repeat(50_000),
      `"${"\\".repeat(99_999)}`,
      ",".repeat(50_000),
      "]}".repeat(30_000),
      '{"a" "b" '.repeat(20_000),
    ]) {
      expect(readJson(text).problem).toBeDefined();
      for (const kind of ["KeyPolicy", "IdentityPolicy"] as const)
        expect(policyWarnings(text, about(kind)).some(({ level }) => level === "error")).toBe(true);
      policyCompletions(text, text.length, about("KeyPolicy"));
    }
    expect(performance.now() - started).toBeLessThan(HANGS);
  });
});

describe("warnings and completions", () => {
  test("are about the text as it stands, and the same each time", () =>
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...kinds), fc.boolean(), (text, kind, alone) => {
        const of = alone ? { kind, account: A } : about(kind, { caller: adminOf(A) });
        const warnings = policyWarnings(text, of);
        for (const { level, code, message, path, offset, length } of warnings) {
          expect(["error", "warning", "hint"]).toContain(level);
          expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
          expect(message).toMatch(/^[\S\s]+\S[.?]$/);
          expect(offset >= 0 && length >= 0 && offset + length <= text.length).toBe(true);
          expect(Array.isArray(path)).toBe(true);
        }
        expect(policyWarnings(text, of)).toEqual(warnings);
      }),
      run(12, 700),
    ));

  test("the path of a warning leads to what is underlined", () =>
    fc.assert(
      fc.property(fc.oneof(policyOf("identity"), policyOf("resource")), fc.constantFrom(...kinds), (text, kind) => {
        const parsed: unknown = JSON.parse(text);
        for (const { path, offset, length } of policyWarnings(text, about(kind))) {
          if (path.length === 0) continue;
          const shown = text.slice(offset, offset + length);
          const value = follow(parsed, path);
          const name = JSON.stringify(path[path.length - 1]);
          if (shown !== name && shown !== "{") expect(JSON.parse(shown)).toEqual(value);
        }
      }),
      run(13, 500),
    ));

  test("a completion within quotation marks leaves JSON that is JSON", () =>
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...kinds), fc.nat(), (text, kind, at) => {
        const { offset, length, items } = policyCompletions(text, at % (text.length + 1), about(kind));
        expect(offset >= 0 && length >= 0 && offset + length <= text.length).toBe(true);
        const whole = readJson(text).problem === undefined;
        const inString = length > 0 || text[offset - 1] === '"';
        for (const { label, insert, caret = 0 } of items.slice(0, 40)) {
          expect(label.length > 0 && insert.length > 0 && caret <= insert.length).toBe(true);
          if (whole && inString) expect(() => JSON.parse(text.slice(0, offset) + insert + text.slice(offset + length))).not.toThrow();
        }
      }),
      run(14, 700),
    ));
});

// ---------------------------------------------------------------- the services

const refusals =
  /^(MalformedPolicyDocument(Exception)?|LimitExceeded(Exception)?|Validation(Error|Exception)|InvalidInput|AccessDenied(Exception)?|ConstraintViolationException|SerializationException)$/;
let KeyId = "";
let PolicyArn = "";

beforeAll(async () => {
  ({ KeyId } = (await must("kms", "CreateKey", {})).KeyMetadata);
  ({ Arn: PolicyArn } = (
    await must("iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: document({ Effect: "Allow", Action: "*", Resource: "*" }) })
  ).Policy);
  await must("iam", "CreateRole", {
    RoleName: "r",
    AssumeRolePolicyDocument: document({ Effect: "Allow", Principal: { AWS: A }, Action: "sts:AssumeRole" }),
  });
  await must("organizations", "CreateOrganization");
  settled = state();
});

const state = (): string => JSON.stringify(lab.snapshot().records);
/** The state that every attempt begins with. */
let settled = "";

/** Calls, and looks whether a refusal is one and left nothing behind. What is taken is taken back. */
async function attempt(service: string, operation: string, input: JsonObject): Promise<Reply> {
  const reply = await call(service, operation, input);
  if (!reply.ok) expect(reply.error.code).toMatch(refusals);
  if (!reply.ok) expect(state()).toBe(settled);
  lab.undo();
  return reply;
}

describe("what the editor calls an error is what the service refuses", () => {
  const errors = (text: string, kind: PolicyKind): boolean =>
    policyWarnings(text, about(kind, { resource: `arn:aws:kms:us-east-1:${A}:key/${KeyId}`, caller: adminOf(A) })).some(
      ({ level }) => level === "error",
    );
  const explain = (text: string, kind: PolicyKind, reply: Reply): string =>
    `${text}\n${JSON.stringify(reply.ok || reply.error)}\n${JSON.stringify(policyWarnings(text, about(kind)).filter(({ level }) => level === "error"))}`;

  test.each<[PolicyKind, "identity" | "resource" | "trust", (text: string) => [string, string, JsonObject]]>([
    ["KeyPolicy", "resource", (Policy) => ["kms", "PutKeyPolicy", { KeyId, Policy }]],
    ["IdentityPolicy", "identity", (PolicyDocument) => ["iam", "CreatePolicy", { PolicyName: "new", PolicyDocument }]],
    ["Boundary", "identity", (PolicyDocument) => ["iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument }]],
    ["TrustPolicy", "trust", (PolicyDocument) => ["iam", "UpdateAssumeRolePolicy", { RoleName: "r", PolicyDocument }]],
    [
      "SCP",
      "identity",
      (Content) => ["organizations", "CreatePolicy", { Name: "n", Description: "", Type: "SERVICE_CONTROL_POLICY", Content }],
    ],
    [
      "RCP",
      "resource",
      (Content) => ["organizations", "CreatePolicy", { Name: "n", Description: "", Type: "RESOURCE_CONTROL_POLICY", Content }],
    ],
  ])("%s", async (kind, form, calling) => {
    const good = kind === "KeyPolicy" ? { Effect: "Allow", Principal: { AWS: A }, Action: "kms:*", Resource: "*" } : undefined;
    /** A key policy that would not lock its writer out but for what comes with it; control policies of resources as they have to be. */
    const suited = (text: string): string => {
      if (!good && kind !== "RCP") return text;
      const policy = JSON.parse(text) as { Statement: unknown };
      const statements = [policy.Statement].flat();
      if (good) policy.Statement = [good, ...statements];
      else
        for (const statement of statements)
          if (statement && typeof statement === "object" && "Effect" in statement)
            Object.assign(statement, { Effect: "Deny", Principal: "*" });
      return JSON.stringify(policy, null, 1);
    };
    const policies = fc.tuple(policyOf(form), fc.nat(3)).map(([text, luck]) => (luck > 0 ? suited(text) : text));
    let taken = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: policies }, { weight: 1, arbitrary: mutated(policies) }), async (text) => {
        const reply = await attempt(...calling(text));
        if (reply.ok) taken++;
        else refused++;
        expect(errors(text, kind), explain(text, kind, reply)).toBe(!reply.ok);
      }),
      run(21, 250),
    );
    // Both happen, or nothing was compared.
    expect(Math.min(taken, refused)).toBeGreaterThan(40);
  });
});

describe("trying policies", () => {
  test("SimulateCustomPolicy answers or refuses, and changes nothing", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyPolicy, { minLength: 1, maxLength: 3 }),
        fc.option(policyOf("resource")),
        fc.constantFrom("kms:Decrypt", "ssm:GetParameter", "x:y", "no"),
        async (PolicyInputList, ResourcePolicy, action) => {
          const reply = await attempt("iam", "SimulateCustomPolicy", {
            PolicyInputList,
            ...(ResourcePolicy === null ? {} : { ResourcePolicy, CallerArn: `arn:aws:iam::${A}:user/admin` }),
            ActionNames: [action],
            ResourceArns: [`arn:aws:ssm:us-east-1:${A}:parameter/x`],
            ContextEntries: [{ ContextKeyName: "aws:TagKeys", ContextKeyType: "stringList", ContextKeyValues: ["a", "b"] }],
          });
          if (reply.ok) expect((reply.output as any).EvaluationResults[0].EvalDecision).toMatch(/^(allowed|explicitDeny|implicitDeny)$/);
        },
      ),
      run(31, 300),
    ));

  test("patterns of many stars are matched in bounded time", async () => {
    const stars = (unit: string, times: number, end: string): string => unit.repeat(times) + end;
    const name = "a".repeat(1500);
    const hostile = [
      { Effect: "Allow", Action: `ssm:${stars("*a", 400, "b")}`, Resource: "*" },
      {
        Effect: "Allow",
        Action: "*",
        Resource: `arn:aws:ssm:${stars("*", 200, "")}:${stars("?*", 100, "")}:parameter/${stars("*a", 300, "b")}`,
      },
      { Effect: "Allow", Action: "*", Resource: `arn:${stars("*a", 150, "")}:x:*:*:${stars("*a?", 150, "b")}` },
      {
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: {
          StringLike: { "aws:UserAgent": stars("*a", 300, "b") },
          "ForAnyValue:ArnLike": { "aws:TagKeys": `arn:${stars("*a", 300, "")}:*:*:*:b` },
        },
      },
      { Effect: "Deny", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:UserAgent": "${".repeat(700) } } },
    ];
    for (const statement of hostile) {
      const text = document(statement);
      const started = performance.now();
      const reply = await call("iam", "SimulateCustomPolicy", {
        PolicyInputList: [text],
        ActionNames: ["ssm:GetParameter"],
        ResourceArns: [`arn:aws:ssm:us-east-1:${A}:parameter/${name}`],
        ContextEntries: [
          { ContextKeyName: "aws:UserAgent", ContextKeyType: "string", ContextKeyValues: [name] },
          {
            ContextKeyName: "aws:TagKeys",
            ContextKeyType: "stringList",
            ContextKeyValues: Array.from({ length: 20 }, (_, i) => `arn:${name}${i}`),
          },
        ],
      });
      expect(reply.ok, JSON.stringify(!reply.ok && reply.error)).toBe(true);
      policyWarnings(text, about("IdentityPolicy"));
      expect(performance.now() - started).toBeLessThan(HANGS);
    }
  });
});
