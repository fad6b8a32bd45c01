import { fromBase64, concat, toBase64, toHex, utf8 } from "../crypto/bytes";
import { ecKeyPair, ecSeedLength, ED25519_SEED_LENGTH, ed25519KeyPair, type EcdsaSpec } from "../crypto/ec";
import { rsaSpki } from "../crypto/rsa";
import type { Context, Db } from "../types";
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
 * (PKCS#8 and SubjectPublicKeyInfo). All entropy is the call's, save for RSA, whose pair comes from `ctx.outside`:
 * the handler is left there and run again when the pair is ready.
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
    case "ecdsa": {
      const { pkcs8, spki } = ecKeyPair(keySpec as EcdsaSpec, ctx.random(ecSeedLength(keySpec as EcdsaSpec)));
      return { secret: toBase64(pkcs8), publicKey: toBase64(spki) };
    }
    case "edwards": {
      const { pkcs8, spki } = ed25519KeyPair(ctx.random(ED25519_SEED_LENGTH));
      return { secret: toBase64(pkcs8), publicKey: toBase64(spki) };
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
function materialId(ctx: Context, key: Pick<KeyRow, "KeyId">, secret: string): string {
  return toHex(ctx.ciphers.sha256(concat(utf8(`keyhole key material\n${key.KeyId}\n`), fromBase64(secret))));
}

/** All key material that belongs to the key is there: always so for AWS's own. */
export const complete = ({ materials: all }: Pick<KeyRow, "materials">): boolean => all.length > 0 && all.every(({ secret }) => secret !== "");
