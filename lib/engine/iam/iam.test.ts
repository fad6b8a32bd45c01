import { describe, expect, test } from "vitest";
import model from "../models/iam.json";
import { iam } from "./index";
import { A, B, adminOf, allow, document, testLab, trust } from "./test-lab.test-helper";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const READ = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";

test("every operation of the model is there, and no other", () =>
  expect(iam.operations.map(({ name }) => name).sort()).toEqual(Object.keys(model.operations).sort()));

describe("users", () => {
  test("from creation to deletion", async () => {
    const { must, fails } = testLab();
    const { User } = await must("iam", "CreateUser", { UserName: "alice", Path: "/team/", Tags: [{ Key: "team", Value: "db" }] });
    expect(User).toEqual({
      Path: "/team/",
      UserName: "alice",
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${A}:user/team/alice`,
      CreateDate: 1767225600,
      Tags: [{ Key: "team", Value: "db" }],
    });
    expect((await must("iam", "GetUser", { UserName: "alice" })).User).toEqual(User);
    expect((await must("iam", "ListUsers", { PathPrefix: "/team/" })).Users).toEqual([
      { Path: "/team/", UserName: "alice", UserId: User.UserId, Arn: User.Arn, CreateDate: User.CreateDate },
    ]);
    expect(await fails("iam", "CreateUser", { UserName: "ALICE" })).toBe("EntityAlreadyExists: User with name ALICE already exists.");
    await must("iam", "UpdateUser", { UserName: "alice", NewUserName: "alicia" });
    expect((await must("iam", "GetUser", { UserName: "alicia" })).User).toMatchObject({
      UserId: User.UserId,
      Arn: `arn:aws:iam::${A}:user/team/alicia`,
    });
    expect(await fails("iam", "GetUser", { UserName: "alice" })).toBe("NoSuchEntity: The user with name alice cannot be found.");
    await must("iam", "DeleteUser", { UserName: "alicia" });
    expect((await must("iam", "ListUsers")).Users.map(({ UserName }: { UserName: string }) => UserName)).toEqual(["admin"]);
  });

  test.each<[string, string, object, string]>([
    ["AttachUserPolicy", "DetachUserPolicy", { PolicyArn: READ }, "DeleteConflict: Cannot delete entity, must detach all policies first."],
    [
      "PutUserPolicy",
      "DeleteUserPolicy",
      { PolicyName: "p", PolicyDocument: allow() },
      "DeleteConflict: Cannot delete entity, must delete policies first.",
    ],
    [
      "CreateLoginProfile",
      "DeleteLoginProfile",
      { Password: "Correct horse" },
      "DeleteConflict: Cannot delete entity, must delete login profile first.",
    ],
  ])("is not deleted before %s is undone by %s", async (make, undo, input, error) => {
    const { must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "u" });
    await must("iam", make, { UserName: "u", ...input });
    expect(await fails("iam", "DeleteUser", { UserName: "u" })).toBe(error);
    const { PolicyDocument: _document, Password: _password, ...rest } = input as Record<string, string>;
    await must("iam", undo, { UserName: "u", ...rest });
    await must("iam", "DeleteUser", { UserName: "u" });
  });

  test("GetUser without a name is the caller; root has one too, a role has none", async () => {
    const { must, fails } = testLab();
    expect((await must("iam", "GetUser")).User.UserName).toBe("admin");
    expect((await must("iam", "GetUser", {}, { account: A, root: true })).User).toMatchObject({ UserId: A, Arn: `arn:aws:iam::${A}:root` });
    await must("iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: trust({ AWS: A }) });
    await must("iam", "AttachRolePolicy", { RoleName: "r", PolicyArn: ADMIN });
    expect(await fails("iam", "GetUser", {}, { account: A, role: "r", session: "s" })).toBe(
      "ValidationError: Must specify userName when calling with non-User credentials",
    );
  });

  test("pages", async () => {
    const { must, fails } = testLab();
    for (let i = 0; i < 5; i++) await must("iam", "CreateUser", { UserName: `user${i}` });
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await must("iam", "ListUsers", { MaxItems: 2, ...(Marker ? { Marker } : {}) });
      names.push(...page.Users.map(({ UserName }: { UserName: string }) => UserName));
      expect(page.IsTruncated).toBe(page.Marker !== undefined);
      Marker = page.Marker;
    } while (Marker);
    expect(names).toEqual(["admin", "user0", "user1", "user2", "user3", "user4"]);
    expect(await fails("iam", "ListUsers", { Marker: "nonsense" })).toBe("ValidationError: Invalid Marker.");
  });

  test("tags: merged by key whatever its case, duplicates and aws: refused", async () => {
    const { must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "u", Tags: [{ Key: "Team", Value: "a" }] });
    await must("iam", "TagUser", {
      UserName: "u",
      Tags: [
        { Key: "team", Value: "b" },
        { Key: "__proto__", Value: "c" },
      ],
    });
    expect((await must("iam", "ListUserTags", { UserName: "u" })).Tags).toEqual([
      { Key: "__proto__", Value: "c" },
      { Key: "team", Value: "b" },
    ]);
    expect(
      await fails("iam", "TagUser", {
        UserName: "u",
        Tags: [
          { Key: "x", Value: "1" },
          { Key: "X", Value: "2" },
        ],
      }),
    ).toMatch(/^InvalidInput: Duplicate tag keys/);
    expect(await fails("iam", "TagUser", { UserName: "u", Tags: [{ Key: "aws:x", Value: "1" }] })).toMatch(/^InvalidInput/);
    await must("iam", "UntagUser", { UserName: "u", TagKeys: ["TEAM"] });
    expect((await must("iam", "ListUserTags", { UserName: "u" })).Tags).toHaveLength(1);
  });
});

describe("access keys", () => {
  test("sign as their user, two at most, and not while inactive", async () => {
    const { must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "u" });
    const { AccessKey } = await must("iam", "CreateAccessKey", { UserName: "u" });
    expect(AccessKey).toMatchObject({
      UserName: "u",
      Status: "Active",
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    });
    const key = { accessKeyId: AccessKey.AccessKeyId };
    expect((await must("sts", "GetCallerIdentity", {}, key)).Arn).toBe(`arn:aws:iam::${A}:user/u`);
    await must("iam", "CreateAccessKey", { UserName: "u" });
    expect(await fails("iam", "CreateAccessKey", { UserName: "u" })).toBe("LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
    await must("iam", "UpdateAccessKey", { UserName: "u", AccessKeyId: AccessKey.AccessKeyId, Status: "Inactive" });
    expect(await fails("sts", "GetCallerIdentity", {}, key)).toBe(
      "InvalidClientTokenId: The security token included in the request is invalid.",
    );
    expect(
      (await must("iam", "ListAccessKeys", { UserName: "u" })).AccessKeyMetadata.map(({ Status }: { Status: string }) => Status).sort(),
    ).toEqual(["Active", "Inactive"]);
    expect(await fails("iam", "DeleteUser", { UserName: "u" })).toBe(
      "DeleteConflict: Cannot delete entity, must delete access keys first.",
    );
    await must("iam", "DeleteAccessKey", { UserName: "u", AccessKeyId: AccessKey.AccessKeyId });
    expect(await fails("iam", "DeleteAccessKey", { UserName: "u", AccessKeyId: AccessKey.AccessKeyId })).toBe(
      `NoSuchEntity: The Access Key with id ${AccessKey.AccessKeyId} cannot be found`,
    );
  });

  test("another account's key is unknown here", async () => {
    const { must, fails } = testLab();
    const { AccessKey } = await must("iam", "CreateAccessKey", {}, adminOf(B));
    expect(await fails("iam", "GetAccessKeyLastUsed", { AccessKeyId: AccessKey.AccessKeyId })).toMatch(/^NoSuchEntity/);
    expect(await must("iam", "GetAccessKeyLastUsed", { AccessKeyId: AccessKey.AccessKeyId }, adminOf(B))).toEqual({
      UserName: "admin",
      AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" },
    });
  });
});

test.each([
  ["short", "Ab1!"],
  ["two kinds of characters", "abcdefgh1"],
])("a password too %s is against the policy", async (_title, Password) => {
  const { fails } = testLab();
  expect(await fails("iam", "CreateLoginProfile", { UserName: "admin", Password })).toBe(
    "PasswordPolicyViolation: Password does not conform to the account password policy.",
  );
});

describe("groups", () => {
  test("members have the group's policies; a new name follows them", async () => {
    const { must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "u" });
    await must("iam", "CreateGroup", { GroupName: "readers" });
    await must("iam", "AttachGroupPolicy", { GroupName: "readers", PolicyArn: "arn:aws:iam::aws:policy/IAMReadOnlyAccess" });
    const u = { account: A, user: "u" };
    expect(await fails("iam", "ListUsers", {}, u)).toMatch(/^AccessDenied/);
    await must("iam", "AddUserToGroup", { GroupName: "readers", UserName: "u" });
    await must("iam", "ListUsers", {}, u);
    await must("iam", "UpdateGroup", { GroupName: "readers", NewGroupName: "auditors" });
    await must("iam", "ListUsers", {}, u);
    expect((await must("iam", "GetGroup", { GroupName: "auditors" })).Users).toHaveLength(1);
    expect((await must("iam", "ListGroupsForUser", { UserName: "u" })).Groups[0].GroupName).toBe("auditors");
    expect(await fails("iam", "DeleteGroup", { GroupName: "auditors" })).toBe(
      "DeleteConflict: Cannot delete entity, must remove users from group first.",
    );
    await must("iam", "RemoveUserFromGroup", { GroupName: "auditors", UserName: "u" });
    expect(await fails("iam", "ListUsers", {}, u)).toMatch(/^AccessDenied/);
    expect(await fails("iam", "DeleteGroup", { GroupName: "auditors" })).toBe(
      "DeleteConflict: Cannot delete entity, must detach all policies first.",
    );
  });
});

describe("managed policies", () => {
  test("versions: five at most, numbers never again, the default stays", async () => {
    const { must, fails } = testLab();
    const { Policy } = await must("iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: allow("ssm:GetParameter"), Description: "d" });
    expect(Policy).toMatchObject({
      PolicyId: expect.stringMatching(/^ANPA/),
      Arn: `arn:aws:iam::${A}:policy/p`,
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      IsAttachable: true,
    });
    const PolicyArn = Policy.Arn;
    for (const n of [2, 3, 4, 5])
      expect((await must("iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow(`ssm:Get${n}`) })).PolicyVersion).toMatchObject({
        VersionId: `v${n}`,
        IsDefaultVersion: false,
      });
    expect(await fails("iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow() })).toMatch(
      /^LimitExceeded: A managed policy can have up to 5 versions\./,
    );
    expect(await fails("iam", "DeletePolicyVersion", { PolicyArn, VersionId: "v1" })).toBe(
      "DeleteConflict: Cannot delete the default version of a policy.",
    );
    await must("iam", "DeletePolicyVersion", { PolicyArn, VersionId: "v5" });
    expect(
      (await must("iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: allow(), SetAsDefault: true })).PolicyVersion,
    ).toMatchObject({ VersionId: "v6", IsDefaultVersion: true });
    expect(
      (await must("iam", "ListPolicyVersions", { PolicyArn })).Versions.map(({ VersionId }: { VersionId: string }) => VersionId),
    ).toEqual(["v6", "v4", "v3", "v2", "v1"]);
    const version = (await must("iam", "GetPolicyVersion", { PolicyArn, VersionId: "v2" })).PolicyVersion;
    expect(decodeURIComponent(version.Document)).toBe(allow("ssm:Get2"));
    expect(version.Document).toMatch(/^%7B%22Version%22%3A%222012-10-17%22/);
    expect(version.Document).not.toMatch(/[*!'()]/);
    expect(await fails("iam", "DeletePolicy", { PolicyArn })).toMatch(/^DeleteConflict: This policy has more than one version/);
  });

  test("attached: counted, listed, and in the way of deletion", async () => {
    const { must, fails } = testLab();
    const { Policy } = await must("iam", "CreatePolicy", { PolicyName: "p", Path: "/x/", PolicyDocument: allow() });
    await must("iam", "CreateUser", { UserName: "u", PermissionsBoundary: Policy.Arn });
    await must("iam", "AttachUserPolicy", { UserName: "u", PolicyArn: Policy.Arn });
    expect((await must("iam", "GetPolicy", { PolicyArn: Policy.Arn })).Policy).toMatchObject({
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
    });
    expect((await must("iam", "ListEntitiesForPolicy", { PolicyArn: Policy.Arn })).PolicyUsers).toHaveLength(1);
    expect((await must("iam", "ListAttachedUserPolicies", { UserName: "u", PathPrefix: "/x/" })).AttachedPolicies).toEqual([
      { PolicyName: "p", PolicyArn: Policy.Arn },
    ]);
    expect((await must("iam", "ListAttachedUserPolicies", { UserName: "u", PathPrefix: "/y/" })).AttachedPolicies).toEqual([]);
    expect((await must("iam", "ListPolicies", { Scope: "Local", OnlyAttached: true })).Policies).toHaveLength(1);
    expect(await fails("iam", "DeletePolicy", { PolicyArn: Policy.Arn })).toBe(
      "DeleteConflict: Cannot delete a policy attached to entities.",
    );
    expect(await fails("iam", "DetachUserPolicy", { UserName: "u", PolicyArn: READ })).toBe(`NoSuchEntity: Policy ${READ} was not found.`);
    expect(await fails("iam", "AttachUserPolicy", { UserName: "u", PolicyArn: "arn:aws:iam::aws:policy/NoSuch" })).toBe(
      "NoSuchEntity: Policy arn:aws:iam::aws:policy/NoSuch does not exist or is not attachable.",
    );
    expect(await fails("iam", "CreatePolicy", { PolicyName: "P", PolicyDocument: allow() })).toBe(
      "EntityAlreadyExists: A policy called P already exists. Duplicate names are not allowed.",
    );
  });

  test("AWS's own are listed, read, and never changed", async () => {
    const { must, fails } = testLab();
    expect((await must("iam", "ListPolicies", { Scope: "AWS" })).Policies.length).toBeGreaterThan(5);
    expect((await must("iam", "GetPolicy", { PolicyArn: ADMIN })).Policy).toMatchObject({
      PolicyName: "AdministratorAccess",
      AttachmentCount: 1,
    });
    expect(
      JSON.parse(decodeURIComponent((await must("iam", "GetPolicyVersion", { PolicyArn: ADMIN, VersionId: "v1" })).PolicyVersion.Document))
        .Statement,
    ).toEqual([{ Effect: "Allow", Action: "*", Resource: "*" }]);
    expect(await fails("iam", "CreatePolicyVersion", { PolicyArn: ADMIN, PolicyDocument: allow() })).toBe(
      "AccessDenied: Policy is outside your own account.",
    );
  });

  test("quotas of sizes and numbers", async () => {
    const { must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "u" });
    expect(
      await fails("iam", "CreatePolicy", {
        PolicyName: "big",
        PolicyDocument: allow(
          "ssm:Get",
          Array.from({ length: 200 }, (_, i) => `arn:aws:ssm:us-east-1:${A}:parameter/${i}`),
        ),
      }),
    ).toBe("LimitExceeded: Cannot exceed quota for PolicySize: 6144");
    expect(
      await fails("iam", "PutUserPolicy", {
        UserName: "u",
        PolicyName: "big",
        PolicyDocument: allow(
          "ssm:Get",
          Array.from({ length: 60 }, (_, i) => `arn:aws:ssm:us-east-1:${A}:parameter/${i}`),
        ),
      }),
    ).toBe("LimitExceeded: Maximum policy size of 2048 bytes exceeded for user u");
    for (let i = 0; i < 11; i++) await must("iam", "CreatePolicy", { PolicyName: `p${i}`, PolicyDocument: allow() });
    for (let i = 0; i < 10; i++) await must("iam", "AttachUserPolicy", { UserName: "u", PolicyArn: `arn:aws:iam::${A}:policy/p${i}` });
    expect(await fails("iam", "AttachUserPolicy", { UserName: "u", PolicyArn: `arn:aws:iam::${A}:policy/p10` })).toBe(
      "LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10",
    );
  });
});

// Reasons as IAM gives them for an identity policy.
describe("policies that IAM does not take", () => {
  const one = (more: object) => document({ Effect: "Allow", Action: "ssm:GetParameter", Resource: "*", ...more });
  test.each<[string, string]>([
    ["{", "Syntax errors in policy."],
    ["{}", "Syntax errors in policy."],
    [JSON.stringify({ Version: "2012-10-17", Statement: [], Extra: 1 }), "Syntax errors in policy."],
    [JSON.stringify({ Version: "2012-10-17", Statement: [] }), "Syntax errors in policy."],
    [
      JSON.stringify({ Version: "2008-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
      "Policy document must be version 2012-10-17 or greater.",
    ],
    [
      JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
      "Policy document must be version 2012-10-17 or greater.",
    ],
    [one({ Effect: "allow" }), "The policy failed legacy parsing"],
    [one({ Condition: { StringIs: { "aws:username": "x" } } }), "Syntax errors in policy."],
    [one({ Principal: "*" }), "Policy document should not specify a principal."],
    [one({ Action: undefined }), "Policy statement must contain actions."],
    [one({ Action: [] }), "Policy statement must contain actions."],
    [one({ Resource: undefined }), "Policy statement must contain resources."],
    [one({ Action: "GetParameter" }), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."],
    [one({ Action: "ssm:Get:Parameter" }), "Actions/Condition can contain only one colon."],
    [one({ Action: "s*m:GetParameter" }), "Vendor s*m is not valid"],
    [one({ Resource: "parameter" }), 'Resource parameter must be in ARN format or "*".'],
    [one({ Resource: "arn:amazon:ssm" }), 'Partition "amazon" is not valid for resource "arn:amazon:ssm:*:*:*".'],
    [one({ Resource: "arn:aws:s*m:us-east-1:1:x" }), "Resource vendor must be fully qualified and cannot contain regexes."],
    [
      one({ Resource: "arn:aws:iam:us-east-1:111122223333:user/x" }),
      "IAM resource arn:aws:iam:us-east-1:111122223333:user/x cannot contain region information.",
    ],
    [
      one({ Resource: "arn:aws:iam::111122223333:users/x" }),
      'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
    ],
    [
      document({ Sid: "A", Effect: "Allow", Action: "*", Resource: "*" }, { Sid: "A", Effect: "Allow", Action: "*", Resource: "*" }),
      "Statement IDs (SID) in a single policy must be unique.",
    ],
    [
      one({ Sid: "no spaces" }),
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ],
  ])("%s", async (PolicyDocument, reason) => {
    const { fails, lab } = testLab();
    const before = JSON.stringify(lab.snapshot().records);
    expect(await fails("iam", "CreatePolicy", { PolicyName: "p", PolicyDocument })).toBe(`MalformedPolicyDocument: ${reason}`);
    expect(JSON.stringify(lab.snapshot().records)).toBe(before);
  });

  test.each<[string, string]>([
    [document({ Effect: "Allow", Principal: { AWS: A }, Action: "sts:AssumeRole", Resource: "*" }), "Has prohibited field Resource"],
    [
      document({ Effect: "Allow", Principal: { AWS: A }, Action: "ssm:GetParameter" }),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      document({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:user/nobody` }, Action: "sts:AssumeRole" }),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${A}:user/nobody"`,
    ],
    [document({ Effect: "Allow", Principal: { AWS: "alice" }, Action: "sts:AssumeRole" }), 'Invalid principal in policy: "AWS":"alice"'],
    [document({ Effect: "Allow", Action: "sts:AssumeRole" }), "Missing required field Principal"],
    ["nonsense", "This policy contains invalid Json"],
  ])("trust: %s", async (AssumeRolePolicyDocument, reason) =>
    expect(await testLab().fails("iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument })).toBe(
      `MalformedPolicyDocument: ${reason}`,
    ),
  );
});

