import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { kmsErrors } from "./errors";
import { keys, materials, multiRegion, type KeyRow } from "./state";

/**
 * Multi-Region keys: one primary and its replicas, each a key of its own in its Region. They share key id, key material,
 * spec, usage, origin and automatic rotation, which KMS copies from the primary; policy, description, tags, aliases,
 * grants and state are each key's own.
 * Source: KMS Developer Guide, Multi-Region keys in AWS KMS.
 */

/** How long a replica is `Creating`, and two keys are `Updating`: AWS says "a few seconds". */
export const TRANSIENT_MS = 3_000;

/** Ends `Creating` and `Updating`; `args` are `{ KeyId, Regions }`. */
export const SETTLED_JOB = "kms:state-settled";

export const regionOf = ({ Arn }: Pick<KeyRow, "Arn">): string => Arn.split(":")[3];

/** Records of the Region and account that the key is in, wherever the call came from. */
export const homeOf = (db: Db, key: Pick<KeyRow, "Arn" | "AWSAccountId">): Db => db.at({ account: key.AWSAccountId, region: regionOf(key) });

/** Where the keys of a multi-Region key are. `db` is of the key's account. */
export function relatedRegions(db: Db, key: Pick<KeyRow, "KeyId" | "Arn">): { primaryRegion: string; replicaRegions: readonly string[] } {
  return multiRegion(db).get(key.KeyId) ?? { primaryRegion: regionOf(key), replicaRegions: [] };
}

/** True for every key but a replica. */
export const isPrimary = (db: Db, key: Pick<KeyRow, "KeyId" | "Arn" | "MultiRegion">): boolean =>
  !key.MultiRegion || relatedRegions(db, key).primaryRegion === regionOf(key);

/** The replicas of a primary key, in the order in which they were made. */
export function replicasOf(db: Db, key: Pick<KeyRow, "KeyId" | "Arn" | "MultiRegion">): Readonly<KeyRow>[] {
  if (!key.MultiRegion || !isPrimary(db, key)) return [];
  return relatedRegions(db, key).replicaRegions.map((region) => keys(db.at({ region })).get(key.KeyId)!);
}

/** For what is set on the primary and shared by all. The text is recorded for ReplicateKey. */
export const primaryOnly = (db: Db, key: Readonly<KeyRow>): Failure | undefined =>
  isPrimary(db, key) ? undefined : kmsErrors.notPrimary(key.Arn);

/** Enters key material in the list of its Region, by which ciphertexts find their key. */
export const enterMaterial = (db: Db, key: Pick<KeyRow, "AWSAccountId" | "KeyId">, KeyMaterialId: string): void =>
  materials(db).put(KeyMaterialId, { account: key.AWSAccountId, KeyId: key.KeyId });

/**
 * Copies what related keys share from the primary to its replicas: rotation and key material. Of imported material only
 * the id goes over; the bytes must be imported into each key.
 * CloudTrail records it as SynchronizeMultiRegionKey (`cloudtrail.ts`, from the counter).
 */
export function synchronize(ctx: Context, primary: Readonly<KeyRow>): void {
  const replicas = replicasOf(ctx.db, primary);
  if (!replicas.length) return;
  for (const { Arn } of replicas) shareWith(ctx.db.at({ region: regionOf({ Arn }) }), primary);
  multiRegion(ctx.db).edit(primary.KeyId).synchronizations++;
}

function shareWith(db: Db, primary: Readonly<KeyRow>): void {
  const replica = keys(db).edit(primary.KeyId);
  if (primary.rotation) replica.rotation = { ...primary.rotation };
  else delete replica.rotation;
  replica.onDemandRotations = primary.onDemandRotations;
  const known = new Map(replica.materials.map((material) => [material.KeyMaterialId, material]));
  if (replica.pending) known.set(replica.pending.KeyMaterialId, replica.pending);
  replica.materials = primary.materials.map((material) => {
    if (primary.Origin === "AWS_KMS") return { ...material };
    const { RotationType, rotatedAt } = material;
    const own = known.get(material.KeyMaterialId) ?? { KeyMaterialId: material.KeyMaterialId, secret: "", createdAt: material.createdAt };
    return RotationType ? { ...own, RotationType, rotatedAt } : own;
  });
  if (!primary.pending) delete replica.pending;
  else if (replica.pending?.KeyMaterialId !== primary.pending.KeyMaterialId)
    replica.pending = { KeyMaterialId: primary.pending.KeyMaterialId, secret: "", createdAt: primary.pending.createdAt };
  for (const { KeyMaterialId } of replica.materials) enterMaterial(db, replica, KeyMaterialId);
}

/** Puts a key into a transient state that gives way to `next` (unless it is in one already) when the job comes. */
export function inTransit(key: KeyRow, state: "Creating" | "Updating", next: KeyRow["KeyState"]): void {
  key.nextState ??= next;
  key.KeyState = state;
}

function settled({ KeyId, Regions }: { KeyId: string; Regions: string[] }, ctx: Context): void {
  for (const region of Regions) {
    const table = keys(ctx.db.at({ region }));
    const known = table.get(KeyId);
    if (!known?.nextState) continue;
    const key = table.edit(KeyId);
    // Deletion may have been scheduled in the meantime: it stays.
    if (key.KeyState === "Creating" || key.KeyState === "Updating") key.KeyState = known.nextState;
    delete key.nextState;
  }
}

export function settleLater(ctx: Context, key: Pick<KeyRow, "KeyId">, Regions: string[]): void {
  ctx.schedule({ id: `${SETTLED_JOB}:${key.KeyId}:${Regions.join()}`, due: ctx.now + TRANSIENT_MS, kind: SETTLED_JOB, args: { KeyId: key.KeyId, Regions } });
}

export const multiRegionJobs = { [SETTLED_JOB]: settled };
