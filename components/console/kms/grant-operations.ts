/** Operations that a grant on a key of this kind can allow. Source: KMS Developer Guide, Grants, Grant operations. */
export function grantOperations(keySpec: string, keyUsage: string): string[] {
  const always = ["CreateGrant", "RetireGrant", "DescribeKey"];
  if (keyUsage === "GENERATE_VERIFY_MAC") return ["GenerateMac", "VerifyMac", ...always];
  if (keyUsage === "SIGN_VERIFY") return ["Sign", "Verify", "GetPublicKey", ...always];
  if (keyUsage === "KEY_AGREEMENT") return ["DeriveSharedSecret", "GetPublicKey", ...always];
  const encryption = ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"];
  if (keySpec !== "SYMMETRIC_DEFAULT") return [...encryption, "GetPublicKey", ...always];
  return [
    ...encryption,
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    ...always,
  ];
}
