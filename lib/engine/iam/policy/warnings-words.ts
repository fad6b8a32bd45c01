import { compileGlob, matchGlob } from "./glob";
import { isKnownKey } from "./known-keys";
import iam from "../../models/iam.json";
import kms from "../../models/kms.json";
import organizations from "../../models/organizations.json";
import services from "../../models/services.json";
import ssm from "../../models/ssm.json";
import sts from "../../models/sts.json";

/**
 * The words that policies are written in: actions, condition keys, what kind of value a key has.
 * Sources: the service models; Service Authorization Reference, the pages of KMS, Systems Manager, IAM, STS and
 * Organizations; IAM User Guide, "AWS global condition context keys", "IAM and AWS STS condition context keys".
 */

interface Model {
  operations: object;
  notSimulated: string[];
}

/** Operations whose permission has another name, or none: `kms:ReEncrypt` asks for ReEncryptFrom and ReEncryptTo. */
const notActions: Record<string, string[]> = { kms: ["ReEncrypt"] };

/** Actions that are no operation of the API. */
const permissionOnly: Record<string, string[]> = {
  kms: ["ReEncryptFrom", "ReEncryptTo", "SynchronizeMultiRegionKey"],
  ssm: [
    "DescribeDocumentParameters",
    "ExecuteAPI",
    "GetCalendar",
    "GetManifest",
    "ListInstanceAssociations",
    "PutCalendar",
    "PutConfigurePackageResult",
    "RegisterManagedInstance",
    "UpdateInstanceAssociationStatus",
    "UpdateInstanceInformation",
  ],
  iam: [
    "DeleteCloudFrontPublicKey",
    "GetAccountEmailAddress",
    "GetAccountName",
    "GetCloudFrontPublicKey",
    "ListCloudFrontPublicKeys",
    "ListSTSRegionalEndpointsStatus",
    "PassRole",
    "SetSTSRegionalEndpointStatus",
    "UpdateAccountEmailAddress",
    "UpdateAccountName",
    "UpdateCloudFrontPublicKey",
    "UploadCloudFrontPublicKey",
  ],
  sts: ["GetServiceBearerToken", "GetSessionToken", "SetContext", "SetSourceIdentity", "TagSession"],
  organizations: [],
};

const models: Record<string, Model> = { iam, kms, organizations, ssm, sts };

/** Every action of the services that Keyhole models, by service prefix, in alphabetical order, without the prefix. */
export const actionsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(models).map(([service, model]) => {
    const names = [...Object.keys(model.operations), ...model.notSimulated, ...permissionOnly[service]];
    return [service, [...new Set(names)].filter((name) => !notActions[service]?.includes(name)).sort()];
  }),
);

/** IAM's prefix of a service is not always the one that signs its requests. */
const otherPrefixes =
  "cloudwatch elasticloadbalancing cognito-sync aws-portal sqlworkbench tag s3express s3-object-lambda rds-db sso-directory identity-sync mediaimport ssmmessages ec2messages q userpooldomain";
const prefixes = new Set([
  ...Object.values(services as Record<string, string>).map((name) => name.toLowerCase()),
  ...otherPrefixes.split(" "),
]);

/** Whether AWS has a service of that prefix, as far as Keyhole knows. */
export const isServicePrefix = (prefix: string): boolean => prefixes.has(prefix.toLowerCase());

/** Actions of a modelled service that a pattern after the colon means; any case. */
export function actionsThatMatch(service: string, pattern: string): string[] {
  const glob = compileGlob(pattern.toLowerCase(), "plain", false);
  return (actionsOf.get(service) ?? []).filter((name) => matchGlob(glob, name.toLowerCase()));
}

// ---------------------------------------------------------------- condition keys

/** What a key's values are; it says which operators fit. `any`: tags and encryption contexts hold what people put there. */
export type ValueKind = "string" | "arn" | "numeric" | "date" | "bool" | "ip" | "any";

export interface ConditionKey {
  /** As AWS writes it; `*` at the end stands for a name of one's own. */
  name: string;
  kind: ValueKind;
  /** A request may have several values: it needs ForAllValues or ForAnyValue. */
  many?: true;
  /** Keyhole supplies it wherever AWS would; a statement that reads any other does not match here. */
  evaluated: boolean;
}

