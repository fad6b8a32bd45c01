import { isRaw, materialBytes } from "./wrapping";

/** Names that the commands and the downloads share. */
export const FILES = {
  publicKey: "WrappingPublicKey.bin",
  token: "ImportToken.bin",
  material: "PlaintextKeyMaterial.bin",
  wrapped: "EncryptedKeyMaterial.bin",
  readme: "README.txt",
} as const;

const CURVES: Record<string, string> = {
  ECC_NIST_P256: "P-256",
  ECC_NIST_P384: "P-384",
  ECC_NIST_P521: "P-521",
  ECC_SECG_P256K1: "secp256k1",
};

/** Makes the material: random bytes, or a private key in PKCS #8. */
function makeLine(keySpec: string): string {
  if (isRaw(keySpec)) return `openssl rand -out ${FILES.material} ${materialBytes(keySpec)}`;
  if (keySpec === "ECC_NIST_EDWARDS25519") return `openssl genpkey -algorithm ED25519 -outform DER -out ${FILES.material}`;
  const options = keySpec.startsWith("RSA_")
    ? `-algorithm RSA -pkeyopt rsa_keygen_bits:${keySpec.slice("RSA_".length)}`
    : `-algorithm EC -pkeyopt ec_paramgen_curve:${CURVES[keySpec]}`;
  return `openssl genpkey ${options} -outform PEM | openssl pkcs8 -topk8 -nocrypt -outform DER -out ${FILES.material}`;
}

const encryptLines = (input: string, output: string, hash: string): string =>
  [
    "openssl pkeyutl -encrypt",
    `  -in ${input} -out ${output}`,
    `  -inkey ${FILES.publicKey} -keyform DER -pubin`,
    "  -pkeyopt rsa_padding_mode:oaep",
    `  -pkeyopt rsa_oaep_md:${hash} -pkeyopt rsa_mgf1_md:${hash}`,
  ].join(" \\\n");

/**
 * Commands for OpenSSL 3 that make key material and wrap it, in the folder with the wrapping public key.
 * Source: KMS Developer Guide, Encrypt the key material; openssl-pkeyutl(1), openssl-enc(1).
 */
export function opensslCommands(keySpec: string, algorithm: string): string[] {
  const hash = algorithm.endsWith("SHA_1") ? "sha1" : "sha256";
  const make = makeLine(keySpec);
  if (algorithm.startsWith("RSAES_OAEP")) return [make, encryptLines(FILES.material, FILES.wrapped, hash)];
  return [
    make,
    "openssl rand -out aes.bin 32",
    // A65959A6 is the constant of AES Key Wrap with Padding (RFC 5649).
    [
      `openssl enc -id-aes256-wrap-pad -K "$(xxd -p -c 64 aes.bin)" -iv A65959A6`,
      `  -in ${FILES.material} -out wrapped-material.bin`,
    ].join(" \\\n"),
    encryptLines("aes.bin", "wrapped-aes.bin", hash),
    `cat wrapped-aes.bin wrapped-material.bin > ${FILES.wrapped}`,
  ];
}
