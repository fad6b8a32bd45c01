// Cuts botocore's service models (Apache-2.0) down to what Keyhole needs: names, types, limits, errors, paginators.
// No documentation text is kept. Run by hand when the pin moves: node .ci/generate-models.mjs
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, existsSync, writeFileSync, mkdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";

const python = (code) => execFileSync("python3", ["-c", code], { encoding: "utf8" }).trim();
const root = join(python("import botocore; print(botocore.__path__[0])"), "data");
const version = python("import botocore; print(botocore.__version__)");
const out = new URL("../lib/engine/models/", import.meta.url).pathname;

/** Which operations keep their shapes; `true` is all of them. The others keep their names, to be refused by name. */
const wanted = {
  kms: true,
  sts: true,
  ssm: `PutParameter GetParameter GetParameters GetParametersByPath GetParameterHistory DescribeParameters DeleteParameter DeleteParameters
    LabelParameterVersion UnlabelParameterVersion AddTagsToResource RemoveTagsFromResource ListTagsForResource
    GetServiceSetting UpdateServiceSetting ResetServiceSetting GetResourcePolicies PutResourcePolicy DeleteResourcePolicy`,
  iam: `CreateUser GetUser UpdateUser DeleteUser ListUsers TagUser UntagUser ListUserTags CreateGroup GetGroup UpdateGroup DeleteGroup ListGroups
    AddUserToGroup RemoveUserFromGroup ListGroupsForUser CreateRole GetRole UpdateRole UpdateRoleDescription DeleteRole ListRoles TagRole UntagRole ListRoleTags
    UpdateAssumeRolePolicy CreateServiceLinkedRole CreateAccessKey UpdateAccessKey DeleteAccessKey ListAccessKeys GetAccessKeyLastUsed
    CreatePolicy GetPolicy DeletePolicy ListPolicies CreatePolicyVersion GetPolicyVersion ListPolicyVersions SetDefaultPolicyVersion DeletePolicyVersion
    TagPolicy UntagPolicy ListPolicyTags ListEntitiesForPolicy AttachUserPolicy DetachUserPolicy ListAttachedUserPolicies AttachGroupPolicy DetachGroupPolicy
    ListAttachedGroupPolicies AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies PutUserPolicy GetUserPolicy DeleteUserPolicy ListUserPolicies
    PutGroupPolicy GetGroupPolicy DeleteGroupPolicy ListGroupPolicies PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies
    PutUserPermissionsBoundary DeleteUserPermissionsBoundary PutRolePermissionsBoundary DeleteRolePermissionsBoundary
    CreateAccountAlias DeleteAccountAlias ListAccountAliases GetAccountSummary GetAccountAuthorizationDetails
    SimulatePrincipalPolicy SimulateCustomPolicy GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy
    CreateLoginProfile GetLoginProfile UpdateLoginProfile DeleteLoginProfile ListMFADevices ListSigningCertificates ListSSHPublicKeys
    ListServiceSpecificCredentials ListInstanceProfilesForRole`,
  organizations: `CreateOrganization DescribeOrganization DeleteOrganization ListRoots ListAccounts DescribeAccount CreateAccount DescribeCreateAccountStatus
    ListAccountsForParent ListParents ListChildren MoveAccount CreateOrganizationalUnit DescribeOrganizationalUnit UpdateOrganizationalUnit
    DeleteOrganizationalUnit ListOrganizationalUnitsForParent CreatePolicy DescribePolicy UpdatePolicy DeletePolicy ListPolicies AttachPolicy DetachPolicy
    ListPoliciesForTarget ListTargetsForPolicy EnablePolicyType DisablePolicyType
    InviteAccountToOrganization AcceptHandshake DeclineHandshake CancelHandshake DescribeHandshake ListHandshakesForAccount ListHandshakesForOrganization
    RemoveAccountFromOrganization LeaveOrganization`,
  cloudtrail: `LookupEvents`,
  secretsmanager: true,
  lambda: `CreateFunction GetFunction GetFunctionConfiguration UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction ListFunctions Invoke
    AddPermission RemovePermission GetPolicy PublishVersion ListVersionsByFunction CreateAlias GetAlias UpdateAlias DeleteAlias ListAliases
    TagResource UntagResource ListTags GetAccountSettings PutFunctionConcurrency GetFunctionConcurrency DeleteFunctionConcurrency
    GetFunctionCodeSigningConfig GetRuntimeManagementConfig GetFunctionRecursionConfig PutFunctionRecursionConfig
    PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig ListFunctionEventInvokeConfigs`,
  logs: `CreateLogGroup DeleteLogGroup DescribeLogGroups CreateLogStream DeleteLogStream DescribeLogStreams PutLogEvents GetLogEvents FilterLogEvents
    PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource ListTagsForResource
    PutResourcePolicy DescribeResourcePolicies DeleteResourcePolicy`,
  events: `PutRule DescribeRule DeleteRule ListRules EnableRule DisableRule PutTargets RemoveTargets ListTargetsByRule ListRuleNamesByTarget
    PutEvents TestEventPattern CreateEventBus DescribeEventBus DeleteEventBus ListEventBuses PutPermission RemovePermission
    TagResource UntagResource ListTagsForResource`,
  sqs: `CreateQueue DeleteQueue GetQueueUrl ListQueues GetQueueAttributes SetQueueAttributes PurgeQueue SendMessage SendMessageBatch ReceiveMessage
    DeleteMessage DeleteMessageBatch ChangeMessageVisibility ChangeMessageVisibilityBatch AddPermission RemovePermission
    TagQueue UntagQueue ListQueueTags ListDeadLetterSourceQueues`,
  cloudformation: `CreateStack UpdateStack DeleteStack DescribeStacks ListStacks DescribeStackEvents DescribeStackResource DescribeStackResources
    ListStackResources GetTemplate GetTemplateSummary ValidateTemplate CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet ListChangeSets
    DetectStackDrift DetectStackResourceDrift DescribeStackDriftDetectionStatus DescribeStackResourceDrifts CancelUpdateStack ContinueUpdateRollback
    RollbackStack UpdateTerminationProtection SetStackPolicy GetStackPolicy ListExports ListImports`,
  rds: `CreateDBInstance DescribeDBInstances ModifyDBInstance DeleteDBInstance CreateDBCluster DescribeDBClusters ModifyDBCluster DeleteDBCluster
    StopDBInstance StartDBInstance StopDBCluster StartDBCluster DescribeGlobalClusters
    AddTagsToResource RemoveTagsFromResource ListTagsForResource DescribeDBEngineVersions DescribeOrderableDBInstanceOptions`,
  wafv2: `AssociateWebACL CheckCapacity CreateAPIKey CreateIPSet CreateRegexPatternSet CreateRuleGroup CreateWebACL DeleteAPIKey DeleteIPSet
    DeleteFirewallManagerRuleGroups DeleteLoggingConfiguration DeletePermissionPolicy DeleteRegexPatternSet DeleteRuleGroup DeleteWebACL DescribeAllManagedProducts
    DescribeManagedProductsByVendor DescribeManagedRuleGroup DisassociateWebACL GetDecryptedAPIKey GetIPSet GetLoggingConfiguration GetPermissionPolicy
    GetRateBasedStatementManagedKeys GetRegexPatternSet GetRuleGroup GetSampledRequests GetWebACL GetWebACLForResource ListAPIKeys
    ListAvailableManagedRuleGroupVersions ListAvailableManagedRuleGroups ListIPSets ListLoggingConfigurations ListManagedRuleSets ListRegexPatternSets
    ListResourcesForWebACL ListRuleGroups ListTagsForResource ListWebACLs PutLoggingConfiguration PutPermissionPolicy TagResource UntagResource
    UpdateIPSet UpdateRegexPatternSet UpdateRuleGroup UpdateWebACL`,
  shield: true,
  fms: `AssociateAdminAccount DeleteAppsList DeleteNotificationChannel DeletePolicy DeleteProtocolsList DisassociateAdminAccount GetAdminAccount GetAdminScope
    GetAppsList GetComplianceDetail GetNotificationChannel GetPolicy GetProtocolsList GetViolationDetails ListAdminAccountsForOrganization
    ListAdminsManagingAccount ListAppsLists ListComplianceStatus ListMemberAccounts ListPolicies ListProtocolsLists ListTagsForResource PutAdminAccount
    PutAppsList PutNotificationChannel PutPolicy PutProtocolsList TagResource UntagResource`,
  redshift: `CreateCluster DescribeClusters ModifyCluster DeleteCluster CreateTags DeleteTags DescribeTags DescribeLoggingStatus`,
};