const written: Record<ValueKind | "strings" | "arns", string> = {
  string: `
    aws:CalledViaFirst aws:CalledViaLast aws:FederatedProvider aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalServiceName
    aws:PrincipalType aws:referer aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID aws:SourceAccount aws:SourceIdentity aws:SourceOrgID
    aws:SourceVpc aws:SourceVpce aws:UserAgent aws:userid aws:username aws:VpceAccount aws:VpceOrgID aws:Ec2InstanceSourceVpc
    aws:ChatbotSourceArn
    kms:CallerAccount kms:CustomerMasterKeySpec kms:CustomerMasterKeyUsage kms:DataKeyPairSpec kms:EncryptionAlgorithm kms:ExpirationModel
    kms:GrantConstraintType kms:GranteePrincipal kms:KeyAgreementAlgorithm kms:KeyOrigin kms:KeySpec kms:KeyUsage kms:MacAlgorithm
    kms:MessageType kms:MultiRegionKeyType kms:PrimaryRegion kms:RecipientAttestation:* kms:ReplicaRegion kms:RequestAlias
    kms:RetiringPrincipal kms:SigningAlgorithm kms:ViaService kms:WrappingAlgorithm kms:WrappingKeySpec
    ssm:DocumentType ssm:SyncType ssm:AccessRequestId
    iam:AWSServiceName iam:FIDO-FIPS-140-2-certification iam:FIDO-FIPS-140-3-certification iam:FIDO-certification iam:OrganizationsPolicyId
    iam:PassedToService iam:RegisterSecurityKey iam:ServiceSpecificCredentialServiceName
    sts:AWSServiceName sts:ExternalId sts:RequestContext/* sts:RoleSessionName sts:SourceIdentity
    organizations:PolicyType organizations:ServicePrincipal organizations:TransferDirection organizations:TransferType`,
  strings: `
    aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths aws:SourceOrgPaths aws:TagKeys aws:VpceOrgPaths
    kms:EncryptionContextKeys kms:GrantOperations kms:ResourceAliases ssm:DocumentCategories sts:TransitiveTagKeys`,
  arn: `
    aws:PrincipalArn aws:SourceArn aws:SourceVpcArn ssm:SourceInstanceARN iam:AssociatedResourceArn iam:PermissionsBoundary iam:PolicyARN
    sts:TaskPolicyArn`,
  arns: "sts:RequestContextProviders",
  numeric: `
    aws:MultiFactorAuthAge kms:RotationPeriodInDays kms:ScheduleKeyDeletionPendingWindowInDays sts:DurationSeconds
    iam:ServiceSpecificCredentialAgeDays`,
  date: "aws:CurrentTime aws:EpochTime aws:TokenIssueTime kms:ValidTo",
  bool: `
    aws:AssumedRoot aws:MultiFactorAuthPresent aws:PrincipalIsAWSService aws:SecureTransport aws:ViaAWSService
    kms:BypassPolicyLockoutSafetyCheck kms:GrantIsForAWSResource kms:MultiRegion kms:ReEncryptOnSameKey
    ssm:AutoApprove ssm:Overwrite ssm:Policies ssm:Recursive ssm:SessionDocumentAccessCheck`,
  ip: "aws:SourceIp aws:VpcSourceIp aws:Ec2InstanceSourcePrivateIPv4",
  any: "aws:PrincipalTag/* aws:RequestTag/* aws:ResourceTag/* iam:ResourceTag/* ssm:resourceTag/* kms:EncryptionContext:*",
};

/** Every condition key of AWS that is global or of a service that Keyhole models. */
export const conditionKeys: readonly ConditionKey[] = Object.entries(written)
  .flatMap(([kind, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name): ConditionKey => {
        const sample = name.toLowerCase().replace(/\*$/, "x");
        const key: ConditionKey = { name, kind: kind.replace(/^(string|arn)s$/, "$1") as ValueKind, evaluated: isKnownKey(sample) };
        return kind === "strings" || kind === "arns" ? { ...key, many: true } : key;
      }),
  )
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Prefixes whose keys are all in `conditionKeys`. */
const listedPrefixes = new Set(["aws", "kms", "ssm", "iam", "sts", "organizations"]);
/** Keys of theirs that other services' requests have too. */
const acrossServices = new Set(["ssm:sourceinstancearn"]);

export const isListedPrefix = (prefix: string): boolean => listedPrefixes.has(prefix.toLowerCase());
export const isAcrossServices = (key: string): boolean => acrossServices.has(key.toLowerCase());

const byName = new Map(conditionKeys.map((key) => [key.name.toLowerCase(), key]));
const open = conditionKeys.filter(({ name }) => name.endsWith("*")).map((key) => ({ start: key.name.slice(0, -1).toLowerCase(), key }));

/** A key by its name in any case, with the learner's own part for `*`. */
export function conditionKey(name: string): ConditionKey | undefined {
  const lower = name.toLowerCase();
  return byName.get(lower) ?? open.find(({ start }) => lower.startsWith(start) && lower.length > start.length)?.key;
}

/** The word of a list that a mistyped one most likely means: at most two letters amiss, or the same letters in another case. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(word.length / 3) + 1);
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(lower, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, or `limit` if it is that or more. */
function editDistance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    if (Math.min(...next) >= limit) return limit;
    row = next;
  }
  return Math.min(row[b.length], limit);
}
