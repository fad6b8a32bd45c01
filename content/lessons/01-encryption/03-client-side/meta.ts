import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "client-side-encryption",
  dir: "01-encryption/03-client-side",
  title: "Client-side and envelope encryption",
  section: "encryption",
  order: 3,
  minutes: 7,
  summary: "Encrypt before you send, with a data key that travels beside the data, sealed.",
  steps: [
    {
      id: "envelope",
      title: "Make a data key and open its sealed copy",
      // The sealed copy of a 32-byte data key opens to 32 bytes: 44 characters of base64.
      goal: { all: [{ called: { service: "kms", operation: "GenerateDataKey" } }, { called: { service: "kms", operation: "Decrypt", output: { Plaintext: { matches: "^[A-Za-z0-9+/]{43}=$" } } } }] },
      solution: [
        { service: "kms", operation: "GenerateDataKey", region: "eu-west-2", input: { KeyId: "alias/tutorial", KeySpec: "AES_256" } },
        { service: "kms", operation: "Decrypt", region: "eu-west-2", input: { CiphertextBlob: "$1.CiphertextBlob" } },
      ],
    },
  ],
};

export default meta;
