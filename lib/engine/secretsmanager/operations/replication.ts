import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAbout, given } from "../authorise";
import { invalidParameter, isFailure } from "../errors";
import { findLiving, findWritable, isReplica, regionOf } from "../find";
import { type ReplicaInput, addReplicas, problemOfRegions, removeReplica } from "../replicate";
import { secrets } from "../state";
import { replicationView } from "../views";

interface Named {
  SecretId: string;
}

interface ReplicateInput extends Named {
  AddReplicaRegions: ReplicaInput[];
  ForceOverwriteReplicaSecret?: boolean;
}

/**
 * Begins to replicate to other Regions; a Region where it failed is tried again.
 * Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
 * Source: Secrets Manager API, ReplicateSecretToRegions.
 */
export const ReplicateSecretToRegions: Operation = {
  name: "ReplicateSecretToRegions",
  authorise: ({ SecretId, AddReplicaRegions, ForceOverwriteReplicaSecret }: ReplicateInput, ctx) =>
    askAbout(ctx, "ReplicateSecretToRegions", SecretId, given({ AddReplicaRegions: AddReplicaRegions.flatMap(({ Region }) => Region ?? []), ForceOverwriteReplicaSecret })),
  handle({ SecretId, AddReplicaRegions, ForceOverwriteReplicaSecret = false }: ReplicateInput, ctx) {
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    const wrong = problemOfRegions(AddReplicaRegions, regionOf(found.secret));
    if (wrong) return wrong;
    const there = AddReplicaRegions.find(({ Region }) => found.secret.replicas.some((replica) => replica.Region === Region && replica.Status !== "Failed"));
    // Unverified text.
    if (there) return invalidParameter(`Secret ${found.secret.Name} is already replicated to region ${there.Region}.`);
    const secret = secrets(found.db).edit(found.secret.Name);
    secret.LastChangedDate = ctx.now;
    addReplicas(ctx, secret, found.account, AddReplicaRegions, ForceOverwriteReplicaSecret);
    return ok({ ARN: secret.ARN, ReplicationStatus: replicationView(found.db, secret) });
  },
};

/**
 * Deletes replicas, at once.
 * Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
 * Source: Secrets Manager API, RemoveRegionsFromReplication.
 */
export const RemoveRegionsFromReplication: Operation = {
  name: "RemoveRegionsFromReplication",
  authorise: ({ SecretId }: Named, ctx) => askAbout(ctx, "RemoveRegionsFromReplication", SecretId),
  handle({ SecretId, RemoveReplicaRegions }: Named & { RemoveReplicaRegions: string[] }, ctx) {
    const found = findWritable(ctx, SecretId);
    if (isFailure(found)) return found;
    const stranger = RemoveReplicaRegions.find((region) => !found.secret.replicas.some(({ Region }) => Region === region));
    // Unverified text.
    if (stranger !== undefined) return invalidParameter(`Secret ${found.secret.Name} is not replicated to region ${stranger}.`);
    const secret = secrets(found.db).edit(found.secret.Name);
    for (const region of RemoveReplicaRegions) removeReplica(found.db, secret, region);
    secret.replicas = secret.replicas.filter(({ Region }) => !RemoveReplicaRegions.includes(Region));
    secret.LastChangedDate = ctx.now;
    return ok({ ARN: secret.ARN, ReplicationStatus: replicationView(found.db, secret) });
  },
};

/**
 * Makes a replica a secret of its own; asked in the replica's Region. It does not rotate until it is told to.
 * Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
 * Source: Secrets Manager API, StopReplicationToReplica; Secrets Manager User Guide, Promote a replica secret to a standalone secret.
 */
export const StopReplicationToReplica: Operation = {
  name: "StopReplicationToReplica",
  authorise: ({ SecretId }: Named, ctx) => askAbout(ctx, "StopReplicationToReplica", SecretId),
  handle({ SecretId }: Named, ctx) {
    const found = findLiving(ctx, SecretId);
    if (isFailure(found)) return found;
    // Unverified text.
    if (!isReplica(found.secret)) return invalidParameter("You can only stop replication to a replica secret. Call must be made in the replica secret's region.");
    const secret = secrets(found.db).edit(found.secret.Name);
    const home = secrets(found.db.at({ region: secret.PrimaryRegion }));
    const primary = home.get(secret.Name);
    if (primary?.replicas.some(({ Region }) => Region === ctx.region)) home.edit(secret.Name).replicas = primary.replicas.filter(({ Region }) => Region !== ctx.region);
    secret.PrimaryRegion = ctx.region;
    secret.LastChangedDate = ctx.now;
    for (const member of ["RotationEnabled", "RotationLambdaARN", "RotationRules", "LastRotatedDate", "NextRotationDate"] as const) delete secret[member];
    return ok({ ARN: secret.ARN });
  },
};
