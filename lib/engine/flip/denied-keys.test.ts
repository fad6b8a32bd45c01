import { describe, test } from "vitest";
import type { Caller, JsonObject } from "../types";
import {
  A,
  B,
  type Row,
  type World,
  admin,
  allow,
  by,
  call,
  check,
  delegation,
  deny,
  doc,
  encrypt,
  get,
  region,
  rootOf,
  userArn,
  when,
} from "./flip.test-helper";

/**
 * Refused calls of every kind: the first change offered is the one that somebody who knows AWS would make, and every
 * change offered is run again on a fresh copy (see `flipsOf`), where it must flip the answer.
 */

describe("key policies", () => {
  test.each<Row>([
    [
      "one that does not let the account in",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(await w.key(allow("kms:*", by(userArn("admin")))), al);
      },
      /^Add a statement to the key policy of the key …\w{4} that allows kms:Encrypt to user al\.$/,
      [/Make a grant/, /leaves the key to the identity policies/],
    ],
    [
      "a statement for this use that names somebody else",
      async (w) => {
        const al = await w.user("al");
        await w.user("bo");
        return encrypt(await w.key(delegation, { Sid: "Use", ...allow("kms:Encrypt", by(userArn("bo"))) }), al);
      },
      /^Add user al to the principals of “Use” of the key policy/,
    ],
    [
      "a condition on the encryption context, none sent",
      async (w) => {
        const al = await w.user("al");
        return encrypt(
          await w.key(
            delegation,
            allow("kms:Encrypt", { ...by(userArn("al")), ...when("StringEquals", "kms:EncryptionContext:App", "payroll") }),
          ),
          al,
        );
      },
      /^Send the encryption context App=payroll with the call\.$/,
    ],
    [
      "another value sent",
      async (w) => {
        const al = await w.user("al", allow("kms:Encrypt", when("StringEquals", "kms:EncryptionContext:App", ["payroll", "hr"])));
        return encrypt(await w.key(), al, { EncryptionContext: { App: "web", Tier: "1" } });
      },
      /^Send the encryption context App=payroll/,
      [/Add web to the values of kms:EncryptionContext:App/, /Take the condition on kms:EncryptionContext:App/],
    ],
    [
      "only certain keys may be in the context",
      async (w) => {
        const al = await w.user("al", allow("kms:Encrypt", when("ForAllValues:StringEquals", "kms:EncryptionContextKeys", ["App"])));
        return encrypt(await w.key(), al, { EncryptionContext: { App: "web", Extra: "1" } });
      },
      /^Make the call without Extra in its encryption context/,
    ],
    [
      "kms:ViaService, and a call of one's own",
      async (w) => {
        const al = await w.user("al", allow("kms:Encrypt", when("StringEquals", "kms:ViaService", `ssm.${region}.amazonaws.com`)));
        return encrypt(await w.key(), al);
      },
      /that allows kms:Encrypt on|Take the condition on kms:ViaService/,
      [/Take the condition on kms:ViaService/],
    ],
    [
      "kms:ViaService of another service, through Parameter Store",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al", allow("ssm:*"), allow("kms:*", when("StringEquals", "kms:ViaService", `s3.${region}.amazonaws.com`)));
        await w.parameter("/s", { Type: "SecureString", KeyId: k });
        return get("/s", al, { WithDecryption: true });
      },
      /only through ssm\.us-east-1\.amazonaws\.com/,
      [/Add ssm\.us-east-1\.amazonaws\.com to the values of kms:ViaService/],
    ],
    [
      "kms:RequestAlias, and the key named by its id",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "CreateAlias", { AliasName: "alias/app", TargetKeyId: k });
        const al = await w.user("al", allow("kms:Encrypt", when("StringEquals", "kms:RequestAlias", "alias/app")));
        return encrypt(k, al);
      },
      /^Name the key by its alias: alias\/app/,
    ],
    [
      "kms:ScheduleKeyDeletionPendingWindowInDays",
      async (w) => {
        const KeyId = await w.key();
        const al = await w.user(
          "al",
          allow("kms:ScheduleKeyDeletion", when("NumericGreaterThanEquals", "kms:ScheduleKeyDeletionPendingWindowInDays", "30")),
        );
        return call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, al);
      },
      /^Make the call with PendingWindowInDays 30/,
    ],
    [
      "an explicit deny of one principal among others",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        await w.user("bo");
        return encrypt(await w.key(delegation, { Sid: "No", ...deny("kms:Encrypt", by(userArn("al"), userArn("bo"))) }), al);
      },
      /^(Take user al out of the principals that “No”|Exempt user al from “No”)/,
      [/Take “No” out of the key policy/],
    ],
    [
      "an explicit deny of everybody",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(
          await w.key(delegation, { Sid: "No", ...deny("kms:*", { Principal: "*" }), Action: ["kms:Encrypt", "kms:Decrypt"] }),
          al,
        );
      },
      /^Exempt user al from “No” of the key policy/,
      [/Take kms:Encrypt out of the actions that “No”/],
    ],
    [
      "a deny that spares others by NotPrincipal",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(await w.key(delegation, deny("kms:Encrypt", { NotPrincipal: { AWS: [userArn("admin"), rootOf(A)] } })), al);
      },
      /^(Add user al to those whom statement 2|Exempt user al)/,
      [/Add user al to those whom/],
    ],
    [
      "a deny without the right context",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(
          await w.key(delegation, {
            Sid: "Labelled",
            ...deny("kms:Encrypt", { Principal: "*", ...when("StringNotEquals", "kms:EncryptionContext:App", "payroll") }),
          }),
          al,
        );
      },
      /^Send the encryption context App=payroll/,
    ],
    [
      "a deny of calls without TLS",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return {
          ...encrypt(await w.key(delegation, deny("kms:*", { Principal: "*", ...when("Bool", "aws:SecureTransport", "false") })), al),
          secureTransport: false,
        };
      },
      /./,
    ],
    [
      "from another account, neither half",
      async (w) => encrypt(await w.key(delegation), await w.userOf(B, "bo")),
      /^Add a statement to the key policy of the key …\w{4} that allows kms:Encrypt to user bo of 444455556666; and give user bo a policy of its own that allows kms:Encrypt/,
      [/Make a grant/],
    ],
    [
      "from another account, the key policy missing",
      async (w) => encrypt(await w.key(delegation), await w.userOf(B, "bo", allow("kms:*"))),
      /^Add a statement to the key policy of the key …\w{4} that allows kms:Encrypt to user bo of 444455556666\.$/,
    ],
    [
      "from another account, the identity policy missing",
      async (w) => {
        const bo = await w.userOf(B, "bo");
        return encrypt(await w.key(delegation, allow("kms:Encrypt", by(rootOf(B)))), bo);
      },
      /^Give user bo a policy of its own that allows kms:Encrypt on the key …\w{4}\.$/,
    ],
    [
      "what other accounts can never do",
      async (w) => call("kms", "DisableKey", { KeyId: await w.key(delegation, allow("kms:*", by(rootOf(B)))) }, admin(B)),
      /cannot be used from another account/,
    ],
    [
      "a policy that would lock its author out",
      async (w) => call("kms", "PutKeyPolicy", { KeyId: await w.key(), Policy: doc(allow("kms:Encrypt", by(userArn("admin")))) }, admin()),
      /^Add a statement to the new key policy that leaves the key to the identity policies/,
      [/BypassPolicyLockoutSafetyCheck/],
    ],
    [
      "ReEncrypt: the second key",
      async (w) => {
        const [from, to] = [await w.key(), await w.key()];
        const al = await w.user("al", allow("kms:ReEncryptFrom", { Resource: from }));
        return call("kms", "ReEncrypt", { CiphertextBlob: await w.encrypt(from), DestinationKeyId: to }, al);
      },
      /that allows kms:ReEncryptTo on the key/,
    ],
    [
      "ReEncrypt: both keys",
      async (w) => {
        const [from, to] = [await w.key(), await w.key()];
        return call("kms", "ReEncrypt", { CiphertextBlob: await w.encrypt(from), DestinationKeyId: to }, await w.user("al"));
      },
      /kms:ReEncryptFrom.*; and .*kms:ReEncryptTo/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("grants", () => {
  const granted = async (w: World, more: JsonObject = {}): Promise<{ k: string; al: Caller; token: string }> => {
    const k = await w.key(delegation);
    const al = await w.user("al");
    const { GrantToken } = await w.must("kms", "CreateGrant", {
      KeyId: k,
      GranteePrincipal: userArn("al"),
      Operations: ["Encrypt"],
      ...more,
    });
    return { k, al, token: GrantToken };
  };
  test.each<Row>([
    [
      "one that is too new",
      async (w) => {
        const { k, al } = await granted(w);
        return encrypt(k, al);
      },
      /^Send the token of the grant \w{8}… with the call/,
      [/Wait until the grant/],
    ],
    [
      "one with a constraint",
      async (w) => {
        const { k, al } = await granted(w, { Constraints: { EncryptionContextSubset: { App: "payroll" } } });
        await w.lab.advance(600_000);
        return encrypt(k, al, { EncryptionContext: { Tier: "1" } });
      },
      /^Make the call with the encryption context that the grant \w{8}… wants: App=payroll/,
    ],
    [
      "one that wants just its own context",
      async (w) => {
        const { k, al } = await granted(w, { Constraints: { EncryptionContextEquals: { App: "payroll" } } });
        await w.lab.advance(600_000);
        return encrypt(k, al, { EncryptionContext: { App: "payroll", Tier: "1" } });
      },
      /just the encryption context that the grant/,
    ],
    [
      "one for another operation",
      async (w) => {
        const { k, al } = await granted(w);
        await w.lab.advance(600_000);
        return call("kms", "Decrypt", { CiphertextBlob: await w.encrypt(k) }, al);
      },
      /^(Give user al a policy of its own|Make a grant on)/,
      [/Make a grant on/],
    ],
    [
      "too new, and with a constraint",
      async (w) => {
        const { k, al } = await granted(w, { Constraints: { EncryptionContextSubset: { App: "payroll" } } });
        return encrypt(k, al);
      },
      /^Make the call with the encryption context.*; and send the token of the grant/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});
