/** What the IAM console sends is what the engine takes, and what it reads is what is there. */
import { beforeEach, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { Caller, JsonObject } from "@/lib/engine/types";
import type { Ask } from "../frame/use-load";
import { deleteGroup, deletePolicy, deleteRole, deleteUser } from "./delete-entities";
import { loadDocument, loadGroups, loadHeldPolicies, loadPolicies, loadRoles, loadUsers, trustedEntities } from "./load-iam";
import { loadControlPolicies, loadTargets } from "./organization/load-organization";
import { CONTROL, type ControlPage } from "./organization/words";
import { createRole, emptyRole, roleProblem, SERVICES, trustOf, type RoleDraft } from "./roles/create-role-draft";
import { liveSessions } from "./roles/live-sessions";
import { actingPolicies } from "./shared/acting-policies";
import { newPolicy, REVOKE_POLICY, revokePolicy, trustPolicy } from "./shared/policy-texts";
import { accessKeyCsv, configureCommands } from "./users/access-key-file";
import { createUser, emptyUser, nameProblem, type Progress } from "./users/create-user-draft";

const A = "111122223333";
const B = "444455556666";
const READ = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
const admin: Caller = { account: A, user: "admin" };
let lab: Lab;
let ask: Ask;

const askAs =
  (caller: Caller): Ask =>
  async (service, operation, input: JsonObject = {}) => {
    const reply = await lab.call({ service, operation, input, caller, region: "us-east-1" });
    if (!reply.ok) throw new Error(`${service}:${operation} ${reply.error.code}: ${reply.error.message}`);
    return reply.output as never;
  };

const policy = (Action = "kms:ListKeys") => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

beforeEach(() => {
  lab = createLab({ ports: seededPorts(5) });
  ask = askAs(admin);
});

const nothing = () => undefined;

describe("users and groups", () => {
  test("each way of giving permissions gives them", async () => {
    await ask("iam", "CreateGroup", { GroupName: "staff" });
    await ask("iam", "PutGroupPolicy", { GroupName: "staff", PolicyName: "keys", PolicyDocument: policy() });
    await createUser(ask, { ...emptyUser, name: "a", groups: ["staff"] }, undefined, {});
    await createUser(ask, { ...emptyUser, name: "b", way: "attach", policies: [READ], boundary: [READ], tags: [{ key: "team", value: "pay" }] }, "Corr3ct-horse", {});
    await ask("iam", "AddUserToGroup", { GroupName: "staff", UserName: "b" });
    await createUser(ask, { ...emptyUser, name: "c", way: "copy", copyFrom: ["b"] }, undefined, {});

    const held = async (name: string) => (await loadHeldPolicies(ask, { kind: "user", name })).map(({ name: each, group, type }) => [each, group, type]);
    expect(await held("a")).toEqual([["keys", "staff", "Customer inline"]]);
    expect(await held("c")).toEqual([
      ["IAMReadOnlyAccess", undefined, "AWS managed"],
      ["keys", "staff", "Customer inline"],
    ]);
    const { User } = await ask("iam", "GetUser", { UserName: "b" });
    expect([User.PermissionsBoundary.PermissionsBoundaryArn, User.Tags]).toEqual([READ, [{ Key: "team", Value: "pay" }]]);
    await ask("iam", "GetLoginProfile", { UserName: "b" });

    const users = await loadUsers(ask);
    expect(users.find(({ UserName }) => UserName === "a")?.groups).toEqual(["staff"]);
    const [staff] = await loadGroups(ask);
    expect([staff.users, staff.permissions]).toEqual([["a", "b", "c"], true]);
  });

  test("a second try after a refusal half way makes no second user", async () => {
    const draft = { ...emptyUser, name: "a", groups: ["missing"] };
    const progress: Progress = {};
    await expect(createUser(ask, draft, "Corr3ct-horse", progress)).rejects.toThrow("NoSuchEntity");
    expect(progress).toEqual({ user: true, password: true });
    await createUser(ask, { ...draft, groups: [] }, "Corr3ct-horse", progress);
  });

  test("deleting takes off first what IAM would complain of", async () => {
    await ask("iam", "CreateGroup", { GroupName: "staff" });
    await ask("iam", "PutGroupPolicy", { GroupName: "staff", PolicyName: "keys", PolicyDocument: policy() });
    await ask("iam", "AttachGroupPolicy", { GroupName: "staff", PolicyArn: READ });
    await createUser(ask, { ...emptyUser, name: "a", groups: ["staff"] }, "Corr3ct-horse", {});
    await ask("iam", "CreateAccessKey", { UserName: "a" });
    await ask("iam", "PutUserPolicy", { UserName: "a", PolicyName: "own", PolicyDocument: policy() });
    await ask("iam", "AttachUserPolicy", { UserName: "a", PolicyArn: READ });
    await expect(ask("iam", "DeleteUser", { UserName: "a" })).rejects.toThrow("DeleteConflict");
    await deleteUser(ask, "a", true);
    await createUser(ask, { ...emptyUser, name: "b", groups: ["staff"] }, undefined, {});
    await deleteGroup(ask, "staff");
    expect((await loadUsers(ask)).map(({ UserName }) => UserName)).not.toContain("a");
    expect(await loadGroups(ask)).toEqual([]);
  });

  test.each([
    ["alice", undefined],
    ["a+b=c,d.e@f_g-h", undefined],
    ["", "Enter a name."],
    ["a b", "Valid characters: A-Z, a-z, 0-9, and + = , . @ _ - (hyphen)."],
    ["x".repeat(65), "The name can have up to 64 characters."],
  ])("name %j", async (name, problem) => {
    expect(nameProblem(name, 64)).toBe(problem);
    const made = lab.call({ service: "iam", operation: "CreateUser", input: { UserName: name }, caller: admin });
    expect((await made).ok).toBe(problem === undefined);
  });
});

describe("roles", () => {
  const drafts: [string, Partial<RoleDraft>, string[]][] = [
    ...SERVICES.map(({ value }): [string, Partial<RoleDraft>, string[]] => [value, { service: value }, [`AWS Service: ${value.replace(".amazonaws.com", "")}`]]),
    ["this account", { trusted: "account" }, [`Account: ${A}`]],
    ["another, with an external ID", { trusted: "account", other: true, account: B, requireExternalId: true, externalId: "42" }, [`Account: ${B}`]],
    ["custom", { trusted: "custom", custom: trustPolicy({ kind: "account", account: `arn:aws:iam::${A}:user/admin` }) }, [`${A}:user/admin`]],
  ];
  test.each(drafts)("trusted: %s", async (_, part, trusted) => {
    const draft = { ...emptyRole, name: "r", description: "d", policies: [READ], ...part };
    expect(roleProblem(draft, A)).toBeUndefined();
    await createRole(ask, draft, A, nothing, false);
    const role = (await loadRoles(ask)).find(({ RoleName }) => RoleName === "r")!;
    expect(role.trusted).toEqual(trusted);
    await deleteRole(ask, "r");
  });

  test.each([
    [{}, /service/],
    [{ trusted: "account", other: true, account: "12" }, /12 digits/],
    [{ trusted: "account", requireExternalId: true }, /external ID/],
    [{ trusted: "custom", custom: "{" }, /JSON/],
  ] as [Partial<RoleDraft>, RegExp][])("%j is not ready", (part, problem) => expect(roleProblem({ ...emptyRole, ...part }, A)).toMatch(problem));

  test("a trust policy that names nobody who exists is refused by IAM", async () => {
    const custom = trustPolicy({ kind: "account", account: `arn:aws:iam::${A}:user/gone` });
    await expect(createRole(ask, { ...emptyRole, name: "r", trusted: "custom", custom }, A, nothing, false)).rejects.toThrow("MalformedPolicyDocument");
    expect(JSON.parse(trustOf({ ...emptyRole, trusted: "custom" }, A)).Statement).toHaveLength(1);
  });

  test("sessions are listed while they live, and revoking denies those that began before", async () => {
    await createRole(ask, { ...emptyRole, name: "r", trusted: "account", policies: [READ] }, A, nothing, false);
    const { Credentials } = await ask("sts", "AssumeRole", { RoleArn: `arn:aws:iam::${A}:role/r`, RoleSessionName: "test" });
    const { Role } = await ask("iam", "GetRole", { RoleName: "r" });
    const sts = () => lab.read({ account: A, region: "global", service: "sts" });
    expect(liveSessions(sts(), Role.RoleId, lab.now()).map(({ name }) => name)).toEqual(["test"]);
    const session = askAs({ accessKeyId: Credentials.AccessKeyId });
    await session("iam", "ListUsers");
    await lab.advance(2000);
    await ask("iam", "PutRolePolicy", { RoleName: "r", PolicyName: REVOKE_POLICY, PolicyDocument: revokePolicy(lab.now()) });
    await expect(session("iam", "ListUsers")).rejects.toThrow("explicit deny");
    await lab.advance(3600_000);
    expect(liveSessions(sts(), Role.RoleId, lab.now())).toEqual([]);
  });

  test.each([
    ["nothing", "{}", []],
    ["not JSON", "{", []],
    ["a deny", JSON.stringify({ Statement: { Effect: "Deny", Principal: "*" } }), []],
    ["everyone", JSON.stringify({ Statement: { Effect: "Allow", Principal: "*" } }), ["Everyone (*)"]],
    ["an account by its root", JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: [`arn:aws:iam::${B}:root`] } }] }), [`Account: ${B}`]],
    ["a provider", JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Federated: "x.example" } }] }), ["Federated: x.example"]],
  ])("trusted entities of %s", (_, document, words) => expect(trustedEntities(document)).toEqual(words));
});

