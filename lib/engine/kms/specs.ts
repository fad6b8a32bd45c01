import type { KeyUsage } from "./state";

/**
 * What each key spec is for. Lists are in the order in which DescribeKey and GetPublicKey print them.
 * Source: KMS API, CreateKey; KMS Developer Guide, Key spec reference.
 */

export type KeyFamily = "symmetric" | "rsa" | "ecdsa" | "edwards" | "ml-dsa" | "hmac";
export type EncryptionAlgorithm = "SYMMETRIC_DEFAULT" | "RSAES_OAEP_SHA_1" | "RSAES_OAEP_SHA_256";

export interface KeySpecFacts {
  family: KeyFamily;
  /** RSA: modulus; HMAC: key length; others: strength of the curve or cipher. */
  bits: number;
  usages: KeyUsage[];
  encryption?: EncryptionAlgorithm[];
  signing?: string[];
  mac?: string[];
  agreement?: string[];
  /** May be asked of GenerateDataKeyPair. */
  dataKeyPair?: true;
}

const rsa = (bits: number): KeySpecFacts => ({
  family: "rsa",
  bits,
  usages: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"],
  encryption: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
  signing: [
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
  ],
  dataKeyPair: true,
});

const nist = (bits: number, signing: string): KeySpecFacts => ({
  family: "ecdsa",
  bits,
  usages: ["SIGN_VERIFY", "KEY_AGREEMENT"],
  signing: [signing],
  agreement: ["ECDH"],
  dataKeyPair: true,
});

const mlDsa = (bits: number): KeySpecFacts => ({ family: "ml-dsa", bits, usages: ["SIGN_VERIFY"], signing: ["ML_DSA_SHAKE_256"] });

const hmac = (bits: number): KeySpecFacts => ({ family: "hmac", bits, usages: ["GENERATE_VERIFY_MAC"], mac: [`HMAC_SHA_${bits}`] });

/** By the name that CreateKey takes. */
export const keySpecs: Readonly<Record<string, KeySpecFacts>> = {
  SYMMETRIC_DEFAULT: { family: "symmetric", bits: 256, usages: ["ENCRYPT_DECRYPT"], encryption: ["SYMMETRIC_DEFAULT"] },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: nist(256, "ECDSA_SHA_256"),
  ECC_NIST_P384: nist(384, "ECDSA_SHA_384"),
  ECC_NIST_P521: nist(521, "ECDSA_SHA_512"),
  ECC_SECG_P256K1: { family: "ecdsa", bits: 256, usages: ["SIGN_VERIFY"], signing: ["ECDSA_SHA_256"], dataKeyPair: true },
  ECC_NIST_EDWARDS25519: {
    family: "edwards",
    bits: 256,
    usages: ["SIGN_VERIFY"],
    signing: ["ED25519_SHA_512", "ED25519_PH_SHA_512"],
    dataKeyPair: true,
  },
  ML_DSA_44: mlDsa(128),
  ML_DSA_65: mlDsa(192),
  ML_DSA_87: mlDsa(256),
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
};

/** Key specs that AWS has and Keyhole does not simulate, each with the reason. */
export const specsNotSimulated: Readonly<Record<string, string>> = {
  SM2: "AWS offers SM2 in its China Regions only",
};

/** The algorithm lists of DescribeKey and GetPublicKey: only the one that goes with the key's usage is there. */
export function algorithmMembers(
  keySpec: string,
  keyUsage: KeyUsage,
): { EncryptionAlgorithms?: string[]; SigningAlgorithms?: string[]; MacAlgorithms?: string[]; KeyAgreementAlgorithms?: string[] } {
  const facts = keySpecs[keySpec];
  switch (keyUsage) {
    case "ENCRYPT_DECRYPT":
      return { EncryptionAlgorithms: facts.encryption };
    case "SIGN_VERIFY":
      return { SigningAlgorithms: facts.signing };
    case "GENERATE_VERIFY_MAC":
      return { MacAlgorithms: facts.mac };
    case "KEY_AGREEMENT":
      return { KeyAgreementAlgorithms: facts.agreement };
  }
}

/** True for specs whose key is a pair: they have a public key and no KeyMaterialId that AWS shows. */
export const isAsymmetric = (keySpec: string): boolean => ["rsa", "ecdsa", "edwards", "ml-dsa"].includes(keySpecs[keySpec].family);