describe("roles", () => {
  test("from creation to deletion", async () => {
    const { must, fails } = testLab();
    const { Role } = await must("iam", "CreateRole", {
      RoleName: "app",
      AssumeRolePolicyDocument: trust({ Service: "lambda.amazonaws.com" }),
      Description: "d",
      MaxSessionDuration: 7200,
    });
    expect(Role).toMatchObject({ RoleId: expect.stringMatching(/^AROA/), Arn: `arn:aws:iam::${A}:role/app` });
    const role = (await must("iam", "GetRole", { RoleName: "app" })).Role;
    expect(role).toMatchObject({ Description: "d", MaxSessionDuration: 7200, RoleLastUsed: {} });
    expect(decodeURIComponent(role.AssumeRolePolicyDocument)).toBe(trust({ Service: "lambda.amazonaws.com" }));
    await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "__proto__", PolicyDocument: allow("ssm:Get*") });
    expect((await must("iam", "ListRolePolicies", { RoleName: "app" })).PolicyNames).toEqual(["__proto__"]);
    expect(decodeURIComponent((await must("iam", "GetRolePolicy", { RoleName: "app", PolicyName: "__proto__" })).PolicyDocument)).toBe(
      allow("ssm:Get*"),
    );
    expect(await fails("iam", "GetRolePolicy", { RoleName: "app", PolicyName: "constructor" })).toBe(
      "NoSuchEntity: The role policy with name constructor cannot be found.",
    );
    await must("iam", "UpdateRole", { RoleName: "app", MaxSessionDuration: 3600, Description: "e" });
    await must("iam", "UpdateAssumeRolePolicy", { RoleName: "app", PolicyDocument: trust({ AWS: A }) });
    expect(await fails("iam", "DeleteRole", { RoleName: "app" })).toBe("DeleteConflict: Cannot delete entity, must delete policies first.");
    await must("iam", "DeleteRolePolicy", { RoleName: "app", PolicyName: "__proto__" });
    await must("iam", "DeleteRole", { RoleName: "app" });
    expect(await fails("iam", "GetRole", { RoleName: "app" })).toBe("NoSuchEntity: The role with name app cannot be found.");
  });

  test("a service-linked role is AWS's to change", async () => {
    const { must, fails } = testLab();
    const { Role } = await must("iam", "CreateServiceLinkedRole", { AWSServiceName: "ssm.amazonaws.com" });
    expect(Role.Arn).toBe(`arn:aws:iam::${A}:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM`);
    expect(await fails("iam", "AttachRolePolicy", { RoleName: Role.RoleName, PolicyArn: ADMIN })).toMatch(
      /^UnmodifiableEntity: Cannot perform the operation on the protected role/,
    );
  });
});

