/** What an option of the `aws` command names. */
export type NameKind =
  | "key"
  | "key-or-alias"
  | "alias"
  | "grant"
  | "parameter"
  | "path"
  | "secret"
  | "user"
  | "group"
  | "role"
  | "role-arn"
  | "policy-arn"
  | "principal-arn"
  | "access-key"
  | "account"
  | "region"
  | "database-host"
  | "db-instance"
  | "db-cluster"
  | "redshift-cluster";

/** A name, and what tells it from the others. */
export interface FoundName {
  name: string;
  about?: string;
}

/** The names of the lab. Looked up by their beginning: a lab with many thousands of them answers as quickly as an empty one. */
export interface LabNames {
  /** In order, at most `limit`. `of` narrows further: the key whose grants, the user whose access keys. */
  find(kind: NameKind, prefix: string, place: { account: string; region: string }, limit: number, of?: string): FoundName[];
  /** The account that an access key belongs to. */
  accountOf(accessKeyId: string): string | undefined;
}

/** KMS operations that take an alias for a key. Source: KMS API, KeyId of each operation. */
const byAlias =
  /^(?:encrypt|decrypt|describe-key|get-public-key|generate-|sign$|verify|derive-shared-secret|get-key-last-usage|re-encrypt)/;

const regionMembers = new Set(["ReplicaRegion", "PrimaryRegion"]);

/** Names that an operation is to make. */
const made: Record<string, string | undefined> = {
  "create-alias": "AliasName",
  "create-user": "UserName",
  "create-group": "GroupName",
  "create-role": "RoleName",
  "create-secret": "Name",
  "create-instance-profile": "InstanceProfileName",
  "create-db-instance": "DBInstanceIdentifier",
  "create-db-cluster": "DBClusterIdentifier",
  "create-cluster": "ClusterIdentifier",
};

/**
 * Which names an option takes, by the service and the member of its input; undefined where there are none to offer. A
 * name that the operation is to make is not offered.
 */
export function kindOf(service: string, operation: string, member: string): NameKind | undefined {
  if (regionMembers.has(member)) return "region";
  if (made[operation] === member) return undefined;
  if (member.endsWith("KeyId") && member !== "AccessKeyId" && member !== "XksKeyId")
    return service !== "kms" || (byAlias.test(operation) && member !== "TargetKeyId") ? "key-or-alias" : "key";
  switch (member) {
    case "SecretId":
    case "SecretIdList":
      return "secret";
    case "AliasName":
      return "alias";
    case "GrantId":
      return "grant";
    case "UserName":
      return "user";
    case "GroupName":
      return "group";
    case "RoleName":
      return "role";
    case "RoleArn":
      return "role-arn";
    case "PolicyArn":
    case "PermissionsBoundary":
      return "policy-arn";
    case "PolicySourceArn":
    case "GranteePrincipal":
    case "RetiringPrincipal":
    case "CallerArn":
      return "principal-arn";
    case "AccessKeyId":
      return "access-key";
    case "AccountId":
      return "account";
    case "DBInstanceIdentifier":
      return "db-instance";
    case "DBClusterIdentifier":
      return "db-cluster";
    case "ClusterIdentifier":
      return service === "redshift" ? "redshift-cluster" : undefined;
  }
  if (service === "ssm") {
    if (member === "Name" || member === "Names" || member === "ResourceId") return "parameter";
    if (member === "Path") return "path";
  }
  return undefined;
}
