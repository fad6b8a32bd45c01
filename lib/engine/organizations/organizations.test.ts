import { describe, expect, test } from "vitest";
import model from "../models/organizations.json";
import { A, B, adminOf, allow, document, testLab } from "../iam/test-lab.test-helper";
import { organizations } from "./index";

const b = adminOf(B);
const DENY_IAM = document({ Effect: "Deny", Action: "iam:ListUsers", Resource: "*" });

test("every operation of the model is there, and no other", () =>
  expect(organizations.operations.map(({ name }) => name).sort()).toEqual(Object.keys(model.operations).sort()));

/** An organization of A with B in it, and service control policies enabled. */
async function organized() {
  const world = testLab();
  const { must } = world;
  const { Organization } = await must("organizations", "CreateOrganization");
  const { Handshake } = await must("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } });
  await must("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id }, b);
  const [root] = (await must("organizations", "ListRoots")).Roots;
  await must("organizations", "EnablePolicyType", { RootId: root.Id, PolicyType: "SERVICE_CONTROL_POLICY" });
  return { ...world, Organization, rootId: root.Id as string };
}
type World = Awaited<ReturnType<typeof organized>>;

async function policy({ must }: World, Content: string, Type = "SERVICE_CONTROL_POLICY", Name = "p"): Promise<string> {
  return (await must("organizations", "CreatePolicy", { Name, Description: "", Type, Content })).Policy.PolicySummary.Id;
}

describe("an organization", () => {
  test("is made once, joined by invitation, left, and deleted empty", async () => {
    const { must, fails, Organization } = await organized();
    expect(Organization).toMatchObject({ Id: expect.stringMatching(/^o-[a-z0-9]{10}$/), FeatureSet: "ALL", MasterAccountId: A });
    expect(await fails("organizations", "CreateOrganization")).toMatch(/^AlreadyInOrganizationException/);
    expect((await must("organizations", "DescribeOrganization", {}, b)).Organization.Id).toBe(Organization.Id);
    expect((await must("organizations", "ListAccounts")).Accounts.map(({ Id }: { Id: string }) => Id)).toEqual([A, B]);
    expect(await fails("organizations", "ListAccounts", {}, b)).toBe(
      "AccessDeniedException: You don't have permissions to access this resource.",
    );
    expect(await fails("organizations", "DeleteOrganization")).toMatch(/^OrganizationNotEmptyException/);
    expect(await fails("organizations", "LeaveOrganization")).toMatch(/^MasterCannotLeaveOrganizationException/);
    await must("organizations", "LeaveOrganization", {}, b);
    expect(await fails("organizations", "DescribeOrganization", {}, b)).toBe(
      "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
    );
    await must("organizations", "DeleteOrganization");
    expect(await fails("organizations", "DescribeOrganization")).toMatch(/^AWSOrganizationsNotInUseException/);
  });

  test("invitations: answered once, by the invited alone, within fifteen days", async () => {
    const { must, fails, lab } = testLab();
    await must("organizations", "CreateOrganization");
    const invite = async () =>
      (await must("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } })).Handshake.Id;
    const first = await invite();
    expect(await fails("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: B } })).toMatch(
      /^DuplicateHandshakeException/,
    );
    expect(await fails("organizations", "AcceptHandshake", { HandshakeId: first })).toMatch(/^HandshakeNotFoundException/);
    await must("organizations", "DeclineHandshake", { HandshakeId: first }, b);
    expect(await fails("organizations", "AcceptHandshake", { HandshakeId: first }, b)).toMatch(/^InvalidHandshakeTransitionException/);
    const second = await invite();
    await must("organizations", "CancelHandshake", { HandshakeId: second });
    const third = await invite();
    await lab.advance(15 * 86_400_000);
    expect((await must("organizations", "DescribeHandshake", { HandshakeId: third }, b)).Handshake.State).toBe("EXPIRED");
    expect(await fails("organizations", "AcceptHandshake", { HandshakeId: third }, b)).toMatch(/^InvalidHandshakeTransitionException/);
    expect(
      (await must("organizations", "ListHandshakesForAccount", {}, b)).Handshakes.map(({ State }: { State: string }) => State).sort(),
    ).toEqual(["CANCELED", "DECLINED", "EXPIRED"]);
    expect(await fails("organizations", "InviteAccountToOrganization", { Target: { Type: "ACCOUNT", Id: "999999999999" } })).toMatch(
      /^AccountNotFoundException/,
    );
  });

  test("a new account comes with the way in for the management account", async () => {
    const { must } = await organized();
    const { CreateAccountStatus } = await must("organizations", "CreateAccount", { AccountName: "Logs", Email: "logs@example.com" });
    expect(CreateAccountStatus.State).toBe("IN_PROGRESS");
    const status = (await must("organizations", "DescribeCreateAccountStatus", { CreateAccountRequestId: CreateAccountStatus.Id }))
      .CreateAccountStatus;
    expect(status).toMatchObject({ State: "SUCCEEDED", AccountId: expect.stringMatching(/^\d{12}$/) });
    await must("sts", "AssumeRole", {
      RoleArn: `arn:aws:iam::${status.AccountId}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "s1",
    });
    expect((await must("organizations", "DescribeAccount", { AccountId: status.AccountId })).Account).toMatchObject({
      Name: "Logs",
      JoinedMethod: "CREATED",
      Status: "ACTIVE",
    });
  });
});

test("units: made, filled, in the way while filled", async () => {
  const { must, fails, rootId } = await organized();
  const { OrganizationalUnit } = await must("organizations", "CreateOrganizationalUnit", { ParentId: rootId, Name: "Prod" });
  expect(OrganizationalUnit.Id).toMatch(new RegExp(`^ou-${rootId.slice(2)}-[a-z0-9]{8}$`));
  expect(await fails("organizations", "CreateOrganizationalUnit", { ParentId: rootId, Name: "Prod" })).toMatch(
    /^DuplicateOrganizationalUnitException/,
  );
  await must("organizations", "MoveAccount", { AccountId: B, SourceParentId: rootId, DestinationParentId: OrganizationalUnit.Id });
  expect(
    await fails("organizations", "MoveAccount", { AccountId: B, SourceParentId: rootId, DestinationParentId: OrganizationalUnit.Id }),
  ).toMatch(/^SourceParentNotFoundException/);
  expect((await must("organizations", "ListParents", { ChildId: B })).Parents).toEqual([
    { Id: OrganizationalUnit.Id, Type: "ORGANIZATIONAL_UNIT" },
  ]);
  expect((await must("organizations", "ListChildren", { ParentId: OrganizationalUnit.Id, ChildType: "ACCOUNT" })).Children).toEqual([
    { Id: B, Type: "ACCOUNT" },
  ]);
  expect((await must("organizations", "ListAccountsForParent", { ParentId: rootId })).Accounts.map(({ Id }: { Id: string }) => Id)).toEqual(
    [A],
  );
  expect(await fails("organizations", "DeleteOrganizationalUnit", { OrganizationalUnitId: OrganizationalUnit.Id })).toMatch(
    /^OrganizationalUnitNotEmptyException/,
  );
  let ParentId = OrganizationalUnit.Id;
  for (let level = 2; level <= 5; level++)
    ParentId = (await must("organizations", "CreateOrganizationalUnit", { ParentId, Name: `L${level}` })).OrganizationalUnit.Id;
  expect(await fails("organizations", "CreateOrganizationalUnit", { ParentId, Name: "L6" })).toMatch(/^ConstraintViolationException/);
  expect((await must("organizations", "ListOrganizationalUnitsForParent", { ParentId: rootId })).OrganizationalUnits).toHaveLength(1);
});

// Organizations User Guide, "Service control policies (SCPs)": inheritance, management account, FullAWSAccess
describe("service control policies", () => {
  test("bind the member wherever they hang, not the management account, not after they are gone", async () => {
    const world = await organized();
    const { must, fails, rootId } = world;
    const unit = (await must("organizations", "CreateOrganizationalUnit", { ParentId: rootId, Name: "Prod" })).OrganizationalUnit.Id;
    await must("organizations", "MoveAccount", { AccountId: B, SourceParentId: rootId, DestinationParentId: unit });
    const PolicyId = await policy(world, DENY_IAM);
    for (const TargetId of [rootId, unit, B]) {
      await must("organizations", "AttachPolicy", { PolicyId, TargetId });
      expect(await fails("iam", "ListUsers", {}, b)).toBe(
        `AccessDenied: User: arn:aws:iam::${B}:user/admin is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${B}:user/ with an explicit deny in a service control policy`,
      );
      expect(await fails("iam", "ListUsers", {}, { account: B, root: true })).toMatch(/^AccessDenied/);
      await must("iam", "ListUsers");
      expect((await must("organizations", "ListTargetsForPolicy", { PolicyId })).Targets).toHaveLength(1);
      await must("organizations", "DetachPolicy", { PolicyId, TargetId });
      await must("iam", "ListUsers", {}, b);
    }
  });

  test("an allow list in place of FullAWSAccess; the last one stays", async () => {
    const world = await organized();
    const { must, fails } = world;
    expect(
      (await must("organizations", "ListPoliciesForTarget", { TargetId: B, Filter: "SERVICE_CONTROL_POLICY" })).Policies.map(
        ({ Name }: { Name: string }) => Name,
      ),
    ).toEqual(["FullAWSAccess"]);
    expect(await fails("organizations", "DetachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: B })).toMatch(
      /^ConstraintViolationException/,
    );
    const PolicyId = await policy(world, allow(["kms:*", "ssm:*"]));
    await must("organizations", "AttachPolicy", { PolicyId, TargetId: B });
    await must("organizations", "DetachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: B });
    await must("kms", "ListKeys", {}, b);
    expect(await fails("iam", "ListUsers", {}, b)).toMatch(/because no service control policy allows the iam:ListUsers action$/);
    expect(await fails("organizations", "DeletePolicy", { PolicyId })).toMatch(/^PolicyInUseException/);
    expect(await fails("organizations", "AttachPolicy", { PolicyId, TargetId: B })).toMatch(/^DuplicatePolicyAttachmentException/);
    await must("organizations", "UpdatePolicy", { PolicyId, Content: allow() });
    await must("iam", "ListUsers", {}, b);
  });

  test("five to a target; the type enabled first; AWS's own unchanged", async () => {
    const world = await organized();
    const { must, fails, rootId } = world;
    for (let i = 0; i < 4; i++)
      await must("organizations", "AttachPolicy", { PolicyId: await policy(world, DENY_IAM, undefined, `p${i}`), TargetId: B });
    expect(await fails("organizations", "AttachPolicy", { PolicyId: await policy(world, DENY_IAM, undefined, "p5"), TargetId: B })).toMatch(
      /^ConstraintViolationException/,
    );
    const rcp = await policy(
      world,
      document({ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }),
      "RESOURCE_CONTROL_POLICY",
      "r",
    );
    expect(await fails("organizations", "AttachPolicy", { PolicyId: rcp, TargetId: B })).toMatch(/^PolicyTypeNotEnabledException/);
    expect(await fails("organizations", "UpdatePolicy", { PolicyId: "p-FullAWSAccess", Name: "x" })).toMatch(/^InvalidInputException/);
    expect(await fails("organizations", "EnablePolicyType", { RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" })).toMatch(
      /^PolicyTypeAlreadyEnabledException/,
    );
    expect(await fails("organizations", "EnablePolicyType", { RootId: rootId, PolicyType: "TAG_POLICY" })).toMatch(
      /^NotSimulated: .*TAG_POLICY/,
    );
    await must("organizations", "DisablePolicyType", { RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" });
    await must("iam", "ListUsers", {}, b);
  });

  test.each([
    ["{", "SERVICE_CONTROL_POLICY"],
    [document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }), "SERVICE_CONTROL_POLICY"],
    [document({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }), "RESOURCE_CONTROL_POLICY"],
    [document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }), "RESOURCE_CONTROL_POLICY"],
    [document({ Effect: "Deny", Principal: { AWS: A }, Action: "kms:*", Resource: "*" }), "RESOURCE_CONTROL_POLICY"],
  ])("%s is no %s", async (Content, Type) => {
    const { fails } = await organized();
    expect(await fails("organizations", "CreatePolicy", { Name: "p", Description: "", Type, Content })).toMatch(
      /^MalformedPolicyDocumentException/,
    );
  });
});

test("permissions by target and by type of policy", async () => {
  const world = await organized();
  const { must, fails, rootId } = world;
  await must("iam", "CreateUser", { UserName: "u" });
  const mine = `arn:aws:organizations::${A}:account/${world.Organization.Id}/${B}`;
  await must("iam", "PutUserPolicy", {
    UserName: "u",
    PolicyName: "p",
    PolicyDocument: allow("organizations:*", [mine, `arn:aws:organizations::${A}:policy/*`], {
      Condition: { StringEqualsIfExists: { "organizations:PolicyType": "SERVICE_CONTROL_POLICY" } },
    }),
  });
  const u = { account: A, user: "u" };
  const PolicyId = await policy(world, DENY_IAM);
  await must("organizations", "DescribeAccount", { AccountId: B }, u);
  expect(await fails("organizations", "DescribeAccount", { AccountId: A }, u)).toMatch(
    /^AccessDeniedException: .* on resource: arn:aws:organizations::111122223333:account\/o-/,
  );
  await must("organizations", "AttachPolicy", { PolicyId, TargetId: B }, u);
  expect(await fails("organizations", "AttachPolicy", { PolicyId, TargetId: rootId }, u)).toMatch(/^AccessDeniedException/);
  const rcp = await policy(
    world,
    document({ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }),
    "RESOURCE_CONTROL_POLICY",
    "r",
  );
  expect(await fails("organizations", "DescribePolicy", { PolicyId: rcp }, u)).toMatch(/^AccessDeniedException/);
});

// Organizations User Guide, "Resource control policies (RCPs)"
test("resource control policies guard a member's keys, also against other accounts", async () => {
  const world = await organized();
  const { must, fails, rootId } = world;
  await must("organizations", "EnablePolicyType", { RootId: rootId, PolicyType: "RESOURCE_CONTROL_POLICY" });
  const { KeyMetadata } = await must("kms", "CreateKey", {}, b);
  const KeyId = KeyMetadata.Arn;
  await must("kms", "DescribeKey", { KeyId }, b);
  const Content = document({
    Effect: "Deny",
    Principal: "*",
    Action: "kms:DescribeKey",
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceAccount": B } },
  });
  await must("organizations", "AttachPolicy", { PolicyId: await policy(world, Content, "RESOURCE_CONTROL_POLICY"), TargetId: B });
  expect(await fails("kms", "DescribeKey", { KeyId }, b)).toMatch(/with an explicit deny in a resource control policy$/);
  expect(await fails("organizations", "DetachPolicy", { PolicyId: "p-RCPFullAWSAccess", TargetId: B })).toMatch(/^InvalidInputException/);
});

test("aws:PrincipalOrgID and aws:PrincipalOrgPaths", async () => {
  const { must, fails, Organization, rootId } = await organized();
  await must("iam", "CreateUser", { UserName: "u" }, b);
  const Condition = {
    StringEquals: { "aws:PrincipalOrgID": Organization.Id },
    "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": `${Organization.Id}/${rootId}/*` },
  };
  await must("iam", "PutUserPolicy", { UserName: "u", PolicyName: "p", PolicyDocument: allow("iam:ListUsers", "*", { Condition }) }, b);
  await must("iam", "ListUsers", {}, { account: B, user: "u" });
  await must("organizations", "RemoveAccountFromOrganization", { AccountId: B });
  expect(await fails("iam", "ListUsers", {}, { account: B, user: "u" })).toMatch(/^AccessDenied/);
});