test("a boundary holds for the user it is put on", async () => {
  const { must, fails } = testLab();
  await must("iam", "CreateUser", { UserName: "u" });
  await must("iam", "AttachUserPolicy", { UserName: "u", PolicyArn: ADMIN });
  const u = { account: A, user: "u" };
  await must("iam", "ListUsers", {}, u);
  await must("iam", "PutUserPermissionsBoundary", { UserName: "u", PermissionsBoundary: READ });
  expect(await fails("iam", "ListUsers", {}, u)).toBe(
    `AccessDenied: User: arn:aws:iam::${A}:user/u is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${A}:user/ because no permissions boundary allows the iam:ListUsers action`,
  );
  expect((await must("iam", "GetUser", { UserName: "u" })).User.PermissionsBoundary).toEqual({
    PermissionsBoundaryType: "Policy",
    PermissionsBoundaryArn: READ,
  });
  await must("iam", "DeleteUserPermissionsBoundary", { UserName: "u" });
  await must("iam", "ListUsers", {}, u);
});

test("conditions of IAM's own: who may attach what", async () => {
  const { must, fails } = testLab();
  await must("iam", "CreateUser", { UserName: "u", Tags: [{ Key: "team", Value: "db" }] });
  await must("iam", "CreateUser", { UserName: "v" });
  await must("iam", "PutUserPolicy", {
    UserName: "u",
    PolicyName: "p",
    PolicyDocument: allow(["iam:AttachUserPolicy", "iam:TagUser"], "*", { Condition: { ArnEquals: { "iam:PolicyARN": READ } } }),
  });
  await must("iam", "PutUserPolicy", {
    UserName: "u",
    PolicyName: "q",
    PolicyDocument: allow("iam:TagUser", "*", {
      Condition: {
        StringEquals: { "iam:ResourceTag/team": "${aws:PrincipalTag/team}" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["cost"] },
      },
    }),
  });
  const u = { account: A, user: "u" };
  await must("iam", "AttachUserPolicy", { UserName: "v", PolicyArn: READ }, u);
  expect(await fails("iam", "AttachUserPolicy", { UserName: "v", PolicyArn: ADMIN }, u)).toMatch(/^AccessDenied/);
  await must("iam", "TagUser", { UserName: "u", Tags: [{ Key: "cost", Value: "1" }] }, u);
  expect(await fails("iam", "TagUser", { UserName: "u", Tags: [{ Key: "team", Value: "x" }] }, u)).toMatch(/^AccessDenied/);
  expect(await fails("iam", "TagUser", { UserName: "v", Tags: [{ Key: "cost", Value: "1" }] }, u)).toMatch(/^AccessDenied/);
});

