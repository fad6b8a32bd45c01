/**
 * What the wizard's first step offers, and the console's words for it.
 * Source: KMS API, CreateKey (KeySpec, KeyUsage); KMS Developer Guide, Create a KMS key.
 */
export type KeyType = "symmetric" | "asymmetric";

export interface UsageOption {
  value: string;
  label: string;
  description: string;
}

export const KEY_USAGES: Record<KeyType, UsageOption[]> = {
  symmetric: [
    {
      value: "ENCRYPT_DECRYPT",
      label: "Encrypt and decrypt",
      description: "One 256-bit AES key that never leaves KMS. AWS services that encrypt your data take this kind.",
    },
    {
      value: "GENERATE_VERIFY_MAC",
      label: "Generate and verify MAC",
      description: "Makes and checks hash-based message authentication codes (HMAC).",
    },
  ],
  asymmetric: [
    {
      value: "ENCRYPT_DECRYPT",
      label: "Encrypt and decrypt",
      description: "Anyone with the public key can encrypt; only KMS can decrypt.",
    },
    {
      value: "SIGN_VERIFY",
      label: "Sign and verify",
      description: "KMS signs with the private key; anyone with the public key can verify.",
    },
    { value: "KEY_AGREEMENT", label: "Key agreement", description: "Two parties derive the same secret from each other's public keys." },
  ],
};

const RSA = ["RSA_2048", "RSA_3072", "RSA_4096"];
const NIST = ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"];

/** Key specs for a type and usage, the console's default first. */
export function keySpecs(type: KeyType, usage: string): string[] {
  if (type === "symmetric")
    return usage === "GENERATE_VERIFY_MAC" ? ["HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"] : ["SYMMETRIC_DEFAULT"];
  if (usage === "ENCRYPT_DECRYPT") return RSA;
  if (usage === "KEY_AGREEMENT") return NIST;
  return [...RSA, ...NIST, "ECC_NIST_EDWARDS25519", "ECC_SECG_P256K1", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87"];
}

/** "Symmetric" or "Asymmetric", as the list's column says it. HMAC keys are symmetric. */
export const keyTypeOf = (keySpec: string): "Symmetric" | "Asymmetric" =>
  keySpec === "SYMMETRIC_DEFAULT" || keySpec.startsWith("HMAC_") || keySpec === "SM4" ? "Symmetric" : "Asymmetric";

const USAGE_LABEL: Record<string, string> = {
  ENCRYPT_DECRYPT: "Encrypt and decrypt",
  SIGN_VERIFY: "Sign and verify",
  GENERATE_VERIFY_MAC: "Generate and verify MAC",
  KEY_AGREEMENT: "Key agreement",
};
export const usageLabel = (usage: string): string => USAGE_LABEL[usage] ?? usage;

const ORIGIN_LABEL: Record<string, string> = {
  AWS_KMS: "AWS KMS",
  EXTERNAL: "External (Import key material)",
  AWS_CLOUDHSM: "AWS CloudHSM key store",
  EXTERNAL_KEY_STORE: "External key store",
};
export const originLabel = (origin: string): string => ORIGIN_LABEL[origin] ?? origin;

const STATE_LABEL: Record<string, string> = {
  PendingDeletion: "Pending deletion",
  PendingReplicaDeletion: "Pending replica deletion",
  PendingImport: "Pending import",
};
/** KeyState as the console's Status column spells it. */
export const stateLabel = (state: string): string => STATE_LABEL[state] ?? state;

/** As the list's Regionality column says it. */
export const regionality = (key: { MultiRegion?: boolean; MultiRegionConfiguration?: { MultiRegionKeyType: string } }): string =>
  !key.MultiRegion ? "Single Region" : key.MultiRegionConfiguration?.MultiRegionKeyType === "REPLICA" ? "Multi-Region replica" : "Multi-Region primary";

/** The Region in a key's ARN. */
export const regionOf = ({ Arn }: { Arn: string }): string => Arn.split(":")[3];

/** Only symmetric encryption keys whose material KMS made can rotate by themselves. Source: KMS API, EnableKeyRotation. */
export const canRotate = (key: { KeySpec: string; Origin: string }): boolean =>
  key.KeySpec === "SYMMETRIC_DEFAULT" && key.Origin === "AWS_KMS";

/** Where a key's page tells of its key material: symmetric encryption keys may have several. */
export const materialTab = ({ KeySpec }: { KeySpec: string }): "key-rotation" | "key-material" =>
  KeySpec === "SYMMETRIC_DEFAULT" ? "key-rotation" : "key-material";