/** Limits that the service itself refuses to pass, with an error of its own, in place of the general ValidationException; or names that are not all it takes. */
const ownRefusals = { cloudtrail: { MaxResults: "max" }, sqs: { QueueAttributeName: "enum", MessageSystemAttributeName: "enum" } };

const newest = (dir) => readdirSync(dir).sort().at(-1);
const read = (file) => {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  if (existsSync(`${file}.gz`)) return JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString("utf8"));
  return undefined;
};
const withoutDocs = (value) => {
  if (Array.isArray(value)) return value.map(withoutDocs);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, v]) => !(key.startsWith("documentation") && typeof v === "string") && key !== "deprecatedMessage" && key !== "deprecatedSince")
      .map(([key, v]) => [key, withoutDocs(v)]),
  );
};

/** Operations that change nothing: CloudTrail keeps none of their answers, but the credentials that STS gives out. */
const reading = /^(Get(?!SessionToken|FederationToken)|List|Describe|Lookup|Simulate)/;

/**
 * What the engine itself reads, and so every page: inputs to check them, and the answers that CloudTrail keeps, without
 * their limits. Errors, HTTP and paginators are for clients and the wire.
 */
function lean({ source, metadata, operations, shapes, notSimulated }) {
  const within = (names, add) => {
    const found = new Set();
    const visit = (name) => {
      if (!name || found.has(name)) return;
      found.add(name);
      const { members = {}, member, key, value } = shapes[name];
      for (const ref of [...Object.values(members), member, key, value]) visit(ref?.shape);
    };
    names.forEach(visit);
    for (const name of found) add(name);
  };
  const kept = {};
  const answers = Object.entries(operations).filter(([name, { output }]) => output && !reading.test(name));
  within(answers.map(([, { output }]) => output.shape), (name) => {
    const { type, members, member, key, value, sensitive } = shapes[name];
    kept[name] = { type, members, member, key, value, sensitive };
  });
  within(Object.values(operations).map(({ input }) => input?.shape), (name) => (kept[name] = shapes[name]));
  const answered = new Set(answers.map(([name]) => name));
  return {
    source,
    metadata,
    operations: Object.fromEntries(Object.entries(operations).map(([name, { input, output }]) => [name, { input, output: answered.has(name) ? output : undefined }])),
    shapes: Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1))),
    notSimulated,
  };
}

