import { keyIsUsable } from "../database/storage-key";
import { arn } from "../arn";
import type { Context, JsonObject } from "../types";
import type { ClusterRow } from "./state";
import { nodeTypes } from "./validate";

/** A cluster as the API shows it. Source: Redshift API, Cluster. */
export function clusterEntry(ctx: Context, row: Readonly<ClusterRow>): JsonObject {
  const made = row.status !== "creating";
  const usable = keyIsUsable(ctx.db, row.KmsKeyId);
  const nodes = Array.from({ length: row.NumberOfNodes }, (_, i) => ({ NodeRole: row.NumberOfNodes === 1 ? "SHARED" : `COMPUTE-${i}`, PrivateIPAddress: `10.0.2.${20 + i}` }));
  return {
    ClusterIdentifier: row.ClusterIdentifier,
    NodeType: row.NodeType,
    ClusterStatus: row.status,
    ClusterAvailabilityStatus: row.status === "available" && usable ? "Available" : ["creating", "modifying", "deleting"].includes(row.status) ? "Modifying" : usable ? "Unavailable" : "Failed",
    MasterUsername: row.MasterUsername,
    DBName: row.DBName,
    ...(made ? { Endpoint: { Address: row.host, Port: row.Port }, ClusterCreateTime: row.createdAt / 1000 } : {}),
    AutomatedSnapshotRetentionPeriod: row.AutomatedSnapshotRetentionPeriod,
    ManualSnapshotRetentionPeriod: row.ManualSnapshotRetentionPeriod,
    ClusterSecurityGroups: [],
    VpcSecurityGroups: row.VpcSecurityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: "active" })),
    ClusterParameterGroups: [{ ParameterGroupName: "default.redshift-2.0", ParameterApplyStatus: "in-sync" }],
    ClusterSubnetGroupName: row.ClusterSubnetGroupName,
    VpcId: "vpc-0a1b2c3d4e5f60718",
    AvailabilityZone: row.AvailabilityZone,
    PreferredMaintenanceWindow: row.PreferredMaintenanceWindow,
    PendingModifiedValues: { ...(row.pending as JsonObject), ...(row.passwordHash === undefined ? {} : { MasterUserPassword: "****" }) },
    ClusterVersion: row.ClusterVersion.split(".").slice(0, 2).join("."),
    AllowVersionUpgrade: row.AllowVersionUpgrade,
    NumberOfNodes: row.NumberOfNodes,
    PubliclyAccessible: row.PubliclyAccessible,
    Encrypted: true,
    ...(made ? { ClusterNodes: [...(row.NumberOfNodes > 1 ? [{ NodeRole: "LEADER", PrivateIPAddress: "10.0.2.19" }] : []), ...nodes] } : {}),
    ClusterRevisionNumber: row.ClusterVersion.split(".").at(-1)!,
    Tags: row.tags.map(({ Key, Value }) => ({ Key, Value })),
    KmsKeyId: row.KmsKeyId,
    EnhancedVpcRouting: row.EnhancedVpcRouting,
    IamRoles: [],
    MaintenanceTrackName: "current",
    DeferredMaintenanceWindows: [],
    AvailabilityZoneRelocationStatus: "disabled",
    ClusterNamespaceArn: arn("redshift", ctx.region, ctx.account, `namespace:${row.namespace}`),
    TotalStorageCapacityInMegaBytes: nodeTypes[row.NodeType].storage * row.NumberOfNodes,
    AquaConfiguration: { AquaStatus: "disabled", AquaConfigurationStatus: "auto" },
    ...(row.secret ? { MasterPasswordSecretArn: row.secret.arn, MasterPasswordSecretKmsKeyId: row.secret.keyArn } : {}),
    MultiAZ: "Disabled",
  };
}
