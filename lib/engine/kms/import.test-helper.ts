import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";

/** Wraps key material as a learner would with OpenSSL or any other library: nothing of ours is in it. */
export function wrap(algorithm: string, publicKey: string, material: Uint8Array): string {
  const oaepHash = algorithm.endsWith("SHA_1") ? "sha1" : "sha256";
  const encrypt = (bytes: Uint8Array): Buffer =>
    publicEncrypt({ key: createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" }), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
  if (algorithm.startsWith("RSAES_OAEP")) return encrypt(material).toString("base64");
  const key = randomBytes(32);
  const cipher = createCipheriv("id-aes256-wrap-pad", key, Buffer.from("A65959A6", "hex"));
  return Buffer.concat([encrypt(key), cipher.update(material), cipher.final()]).toString("base64");
}
