import { createLab, type Lab } from "../../lab";
import { seededPorts } from "../../ports";
import type { Caller, Decision, JsonObject, PolicyStatement, Reply, Trace } from "../../types";
import { A, AL, APP, B, BO, FAR, rootOf, type ControlPolicy, type DecisionRow, type Who } from "./row";

/** Labs for rows: one is built with all who may act, each row works on its own copy. */

export const document = (Statement: PolicyStatement[], Version = "2012-10-17"): string => JSON.stringify({ Version, Statement });
const admin = (account: string): Caller => ({ account, user: "admin" });

async function must(lab: Lab, service: string, operation: string, input: JsonObject = {}, caller: Caller = admin(A)): Promise<any> {
  const reply = await lab.call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
}

const trusting = document([
  { Effect: "Allow", Principal: { AWS: [A, B] }, Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] },
]);
const tags = (all: Record<string, string>) => Object.entries(all).map(([Key, Value]) => ({ Key, Value }));

async function people(): Promise<Lab> {
  const lab = createLab({ ports: seededPorts(3) });
  await must(lab, "iam", "CreateUser", { UserName: "al", Tags: tags({ team: "blue", level: "7", area: "web" }) });
  await must(lab, "iam", "CreateGroup", { GroupName: "staff" });
  await must(lab, "iam", "AddUserToGroup", { GroupName: "staff", UserName: "al" });
  await must(lab, "iam", "CreateUser", { UserName: "bo", Tags: tags({ team: "red" }) }, admin(B));
  const role = (RoleName: string, account: string) =>
    must(lab, "iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: trusting, Tags: tags({ team: "green" }) }, admin(account));
  await role("app", A);
  await role("far", B);
  for (const Name of ["/app/db", "/app/api/token", "/app/al/note", "/web/db", "plain"])
    await must(lab, "ssm", "PutParameter", { Name, Value: "v", Type: "String", Tags: tags({ team: "blue", stage: "test" }) });
  await must(lab, "ssm", "PutParameter", { Name: "/secret", Value: "v", Type: "SecureString" });
  await must(lab, "ssm", "PutParameter", { Name: "/shared", Value: "v", Type: "String", Tier: "Advanced" }, admin(B));
  return lab;
}

async function organized(): Promise<Lab> {
  const lab = await people();
  await must(lab, "organizations", "CreateOrganization");
  const { Handshake } = await must(lab, "organizations", "InviteAccountToOrganization", { Target: { Id: B, Type: "ACCOUNT" } });
  await must(lab, "organizations", "AcceptHandshake", { HandshakeId: Handshake.Id }, admin(B));
  const [{ Id: root }] = (await must(lab, "organizations", "ListRoots")).Roots;
  const { OrganizationalUnit } = await must(lab, "organizations", "CreateOrganizationalUnit", { ParentId: root, Name: "Unit" });
  await must(lab, "organizations", "MoveAccount", { AccountId: B, SourceParentId: root, DestinationParentId: OrganizationalUnit.Id });
  for (const PolicyType of ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"])
    await must(lab, "organizations", "EnablePolicyType", { RootId: root, PolicyType });
  return lab;
}

let plain: Promise<Lab> | undefined;
let withOrganization: Promise<Lab> | undefined;

export interface World {
  lab: Lab;
  caller: Caller;
  keyArn?: string;
}

/** The row's lab, built by real calls. */
export async function build(row: DecisionRow): Promise<World> {
  const base = await (row.scp || row.rcp || row.organized ? (withOrganization ??= organized()) : (plain ??= people()));
  const lab = base.fork();
  const who = row.who ?? "al";
  const account = homeOf(who);
  const as = admin(account);
  const keyArn = await makeKey(lab, row);
  const put = (operation: string, input: JsonObject) => must(lab, "iam", operation, input, as);
  if (who === "guest")
    await put("PutUserPolicy", {
      UserName: "al",
      PolicyName: "federates",
      PolicyDocument: document([{ Effect: "Allow", Action: ["sts:GetFederationToken", "sts:TagSession"], Resource: "*" }]),
    });
  const caller = await callerOf(lab, row, who);
  if (who === "guest") await put("DeleteUserPolicy", { UserName: "al", PolicyName: "federates" });
  const PolicyDocument = row.identity && document(fill(row.identity, keyArn));
  const kind = who === "app" || who === "far" ? "Role" : "User";
  const name = { [`${kind}Name`]: { app: "app", far: "far", bo: "bo" }[who as string] ?? "al" };
  if (PolicyDocument) await put(`Put${kind}Policy`, { ...name, PolicyName: "identity", PolicyDocument });
  if (row.group)
    await put("PutGroupPolicy", { GroupName: "staff", PolicyName: "group", PolicyDocument: document(fill(row.group, keyArn)) });
  if (row.boundary) {
    const { Policy } = await put("CreatePolicy", { PolicyName: "boundary", PolicyDocument: document(fill(row.boundary, keyArn)) });
    await put(`Put${kind}PermissionsBoundary`, { ...name, PermissionsBoundary: Policy.Arn });
  }
  if (row.trust) await trust(lab, row);
  if (row.parameterPolicy)
    await must(
      lab,
      "ssm",
      "PutResourcePolicy",
      { ResourceArn: `arn:aws:ssm:us-east-1:${B}:parameter/shared`, Policy: document(row.parameterPolicy) },
      admin(B),
    );
  await control(lab, row.scp, "SERVICE_CONTROL_POLICY");
  await control(lab, row.rcp, "RESOURCE_CONTROL_POLICY");
  return { lab, caller, ...(keyArn ? { keyArn } : {}) };
}

const homeOf = (who: Who): string => (who === "bo" || who === "far" || who === "root of B" ? B : A);

async function trust(lab: Lab, row: DecisionRow): Promise<void> {
  const [, account, RoleName] = /^arn:aws:iam::(\d+):role\/(.+)$/.exec(row.ask.input!.RoleArn as string)!;
  await must(lab, "iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: document(row.trust!) }, admin(account));
}

/** The key, with its aliases and grants; its policy goes in last and unchecked, so that a row can say anything. */
async function makeKey(lab: Lab, row: DecisionRow): Promise<string | undefined> {
  if (!/"(KEY|CIPHERTEXT)"|alias\//.test(JSON.stringify(row.ask))) return undefined;
  const owner = row.owner === "B" ? B : A;
  const as = admin(owner);
  const { KeyMetadata } = await must(lab, "kms", "CreateKey", row.keyInput ?? {}, as);
  for (const AliasName of row.aliases ?? []) await must(lab, "kms", "CreateAlias", { AliasName, TargetKeyId: KeyMetadata.KeyId }, as);
  for (const grant of row.grants ?? []) await must(lab, "kms", "CreateGrant", { KeyId: KeyMetadata.KeyId, ...grant }, as);
  // Until then a grant works only with its token.
  if (row.grants) await lab.advance(6 * 60_000);
  const { key, keyVersion } = row;
  if (key)
    await must(
      lab,
      "kms",
      "PutKeyPolicy",
      { KeyId: KeyMetadata.KeyId, Policy: document(fill(key, KeyMetadata.Arn), keyVersion), BypassPolicyLockoutSafetyCheck: true },
      as,
    );
  return KeyMetadata.Arn;
}

/** `KEY` in a policy is the key's ARN. */
const fill = (statements: PolicyStatement[], keyArn = "KEY"): PolicyStatement[] =>
  JSON.parse(JSON.stringify(statements).replaceAll('"KEY"', JSON.stringify(keyArn))) as PolicyStatement[];

async function callerOf(lab: Lab, row: DecisionRow, who: Who): Promise<Caller> {
  const policy = row.session ? { Policy: document(row.session) } : {};
  const keyOf = ({ Credentials }: any): Caller => ({ accessKeyId: Credentials.AccessKeyId });
  switch (who) {
    case "al":
      return { account: A, user: "al" };
    case "bo":
      return { account: B, user: "bo" };
    case "root":
      return { account: A, root: true };
    case "root of B":
      return { account: B, root: true };
    case "app":
      return keyOf(await must(lab, "sts", "AssumeRole", { RoleArn: APP, RoleSessionName: "s1", ...policy, ...row.sessionInput }));
    case "far":
      return keyOf(await must(lab, "sts", "AssumeRole", { RoleArn: FAR, RoleSessionName: "s1", ...policy, ...row.sessionInput }, admin(B)));
    case "guest":
      return keyOf(
        await must(lab, "sts", "GetFederationToken", { Name: "guest", ...policy, ...row.sessionInput }, { account: A, user: "al" }),
      );
    case "al's session":
      return keyOf(await must(lab, "sts", "GetSessionToken", {}, { account: A, user: "al" }));
  }
}

async function control(lab: Lab, policies: ControlPolicy[] | undefined, Type: string): Promise<void> {
  if (!policies) return;
  const [{ Id: root }] = (await must(lab, "organizations", "ListRoots")).Roots;
  const [{ Id: unit }] = (await must(lab, "organizations", "ListOrganizationalUnitsForParent", { ParentId: root })).OrganizationalUnits;
  const places = { root, unit, account: B };
  for (const [i, { at, statements, instead }] of policies.entries()) {
    const { Policy } = await must(lab, "organizations", "CreatePolicy", {
      Name: `${Type} ${i}`,
      Description: "",
      Type,
      Content: document(statements),
    });
    await must(lab, "organizations", "AttachPolicy", { PolicyId: Policy.PolicySummary.Id, TargetId: places[at] });
    if (instead) await must(lab, "organizations", "DetachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: places[at] });
  }
}

/** The row's own call. */
export async function call({ lab, caller, keyArn }: World, { ask, owner }: DecisionRow): Promise<Reply> {
  const { service, operation, region, sourceIp, userAgent, secureTransport } = ask;
  let text = JSON.stringify(ask.input ?? {});
  if (text.includes("CIPHERTEXT")) {
    const { CiphertextBlob } = await must(
      lab,
      "kms",
      "Encrypt",
      { KeyId: keyArn!, Plaintext: "aGk=" },
      { account: owner === "B" ? B : A, root: true },
    );
    text = text.replace("CIPHERTEXT", CiphertextBlob);
  }
  const input = JSON.parse(text.replaceAll('"KEY"', JSON.stringify(keyArn ?? ""))) as JsonObject;
  return lab.call({
    service,
    operation,
    input,
    caller,
    ...(region ? { region } : {}),
    ...(sourceIp ? { sourceIp } : {}),
    ...(userAgent ? { userAgent } : {}),
    ...(secureTransport === undefined ? {} : { secureTransport }),
  });
}

/** Every decision of a call and of the calls that it made. */
export const decisionsOf = ({ steps }: Trace): Decision[] =>
  steps.flatMap((step) => (step.kind === "decision" ? [step.decision] : step.kind === "call" ? decisionsOf(step.trace) : []));

// ---------------------------------------------------------------- SimulateCustomPolicy

/** Why the simulation cannot be asked, as far as the row shows it. */
export function notExpressible(row: DecisionRow): boolean {
  const { who = "al" } = row;
  const resourcePolicy = row.ask.service === "kms" || row.parameterPolicy !== undefined || row.ask.service === "sts";
  return (
    Boolean(row.session || who === "guest" || row.scp || row.rcp || row.grants || row.ask.service === "sts") ||
    (who !== "al" && who !== "bo" && (resourcePolicy || who.startsWith("root")))
  );
}

/** The same question to SimulateCustomPolicy: the row's policies, the decision's own action, resource and context. */
export async function simulate({ lab, keyArn }: World, row: DecisionRow, decision: Decision): Promise<any> {
  const { who = "al" } = row;
  const own = [...(row.identity ? [document(fill(row.identity, keyArn))] : []), ...(row.group ? [document(fill(row.group, keyArn))] : [])];
  const resource = decision.layers.find(({ kind, policies }) => kind === "ResourcePolicy" && policies.length > 0);
  const owner = decision.context["aws:ResourceAccount"] as string;
  const home = homeOf(who);
  const { EvaluationResults } = await must(
    lab,
    "iam",
    "SimulateCustomPolicy",
    {
      PolicyInputList: own.length > 0 ? own : [document([{ Effect: "Allow", Action: "ec2:DescribeRegions", Resource: "*" }])],
      ...(row.boundary ? { PermissionsBoundaryPolicyInputList: [document(fill(row.boundary, keyArn))] } : {}),
      ...(resource ? { ResourcePolicy: resourcePolicyOf(row, keyArn), CallerArn: who === "bo" ? BO : AL } : {}),
      ...(owner === home ? {} : { ResourceOwner: rootOf(owner) }),
      ActionNames: [decision.action],
      ResourceArns: [decision.resource],
      ContextEntries: Object.entries(decision.context).map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyType: Array.isArray(value) ? "stringList" : "string",
        ContextKeyValues: [value].flat(),
      })),
    },
    admin(home),
  );
  return EvaluationResults[0];
}

function resourcePolicyOf(row: DecisionRow, keyArn?: string): string {
  if (row.parameterPolicy) return document(row.parameterPolicy);
  const owner = row.owner === "B" ? B : A;
  const standard: PolicyStatement = { Effect: "Allow", Principal: { AWS: rootOf(owner) }, Action: "kms:*", Resource: "*" };
  return document(fill(row.key ?? [standard], keyArn), row.keyVersion);
}
