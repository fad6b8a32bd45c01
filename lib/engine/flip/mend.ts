import { parseBlob } from "../crypto/blob";
import { parseBase64, toHex } from "../crypto/bytes";
import { parseArn } from "../arn";
import { accessKeys, accounts, findRole } from "../iam/state";
import { keys, materials } from "../kms/state";
import { parameterArn, versions } from "../ssm/state";
import type { JsonObject } from "../types";
import { missingKey, missingParameter, missingVersion } from "./names";
import { edit, sessionCall } from "./places";
import { addStatement } from "./policy-text";
import { secretSteps } from "./secrets";
import { byCalls, byInput, inNewSession } from "./steps";
import { failureOf } from "./trace";
import type { Scene, Step } from "./types";
import { thing } from "./words";

/**
 * Failures that no policy is behind: a key that is switched off, a ciphertext that was made with another context, a name
 * that is not there. Only what the lab itself knows is offered.
 */

export function mendSteps(scene: Scene): Step[] {
  const failed = failureOf(scene.reply.trace);
  if (!failed) return [];
  const own = failed.trace === scene.reply.trace;
  if (failed.trace.service === "secretsmanager") return secretSteps(scene, failed.message);
  switch (failed.code) {
    case "DisabledException":
      return keyState(scene, failed.message, "EnableKey");
    case "KMSInvalidStateException":
      return /pending deletion/.test(failed.message) ? keyState(scene, failed.message, "CancelKeyDeletion") : [];
    case "InvalidCiphertextException":
      return own ? contextOfCiphertext(scene) : [];
    case "IncorrectKeyException":
      return own ? keyOfCiphertext(scene) : [];
    case "NotFoundException":
    case "InvalidKeyId":
      return missingKey(scene, own);
    case "ParameterNotFound":
      return missingParameter(scene);
    case "ParameterVersionNotFound":
      return missingVersion(scene);
    case "ParameterAlreadyExists":
      return [
        byInput(scene, "Make the call with Overwrite: it writes a new version", { input: { Overwrite: true } }, 1, { asksOtherwise: true }),
      ];
    case "UnrecognizedClientException":
    case "InvalidClientTokenId":
      return inactiveKey(scene);
    case "ExpiredToken":
    case "ExpiredTokenException":
      return newSession(scene);
    case "MalformedPolicyDocumentException":
      return lockedOut(scene, failed.message);
    case "ValidationException":
      return /^WithDecryption flag must be True/.test(failed.message)
        ? [byInput(scene, "Ask with decryption: a secret is read through Parameter Store in no other way", { input: { WithDecryption: true } })]
        : [];
    case "ValidationError":
      return sessionTooLong(scene, failed.message);
    default:
      return [];
  }
}

function keyState(scene: Scene, message: string, operation: "EnableKey" | "CancelKeyDeletion"): Step[] {
  const arn = /arn:aws:kms:[^ ]+:key\/[0-9a-z-]+/.exec(message)?.[0];
  const parsed = arn && parseArn(arn);
  if (!parsed) return [];
  const KeyId = parsed.resource.slice("key/".length);
  const words = operation === "EnableKey" ? `Enable ${thing(arn)}` : `Cancel the deletion of ${thing(arn)}`;
  return [byCalls(words, [edit(scene.db, parsed.account, "kms", operation, { KeyId }, parsed.region)], 1)];
}

/** A key policy under which its author could never change it again: KMS refuses it. */
function lockedOut(scene: Scene, message: string): Step[] {
  const Policy = scene.call.input?.Policy;
  if (!/update the key policy in the future/.test(message) || typeof Policy !== "string") return [];
  const { account } = scene.principal;
  const open = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" } as const;
  const change = addStatement(Policy, open);
  return [
    {
      sentence: `Add a statement to the new key policy that leaves the key to the identity policies of account ${account}`,
      edits: [],
      patch: { input: { Policy: change.text } },
      size: change.size,
      documents: [{ where: "the new key policy", before: Policy, after: change.text }],
    },
    byInput(
      scene,
      "Make the call with BypassPolicyLockoutSafetyCheck: KMS then takes a policy that locks its author out",
      { input: { BypassPolicyLockoutSafetyCheck: true } },
      1,
      { asksOtherwise: true },
    ),
  ];
}

// ---------------------------------------------------------------- ciphertexts

/** Which members of a call's input say what a ciphertext was made with. */
const ciphertextMembers = (operation: string): { blob: string; context: string; key: string } =>
  operation === "ReEncrypt"
    ? { blob: "CiphertextBlob", context: "SourceEncryptionContext", key: "SourceKeyId" }
    : { blob: "CiphertextBlob", context: "EncryptionContext", key: "KeyId" };

