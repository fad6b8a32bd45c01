import { type Failure, fail } from "../errors";

/** Codes and texts as Redshift answers them. Sources: Redshift API, errors of each operation; texts as quoted by users of Terraform and CloudFormation in public issues. */

const value = (message: string): Failure => fail("InvalidParameterValue", message);
const combination = (message: string): Failure => fail("InvalidParameterCombination", message);

export const redshiftErrors = {
  value,
  combination,
  notSimulated: (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. Redshift has it; this lab does not.`),
  exists: () => fail("ClusterAlreadyExists", "Cluster already exists"),
  notFound: (id: string) => fail("ClusterNotFound", `Cluster ${id} not found.`, undefined, 404),
  state: (what: "modify" | "delete") => fail("InvalidClusterState", `There is an operation running on the Cluster. Please try to ${what} it at a later time.`),
  blank: (parameter: string) => value(`The parameter ${parameter} must be provided and must not be blank.`),
  keyNotAccessible: (key: string) => value(`The specified KMS key ${key} does not exist, is not enabled or you do not have permissions to access it.`),
  snapshotExists: (id: string) => fail("ClusterSnapshotAlreadyExists", `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`),
  quota: () => fail("ClusterQuotaExceeded", "The number of clusters exceeds the quota of this lab (20)."),
  noSubnetGroup: (name: string) => fail("ClusterSubnetGroupNotFoundFault", `Subnet group ${name} not found.`),
  noParameterGroup: (name: string) => fail("ClusterParameterGroupNotFound", `ClusterParameterGroup not found: ${name}`, undefined, 404),
  tag: (message: string) => fail("InvalidTagFault", message),
  tagLimit: () => fail("TagLimitExceededFault", "You have exceeded the number of tags allowed."),
  noResource: (name: string) => fail("ResourceNotFoundFault", `Invalid resource: ${name}`, undefined, 404),
};

export const isFailure = (answer: unknown): answer is Failure => typeof answer === "object" && answer !== null && (answer as { ok?: unknown }).ok === false;
