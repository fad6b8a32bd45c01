import { seededPorts } from "@/lib/engine/ports";
import type { Lab } from "@/lib/engine/lab";
import type { Caller, JsonObject, Reply, Trace } from "@/lib/engine/types";
import { identitiesOf, type Identity } from "../../iam/test-as/identities";
import { ciphertextsIn } from "./ciphertexts";

/**
 * Who can read a function's environment variables, and who could read the same values from a secret store: asked of a copy
 * of the lab, by the calls that somebody would make. Nothing is done to the lab itself.
 */

/** What somebody got. */
export interface Read {
  /** `clear`: the values. `sealed`: an answer in which they are not to be read. */
  got: "clear" | "sealed" | "nothing";
  /** AWS's code where it refused the call, or the variables alone. */
  code?: string;
  message?: string;
  trace: Trace;
}

export interface Reader {
  identity: Pick<Identity, "name" | "kind" | "arn">;
  /** Not of the lab: made on the copy, to show what its permissions come to. */
  example?: true;
  variables: Read;
  secret: Read;
  parameter: Read;
}

export interface Readers {
  readers: Reader[];
  /** Published versions that still hold a value of today's or of before. */
  oldVersions: string[];
  /** Why the comparison could not be made. */
  problem?: string;
}

interface Where {
  account: string;
  region: string;
  name: string;
}

const NAME = "keyhole-comparison";
/** Clients make one for each request; on a copy one will do. */
const TOKEN = "00000000-0000-4000-8000-000000000000";
/** May look at functions, as AWS's own policy for readers of Lambda lets its holders. */
const LOOKER = "can-look-at-functions";

export async function readersOf(lab: Lab, { account, region, name }: Where): Promise<Readers> {
  const offset = lab.read({ account: "", region: "", service: "lab" }).table<{ offset: number }>("clock").get("clock")?.offset ?? 0;
  const copy = lab.fork(seededPorts(0x5ee + lab.journal.length, lab.now() - offset));
  const root: Caller = { account, root: true };
  const call = (service: string, operation: string, input: JsonObject, caller: Caller): Promise<Reply> =>
    copy.call({ service, operation, input, caller, region, sourceIp: "203.0.113.10", userAgent: "AWS Internal", secureTransport: true });

  const own = await call("lambda", "GetFunctionConfiguration", { FunctionName: name }, root);
  if (!own.ok) return { readers: [], oldVersions: [], problem: `${own.error.code}: ${own.error.message ?? ""}` };
  const { Environment, KMSKeyArn } = own.output as { Environment?: { Variables?: Record<string, string> }; KMSKeyArn?: string };
  // Where even root cannot read them: any text will do, for what is asked is who may.
  const text = JSON.stringify(Environment?.Variables ?? { NAME: "value" });
  const key = KMSKeyArn === undefined ? {} : { KmsKeyId: KMSKeyArn };
  const made = [
    await call("secretsmanager", "CreateSecret", { Name: NAME, SecretString: text, ClientRequestToken: TOKEN, ...key }, root),
    await call("ssm", "PutParameter", { Name: `/${NAME}`, Type: "SecureString", Value: text, ...(KMSKeyArn === undefined ? {} : { KeyId: KMSKeyArn }) }, root),
  ];
  const failed = made.find((reply) => !reply.ok);
  if (failed && !failed.ok) return { readers: [], oldVersions: [], problem: `${failed.error.code}: ${failed.error.message ?? ""}` };

  const looker = await makeLooker(call, root, account);
  const identities = identitiesOf(copy).filter((identity) => identity.account === account && (identity.name !== LOOKER || looker));
  const readers: Reader[] = [];
  for (const { caller, ...identity } of identities) {
    const variables = await call("lambda", "GetFunctionConfiguration", { FunctionName: name }, caller);
    const secret = await call("secretsmanager", "GetSecretValue", { SecretId: NAME }, caller);
    const parameter = await call("ssm", "GetParameter", { Name: `/${NAME}`, WithDecryption: true }, caller);
    readers.push({
      identity,
      ...(identity.name === LOOKER && { example: true as const }),
      variables: await variablesRead(variables, name, (input) => call("kms", "Decrypt", input, caller)),
      secret: readOf(secret),
      parameter: readOf(parameter),
    });
  }
  return { readers, oldVersions: await versionsWithValues(call, root, name) };
}

async function makeLooker(call: Asking, root: Caller, account: string): Promise<boolean> {
  const user = await call("iam", "CreateUser", { UserName: LOOKER }, root);
  if (!user.ok) return false;
  const Statement = [{ Effect: "Allow", Action: ["lambda:Get*", "lambda:List*"], Resource: "*" }];
  const policy = await call("iam", "PutUserPolicy", { UserName: LOOKER, PolicyName: "look", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }, root);
  return policy.ok && account !== "";
}

type Asking = (service: string, operation: string, input: JsonObject, caller: Caller) => Promise<Reply>;

const readOf = (reply: Reply): Read =>
  reply.ok ? { got: "clear", trace: reply.trace } : { got: "nothing", code: reply.error.code, ...(reply.error.message && { message: reply.error.message }), trace: reply.trace };

/** Values that were encrypted before they were put there are read only by whoever may also decrypt them. */
async function variablesRead(reply: Reply, functionName: string, decrypt: (input: JsonObject) => Promise<Reply>): Promise<Read> {
  if (!reply.ok) return readOf(reply);
  const { Environment } = reply.output as { Environment?: { Variables?: Record<string, string>; Error?: { ErrorCode: string; Message: string } } };
  if (Environment?.Error) return { got: "sealed", code: Environment.Error.ErrorCode, message: Environment.Error.Message, trace: reply.trace };
  const values = Object.values(Environment?.Variables ?? {});
  const sealed = ciphertextsIn(values);
  if (!sealed.length || sealed.length < values.length) return { got: "clear", trace: reply.trace };
  const opened = await decrypt({ CiphertextBlob: sealed[0], EncryptionContext: { LambdaFunctionName: functionName } });
  return opened.ok ? { got: "clear", trace: opened.trace } : { got: "sealed", code: opened.error.code, ...(opened.error.message && { message: opened.error.message }), trace: opened.trace };
}

async function versionsWithValues(call: Asking, root: Caller, name: string): Promise<string[]> {
  const reply = await call("lambda", "ListVersionsByFunction", { FunctionName: name }, root);
  if (!reply.ok) return [];
  return (reply.output.Versions as { Version: string; Environment?: { Variables?: object } }[])
    .filter(({ Version, Environment }) => Version !== "$LATEST" && Object.keys(Environment?.Variables ?? {}).length > 0)
    .map(({ Version }) => Version);
}
