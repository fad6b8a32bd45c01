import { utf8 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { about, requestTags } from "../authorise";
import { isFailure, redshiftErrors } from "../errors";
import { lasts, later } from "../jobs";
import { makeServer, managed, takeKey, takeSecret } from "../owned";
import { clusterEntry } from "../show";
import { type ClusterRow, type Tag, clusters } from "../state";
import { readTags } from "../tags";
import { databaseProblem, identifierProblem, nodesOf, notHere, passwordProblem, portProblem, usernameProblem, windowProblem } from "../validate";

interface Input {
  ClusterIdentifier: string;
  NodeType: string;
  ClusterType?: string;
  NumberOfNodes?: number;
  MasterUsername: string;
  MasterUserPassword?: string;
  ManageMasterPassword?: boolean;
  MasterPasswordSecretKmsKeyId?: string;
  DBName?: string;
  Port?: number;
  Encrypted?: boolean;
  KmsKeyId?: string;
  AvailabilityZone?: string;
  PreferredMaintenanceWindow?: string;
  ClusterParameterGroupName?: string;
  ClusterSubnetGroupName?: string;
  AutomatedSnapshotRetentionPeriod?: number;
  ManualSnapshotRetentionPeriod?: number;
  AllowVersionUpgrade?: boolean;
  PubliclyAccessible?: boolean;
  EnhancedVpcRouting?: boolean;
  VpcSecurityGroupIds?: string[];
  Tags?: Tag[];
}

const known = [
  "ClusterIdentifier", "NodeType", "ClusterType", "NumberOfNodes", "MasterUsername", "MasterUserPassword", "ManageMasterPassword", "MasterPasswordSecretKmsKeyId", "DBName", "Port", "Encrypted", "KmsKeyId", "AvailabilityZone",
  "PreferredMaintenanceWindow", "ClusterParameterGroupName", "ClusterSubnetGroupName", "AutomatedSnapshotRetentionPeriod", "ManualSnapshotRetentionPeriod", "AllowVersionUpgrade", "PubliclyAccessible", "EnhancedVpcRouting", "VpcSecurityGroupIds", "Tags",
];

/** The part of host names that an account has in a Region, as RDS has one too. */
function hostOf({ account, region, ciphers }: Context, id: string): string {
  const digest = ciphers.sha256(utf8(`${account} ${region} redshift`));
  return `${id}.c${[...digest.subarray(0, 11)].map((byte) => "abcdefghijklmnopqrstuvwxyz0123456789"[byte % 36]).join("")}.${region}.redshift.amazonaws.com`;
}

/**
 * Makes a cluster, always encrypted. It is `creating` for some minutes of the lab's clock.
 * Errors: ClusterAlreadyExists, ClusterQuotaExceeded, InvalidParameterValue, InvalidParameterCombination, InvalidTagFault,
 * ClusterSubnetGroupNotFoundFault, ClusterParameterGroupNotFound; NotSimulated.
 * Source: Redshift API, CreateCluster.
 */
export const CreateCluster: Operation = {
  name: "CreateCluster",
  validate: (input: Input) => notHere("CreateCluster", input, known, { ClusterVersion: "1.0", MaintenanceTrackName: "current", AquaConfigurationStatus: "auto", IpAddressType: "ipv4" }),
  authorise(input: Input, ctx) {
    const questions: AuthRequest[] = [about(ctx, "CreateCluster", input.ClusterIdentifier, requestTags(input.Tags))];
    if (input.Tags?.length) questions.push(about(ctx, "CreateTags", input.ClusterIdentifier, requestTags(input.Tags)));
    return questions;
  },
  handle(input: Input, ctx) {
    const { ClusterIdentifier: id, MasterUserPassword, ManageMasterPassword, MasterPasswordSecretKmsKeyId } = input;
    const nodes = nodesOf(input.NodeType, input.ClusterType, input.NumberOfNodes);
    if (isFailure(nodes)) return nodes;
    const tags = readTags(input.Tags);
    if (isFailure(tags)) return tags;
    const problem = identifierProblem(id) ?? usernameProblem(input.MasterUsername) ?? databaseProblem(input.DBName) ?? portProblem(input.NodeType, input.Port) ?? windowProblem(input.PreferredMaintenanceWindow);
    if (problem) return problem;
    if (ManageMasterPassword && MasterUserPassword !== undefined) return redshiftErrors.combination("You can't specify MasterUserPassword when ManageMasterPassword is true.");
    if (MasterPasswordSecretKmsKeyId !== undefined && !ManageMasterPassword) return redshiftErrors.combination("You can only specify MasterPasswordSecretKmsKeyId when ManageMasterPassword is true.");
    if (!ManageMasterPassword) {
      const wrong = MasterUserPassword === undefined ? redshiftErrors.blank("MasterUserPassword") : passwordProblem(MasterUserPassword);
      if (wrong) return wrong;
    }
    if (input.Encrypted === false) return redshiftErrors.value("Clusters must be encrypted: Encrypted can't be false.");
    if (input.ClusterSubnetGroupName !== undefined && input.ClusterSubnetGroupName !== "default") return redshiftErrors.noSubnetGroup(input.ClusterSubnetGroupName);
    if (input.ClusterParameterGroupName !== undefined && input.ClusterParameterGroupName !== "default.redshift-2.0") return redshiftErrors.noParameterGroup(input.ClusterParameterGroupName);
    if (clusters(ctx.db).get(id)) return redshiftErrors.exists();
    if (clusters(ctx.db).size >= 20) return redshiftErrors.quota();
    const key = takeKey(ctx, id, input.KmsKeyId);
    if (isFailure(key)) return key;
    const own = ManageMasterPassword ? takeSecret(ctx, managed(ctx, id, input.MasterUsername), MasterPasswordSecretKmsKeyId) : undefined;
    if (isFailure(own)) return own;
    const row: ClusterRow = {
      ClusterIdentifier: id, NodeType: input.NodeType, NumberOfNodes: nodes, status: "creating", MasterUsername: input.MasterUsername, DBName: input.DBName ?? "dev", host: hostOf(ctx, id), Port: input.Port ?? 5439, createdAt: ctx.now,
      ClusterVersion: "1.0.126847", AutomatedSnapshotRetentionPeriod: input.AutomatedSnapshotRetentionPeriod ?? 1, ManualSnapshotRetentionPeriod: input.ManualSnapshotRetentionPeriod ?? -1, AvailabilityZone: input.AvailabilityZone ?? `${ctx.region}a`,
      PreferredMaintenanceWindow: (input.PreferredMaintenanceWindow ?? "sun:04:00-sun:04:30").toLowerCase(), AllowVersionUpgrade: input.AllowVersionUpgrade ?? true, PubliclyAccessible: input.PubliclyAccessible ?? false,
      EnhancedVpcRouting: input.EnhancedVpcRouting ?? false, VpcSecurityGroupIds: input.VpcSecurityGroupIds ?? ["sg-0d5f1a2b3c4e60718"], ClusterSubnetGroupName: "default", ...key, namespace: ctx.newId(), tags, pending: {}, charges: {},
      ...(own ? { secret: own.secret } : {}),
    };
    clusters(ctx.db).put(id, row);
    makeServer(ctx, row, own?.password ?? MasterUserPassword!);
    later(ctx, "Ready", id, lasts.creation);
    return ok({ Cluster: clusterEntry(ctx, row) });
  },
};
