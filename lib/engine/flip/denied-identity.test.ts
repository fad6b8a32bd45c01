import { describe, test } from "vitest";
import { A, type Row, allow, by, call, check, delegation, deny, doc, encrypt, get, userArn, when } from "./flip.test-helper";

/**
 * Refused calls of every kind: the first change offered is the one that somebody who knows AWS would make, and every
 * change offered is run again on a fresh copy (see `flipsOf`), where it must flip the answer.
 */

describe("nothing allows it: identity policies", () => {
  test.each<Row>([
    [
      "no policy at all",
      async (w) => encrypt(await w.key(), await w.user("al")),
      /^Give user al a policy of its own that allows kms:Encrypt on the key/,
      [/Add a statement to the key policy/, /Make a grant/, /Attach AWS’s policy/],
    ],
    [
      "a statement for the key, without the action",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:Decrypt", { Resource: k })));
      },
      /^Add kms:Encrypt to the actions of statement 1 of the policy own of user al\.$/,
    ],
    [
      "a statement for the action, on another key",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:Encrypt", { Resource: await w.key() })));
      },
      /^Add the key …\w{4} to the resources of statement 1/,
    ],
    [
      "a statement for another service",
      async (w) => encrypt(await w.key(), await w.user("al", allow("ssm:GetParameter", { Resource: `arn:aws:ssm:*:${A}:parameter/a/*` }))),
      /^Add a statement to the policy own of user al that allows kms:Encrypt/,
    ],
    [
      "a named statement",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", { ...allow("kms:Decrypt", { Resource: k }), Sid: "UseKey" }));
      },
      /^Add kms:Encrypt to the actions of “UseKey” of/,
    ],
    [
      "a role without a policy",
      async (w) => encrypt(await w.key(), await w.role("app", [])),
      /^Give role app a policy of its own that allows kms:Encrypt/,
    ],
    [
      "a customer managed policy without the action",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al");
        const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
        await w.must("iam", "AttachUserPolicy", { UserName: "al", PolicyArn });
        return encrypt(k, al);
      },
      /^Add kms:Encrypt to the actions of statement 1 of the managed policy keys/,
    ],
    [
      "a managed policy that others have too: the change for al alone comes first",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al");
        await w.user("bo");
        const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
        for (const UserName of ["al", "bo"]) await w.must("iam", "AttachUserPolicy", { UserName, PolicyArn });
        return encrypt(k, al);
      },
      /^Give user al a policy of its own/,
      [/managed policy keys/],
    ],
    [
      "a managed policy with five versions",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al");
        const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
        for (let i = 0; i < 4; i++)
          await w.must("iam", "CreatePolicyVersion", {
            PolicyArn,
            PolicyDocument: doc(allow("kms:Decrypt", { Resource: k })),
            SetAsDefault: true,
          });
        await w.must("iam", "AttachUserPolicy", { UserName: "al", PolicyArn });
        return encrypt(k, al);
      },
      /^Add kms:Encrypt to the actions of statement 1 of the managed policy keys/,
    ],
    [
      "NotAction leaves it out",
      async (w) => encrypt(await w.key(), await w.user("al", { Effect: "Allow", NotAction: ["kms:Encrypt", "iam:*"], Resource: "*" })),
      /^Add a statement to the policy own/,
      [/Take kms:Encrypt out of NotAction/],
    ],
    [
      "a parameter's path",
      async (w) => {
        await w.parameter("/prod/db");
        return get("/prod/db", await w.user("al", allow("ssm:GetParameter", { Resource: `arn:aws:ssm:*:${A}:parameter/dev/*` })));
      },
      /^Add the parameter \/prod\/db to the resources of statement 1/,
    ],
    [
      "reading by path",
      async (w) => {
        await w.parameter("/prod/db");
        return call("ssm", "GetParametersByPath", { Path: "/prod" }, await w.user("al", allow("ssm:GetParameter")));
      },
      /^Add a statement to the policy own of user al that allows ssm:GetParametersByPath on the parameter \/?prod/,
    ],
    [
      "a user who may not make users",
      async (w) => call("iam", "CreateUser", { UserName: "new" }, await w.user("al", allow("iam:GetUser"))),
      /that allows iam:CreateUser on user new/,
    ],
    [
      "two questions in one call: PutParameter with tags",
      async (w) =>
        call(
          "ssm",
          "PutParameter",
          { Name: "/a", Value: "1", Type: "String", Tags: [{ Key: "k", Value: "v" }] },
          await w.user("al", allow("ssm:PutParameter")),
        ),
      /^Add ssm:AddTagsToResource to the actions|^Add a statement to the policy own of user al that allows ssm:AddTagsToResource/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("deny in an identity policy", () => {
  test.each<Row>([
    [
      "of the user itself",
      async (w) => encrypt(await w.key(), await w.user("al", allow("kms:*"), { Sid: "No", ...deny("kms:Encrypt") })),
      /^Let “No” of the policy own of user al deny all but the key/,
      [/Take “No” out of the policy own/],
    ],
    [
      "with the action in a list",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:*"), deny(["kms:Encrypt", "kms:Sign"], { Resource: k })));
      },
      /^Take kms:Encrypt out of the actions that statement 2/,
    ],
    [
      "of a group",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        await w.user("bo", allow("kms:*"));
        await w.must("iam", "CreateGroup", { GroupName: "staff" });
        await w.must("iam", "PutGroupPolicy", {
          GroupName: "staff",
          PolicyName: "guard",
          PolicyDocument: doc({ Sid: "NoUse", ...deny("kms:Encrypt") }),
        });
        for (const UserName of ["al", "bo"]) await w.must("iam", "AddUserToGroup", { GroupName: "staff", UserName });
        return encrypt(await w.key(), al);
      },
      /^Exempt user al from “NoUse” of the policy guard of group staff/,
      [/Take user al out of the group staff/],
    ],
    [
      "unless the key has a tag",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:*"), deny("kms:Encrypt", when("StringNotEquals", "aws:ResourceTag/env", "dev"))));
      },
      /./,
      [/Put the tag env=dev on the key/, /Let statement 2/],
    ],
    [
      "because the key has a tag",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "TagResource", { KeyId: k, Tags: [{ TagKey: "env", TagValue: "prod" }] });
        return encrypt(k, await w.user("al", allow("kms:*"), deny("kms:Encrypt", when("StringEquals", "aws:ResourceTag/env", "prod"))));
      },
      /./,
      [/Take the tag env off the key/],
    ],
    [
      "of overwriting",
      async (w) => {
        await w.parameter("/a");
        return call(
          "ssm",
          "PutParameter",
          { Name: "/a", Value: "2", Type: "String", Overwrite: true },
          await w.user("al", allow("ssm:*"), deny("ssm:PutParameter", when("StringEquals", "ssm:Overwrite", "true"))),
        );
      },
      /^Let statement 2 of the policy own of user al deny all but the parameter \/?a|deny/,
    ],
    [
      "two denies, in the key policy and on the user",
      async (w) => {
        const al = await w.user("al", allow("kms:*"), deny("kms:Encrypt"));
        return encrypt(await w.key(delegation, { Sid: "KeyNo", ...deny("kms:Encrypt", by(userArn("al"))) }), al);
      },
      /“KeyNo”.*; and .*statement 2/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("tags", () => {
  const abac = { Sid: "SameTeam", ...allow("kms:Encrypt", when("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}")) };
  test.each<Row>([
    [
      "the key has no tag",
      async (w) => {
        await w.user("al", abac);
        await w.must("iam", "TagUser", { UserName: "al", Tags: [{ Key: "team", Value: "blue" }] });
        return encrypt(await w.key(), { account: A, user: "al" });
      },
      /^Put the tag team=blue on the key/,
    ],
    [
      "the caller has no tag",
      async (w) => {
        const al = await w.user("al", abac);
        const k = await w.key();
        await w.must("kms", "TagResource", { KeyId: k, Tags: [{ TagKey: "team", TagValue: "red" }] });
        return encrypt(k, al);
      },
      /Put the tag team=red on user al|allows kms:Encrypt on/,
      [/Put the tag team=red on user al/],
    ],
    [
      "a parameter's tag",
      async (w) => {
        await w.parameter("/a");
        return get("/a", await w.user("al", allow("ssm:GetParameter", when("StringEquals", "ssm:resourceTag/env", "dev"))));
      },
      /^Put the tag env=dev on the parameter/,
    ],
    [
      "a tag of the request",
      async (w) =>
        call(
          "kms",
          "CreateKey",
          {},
          await w.user("al", allow(["kms:CreateKey", "kms:TagResource"], when("StringEquals", "aws:RequestTag/env", "dev"))),
        ),
      /^Send the tag env=dev with the call/,
    ],
    [
      "a role's tag",
      async (w) =>
        encrypt(await w.key(), await w.role("app", [allow("kms:Encrypt", when("StringEquals", "aws:PrincipalTag/tier", "gold"))])),
      /Put the tag tier=gold on role app|allows kms:Encrypt/,
      [/Put the tag tier=gold on role app/],
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});
