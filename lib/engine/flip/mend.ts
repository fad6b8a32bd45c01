import { parseBlob } from "../crypto/blob";
import { parseBase64, toHex } from "../crypto/bytes";
import { parseArn } from "../arn";
import { accessKeys, accounts, findRole } from "../iam/state";
import { aliases, keys, materials } from "../kms/state";
import { regions } from "../regions";
import { parameterArn, parameters, versions } from "../ssm/state";
import type { Db, JsonObject } from "../types";
import { edit } from "./places";
import { addStatement } from "./policy-text";
import { byCalls, byInput } from "./steps";
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
    case "MalformedPolicyDocumentException":
      return lockedOut(scene, failed.message);
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

// ---------------------------------------------------------------- names

/** How many letters are to be changed, put in or taken out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** The name that is most like this one, if it is like it at all. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const near = names
    .map((one) => ({ one, far: one.toLowerCase() === name.toLowerCase() ? 0.5 : distance(name, one) }))
    .filter(({ far, one }) => far > 0 && far <= Math.max(1, Math.floor(Math.min(name.length, one.length) / 6)))
    .sort((a, b) => a.far - b.far);
  return near[0]?.one;
}

/** Regions of this account in which a table has this row. */
const elsewhere = (scene: Scene, has: (region: string) => boolean): string[] =>
  Object.keys(regions).filter((region) => region !== (scene.call.region ?? "us-east-1") && has(region));

const kmsAt = (scene: Scene, region: string): Db => scene.db.at({ account: scene.principal.account, region, service: "kms" });
const ssmAt = (scene: Scene, region: string): Db => scene.db.at({ account: scene.principal.account, region, service: "ssm" });

function missingKey(scene: Scene, own: boolean): Step[] {
  const { input = {}, region = "us-east-1" } = scene.call;
  const member = ["KeyId", "SourceKeyId", "DestinationKeyId", "TargetKeyId", "AliasName"].find(
    (name) => typeof input[name] === "string" && !isThere(kmsAt(scene, region), String(input[name])),
  );
  if (!member) return [];
  const name = String(input[member]);
  const bare = name.startsWith("arn:") ? (parseArn(name)?.resource ?? name).replace(/^key\//, "") : name;
  const steps: Step[] = [];
  const alias = bare.startsWith("alias/") ? nearest(bare, aliases(kmsAt(scene, region)).ids()) : undefined;
  if (alias) steps.push(byInput(scene, `Name the alias as it is written: ${alias}`, { input: { [member]: alias } }));
  if (bare.startsWith("alias/") && own) steps.push(...deletedAlias(scene, bare));
  // An ARN says its Region itself; a bare name is looked for where one asks.
  for (const other of elsewhere(scene, (at) => isThere(kmsAt(scene, at), bare)).slice(0, 2)) {
    const words = bare.startsWith("alias/") ? `the alias ${bare} is` : `the key …${bare.slice(-4)} is`;
    steps.push(byInput(scene, `Ask in ${other}: ${words} there`, { region: other }));
  }
  return steps;
}

function isThere(db: Db, name: string): boolean {
  const bare = name.startsWith("arn:") ? (parseArn(name)?.resource ?? name).replace(/^key\//, "") : name;
  return bare.startsWith("alias/") ? aliases(db).get(bare)?.TargetKeyId !== undefined : keys(db).get(bare) !== undefined;
}

/** An alias that the journal saw deleted: it can be made again for the key that it named. */
function deletedAlias(scene: Scene, AliasName: string): Step[] {
  const { account } = scene.principal;
  const { region = "us-east-1" } = scene.call;
  for (const { changes } of scene.journal.toReversed())
    for (const change of changes)
      if (
        change.service === "kms" &&
        change.table === "aliases" &&
        change.id === AliasName &&
        change.account === account &&
        change.region === region &&
        change.before &&
        !change.after
      ) {
        const { TargetKeyId } = change.before as { TargetKeyId?: string };
        if (TargetKeyId === undefined || !keys(kmsAt(scene, region)).get(TargetKeyId)) return [];
        return [
          byCalls(
            `Make the alias ${AliasName} again, for the key …${TargetKeyId.slice(-4)} that it named before it was deleted`,
            [edit(scene.db, account, "kms", "CreateAlias", { AliasName, TargetKeyId }, region)],
            2,
          ),
        ];
      }
  return [];
}

function missingParameter(scene: Scene): Step[] {
  const { input = {}, region = "us-east-1" } = scene.call;
  if (typeof input.Name !== "string" || input.Name.startsWith("arn:")) return [];
  const [name, ...selector] = input.Name.split(":");
  const table = parameters(ssmAt(scene, region));
  // A list of thousands is not looked through for a slip of the pen.
  const known =
    table.size <= 5_000 ? table.ids() : table.ids({ prefix: name.slice(0, Math.max(1, name.lastIndexOf("/") + 1)), limit: 5_000 });
  const like = nearest(name, known) ?? known.find((one) => one === `/${name}` || `/${one}` === name);
  const steps =
    like === undefined
      ? []
      : [byInput(scene, `Name the parameter as it is written: ${like}`, { input: { Name: [like, ...selector].join(":") } })];
  for (const other of elsewhere(scene, (at) => parameters(ssmAt(scene, at)).get(name) !== undefined).slice(0, 2))
    steps.push(byInput(scene, `Ask in ${other}: the parameter ${name} is there`, { region: other }));
  return steps;
}

/** Another version, or the label put on the newest one. */
function missingVersion(scene: Scene): Step[] {
  const { input = {}, region = "us-east-1" } = scene.call;
  if (typeof input.Name !== "string" || input.Name.startsWith("arn:")) return [];
  const at = input.Name.lastIndexOf(":");
  const [name, selector] = [input.Name.slice(0, at), input.Name.slice(at + 1)];
  const row = parameters(ssmAt(scene, region)).get(name);
  if (at < 0 || !row) return [];
  const ask = (Name: string, words: string): Step => byInput(scene, words, { input: { Name } });
  if (/^\d+$/.test(selector)) return [ask(name, `Ask for the newest version, ${row.Version}: leave “:${selector}” out of the name`)];
  const label = nearest(
    selector,
    row.labels.map(([known]) => known),
  );
  return [
    ...(label === undefined ? [] : [ask(`${name}:${label}`, `Name the label as it is written: ${label}`)]),
    byCalls(
      `Put the label ${selector} on version ${row.Version} of ${name}`,
      [
        edit(
          scene.db,
          scene.principal.account,
          "ssm",
          "LabelParameterVersion",
          { Name: name, ParameterVersion: row.Version, Labels: [selector] },
          region,
        ),
      ],
      1,
    ),
    { ...ask(name, `Ask for the newest version, ${row.Version}: leave the label out of the name`), asksOtherwise: true },
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
