import { asked, base64, bytesOf, fails, ok, returns } from "@/lib/lessons/proof";
import type { Claim } from "@/lib/lessons/types";
import { inTransit, kmsApi, kmsGuide, lockIcon, tls13 } from "./sources";

const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

export const encryptionClaims: Claim[] = [
  {
    id: "N-ENC-1", verdict: "holds",
    sentence: "Data protection is one of the graded domains of the AWS Security Specialty exam.",
    source: { text: "AWS Certified Security – Specialty (SCS-C03) exam guide: Data Protection, 18 % (secondary source)", date: "2025-12" },
  },
  {
    id: "N-ENC-2", verdict: "holds",
    sentence: "SDKs and libraries do TLS by themselves when they are given an HTTPS address.",
    source: { text: "Amazon S3 User Guide, Protecting data in transit with encryption (AWS SDKs and CLI use TLS with no action required)", date: "2026", url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryptionInTransit.html" },
  },
  { id: "ENC-01", verdict: "imprecise", sentence: "Encryption in flight is done by TLS; SSL is the name of its ancestor.", source: { text: "AWS KMS Developer Guide, Infrastructure security (TLS 1.2 required, 1.3 recommended)", date: "2026", url: "https://docs.aws.amazon.com/kms/latest/developerguide/infrastructure-security.html" } },
  {
    id: "ENC-02", verdict: "holds",
    sentence: "AWS services have HTTPS endpoints, and a policy can refuse calls that come without TLS (aws:SecureTransport).",
    source: inTransit,
    proof: async (lab) => {
      await lab.call("Make a user", { service: "iam", operation: "CreateUser", input: { UserName: "visitor" } });
      await lab.call("Let it list aliases, and deny everything that comes without TLS", {
        service: "iam", operation: "PutUserPolicy",
        input: {
          UserName: "visitor", PolicyName: "only-tls",
          PolicyDocument: policy({ Effect: "Allow", Action: "kms:ListAliases", Resource: "*" }, { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        },
      });
      await lab.call("Call over TLS", { service: "kms", operation: "ListAliases", as: "visitor", secureTransport: true }, ok());
      await lab.call("The same call in the clear", { service: "kms", operation: "ListAliases", as: "visitor", secureTransport: false }, fails("AccessDeniedException", "explicit deny"));
    },
  },
  { id: "ENC-03", verdict: "imprecise", sentence: "The certificate authenticates the server; traffic keys come from an ephemeral key exchange.", source: tls13 },
  { id: "ENC-04", verdict: "imprecise", sentence: "TLS protects the path, not against a dishonest server.", source: lockIcon },
  { id: "ENC-05", verdict: "holds", sentence: "Only the two ends hold the session’s keys.", source: tls13 },
  {
    id: "ENC-06", verdict: "wrong",
    sentence: "aGVsbG8gd29ybGQgZWg= is base64 of “hello world eh”, not ciphertext.",
    source: { text: "RFC 4648, The Base16, Base32, and Base64 Data Encodings", date: "2006-10", url: "https://www.rfc-editor.org/rfc/rfc4648" },
    proof: async (lab) => {
      const { KeyMetadata } = await lab.call("Make a key", { service: "kms", operation: "CreateKey" });
      const sealed = await lab.call(
        "Encrypt “hello world eh” for real", { service: "kms", operation: "Encrypt", input: { KeyId: KeyMetadata.KeyId, Plaintext: base64("hello world eh") } },
        returns("the ciphertext, decoded from base64, does not contain the words", ({ CiphertextBlob }) => !atob(CiphertextBlob).includes("hello")),
      );
      lab.follows("aGVsbG8gd29ybGQgZWg=, decoded from base64, reads “hello world eh”", atob("aGVsbG8gd29ybGQgZWg=") === "hello world eh");
      await lab.call("Only with the key does the ciphertext say the same", { service: "kms", operation: "Decrypt", input: { CiphertextBlob: sealed.CiphertextBlob } }, returns("the plaintext is “hello world eh”", ({ Plaintext }) => atob(Plaintext) === "hello world eh"));
    },
  },
  {
    id: "ENC-07", verdict: "holds",
    sentence: "A service with server-side encryption encrypts what it received, and decrypts it before it gives it back.",
    source: { text: "Amazon S3 User Guide: S3 encrypts all new objects by default since January 2023 (SSE-S3)", date: "2023-01" },
    proof: async (lab) => {
      await lab.call("Hand Parameter Store a plaintext", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/secret", Type: "SecureString", Value: "open sesame" } }, ok(), asked("kms", "Encrypt"));
      await lab.call("Look at what is stored", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/secret" } }, returns("the stored value is not the plaintext", ({ Parameter }) => !Parameter.Value.includes("open sesame") && !atob(Parameter.Value).includes("open sesame")));
      await lab.call("Ask for it decrypted", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/secret", WithDecryption: true } }, ok({ "Parameter.Value": "open sesame" }), asked("kms", "Decrypt"));
    },
  },
  {
    id: "ENC-08", verdict: "holds",
    sentence: "The service gets a data key from KMS, stores its encrypted copy with the data, and needs KMS to read again.",
    source: kmsApi("GenerateDataKey"),
    proof: async (lab) => {
      const { KeyMetadata } = await lab.call("Make a key", { service: "kms", operation: "CreateKey" });
      await lab.call(
        "Store an advanced SecureString, which Parameter Store encrypts with a data key",
        { service: "ssm", operation: "PutParameter", input: { Name: "/proof/enveloped", Type: "SecureString", Tier: "Advanced", KeyId: KeyMetadata.KeyId, Value: "open sesame" } }, ok(), asked("kms", "GenerateDataKey"),
      );
      await lab.call("Read it", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/enveloped", WithDecryption: true } }, ok({ "Parameter.Value": "open sesame" }), asked("kms", "Decrypt"));
      await lab.call("Disable the key", { service: "kms", operation: "DisableKey", input: { KeyId: KeyMetadata.KeyId } });
      await lab.call("Now the service cannot read either", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/enveloped", WithDecryption: true } }, fails("InvalidKeyId"));
    },
  },
  {
    id: "ENC-09", verdict: "wrong",
    sentence: "What a reader of server-side encrypted data gets back is plaintext.",
    source: kmsGuide("Basic concepts: server-side encryption"),
    proof: async (lab) => {
      await lab.call("Store a secret", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/read-me", Type: "SecureString", Value: "plain words" } });
      await lab.call("Read it decrypted", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/read-me", WithDecryption: true } }, ok({ "Parameter.Value": "plain words" }));
    },
  },
  { id: "ENC-10", verdict: "wrong", sentence: "EBS is a block device whose data is encrypted on the instance’s host.", source: { text: "Amazon EBS User Guide, Amazon EBS encryption", date: "2026", url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html" } },
  { id: "ENC-11", verdict: "holds", sentence: "With client-side encryption the server stores ciphertext only and cannot decrypt it.", source: kmsGuide("Basic concepts: client-side encryption") },
  {
    id: "ENC-12", verdict: "holds",
    sentence: "GenerateDataKey returns a data key twice: in the clear, and encrypted under the KMS key; Decrypt turns the second into the first.",
    source: kmsApi("GenerateDataKey"),
    proof: async (lab) => {
      const { KeyMetadata } = await lab.call("Make a key", { service: "kms", operation: "CreateKey" });
      const dataKey = await lab.call(
        "Ask for a data key", { service: "kms", operation: "GenerateDataKey", input: { KeyId: KeyMetadata.KeyId, KeySpec: "AES_256" } },
        returns("its clear form has 32 bytes", ({ Plaintext }) => bytesOf(Plaintext).length === 32),
        returns("its sealed form is something else", ({ Plaintext, CiphertextBlob }) => !atob(CiphertextBlob).includes(atob(Plaintext))),
      );
      await lab.call("Have the sealed form opened", { service: "kms", operation: "Decrypt", input: { CiphertextBlob: dataKey.CiphertextBlob } }, returns("it is the same data key", ({ Plaintext }) => Plaintext === dataKey.Plaintext));
    },
  },
];
