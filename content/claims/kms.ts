import { ACCOUNT, base64, blobOf, bytesOf, days, decided, fails, ok, OTHER_ACCOUNT, refused, returns, traces } from "@/lib/lessons/proof";
import type { Claim, ProofHand } from "@/lib/lessons/types";
import { oaepEncrypt } from "@/lib/engine/crypto/rsa";
import { ec2Api, kmsApi, kmsGuide, kmsPricing } from "./sources";

type Key = { KeyId: string; Arn: string };
const kms = (operation: string, input: object = {}, more: object = {}) => ({ service: "kms", operation, input: input as never, ...more });
const makeKey = async (lab: ProofHand, input: object = {}, more: object = {}): Promise<Key> => (await lab.call("Make a key", kms("CreateKey", input, more))).KeyMetadata;
const makeUser = (lab: ProofHand, name: string, account = ACCOUNT) => lab.call(`Make the user ${name}, with no permissions`, { service: "iam", operation: "CreateUser", account, input: { UserName: name } });
const allowUser = (lab: ProofHand, name: string, Action: string | string[], Resource: string, account = ACCOUNT) =>
  lab.call(`Allow ${name} by IAM: ${String(Action)}`, {
    service: "iam", operation: "PutUserPolicy", account,
    input: { UserName: name, PolicyName: `p-${String(Action).length}`, PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }) },
  });
const userArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:user/${name}`;
const rootArn = (account = ACCOUNT): string => `arn:aws:iam::${account}:root`;
const delegate = { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: rootArn() }, Action: "kms:*", Resource: "*" };
const keyPolicy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const putPolicy = (lab: ProofHand, key: Key, say: string, ...statements: object[]) => lab.call(say, kms("PutKeyPolicy", { KeyId: key.KeyId, PolicyName: "default", Policy: keyPolicy(...statements) }));
const hello = base64("hello");

export const kmsClaims: Claim[] = [
  {
    id: "N-KMS-1", verdict: "holds",
    sentence: "Without permission on the key, ciphertext is all that anybody gets.",
    source: kmsGuide("AWS Key Management Service"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt with it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }));
      await makeUser(lab, "finder");
      await lab.call("Somebody who has the ciphertext, but no permission, tries to open it", kms("Decrypt", { CiphertextBlob }, { as: "finder" }), fails("AccessDeniedException"));
      await allowUser(lab, "finder", "kms:Decrypt", key.Arn);
      await lab.call("With permission", kms("Decrypt", { CiphertextBlob }, { as: "finder" }), ok({ Plaintext: hello }));
    },
  },
  {
    id: "N-KMS-2", verdict: "holds",
    sentence: "KMS can be called directly, without another service in between.",
    source: kmsApi("Encrypt"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), traces("no service stands between", (trace) => trace.via.length === 0));
      await lab.call("Decrypt", kms("Decrypt", { CiphertextBlob }), ok({ Plaintext: hello }));
    },
  },
  {
    id: "N-KMS-3", verdict: "holds",
    sentence: "One and the same symmetric key encrypts and decrypts.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt with it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), ok({ KeyId: key.Arn }));
      await lab.call("Decrypt: the answer names the key that did it", kms("Decrypt", { CiphertextBlob }), ok({ KeyId: key.Arn, Plaintext: hello }));
    },
  },
  {
    id: "KMS-01", verdict: "imprecise",
    sentence: "Keys are AWS owned, AWS managed or customer managed; policy, rotation and deletion are yours for the last only.",
    source: kmsGuide("AWS KMS concepts"),
    proof: async (lab) => {
      await lab.call("Let Parameter Store use its default key", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/s", Type: "SecureString", Value: "v" } });
      const managed = await lab.call("Look at that key", kms("DescribeKey", { KeyId: "alias/aws/ssm" }), ok({ "KeyMetadata.KeyManager": "AWS" }));
      await lab.call("Disable it", kms("DisableKey", { KeyId: managed.KeyMetadata.KeyId }), refused);
      await lab.call("Schedule its deletion", kms("ScheduleKeyDeletion", { KeyId: managed.KeyMetadata.KeyId }), refused);
      const own = await makeKey(lab);
      await lab.call("A key of your own", kms("DescribeKey", { KeyId: own.KeyId }), ok({ "KeyMetadata.KeyManager": "CUSTOMER" }));
      await lab.call("Disable that", kms("DisableKey", { KeyId: own.KeyId }), ok());
      await lab.call("Schedule its deletion", kms("ScheduleKeyDeletion", { KeyId: own.KeyId }), ok());
    },
  },
  {
    id: "KMS-02", verdict: "holds",
    sentence: "KMS asks IAM, and first the key policy.",
    source: kmsGuide("Key policies in AWS KMS"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("Encrypt", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), decided("kms:Encrypt", "Allow"),
        traces("both the key policy and an identity policy were read", (trace) => trace.steps.some((step) => step.kind === "decision" && ["ResourcePolicy", "IdentityPolicy"].every((kind) => step.decision.layers.some((layer) => layer.kind === kind && layer.policies.length > 0)))));
    },
  },
  { id: "KMS-03", verdict: "holds", sentence: "Integrated services use symmetric encryption keys only.", source: kmsApi("CreateKey") },
  {
    id: "KMS-04", verdict: "changed",
    sentence: "A customer master key is now called a KMS key; the old name survives in CustomerMasterKeySpec.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      await lab.call("Make a key", kms("CreateKey"), returns("its metadata has both KeySpec and CustomerMasterKeySpec, with the same value", ({ KeyMetadata }) => KeyMetadata.KeySpec === "SYMMETRIC_DEFAULT" && KeyMetadata.CustomerMasterKeySpec === KeyMetadata.KeySpec));
    },
  },
  {
    id: "KMS-05", verdict: "changed",
    sentence: "Keys differ by KeySpec, and each has one KeyUsage that is fixed when it is made.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      const make = (KeySpec: string, KeyUsage: string) => lab.call(`Make a key ${KeySpec} for ${KeyUsage}`, kms("CreateKey", { KeySpec, KeyUsage }), ok({ "KeyMetadata.KeySpec": KeySpec, "KeyMetadata.KeyUsage": KeyUsage }));
      await make("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
      await make("HMAC_256", "GENERATE_VERIFY_MAC");
      const pair = await make("ECC_NIST_P256", "SIGN_VERIFY");
      await make("ECC_NIST_EDWARDS25519", "SIGN_VERIFY");
      await lab.call("Use the signing key for something else", kms("Encrypt", { KeyId: pair.KeyMetadata.KeyId, Plaintext: hello }), fails("InvalidKeyUsageException"));
    },
  },
  {
    id: "KMS-06", verdict: "holds",
    sentence: "A symmetric encryption key is used with AES-256-GCM.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("Encrypt 5 bytes", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), ok({ EncryptionAlgorithm: "SYMMETRIC_DEFAULT" }),
        returns("the ciphertext names the algorithm 2.16.840.1.101.3.4.1.46, which is AES-256-GCM", ({ CiphertextBlob }) => [...bytesOf(CiphertextBlob)].join().includes("6,9,96,134,72,1,101,3,4,1,46")));
    },
  },
  {
    id: "KMS-07", verdict: "holds",
    sentence: "CreateKey makes a symmetric encryption key unless told otherwise, and services use that kind.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      await lab.call("Make a key and say nothing", kms("CreateKey"), ok({ "KeyMetadata.KeySpec": "SYMMETRIC_DEFAULT", "KeyMetadata.KeyUsage": "ENCRYPT_DECRYPT" }));
      await lab.call("Let Parameter Store encrypt", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/s", Type: "SecureString", Value: "v" } });
      await lab.call("Look at the key that it used", kms("DescribeKey", { KeyId: "alias/aws/ssm" }), ok({ "KeyMetadata.KeySpec": "SYMMETRIC_DEFAULT" }));
    },
  },
  {
    id: "KMS-08", verdict: "holds",
    sentence: "Only a symmetric encryption key makes and opens data keys.",
    source: kmsApi("GenerateDataKey"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("A data key under a symmetric key", kms("GenerateDataKey", { KeyId: key.KeyId, KeySpec: "AES_256" }), ok());
      const pair = await makeKey(lab, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
      await lab.call("Under a key pair", kms("GenerateDataKey", { KeyId: pair.KeyId, KeySpec: "AES_256" }), fails("InvalidKeyUsageException"));
      const mac = await makeKey(lab, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
      await lab.call("Under an HMAC key", kms("GenerateDataKey", { KeyId: mac.KeyId, KeySpec: "AES_256" }), fails("InvalidKeyUsageException"));
    },
  },
  {
    id: "KMS-09", verdict: "holds",
    sentence: "A symmetric key never leaves KMS in the clear.",
    source: { text: "AWS KMS Cryptographic Details: HSMs validated to FIPS 140-3 Security Level 3 (certificate 4884)", date: "2026" },
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("All that KMS tells about it", kms("DescribeKey", { KeyId: key.KeyId }), returns("no member holds key material", ({ KeyMetadata }) => Object.keys(KeyMetadata).every((name) => !/(Material|Plaintext|Private|Secret)$/.test(name))));
      await lab.call("The one call that returns a key asks for public keys, and a symmetric key has none", kms("GetPublicKey", { KeyId: key.KeyId }), refused);
    },
  },
  {
    id: "KMS-10", verdict: "imprecise",
    sentence: "A key pair has one use: for signing, the private key signs and the public key verifies.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      const pair = await makeKey(lab, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
      const signed = { KeyId: pair.KeyId, Message: hello, SigningAlgorithm: "ECDSA_SHA_256" };
      const { Signature } = await lab.call("Sign a message", kms("Sign", signed));
      await lab.call("Verify it", kms("Verify", { ...signed, Signature }), ok({ SignatureValid: true }));
      await lab.call("Verify another message with that signature", kms("Verify", { ...signed, Message: base64("hullo"), Signature }), fails("KMSInvalidSignatureException"));
      await lab.call("Encrypt with the signing pair", kms("Encrypt", { KeyId: pair.KeyId, Plaintext: hello }), fails("InvalidKeyUsageException"));
    },
  },
  {
    id: "KMS-11", verdict: "holds",
    sentence: "GetPublicKey returns the public key; no call returns the private one.",
    source: kmsApi("GetPublicKey"),
    proof: async (lab) => {
      const pair = await makeKey(lab, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
      await lab.call("Fetch the public key", kms("GetPublicKey", { KeyId: pair.KeyId }), returns("91 bytes of DER: a SubjectPublicKeyInfo on the curve P-256, with nothing private in it", ({ PublicKey }) => bytesOf(PublicKey).length === 91 && bytesOf(PublicKey)[0] === 0x30));
    },
  },
  {
    id: "KMS-12", verdict: "holds",
    sentence: "With the public key somebody without access to KMS can encrypt outside AWS.",
    source: kmsApi("GetPublicKey"),
    proof: async (lab) => {
      const pair = await makeKey(lab, { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
      const { PublicKey } = await lab.call("Fetch the public key once, and hand it out", kms("GetPublicKey", { KeyId: pair.KeyId }));
      // The seed of OAEP is fixed here so that the proof is the same on every run; whoever encrypts draws it by chance.
      const sealed = oaepEncrypt(bytesOf(PublicKey), "SHA_256", new TextEncoder().encode("from outside"), new Uint8Array(32).fill(7));
      lab.follows("somebody outside encrypts with RSAES-OAEP and the public key, without any call: 256 bytes", sealed.length === 256);
      const Decrypted = { CiphertextBlob: btoa(String.fromCharCode(...sealed)), KeyId: pair.KeyId, EncryptionAlgorithm: "RSAES_OAEP_SHA_256" };
      await lab.call("Only KMS can open it", kms("Decrypt", Decrypted), ok({ Plaintext: base64("from outside") }));
      await makeUser(lab, "finder");
      await lab.call("and only for those who may", kms("Decrypt", Decrypted, { as: "finder" }), fails("AccessDeniedException"));
    },
  },
  {
    id: "KMS-13", verdict: "holds",
    sentence: "A customer managed key can be created, rotated, disabled and enabled.",
    source: kmsApi("DisableKey"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("Disable it", kms("DisableKey", { KeyId: key.KeyId }));
      await lab.call("Use it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), fails("DisabledException", "is disabled"));
      await lab.call("Enable it", kms("EnableKey", { KeyId: key.KeyId }));
      await lab.call("Use it again", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), ok());
      await lab.call("Switch on rotation", kms("EnableKeyRotation", { KeyId: key.KeyId }));
      await lab.call("Ask for its state", kms("GetKeyRotationStatus", { KeyId: key.KeyId }), ok({ KeyRotationEnabled: true, RotationPeriodInDays: 365 }));
    },
  },
  { id: "KMS-14", verdict: "holds", sentence: "CloudTrail records every KMS call, with the encryption context in clear.", source: kmsGuide("Logging AWS KMS API calls with AWS CloudTrail") },
  { id: "KMS-15", verdict: "holds", sentence: "An AWS managed key has no monthly fee; its requests count.", source: kmsPricing },
  { id: "KMS-16", verdict: "holds", sentence: "A customer managed key costs $1 a month; its first two rotations add $1 a month each.", source: kmsPricing },
  { id: "KMS-17", verdict: "holds", sentence: "A key with imported material costs $1 a month; you keep a durable copy of the material.", source: kmsApi("ImportKeyMaterial") },
  { id: "KMS-18", verdict: "wrong", sentence: "20,000 requests a month are free; keys have no free tier.", source: kmsPricing },
  { id: "KMS-19", verdict: "holds", sentence: "$0.03 per 10,000 requests with symmetric keys and RSA-2048.", source: kmsPricing },
  {
    id: "KMS-20", verdict: "imprecise",
    sentence: "KMS encrypts up to 4 KB and stores nothing; secrets are kept elsewhere.",
    source: kmsApi("Encrypt"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt a password", kms("Encrypt", { KeyId: key.KeyId, Plaintext: base64("hunter2") }), traces("the call changes no record: nothing is stored", (trace) => trace.steps.every((step) => step.kind !== "change")));
      await lab.call("What was not kept must be brought again", kms("Decrypt", { CiphertextBlob }), ok({ Plaintext: base64("hunter2") }));
    },
  },
  {
    id: "KMS-21", verdict: "wrong",
    sentence: "Policies are your part: a key policy that admits everybody lets in a user without any IAM permission.",
    source: kmsGuide("Security of AWS Key Management Service"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt a secret", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }));
      await makeUser(lab, "passer-by");
      await lab.call("A user without permissions", kms("Decrypt", { CiphertextBlob }, { as: "passer-by" }), fails("AccessDeniedException"));
      await putPolicy(lab, key, "Write a key policy that admits everybody", { Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" });
      await lab.call("The same user", kms("Decrypt", { CiphertextBlob }, { as: "passer-by" }), ok({ Plaintext: hello }));
    },
  },
  { id: "KMS-22", verdict: "imprecise", sentence: "Secrets belong in a store that is read at run time rather than into code.", source: { text: "AWS Secrets Manager User Guide, Move hardcoded secrets to AWS Secrets Manager", date: "2026", url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html" } },
  {
    id: "KMS-23", verdict: "holds",
    sentence: "Encrypt takes 1 to 4,096 bytes; for more, a data key encrypts the data.",
    source: kmsApi("Encrypt"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("4,096 bytes", kms("Encrypt", { KeyId: key.KeyId, Plaintext: blobOf(4096) }), ok());
      await lab.call("4,097 bytes", kms("Encrypt", { KeyId: key.KeyId, Plaintext: blobOf(4097) }), fails("ValidationException", "less than or equal to 4096"));
      await lab.call("No bytes at all", kms("Encrypt", { KeyId: key.KeyId, Plaintext: "" }), fails("ValidationException", "greater than or equal to 1"));
      const pair = await makeKey(lab, { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
      const rsa = (length: number) => kms("Encrypt", { KeyId: pair.KeyId, Plaintext: blobOf(length), EncryptionAlgorithm: "RSAES_OAEP_SHA_256" });
      await lab.call("An RSA-2048 key takes 190 bytes with SHA-256", rsa(190), ok());
      await lab.call("and not 191", rsa(191), fails("ValidationException", "190 bytes"));
      await lab.call("For more: a data key", kms("GenerateDataKey", { KeyId: key.KeyId, KeySpec: "AES_256" }), returns("32 bytes of AES key, in the clear and sealed", ({ Plaintext, CiphertextBlob }) => bytesOf(Plaintext).length === 32 && bytesOf(CiphertextBlob).length > 32));
    },
  },
  {
    id: "KMS-24", verdict: "imprecise",
    sentence: "In one account the key policy can be enough, or IAM where it delegates, or a grant; between accounts key policy and IAM are both needed.",
    source: kmsGuide("Policy evaluation logic for KMS keys"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt with it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }));
      const decrypt = (say: string, as: string, expectation: ReturnType<typeof ok>, account = ACCOUNT, more: object = {}) => lab.call(say, kms("Decrypt", { CiphertextBlob, ...more }, { as, account }), expectation);
      await makeUser(lab, "dora");
      await decrypt("Nobody has allowed dora", "dora", fails("AccessDeniedException"));
      await allowUser(lab, "dora", "kms:Decrypt", key.Arn);
      await decrypt("IAM is enough, because the default key policy delegates to it", "dora", ok());
      await makeUser(lab, "emil");
      await putPolicy(lab, key, "Name emil in the key policy", delegate, { Effect: "Allow", Principal: { AWS: userArn("emil") }, Action: "kms:Decrypt", Resource: "*" });
      await decrypt("The key policy alone is enough for emil", "emil", ok());
      await makeUser(lab, "fay");
      const grant = await lab.call("Give fay a grant", kms("CreateGrant", { KeyId: key.KeyId, GranteePrincipal: userArn("fay"), Operations: ["Decrypt"] }));
      await decrypt("A grant alone is enough for fay", "fay", ok(), ACCOUNT, { GrantTokens: [grant.GrantToken] });
      await decrypt("An administrator of another account has IAM only", "admin", fails("AccessDeniedException"), OTHER_ACCOUNT);
      await makeUser(lab, "gus", OTHER_ACCOUNT);
      await putPolicy(lab, key, "Let the other account in", delegate, { Effect: "Allow", Principal: { AWS: rootArn(OTHER_ACCOUNT) }, Action: "kms:Decrypt", Resource: "*" });
      await decrypt("Its user gus has the key policy only", "gus", fails("AccessDeniedException"), OTHER_ACCOUNT);
      await decrypt("Its administrator has both", "admin", ok({ Plaintext: hello }), OTHER_ACCOUNT);
    },
  },
  {
    id: "KMS-25", verdict: "changed",
    sentence: "A single-Region key works in its Region only.",
    source: kmsApi("ReplicateKey"),
    proof: async (lab) => {
      const key = await makeKey(lab, {}, { region: "eu-west-2" });
      const { CiphertextBlob } = await lab.call("Encrypt in eu-west-2", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { region: "eu-west-2" }));
      await lab.call("Decrypt in ap-southeast-2", kms("Decrypt", { CiphertextBlob }, { region: "ap-southeast-2" }), fails("AccessDeniedException"));
      await lab.call("Name the key there", kms("DescribeKey", { KeyId: key.Arn }, { region: "ap-southeast-2" }), fails("NotFoundException"));
      await lab.call("At home it works", kms("Decrypt", { CiphertextBlob }, { region: "eu-west-2" }), ok({ Plaintext: hello }));
    },
  },
  { id: "KMS-26", verdict: "holds", sentence: "A snapshot copied to another Region is encrypted under a key of that Region.", source: ec2Api("CopySnapshot") },
  {
    id: "KMS-27", verdict: "imprecise",
    sentence: "ReEncrypt changes the key inside one Region; a key of another Region is not known there.",
    source: kmsApi("ReEncrypt"),
    proof: async (lab) => {
      const a = await makeKey(lab, { Description: "key A" }, { region: "eu-west-2" });
      const b = await makeKey(lab, { Description: "key B, same Region" }, { region: "eu-west-2" });
      const far = await makeKey(lab, { Description: "key of another Region" }, { region: "ap-southeast-2" });
      const { CiphertextBlob } = await lab.call("Encrypt under key A", kms("Encrypt", { KeyId: a.KeyId, Plaintext: hello }, { region: "eu-west-2" }));
      await lab.call("Re-encrypt under key B", kms("ReEncrypt", { CiphertextBlob, DestinationKeyId: b.KeyId }, { region: "eu-west-2" }), ok({ SourceKeyId: a.Arn, KeyId: b.Arn }));
      await lab.call("Re-encrypt under the far key", kms("ReEncrypt", { CiphertextBlob, DestinationKeyId: far.Arn }, { region: "eu-west-2" }), fails("NotFoundException"));
    },
  },
  {
    id: "KMS-28", verdict: "imprecise",
    sentence: "IAM alone never opens a key: without the key policy even an administrator is refused.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      await makeUser(lab, "keeper");
      const key = await makeKey(lab, { Policy: keyPolicy({ Effect: "Allow", Principal: { AWS: userArn("keeper") }, Action: "kms:*", Resource: "*" }), BypassPolicyLockoutSafetyCheck: true });
      await lab.call("admin has AdministratorAccess, and the key policy does not name it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), fails("AccessDeniedException"));
      await lab.call("keeper is named", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "keeper" }), ok());
    },
  },
  {
    id: "KMS-29", verdict: "holds",
    sentence: "A key made without a policy gets the default key policy.",
    source: kmsGuide("Default key policy"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("Read its policy", kms("GetKeyPolicy", { KeyId: key.KeyId, PolicyName: "default" }),
        returns("one statement: the account principal may do kms:*", ({ Policy }) => {
          const { Statement } = JSON.parse(Policy);
          return Statement.length === 1 && Statement[0].Effect === "Allow" && Statement[0].Principal.AWS === rootArn() && Statement[0].Action === "kms:*";
        }));
    },
  },
  {
    id: "KMS-30", verdict: "imprecise",
    sentence: "The principal :root is the account: it makes IAM policies count, and lets no user in by itself.",
    source: kmsGuide("Default key policy"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await makeUser(lab, "dora");
      await lab.call("dora has no IAM policy", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "dora" }), fails("AccessDeniedException", "no identity-based policy allows"), decided("kms:Encrypt", "ImplicitDeny"));
      await allowUser(lab, "dora", "kms:Encrypt", key.Arn);
      await lab.call("Now IAM allows it, and the key policy lets IAM count", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "dora" }), ok());
    },
  },
  {
    id: "KMS-31", verdict: "wrong",
    sentence: "Under the default key policy a user without IAM permissions is refused; the root user is not.",
    source: kmsGuide("Default key policy"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await makeUser(lab, "anyone");
      for (const [operation, input] of [["Encrypt", { KeyId: key.KeyId, Plaintext: hello }], ["DescribeKey", { KeyId: key.KeyId }], ["DisableKey", { KeyId: key.KeyId }]] as const)
        await lab.call(`anyone tries ${operation}`, kms(operation, input, { as: "anyone" }), fails("AccessDeniedException"));
      await lab.call("The root user encrypts", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "root" }), ok());
    },
  },
  {
    id: "KMS-32", verdict: "holds",
    sentence: "A key policy can name users and administrators; administrators cannot use the key, but can change its policy until they can.",
    source: kmsGuide("Default key policy: key administrators and key users"),
    proof: async (lab) => {
      await makeUser(lab, "keeper");
      await makeUser(lab, "reader");
      const key = await makeKey(lab);
      const administer = { Effect: "Allow", Principal: { AWS: userArn("keeper") }, Action: ["kms:PutKeyPolicy", "kms:DescribeKey", "kms:GetKeyPolicy"], Resource: "*" };
      const use = (name: string) => ({ Effect: "Allow", Principal: { AWS: userArn(name) }, Action: ["kms:Encrypt", "kms:Decrypt"], Resource: "*" });
      await putPolicy(lab, key, "keeper administers, reader uses", delegate, administer, use("reader"));
      await lab.call("reader uses it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "reader" }), ok());
      await lab.call("keeper cannot", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "keeper" }), fails("AccessDeniedException"));
      await lab.call("but keeper can write itself in", kms("PutKeyPolicy", { KeyId: key.KeyId, PolicyName: "default", Policy: keyPolicy(delegate, administer, use("keeper")) }, { as: "keeper" }), ok());
      await lab.call("and then use it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }, { as: "keeper" }), ok());
    },
  },
  { id: "KMS-33", verdict: "holds", sentence: "An encrypted snapshot is shared by a key policy for the other account, which copies it under its own key.", source: { text: "AWS KMS Developer Guide, Allowing users in other accounts to use a KMS key; Amazon EC2 API Reference, CopySnapshot (a shared encrypted snapshot needs permission on its key)", date: "2023-06" } },
  {
    id: "KMS-34", verdict: "holds",
    sentence: "kms:ViaService admits a caller only through the named service, kms:CallerAccount only from the named account.",
    source: kmsGuide("AWS KMS condition keys"),
    proof: async (lab) => {
      await makeUser(lab, "dora");
      await allowUser(lab, "dora", "ssm:GetParameter", "*");
      const key = await makeKey(lab);
      await lab.call("Put a SecureString under it", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/via", Type: "SecureString", KeyId: key.KeyId, Value: "v" } });
      const { CiphertextBlob } = await lab.call("Encrypt something else with it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }));
      const statement = (service: string, account: string) => ({ Effect: "Allow", Principal: { AWS: userArn("dora") }, Action: "kms:Decrypt", Resource: "*", Condition: { StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com`, "kms:CallerAccount": account } } });
      const read = (say: string, ...expectations: ReturnType<typeof ok>[]) => lab.call(say, { service: "ssm", operation: "GetParameter", as: "dora", input: { Name: "/proof/via", WithDecryption: true } }, ...expectations);
      await putPolicy(lab, key, "Admit dora through Systems Manager", delegate, statement("ssm", ACCOUNT));
      await read("dora reads through Parameter Store", ok({ "Parameter.Value": "v" }));
      await lab.call("dora asks KMS directly", kms("Decrypt", { CiphertextBlob }, { as: "dora" }), fails("AccessDeniedException"));
      await putPolicy(lab, key, "Name another service", delegate, statement("ec2", ACCOUNT));
      await read("Parameter Store is not EC2", fails("AccessDeniedException"));
      await putPolicy(lab, key, "Name another account", delegate, statement("ssm", OTHER_ACCOUNT));
      await read("and dora is not of that account", fails("AccessDeniedException"));
    },
  },
  { id: "KMS-35", verdict: "changed", sentence: "Custom key stores are CloudHSM key stores and external key stores, ten in all per account and Region.", source: kmsGuide("Quotas; Custom key stores") },
  {
    id: "KMS-36", verdict: "holds",
    sentence: "An AWS managed key cannot be changed, deleted or used outside its service; AWS rotates it every year.",
    source: kmsApi("EnableKeyRotation"),
    proof: async (lab) => {
      await lab.call("Let Parameter Store use its key", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/s", Type: "SecureString", Value: "v" } });
      const { KeyMetadata } = await lab.call("Find it", kms("DescribeKey", { KeyId: "alias/aws/ssm" }), ok({ "KeyMetadata.KeyManager": "AWS" }));
      const KeyId = KeyMetadata.KeyId;
      await lab.call("Use it directly", kms("Encrypt", { KeyId, Plaintext: hello }), refused);
      await lab.call("Change its policy", kms("PutKeyPolicy", { KeyId, PolicyName: "default", Policy: keyPolicy(delegate) }), refused);
      await lab.call("Switch off its rotation", kms("DisableKeyRotation", { KeyId }), refused);
      await lab.call("Delete it", kms("ScheduleKeyDeletion", { KeyId }), refused);
    },
  },
  {
    id: "KMS-37", verdict: "changed",
    sentence: "A key’s origin is AWS_KMS unless told otherwise; there are three more.",
    source: kmsApi("CreateKey"),
    proof: async (lab) => {
      await lab.call("Make a key and say nothing", kms("CreateKey"), ok({ "KeyMetadata.Origin": "AWS_KMS" }));
      await lab.call("Name an origin that there is not", kms("CreateKey", { Origin: "HOME_MADE" }), returnsError("the refusal lists the four that there are", ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"]));
    },
  },
  {
    id: "KMS-38", verdict: "holds",
    sentence: "Deletion waits 7 to 30 days, 30 by default; the key is PendingDeletion, and cancelling leaves it Disabled.",
    source: kmsApi("ScheduleKeyDeletion"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      await lab.call("Six days", kms("ScheduleKeyDeletion", { KeyId: key.KeyId, PendingWindowInDays: 6 }), fails("ValidationException"));
      await lab.call("Name none", kms("ScheduleKeyDeletion", { KeyId: key.KeyId }), ok({ KeyState: "PendingDeletion", PendingWindowInDays: 30 }));
      await lab.call("Use it", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), fails("KMSInvalidStateException", "is pending deletion"));
      await lab.call("Cancel", kms("CancelKeyDeletion", { KeyId: key.KeyId }));
      await lab.call("Look at it", kms("DescribeKey", { KeyId: key.KeyId }), ok({ "KeyMetadata.KeyState": "Disabled" }));
      await lab.call("Schedule it again, in 7 days", kms("ScheduleKeyDeletion", { KeyId: key.KeyId, PendingWindowInDays: 7 }), ok());
      await lab.wait("Eight days go by", days(8));
      await lab.call("It is gone", kms("DescribeKey", { KeyId: key.KeyId }), fails("NotFoundException"));
    },
  },
  {
    id: "KMS-39", verdict: "changed",
    sentence: "Rotation comes every 90 to 2,560 days or on demand; the key keeps its id, and old ciphertexts still open.",
    source: kmsApi("RotateKeyOnDemand"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const before = await lab.call("Encrypt", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }));
      const old = await lab.call("Which material opens it?", kms("Decrypt", { CiphertextBlob: before.CiphertextBlob }), ok({ Plaintext: hello }));
      await lab.call("A period of 89 days", kms("EnableKeyRotation", { KeyId: key.KeyId, RotationPeriodInDays: 89 }), fails("ValidationException"));
      await lab.call("A period of 90 days", kms("EnableKeyRotation", { KeyId: key.KeyId, RotationPeriodInDays: 90 }), ok());
      await lab.wait("91 days go by", days(91));
      const after = await lab.call("Encrypt again", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }), ok({ KeyId: key.Arn }));
      await lab.call("New material did it", kms("Decrypt", { CiphertextBlob: after.CiphertextBlob }), returns("the material's id is another one", ({ KeyMaterialId }) => KeyMaterialId !== old.KeyMaterialId));
      await lab.call("The old ciphertext still opens", kms("Decrypt", { CiphertextBlob: before.CiphertextBlob }), ok({ Plaintext: hello, KeyMaterialId: old.KeyMaterialId }));
      await lab.call("Rotate at once", kms("RotateKeyOnDemand", { KeyId: key.KeyId }), ok({ KeyId: key.Arn }));
    },
  },
  {
    id: "KMS-40", verdict: "holds",
    sentence: "Encrypt and Decrypt give a file back byte for byte.",
    source: kmsApi("Encrypt"),
    proof: async (lab) => {
      const everyByte = btoa(String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte)));
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt all 256 byte values", kms("Encrypt", { KeyId: key.KeyId, Plaintext: everyByte }));
      await lab.call("Decrypt", kms("Decrypt", { CiphertextBlob }), ok({ Plaintext: everyByte }, "the same 256 bytes come back"));
    },
  },
  {
    id: "KMS-41", verdict: "holds",
    sentence: "Decrypt returns the plaintext as base64.",
    source: kmsApi("Decrypt"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt SuperSecretPassword", kms("Encrypt", { KeyId: key.KeyId, Plaintext: base64("SuperSecretPassword") }));
      await lab.call("Decrypt", kms("Decrypt", { CiphertextBlob }), ok({ Plaintext: "U3VwZXJTZWNyZXRQYXNzd29yZA==" }));
    },
  },
  {
    id: "KMS-42", verdict: "holds",
    sentence: "A symmetric ciphertext says which key it needs; a wrong key named is refused.",
    source: kmsApi("Decrypt"),
    proof: async (lab) => {
      const key = await makeKey(lab);
      const other = await makeKey(lab);
      const { CiphertextBlob } = await lab.call("Encrypt with the first", kms("Encrypt", { KeyId: key.KeyId, Plaintext: hello }));
      await lab.call("Decrypt without naming a key", kms("Decrypt", { CiphertextBlob }), ok({ KeyId: key.Arn, Plaintext: hello }));
      await lab.call("Name the second key", kms("Decrypt", { CiphertextBlob, KeyId: other.KeyId }), fails("IncorrectKeyException"));
    },
  },
];

function returnsError(words: string, parts: string[]) {
  return { words, holds: (reply: { ok: boolean; error?: { message?: string } }) => !reply.ok && parts.every((part) => (reply.error?.message ?? "").includes(part)) } as ReturnType<typeof ok>;
}
