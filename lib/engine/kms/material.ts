import { fromBase64, concat, toBase64, toHex, utf8 } from "../crypto/bytes";
import { seedLengths } from "../crypto/curve-specs";
import { importRsaPrivateKey, rsaSpki } from "../crypto/rsa";
import { ML_DSA_SEED_LENGTH, mlDsaPkcs8, mlDsaSpki } from "../crypto/ml-dsa-keys";
import type { Context, CurveSpec, Db, MlDsaSpec } from "../types";
import { keySpecs } from "./specs";
import { enterMaterial, homeOf } from "./multi-region";
import { materials, type KeyMaterial, type KeyRow } from "./state";

/** A fresh private key, and the public one where there is a pair. base64. */
export interface FreshSecret {
  secret: string;
  publicKey?: string;
}

/**
 * Makes what a key spec's key consists of: 32 bytes (AES-256), as many bytes as the hash has (HMAC), or a key pair
 * (PKCS#8 and SubjectPublicKeyInfo). All entropy is the call's, save for RSA. Key pairs come from `ctx.outside`: the
 * handler is left there and run again when they are ready.
 */
export function makeSecret(ctx: Context, keySpec: string): FreshSecret {
  const { family, bits } = keySpecs[keySpec];
  switch (family) {
    case "symmetric":
    case "hmac":
      return { secret: toBase64(ctx.random(bits / 8)) };
    case "rsa": {
      const { pkcs8 } = ctx.outside({ kind: "rsa-key-pair", bits });
      return { secret: pkcs8, publicKey: toBase64(rsaSpki(fromBase64(pkcs8))) };
    }
    case "ecdsa":
    case "edwards": {
      const spec = keySpec as CurveSpec;
      return secretOf(ctx.outside({ kind: "curve-key-pair", spec, seed: toBase64(ctx.random(seedLengths[spec])) }));
    }
    case "ml-dsa": {
      const spec = keySpec as MlDsaSpec;
      const seed = ctx.random(ML_DSA_SEED_LENGTH);
      const { publicKey } = ctx.outside({ kind: "ml-dsa-public-key", spec, seed: toBase64(seed) });
      return { secret: toBase64(mlDsaPkcs8(spec, seed)), publicKey: toBase64(mlDsaSpki(spec, fromBase64(publicKey))) };
    }
  }
}

const secretOf = ({ pkcs8, spki }: { pkcs8: string; spki: string }): FreshSecret => ({ secret: pkcs8, publicKey: spki });

/**
 * What imported bytes are for a key spec: 32 bytes (AES-256), as many as the hash has (HMAC), or PKCS#8 of the right
 * algorithm, curve or modulus length. undefined if they are not. ML-DSA keys are not imported (`CreateKey`).
 * Source: KMS Developer Guide, Requirements for imported key material.
 */
export function importedSecret(ctx: Context, keySpec: string, bytes: Uint8Array): FreshSecret | undefined {
  const { family, bits } = keySpecs[keySpec];
  switch (family) {
    case "symmetric":
    case "hmac":
      return bytes.length === bits / 8 ? { secret: toBase64(bytes) } : undefined;
    case "rsa": {
      const pkcs8 = importRsaPrivateKey(bytes, bits);
      return pkcs8 && { secret: toBase64(pkcs8), publicKey: toBase64(rsaSpki(pkcs8)) };
    }
    default: {
      const { pair } = ctx.outside({ kind: "curve-import", spec: keySpec as CurveSpec, pkcs8: toBase64(bytes) });
      return pair ? secretOf(pair) : undefined;
    }
  }
}

/**
 * Gives a key a backing key: the first (CreateKey), or a further one (`rotation`), which encrypts from now on while the
 * older ones still decrypt. Appends to `key.materials`, and enters its id in the Region's list, by which ciphertexts
 * find their key. The row must be one that may be changed (new, or from `table.edit`).
 */
export function addMaterial(ctx: Context, key: KeyRow, rotation?: KeyMaterial["RotationType"]): KeyMaterial {
  const fresh = makeSecret(ctx, key.KeySpec);
  const material: KeyMaterial = { KeyMaterialId: materialId(ctx, key, fresh.secret), ...fresh, createdAt: ctx.now };
  if (rotation) material.RotationType = rotation;
  key.materials.push(material);
  enterMaterial(homeOf(ctx.db, key), key, material.KeyMaterialId);
  return material;
}

/** Takes a key's backing keys from the Region's list, when the key itself is deleted. */
export function forgetMaterials(db: Db, key: Pick<KeyRow, "materials">): void {
  for (const { KeyMaterialId } of key.materials) materials(db).delete(KeyMaterialId);
}

/**
 * 64 hex digits: SHA-256 over the key's id and the secret. So the same bytes in two keys have two ids, and a ciphertext
 * stays bound to its key. The same 32 bytes stand in every ciphertext's header (`crypto/blob.ts`).
 */
export function materialId(ctx: Context, key: Pick<KeyRow, "KeyId">, secret: string): string {
  return toHex(ctx.ciphers.sha256(concat(utf8(`keyhole key material\n${key.KeyId}\n`), fromBase64(secret))));
}

/** All key material that belongs to the key is there: always so for AWS's own. */
export const complete = ({ materials: all }: Pick<KeyRow, "materials">): boolean => all.length > 0 && all.every(({ secret }) => secret !== "");
