import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "keys-and-regions",
  dir: "02-kms/05-regions",
  title: "Keys and Regions",
  section: "kms",
  order: 8,
  minutes: 9,
  summary: "A key stays in its Region; what crosses is re-encrypted under a key of the other one.",
  steps: [
    {
      id: "wrong-region",
      title: "Try to decrypt in another Region",
      goal: { called: { service: "kms", operation: "Decrypt", outcome: { error: "AccessDeniedException" } } },
      solution: [
        { service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: "c3RheQ==" } },
        { service: "kms", operation: "Decrypt", region: "ap-southeast-2", input: { CiphertextBlob: "$1.CiphertextBlob" }, error: "AccessDeniedException" },
      ],
    },
    {
      id: "replica",
      title: "Open it in a second Region",
      goal: { called: { service: "kms", operation: "ReplicateKey" } },
      solution: [
        { service: "kms", operation: "CreateKey", region: "eu-west-2", input: { MultiRegion: true } },
        { service: "kms", operation: "ReplicateKey", region: "eu-west-2", input: { KeyId: "$1.KeyMetadata.KeyId", ReplicaRegion: "ap-southeast-2" } },
      ],
    },
    {
      id: "re-encrypt",
      title: "Move a ciphertext under another key",
      goal: { called: { service: "kms", operation: "ReEncrypt" } },
      solution: [
        { service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: "c3RheQ==" } },
        { service: "kms", operation: "CreateKey", region: "eu-west-2" },
        { service: "kms", operation: "ReEncrypt", region: "eu-west-2", input: { CiphertextBlob: "$1.CiphertextBlob", DestinationKeyId: "$2.KeyMetadata.KeyId" } },
      ],
    },
  ],
};

export default meta;