/** The encryption context that was used when this ciphertext was made: the journal has the call, or Parameter Store the parameter. */
function contextOfCiphertext(scene: Scene): Step[] {
  const members = ciphertextMembers(scene.call.operation);
  const blob = scene.call.input?.[members.blob];
  if (typeof blob !== "string") return [];
  const made = scene.journal.findLast(
    ({ reply, call }) =>
      call?.service === "kms" && reply.ok && (reply.output.CiphertextBlob === blob || reply.output.PrivateKeyCiphertextBlob === blob),
  );
  const context = made
    ? ((made.call!.input?.[made.call!.operation === "ReEncrypt" ? "DestinationEncryptionContext" : "EncryptionContext"] ??
        {}) as JsonObject)
    : parameterContext(scene, blob);
  if (!context) return [];
  const pairs = Object.entries(context).map(([name, value]) => `${name}=${String(value)}`);
  const from = made ? "it was encrypted with" : "Parameter Store encrypted it with";
  const words = pairs.length
    ? `Send the encryption context that ${from}: ${pairs.join(", ")}`
    : `Send no encryption context: it was encrypted without one`;
  return [byInput(scene, words, { input: { [members.context]: pairs.length ? context : undefined } }, Math.max(1, pairs.length))];
}

/** Of a lab with more parameters than this, only so many are looked through. */
const mostVersions = 20_000;

function parameterContext(scene: Scene, blob: string): JsonObject | undefined {
  const region = scene.call.region ?? "us-east-1";
  for (const account of accounts(scene.db).ids()) {
    const table = versions(scene.db.at({ account, region, service: "ssm" }));
    const id = table.ids({ limit: mostVersions }).find((one) => table.get(one)!.Value === blob);
    if (id !== undefined) return { PARAMETER_ARN: parameterArn(region, account, id.slice(0, id.indexOf("\0"))) };
  }
  return undefined;
}

function keyOfCiphertext(scene: Scene): Step[] {
  const members = ciphertextMembers(scene.call.operation);
  const bytes = parseBase64(String(scene.call.input?.[members.blob] ?? ""));
  const blob = bytes && parseBlob(bytes);
  const region = scene.call.region ?? "us-east-1";
  const owner = blob && materials(scene.db.at({ account: scene.principal.account, region, service: "kms" })).get(toHex(blob.identifier));
  const key = owner && keys(scene.db.at({ account: owner.account, region, service: "kms" })).get(owner.KeyId);
  if (!key) return [];
  return [
    byInput(scene, `Name the key that it was encrypted under, ${thing(key.Arn)}`, { input: { [members.key]: key.Arn } }),
    byInput(scene, `Leave ${members.key} out: the ciphertext names its key itself`, { input: { [members.key]: undefined } }),
  ];
}

// ---------------------------------------------------------------- callers

function inactiveKey(scene: Scene): Step[] {
  const { caller } = scene.call;
  if (!("accessKeyId" in caller)) return [];
  const row = accessKeys(scene.db).get(caller.accessKeyId);
  if (!row || row.Status === "Active") return [];
  const input = { ...(row.UserName === undefined ? {} : { UserName: row.UserName }), AccessKeyId: row.AccessKeyId, Status: "Active" };
  return [
    byCalls(`Make the access key ${row.AccessKeyId} active again`, [edit(scene.db, row.account, "iam", "UpdateAccessKey", input)], 1),
  ];
}

/** The session's time is over: the same call makes another one. */
function newSession(scene: Scene): Step[] {
  const made = sessionCall(scene);
  if (!made) return [];
  const step = byCalls(
    `Call ${made.operation} again for a new session, since this one has expired`,
    [{ kind: "call", call: { ...made, door: "console" } }],
    1,
  );
  return [inNewSession(scene, step)];
}

function sessionTooLong(scene: Scene, message: string): Step[] {
  const { input = {}, service, operation } = scene.call;
  if (service !== "sts" || operation !== "AssumeRole" || !/DurationSeconds/.test(message)) return [];
  const parsed = parseArn(String(input.RoleArn));
  const role = parsed && findRole(scene.db, parsed.account, parsed.resource.split("/").at(-1)!);
  const asked = Number(input.DurationSeconds);
  if (!role || asked <= role.MaxSessionDuration) return [];
  return [
    byInput(scene, `Ask for ${role.MaxSessionDuration} seconds: the longest that role ${role.RoleName} allows`, {
      input: { DurationSeconds: role.MaxSessionDuration },
    }),
    byCalls(
      `Let sessions of role ${role.RoleName} last ${asked} seconds`,
      [edit(scene.db, parsed.account, "iam", "UpdateRole", { RoleName: role.RoleName, MaxSessionDuration: asked })],
      1,
    ),
  ];
}

/** Changes of the call that make it ask for less than it did. */
export function lesserCall(scene: Scene, ownRefusal: boolean): Step[] {
  if (ownRefusal || scene.call.service !== "ssm" || scene.call.input?.WithDecryption !== true) return [];
  return [
    byInput(scene, "Read it without decryption: the answer is then the ciphertext", { input: { WithDecryption: false } }, 1, {
      asksOtherwise: true,
    }),
  ];
}
