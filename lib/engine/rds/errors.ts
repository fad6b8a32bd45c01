import { type Failure, fail } from "../errors";

/**
 * Codes and texts as RDS answers them. Sources: RDS API, errors of each operation; texts as quoted by users of Terraform,
 * CloudFormation, Crossplane and Cloud Custodian in public issues, and as moto 5 has them where they are checked against AWS.
 */

const value = (message: string): Failure => fail("InvalidParameterValue", message);
const combination = (message: string): Failure => fail("InvalidParameterCombination", message);

export const rdsErrors = {
  value,
  combination,
  notSimulated: (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. RDS has it; this lab does not.`),
  instanceExists: () => fail("DBInstanceAlreadyExists", "DB instance already exists"),
  clusterExists: () => fail("DBClusterAlreadyExistsFault", "DB Cluster already exists"),
  noInstance: (id: string) => fail("DBInstanceNotFound", `DBInstance ${id} not found.`, undefined, 404),
  noCluster: (id: string) => fail("DBClusterNotFoundFault", `DBCluster ${id} not found.`, undefined, 404),
  noGlobalCluster: (id: string) => fail("GlobalClusterNotFoundFault", `Global cluster ${id} not found.`, undefined, 404),
  instanceState: (message: string) => fail("InvalidDBInstanceState", message),
  clusterState: (message: string) => fail("InvalidDBClusterStateFault", message),
  identifier: (parameter: string) => value(`The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`),
  blank: (parameter: string) => value(`The parameter ${parameter} must be provided and must not be blank.`),
  keyNotAccessible: (key: string) => fail("KMSKeyNotAccessibleFault", `The specified KMS key [${key}] does not exist, is not enabled or you do not have permissions to access it.`),
  snapshotExists: (of: "DBInstance" | "DBCluster", id: string) => fail(of === "DBInstance" ? "DBSnapshotAlreadyExists" : "DBClusterSnapshotAlreadyExistsFault", `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`),
  quota: (of: "DBInstance" | "DBCluster") => fail(of === "DBInstance" ? "InstanceQuotaExceeded" : "DBClusterQuotaExceededFault", `Requested number of ${of === "DBInstance" ? "instances" : "clusters"} exceeds the quota of this lab (40).`),
  noParameterGroup: (name: string) => fail("DBParameterGroupNotFound", `DBParameterGroup not found: ${name}`, undefined, 404),
  noClusterParameterGroup: (name: string) => fail("DBClusterParameterGroupNotFound", `DBClusterParameterGroup not found: ${name}`, undefined, 404),
  noSubnetGroup: (name: string) => fail("DBSubnetGroupNotFoundFault", `DB subnet group '${name}' does not exist.`, undefined, 404),
};

export const isFailure = (answer: unknown): answer is Failure => typeof answer === "object" && answer !== null && (answer as { ok?: unknown }).ok === false;
