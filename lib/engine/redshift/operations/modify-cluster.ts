import { type Managed, dropSecret } from "../../database/managed-secret";
import { hashPassword } from "../../database/passwords";
import type { Failure } from "../../errors";
import { ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { about } from "../authorise";
import { isFailure, redshiftErrors } from "../errors";
import { lasts, later, setStatus } from "../jobs";
import { follow, managed, takeSecret } from "../owned";
import { clusterEntry } from "../show";
import { type ClusterRow, clusters } from "../state";
import { nodesOf, notHere, passwordProblem, portProblem, windowProblem } from "../validate";

interface Input {
  ClusterIdentifier: string;
  MasterUserPassword?: string;
  ManageMasterPassword?: boolean;
  MasterPasswordSecretKmsKeyId?: string;
  NodeType?: string;
  ClusterType?: string;
  NumberOfNodes?: number;
  AutomatedSnapshotRetentionPeriod?: number;
  ManualSnapshotRetentionPeriod?: number;
  PreferredMaintenanceWindow?: string;
  AllowVersionUpgrade?: boolean;
  PubliclyAccessible?: boolean;
  EnhancedVpcRouting?: boolean;
  VpcSecurityGroupIds?: string[];
  Port?: number;
}

const known = [
  "ClusterIdentifier", "MasterUserPassword", "ManageMasterPassword", "MasterPasswordSecretKmsKeyId", "NodeType", "ClusterType", "NumberOfNodes", "AutomatedSnapshotRetentionPeriod", "ManualSnapshotRetentionPeriod", "PreferredMaintenanceWindow",
  "AllowVersionUpgrade", "PubliclyAccessible", "EnhancedVpcRouting", "VpcSecurityGroupIds", "Port",
];

/**
 * Changes a cluster. A new master password is in force a moment later; other nodes take some minutes.
 * Errors: ClusterNotFound, InvalidClusterState, InvalidParameterValue, InvalidParameterCombination; NotSimulated.
 * Source: Redshift API, ModifyCluster.
 */
export const ModifyCluster: Operation = {
  name: "ModifyCluster",
  validate: (input: Input) => notHere("ModifyCluster", input, known, { ClusterVersion: "1.0", Encrypted: true }),
  authorise: ({ ClusterIdentifier }: Input, ctx) => about(ctx, "ModifyCluster", ClusterIdentifier),
  handle(input: Input, ctx) {
    const id = input.ClusterIdentifier;
    const before = clusters(ctx.db).get(id);
    if (!before) return redshiftErrors.notFound(id);
    if (before.status !== "available") return redshiftErrors.state("modify");
    const problem = windowProblem(input.PreferredMaintenanceWindow) ?? portProblem(before.NodeType, input.Port);
    if (problem) return problem;
    const resize = input.NodeType !== undefined || input.NumberOfNodes !== undefined || input.ClusterType !== undefined;
    const nodes = resize ? nodesOf(input.NodeType ?? before.NodeType, input.ClusterType, input.NumberOfNodes ?? (input.ClusterType === "single-node" ? 1 : before.NumberOfNodes)) : before.NumberOfNodes;
    if (isFailure(nodes)) return nodes;
    const row = clusters(ctx.db).edit(id);
    const changed = changePassword(ctx, row, () => managed(ctx, id, row.MasterUsername), input);
    if (isFailure(changed)) return changed;
    for (const name of ["AllowVersionUpgrade", "PubliclyAccessible", "EnhancedVpcRouting"] as const) if (input[name] !== undefined) row[name] = input[name];
    for (const name of ["AutomatedSnapshotRetentionPeriod", "ManualSnapshotRetentionPeriod", "Port"] as const) if (input[name] !== undefined) row[name] = input[name];
    if (input.PreferredMaintenanceWindow !== undefined) row.PreferredMaintenanceWindow = input.PreferredMaintenanceWindow.toLowerCase();
    if (input.VpcSecurityGroupIds !== undefined) row.VpcSecurityGroupIds = input.VpcSecurityGroupIds;
    follow(ctx, row);
    const NodeType = input.NodeType ?? row.NodeType;
    if (NodeType !== row.NodeType || nodes !== row.NumberOfNodes) {
      row.pending = { NodeType, NumberOfNodes: nodes };
      setStatus(ctx, id, "resizing");
      later(ctx, "Resized", id, lasts.resize);
    }
    if (changed.password) {
      if (row.status === "available") setStatus(ctx, id, "modifying");
      later(ctx, "Password", id, lasts.password);
    }
    return ok({ Cluster: clusterEntry(ctx, clusters(ctx.db).get(id)!) });
  },
};

/** Whether a new master password is on its way. */
function changePassword(ctx: Context, row: ClusterRow, wanted: () => Managed, { MasterUserPassword, ManageMasterPassword, MasterPasswordSecretKmsKeyId }: Input): { password: boolean } | Failure {
  const { combination } = redshiftErrors;
  const keep = (password: string): void => void (row.passwordHash = hashPassword(ctx, "md5", row.MasterUsername, password));
  if (ManageMasterPassword && MasterUserPassword !== undefined) return combination("You can't specify MasterUserPassword when ManageMasterPassword is true.");
  if (MasterPasswordSecretKmsKeyId !== undefined && !ManageMasterPassword) return combination("You can only specify MasterPasswordSecretKmsKeyId when ManageMasterPassword is true.");
  if (ManageMasterPassword && !row.secret) {
    const made = takeSecret(ctx, wanted(), MasterPasswordSecretKmsKeyId);
    if (isFailure(made)) return made;
    row.secret = made.secret;
    keep(made.password);
    return { password: true };
  }
  if (ManageMasterPassword === false && row.secret && MasterUserPassword === undefined) return combination("You must specify MasterUserPassword when you set ManageMasterPassword to false.");
  if (MasterUserPassword === undefined) return { password: false };
  if (row.secret && ManageMasterPassword === undefined) return combination("You can't specify MasterUserPassword while the admin password is managed in AWS Secrets Manager.");
  const wrong = passwordProblem(MasterUserPassword);
  if (wrong) return wrong;
  if (row.secret) {
    dropSecret(ctx, row.secret);
    delete row.secret;
  }
  keep(MasterUserPassword);
  return { password: true };
}
