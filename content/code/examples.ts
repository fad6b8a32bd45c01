/** Programs that the Code tab starts from. Each runs as it stands in a fresh lab, by `admin`, more than once. */
export interface CodeExample {
  id: string;
  /** What it does, as a choice in a list. */
  title: string;
  text: string;
}

export const codeExamples: readonly CodeExample[] = [
  {
    id: "encrypt-decrypt",
    title: "Encrypt and decrypt",
    text: `import { KMSClient, EncryptCommand, DecryptCommand } from "@aws-sdk/client-kms";

const kms = new KMSClient({ region: "eu-west-2" });

const sealed = await kms.send(
  new EncryptCommand({
    KeyId: "alias/tutorial",
    Plaintext: new TextEncoder().encode("correct horse battery staple"),
    EncryptionContext: { purpose: "tutorial" },
  }),
);
console.log("Ciphertext, in base64:", Buffer.from(sealed.CiphertextBlob!).toString("base64"));

// The blob says which key it needs. The encryption context must be the same.
const opened = await kms.send(
  new DecryptCommand({
    CiphertextBlob: sealed.CiphertextBlob,
    EncryptionContext: { purpose: "tutorial" },
  }),
);
console.log("Plaintext:", new TextDecoder().decode(opened.Plaintext));
console.log("Opened by", opened.KeyId);
`,
  },
  {
    id: "envelope",
    title: "Envelope encryption",
    text: `import { KMSClient, GenerateDataKeyCommand, DecryptCommand } from "@aws-sdk/client-kms";

const kms = new KMSClient({ region: "eu-west-2" });
const report = new TextEncoder().encode("Quarterly figures. ".repeat(1000));

// One call gives both forms of a data key: one to use now, one to keep.
const dataKey = await kms.send(new GenerateDataKeyCommand({ KeyId: "alias/tutorial", KeySpec: "AES_256" }));
const nonce = crypto.getRandomValues(new Uint8Array(12));
const envelope = {
  dataKey: dataKey.CiphertextBlob!,
  nonce,
  data: await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await aesKey(dataKey.Plaintext!, "encrypt"), report),
};
dataKey.Plaintext!.fill(0);
console.log(\`\${report.length} bytes sealed here; KMS saw none of them.\`);

// To open the envelope, KMS first opens the data key.
const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: envelope.dataKey }));
const opened = await crypto.subtle.decrypt(
  { name: "AES-GCM", iv: envelope.nonce },
  await aesKey(Plaintext!, "decrypt"),
  envelope.data,
);
console.log("Opened:", new TextDecoder().decode(opened).slice(0, 18));

function aesKey(bytes: Uint8Array, use: "encrypt" | "decrypt") {
  return crypto.subtle.importKey("raw", new Uint8Array(bytes), "AES-GCM", false, [use]);
}
`,
  },
  {
    id: "secure-string",
    title: "Read a SecureString",
    text: `import { SSMClient, PutParameterCommand, GetParameterCommand } from "@aws-sdk/client-ssm";

const ssm = new SSMClient({ region: "eu-west-2" });
const Name = "/my-app/dev/db-password";

await ssm.send(
  new PutParameterCommand({ Name, Value: "correct horse", Type: "SecureString", KeyId: "alias/tutorial", Overwrite: true }),
);

// Without decryption the value is what KMS made of it.
const sealed = await ssm.send(new GetParameterCommand({ Name }));
console.log("sealed: ", sealed.Parameter?.Value);

// With decryption Parameter Store asks KMS for you: see Why? of this call.
const opened = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
console.log("opened: ", opened.Parameter?.Value);
console.log("version:", opened.Parameter?.Version);
`,
  },
  {
    id: "paginate",
    title: "Go through pages",
    text: `import { KMSClient, paginateListKeys, paginateListAliases } from "@aws-sdk/client-kms";

const kms = new KMSClient({ region: "eu-west-2" });

// A page holds at most one key here, to have pages at all. The paginator asks for the next one.
const keys: string[] = [];
for await (const page of paginateListKeys({ client: kms, pageSize: 1 }, {})) {
  console.log(\`A page with \${page.Keys?.length} key.\`);
  keys.push(...(page.Keys ?? []).map((key) => key.KeyId!));
}

const aliases = new Map<string, string>();
for await (const page of paginateListAliases({ client: kms }, {}))
  for (const { AliasName, TargetKeyId } of page.Aliases ?? []) if (TargetKeyId) aliases.set(TargetKeyId, AliasName!);

console.table(keys.map((key) => ({ key, alias: aliases.get(key) ?? "none" })));
`,
  },
  {
    id: "assume-role",
    title: "Assume a role, then call",
    text: `import { IAMClient, CreateRoleCommand, PutRolePolicyCommand, EntityAlreadyExistsException } from "@aws-sdk/client-iam";
import { STSClient, GetCallerIdentityCommand, AssumeRoleCommand } from "@aws-sdk/client-sts";
import { KMSClient, DescribeKeyCommand, EncryptCommand } from "@aws-sdk/client-kms";

const iam = new IAMClient();
const sts = new STSClient();
const me = await sts.send(new GetCallerIdentityCommand({}));
console.log("I am", me.Arn);

const RoleName = "key-reader";
try {
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: me.Account }, Action: "sts:AssumeRole" }] };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
} catch (error) {
  // There from the run before.
  if (!(error instanceof EntityAlreadyExistsException)) throw error;
}
const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "kms:DescribeKey", Resource: "*" }] };
await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "describe-keys", PolicyDocument: JSON.stringify(policy) }));

const { Credentials } = await sts.send(
  new AssumeRoleCommand({ RoleArn: \`arn:aws:iam::\${me.Account}:role/\${RoleName}\`, RoleSessionName: "code-tab" }),
);

// This client signs with the session's own keys.
const kms = new KMSClient({
  region: "eu-west-2",
  credentials: {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken,
  },
});
const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/tutorial" }));
console.log("The role may describe the key:", KeyMetadata?.KeyState);

try {
  await kms.send(new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: new Uint8Array([1, 2, 3]) }));
} catch (error) {
  console.log("It may not encrypt:", (error as Error).name);
}
`,
  },
  {
    id: "errors",
    title: "Handle errors by name",
    text: `import { KMSClient, DecryptCommand, EncryptCommand, InvalidCiphertextException, KMSServiceException } from "@aws-sdk/client-kms";

const kms = new KMSClient({ region: "eu-west-2" });
const { CiphertextBlob } = await kms.send(
  new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: Buffer.from("hello"), EncryptionContext: { user: "alice" } }),
);

await attempt("another context", new DecryptCommand({ CiphertextBlob, EncryptionContext: { user: "bob" } }));
await attempt("no such key", new EncryptCommand({ KeyId: "alias/missing", Plaintext: Buffer.from("hello") }));
await attempt("a wrong parameter", new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: new Uint8Array(5000) }));

async function attempt(what: string, command: DecryptCommand | EncryptCommand) {
  try {
    await kms.send(command as EncryptCommand);
    console.log(what, "- no error");
  } catch (error) {
    // Each modelled error is a class; \`name\` says the same and works across copies of the SDK.
    if (error instanceof InvalidCiphertextException) console.log(what, "- the ciphertext and its context do not belong together");
    else if ((error as Error).name === "NotFoundException") console.log(what, "-", (error as Error).message);
    else if (error instanceof KMSServiceException) console.log(what, "-", error.name, error.$metadata.httpStatusCode, error.message);
    else throw error;
  }
}
`,
  },
];
