import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "kinds-of-keys",
  dir: "02-kms/02-kinds-of-keys",
  title: "Symmetric and asymmetric keys",
  section: "kms",
  order: 5,
  minutes: 9,
  summary: "One key that does both ways inside KMS, or a pair whose public half you may hand out.",
  steps: [
    {
      id: "describe",
      title: "Read a key’s metadata",
      goal: { called: { service: "kms", operation: "DescribeKey" } },
      solution: [{ service: "kms", operation: "DescribeKey", region: "eu-west-2", input: { KeyId: "alias/tutorial" } }],
      where: { console: "/console/kms" },
    },
    {
      id: "public-key",
      title: "Download the public key of an RSA pair for encryption",
      goal: { called: { service: "kms", operation: "GetPublicKey", output: { KeyUsage: "ENCRYPT_DECRYPT", KeySpec: { matches: "^RSA_" } } } },
      solution: [
        { service: "kms", operation: "CreateKey", input: { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" } },
        { service: "kms", operation: "GetPublicKey", input: { KeyId: "$1.KeyMetadata.KeyId" } },
      ],
      where: { console: "/console/kms" },
    },
    {
      id: "sign",
      title: "Sign a message and verify the signature",
      goal: { all: [{ called: { service: "kms", operation: "Sign" } }, { called: { service: "kms", operation: "Verify", output: { SignatureValid: true } } }] },
      solution: [
        { service: "kms", operation: "CreateKey", input: { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" } },
        { service: "kms", operation: "Sign", input: { KeyId: "$1.KeyMetadata.KeyId", Message: "dmVyc2lvbiAxLjA=", SigningAlgorithm: "ECDSA_SHA_256" } },
        { service: "kms", operation: "Verify", input: { KeyId: "$1.KeyMetadata.KeyId", Message: "dmVyc2lvbiAxLjA=", Signature: "$2.Signature", SigningAlgorithm: "ECDSA_SHA_256" } },
      ],
    },
  ],
};

export default meta;