mkdirSync(join(out, "lean"), { recursive: true });
for (const [service, names] of Object.entries(wanted)) {
  const dir = join(root, service, newest(join(root, service)));
  const model = read(join(dir, "service-2.json"));
  const pages = read(join(dir, "paginators-1.json"))?.pagination ?? {};
  const waits = Object.entries(read(join(dir, "waiters-2.json"))?.waiters ?? {});
  const chosen = names === true ? Object.keys(model.operations) : names.trim().split(/\s+/);
  const missing = chosen.filter((name) => !model.operations[name]);
  if (missing.length) throw new Error(`${service}: no such operation ${missing}`);

  const shapes = {};
  const keep = (name) => {
    if (shapes[name]) return;
    const shape = withoutDocs(model.shapes[name]);
    shapes[name] = shape;
    for (const ref of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value]) if (ref?.shape) keep(ref.shape);
  };
  const operations = {};
  for (const name of [...chosen].sort()) {
    const { http, input, output, errors = [], deprecated } = model.operations[name];
    for (const ref of [input, output, ...errors]) if (ref) keep(ref.shape);
    operations[name] = withoutDocs({ http, input, output, errors: errors.map((e) => e.shape), deprecated });
  }
  for (const [name, limit] of Object.entries(ownRefusals[service] ?? {})) delete shapes[name][limit];
  const { apiVersion, endpointPrefix, jsonVersion, protocol, serviceFullName, serviceId, targetPrefix, xmlNamespace, signingName } = model.metadata;
  const result = {
    source: `botocore ${version}, Apache-2.0, cut down`,
    metadata: { apiVersion, endpointPrefix, jsonVersion, protocol, serviceFullName, serviceId, targetPrefix, xmlNamespace, signingName: signingName ?? endpointPrefix },
    operations,
    shapes: Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1))),
    paginators: Object.fromEntries(Object.entries(pages).filter(([name]) => operations[name])),
    notSimulated: Object.keys(model.operations).filter((name) => !operations[name]).sort(),
  };
  if (waits.length) result.waiters = Object.fromEntries(waits.filter(([, { operation }]) => operations[operation]).map(([name, { operation, delay, maxAttempts, acceptors }]) => [name, { operation, delay, maxAttempts, acceptors }]));
  // A REST request names no operation: those that are not simulated are known by their place.
  if (protocol.startsWith("rest")) result.notSimulatedHttp = Object.fromEntries(result.notSimulated.map((name) => [name, withoutDocs(model.operations[name].http)]));
  writeFileSync(join(out, `${service}.json`), JSON.stringify(result));
  writeFileSync(join(out, "lean", `${service}.json`), JSON.stringify(lean(result)));
  console.log(service, Object.keys(operations).length, "operations,", Object.keys(shapes).length, "shapes");
}

// Models of ours, written by hand in the same form.
for (const service of ["application", "architecture", "database", "estate", "traffic"]) writeFileSync(join(out, "lean", `${service}.json`), JSON.stringify(lean(read(join(out, `${service}.json`)))));

// Every service by its command-line name, so that a service that is not simulated can be named.
const services = {};
for (const name of readdirSync(root, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name)) {
  const dir = join(root, name);
  if (!existsSync(join(dir, newest(dir) ?? "", "service-2.json.gz")) && !existsSync(join(dir, newest(dir) ?? "", "service-2.json"))) continue;
  const { signingName, endpointPrefix } = read(join(dir, newest(dir), "service-2.json")).metadata;
  services[name] = signingName ?? endpointPrefix;
}
writeFileSync(join(out, "services.json"), JSON.stringify(services));