describe("policies", () => {
  test("deleting detaches it everywhere and drops its versions; a boundary stands in the way", async () => {
    const { Policy } = await ask("iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: policy() });
    const PolicyArn = Policy.Arn as string;
    await ask("iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument: policy("kms:*"), SetAsDefault: true });
    await ask("iam", "CreateUser", { UserName: "a" });
    await ask("iam", "AttachUserPolicy", { UserName: "a", PolicyArn });
    await ask("iam", "PutUserPermissionsBoundary", { UserName: "a", PermissionsBoundary: PolicyArn });
    expect(JSON.parse(await loadDocument(ask, { name: "p", arn: PolicyArn })).Statement[0].Action).toBe("kms:*");
    await expect(deletePolicy(ask, PolicyArn)).rejects.toThrow("DeleteConflict");
    await ask("iam", "DeleteUserPermissionsBoundary", { UserName: "a" });
    await deletePolicy(ask, PolicyArn);
    expect((await loadPolicies(ask)).some(({ Arn }) => Arn === PolicyArn)).toBe(false);
  });

  test("what the editor begins with is refused until it says something", async () => {
    await expect(ask("iam", "CreatePolicy", { PolicyName: "p", PolicyDocument: newPolicy })).rejects.toThrow("MalformedPolicyDocument");
  });
});

describe("organization", () => {
  test("policies, targets down to nested units, and what acts on which account", async () => {
    await ask("organizations", "CreateOrganization", { FeatureSet: "ALL" });
    const { Roots } = await ask("organizations", "ListRoots");
    const root = Roots[0].Id as string;
    await ask("organizations", "EnablePolicyType", { RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" });
    const { OrganizationalUnit } = await ask("organizations", "CreateOrganizationalUnit", { ParentId: root, Name: "outer" });
    await ask("organizations", "CreateOrganizationalUnit", { ParentId: OrganizationalUnit.Id, Name: "inner" });
    expect((await loadTargets(ask)).map(({ Type, Name }) => `${Type} ${Name}`)).toEqual(["ROOT Root", "ORGANIZATIONAL_UNIT outer", "ORGANIZATIONAL_UNIT inner", `ACCOUNT Account ${A}`]);
    expect((await loadControlPolicies(ask, "SERVICE_CONTROL_POLICY")).map(({ Name }) => Name)).toEqual(["FullAWSAccess"]);

    const db = lab.read({ account: "global", region: "global", service: "organizations" });
    expect(actingPolicies(db, A)).toMatchObject({ member: true, management: true });
    expect(actingPolicies(db, B)).toMatchObject({ member: false, levels: { SERVICE_CONTROL_POLICY: [] } });
    const acting = actingPolicies(db, A);
    expect(acting.levels.SERVICE_CONTROL_POLICY).toEqual([
      { from: "root", policies: [{ id: "p-FullAWSAccess", name: "FullAWSAccess" }] },
      { from: `account ${A}`, policies: [{ id: "p-FullAWSAccess", name: "FullAWSAccess" }] },
    ]);
  });

  test.each(Object.keys(CONTROL) as ControlPage[])("%s: a filled-in beginning is taken", async (page) => {
    const { type, begin } = CONTROL[page];
    await ask("organizations", "CreateOrganization", { FeatureSet: "ALL" });
    const Content = begin.replace('"Action": []', '"Action": "kms:Decrypt"');
    await ask("organizations", "CreatePolicy", { Name: "p", Description: "", Content, Type: type });
  });
});

test("the file of an access key, and the commands that use it", () => {
  const key = { UserName: "a", AccessKeyId: "AKIAEXAMPLE", SecretAccessKey: "se/cr+et" };
  expect(accessKeyCsv(key)).toBe("\uFEFFAccess key ID,Secret access key\r\nAKIAEXAMPLE,se/cr+et\r\n");
  expect(configureCommands(key).split("\n")).toHaveLength(3);
});
