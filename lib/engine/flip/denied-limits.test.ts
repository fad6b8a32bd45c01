import { describe, test } from "vitest";
import type { Call, Caller, JsonObject } from "../types";
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
  deny,
  doc,
  encrypt,
  roleArn,
  rootOf,
  session,
  userArn,
  when,
} from "./flip.test-helper";

/**
 * Refused calls of every kind: the first change offered is the one that somebody who knows AWS would make, and every
 * change offered is run again on a fresh copy (see `flipsOf`), where it must flip the answer.
 */

describe("what limits: boundary, session, control policies", () => {
  const bounded = async (w: World, boundary: string, ...statements: object[]): Promise<Caller> => {
    const al = await w.user("al", ...statements);
    await w.must("iam", "PutUserPermissionsBoundary", { UserName: "al", PermissionsBoundary: boundary });
    return al;
  };
  test.each<Row>([
    [
      "a boundary without the action",
      async (w) => {
        const k = await w.key();
        const al = await bounded(w, await w.policy("edge", allow("kms:Decrypt", { Resource: k })), allow("kms:*"));
        return encrypt(k, al);
      },
      /^Add kms:Encrypt to the actions of statement 1 of the permissions boundary edge of user al/,
      [/Take the permissions boundary edge away from user al/],
    ],
    [
      "a boundary for another service",
      async (w) => encrypt(await w.key(), await bounded(w, await w.policy("edge", allow("ssm:*")), allow("kms:*"))),
      /^Add a statement to the permissions boundary edge of user al that allows kms:Encrypt/,
    ],
    [
      "a boundary of AWS's own",
      async (w) => encrypt(await w.key(), await bounded(w, "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess", allow("kms:*"))),
      /^(Make a copy of AmazonSSMReadOnlyAccess|Add a statement to the key policy)/,
      [/Make a copy of AmazonSSMReadOnlyAccess that also allows kms:Encrypt/],
    ],
    [
      "boundary and identity policy both",
      async (w) => {
        const al = await bounded(w, await w.policy("edge", allow("ssm:*")));
        await w.parameter("/a");
        return call("kms", "CreateKey", {}, al);
      },
      /that allows kms:CreateKey.*; and add .* the permissions boundary edge/i,
    ],
    [
      "a deny in a boundary",
      async (w) =>
        encrypt(
          await w.key(),
          await bounded(w, await w.policy("edge", allow("*"), { Sid: "NoUse", ...deny("kms:Encrypt") }), allow("kms:*")),
        ),
      /“NoUse” of the permissions boundary edge/,
    ],
    [
      "a session policy without the action",
      async (w) => {
        await w.role("app", [allow("kms:*")]);
        const s = await session(w, "app", { Policy: doc(allow("kms:Decrypt")) });
        return encrypt(await w.key(), s);
      },
      /the session policy of AssumeRole, which is then called again/,
      [/Assume the role again without a session policy/],
    ],
    [
      "a deny in a session policy",
      async (w) => {
        await w.role("app", [allow("kms:*")]);
        const s = await session(w, "app", { Policy: doc(allow("*"), deny("kms:Encrypt")) });
        return encrypt(await w.key(), s);
      },
      /session policy of AssumeRole/,
    ],
    [
      "a federated user without a session policy",
      async (w) => {
        const al = await w.user("al", allow("*"));
        const { Credentials } = await w.must("sts", "GetFederationToken", { Name: "guest" }, al);
        return encrypt(await w.key(), { accessKeyId: Credentials.AccessKeyId });
      },
      /^Add a statement to the session policy of GetFederationToken/,
      [/Add a statement to the key policy/],
    ],
    [
      "a service control policy that denies",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "guard", { Sid: "NoKeys", ...deny("kms:CreateKey") });
        return call("kms", "CreateKey", {}, admin(B));
      },
      /^Exempt user admin from “NoKeys” of the service control policy guard/,
    ],
    [
      "service control policies that leave it out",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "only-ssm", allow("ssm:*"));
        await w.must("organizations", "DetachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: B });
        return call("kms", "CreateKey", {}, admin(B));
      },
      /(to the actions of statement 1 of|^Add a statement to) the service control policy only-ssm/,
      [/Attach FullAWSAccess to the account 444455556666 again/],
    ],
    [
      "a service control policy and no identity policy",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "guard", { Sid: "NoKeys", ...deny("kms:CreateKey") });
        return call("kms", "CreateKey", {}, await w.userOf(B, "bo"));
      },
      /“NoKeys”.*; and give user bo a policy of its own that allows kms:CreateKey/i,
    ],
    [
      "a resource control policy",
      async (w) => {
        const { control } = await w.organization();
        const k = (await w.must("kms", "CreateKey", {}, admin(B))).KeyMetadata.Arn as string;
        await control("RESOURCE", "fence", { Sid: "Fence", ...deny("kms:Encrypt", { Principal: "*" }) });
        return encrypt(k, admin(B));
      },
      /“Fence” of the resource control policy fence/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("trust policies", () => {
  const assume = (caller: Caller, more: JsonObject = {}): Call =>
    call("sts", "AssumeRole", { RoleArn: roleArn("app"), RoleSessionName: "sess", ...more }, caller);
  test.each<Row>([
    [
      "one that names somebody else",
      async (w) => {
        const al = await w.user("al", allow("sts:AssumeRole"));
        await w.user("bo");
        await w.role("app", [], by(userArn("bo")));
        return assume(al);
      },
      /^Add user al to the principals of statement 1 of the trust policy of role app/,
    ],
    [
      "no identity policy",
      async (w) => {
        const al = await w.user("al");
        await w.role("app", [], by(rootOf(A)));
        return assume(al);
      },
      /^Give user al a policy of its own that allows sts:AssumeRole on role app/,
      [/trust policy of role app/],
    ],
    [
      "an ExternalId that was not sent",
      async (w) => {
        const bo = await w.userOf(B, "bo", allow("sts:AssumeRole"));
        await w.role("app", [], { ...by(rootOf(B)), ...when("StringEquals", "sts:ExternalId", "x-1") });
        return assume(bo);
      },
      /^Make the call with ExternalId x-1/,
    ],
    [
      "from another account, neither half",
      async (w) => {
        const bo = await w.userOf(B, "bo");
        await w.role("app", [], by(rootOf(A)));
        return assume(bo);
      },
      /trust policy of role app.*; and give user bo a policy/,
    ],
    [
      "session tags without sts:TagSession",
      async (w) => {
        const al = await w.user("al", allow("sts:*"));
        await w.role("app", [], by(rootOf(A)));
        return assume(al, { Tags: [{ Key: "team", Value: "blue" }] });
      },
      /sts:TagSession/,
    ],
    [
      "a session that is to last too long",
      async (w) => {
        await w.role("app", []);
        return assume(admin(), { DurationSeconds: 7200 });
      },
      /^Ask for 3600 seconds/,
      [/Let sessions of role app last 7200 seconds/],
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});