describe("the account", () => {
  test("summary, details, alias", async () => {
    const { must, fails } = testLab();
    await must("iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: trust({ AWS: A }) });
    expect((await must("iam", "GetAccountSummary")).SummaryMap).toMatchObject({
      Users: 1,
      Roles: 1,
      Groups: 0,
      AccessKeysPerUserQuota: 2,
      AccountAccessKeysPresent: 0,
    });
    const details = await must("iam", "GetAccountAuthorizationDetails");
    expect(details.UserDetailList[0]).toMatchObject({
      UserName: "admin",
      AttachedManagedPolicies: [{ PolicyName: "AdministratorAccess", PolicyArn: ADMIN }],
    });
    expect(details.RoleDetailList).toHaveLength(1);
    expect(details.Policies[0].PolicyVersionList[0]).toMatchObject({ VersionId: "v1", IsDefaultVersion: true });
    expect((await must("iam", "GetAccountAuthorizationDetails", { Filter: ["Role"] })).UserDetailList).toEqual([]);
    await must("iam", "CreateAccountAlias", { AccountAlias: "keyhole" });
    expect((await must("iam", "ListAccountAliases")).AccountAliases).toEqual(["keyhole"]);
    expect(await fails("iam", "CreateAccountAlias", { AccountAlias: "keyhole" }, adminOf(B))).toBe(
      "EntityAlreadyExists: The account alias keyhole already exists.",
    );
    await must("iam", "DeleteAccountAlias", { AccountAlias: "keyhole" });
    expect(await fails("iam", "DeleteAccountAlias", { AccountAlias: "keyhole" })).toMatch(/^NoSuchEntity/);
  });

  test("accounts do not see each other", async () => {
    const { must, fails } = testLab();
    await must("iam", "CreateUser", { UserName: "here" });
    expect(await fails("iam", "GetUser", { UserName: "here" }, adminOf(B))).toMatch(/^NoSuchEntity/);
    expect((await must("iam", "ListUsers", {}, adminOf(B))).Users).toHaveLength(1);
  });

  test.each(["ListMFADevices", "ListSSHPublicKeys", "ListSigningCertificates", "ListServiceSpecificCredentials"])(
    "%s: none",
    async (operation) => {
      const { must, fails } = testLab();
      expect(Object.values(await must("iam", operation, { UserName: "admin" }))[0]).toEqual([]);
      expect(await fails("iam", operation, { UserName: "nobody" })).toMatch(/^NoSuchEntity/);
    },
  );
});
