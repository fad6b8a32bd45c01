import { parseArn } from "../arn";
import { accounts } from "../iam/state";
import { keys } from "../kms/state";
import { regions } from "../regions";
import { lookUp, readSecretId, regionOf } from "../secretsmanager/find";
import { CURRENT, versionOf } from "../secretsmanager/labels";
import { type SecretRow, secrets } from "../secretsmanager/state";
import type { Context, Db, JsonObject } from "../types";
import { nearest } from "./names";
import { edit } from "./places";
import { byCalls, byInput } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { thing } from "./words";

/** Failures of Secrets Manager that no policy is behind: a name or a version that is not there, a secret that is to be deleted, a replica, a key that stays in its account. */

const reference = "/aws/reference/secretsmanager/";

/** The secret as the call names it, directly or through Parameter Store, and the input that says it otherwise. */
interface Named {
  id: string;
  send(id: string): JsonObject;
  /** With this label, or for the current value. */
  labelled(label?: string): JsonObject;
}

function naming({ call: { service, input = {} } }: Scene): Named | undefined {
  if (service === "ssm" && typeof input.Name === "string" && input.Name.startsWith(reference)) {
    const [id, ...selector] = input.Name.slice(reference.length).split(":");
    return { id, send: (other) => ({ Name: [reference + other, ...selector].join(":") }), labelled: (label) => ({ Name: reference + id + (label === undefined ? "" : `:${label}`) }) };
  }
  return typeof input.SecretId === "string" ? { id: input.SecretId, send: (SecretId) => ({ SecretId }), labelled: (VersionStage) => ({ VersionStage, VersionId: undefined }) } : undefined;
}

const regionIn = ({ call }: Scene): string => call.region ?? "us-east-1";
const secretsAt = (scene: Scene, region: string, account = scene.principal.account) => secrets(scene.db.at({ account, region, service: "secretsmanager" }));

/** The secret that the call means, where there is one. */
function found(scene: Scene): Readonly<SecretRow> | undefined {
  const named = naming(scene);
  if (!named) return undefined;
  const { account } = scene.principal;
  const db: Db = scene.db.at({ account, region: regionIn(scene), service: "secretsmanager" });
  return lookUp({ db, account, region: regionIn(scene) } as Context, named.id)?.secret;
}

const ownerOf = ({ ARN }: Readonly<SecretRow>): string => parseArn(ARN)!.account;
const change = (scene: Scene, secret: Readonly<SecretRow>, operation: string, input: JsonObject = {}) =>
  edit(scene.db, ownerOf(secret), "secretsmanager", operation, { SecretId: secret.ARN, ...input }, regionOf(secret));

/** What the words of Secrets Manager's refusal stand for, and what is done about it. */
const mends: [words: RegExp, steps: (scene: Scene, found: RegExpExecArray) => Step[]][] = [
  [/^Secrets Manager can't find the specified secret\.$/, missingSecret],
  [/ for staging label: (.*)$/, missingLabel],
  [/ for VersionId: (.*)$/, currentValue],
  [/VersionStage that is not associated to the provided VersionId/, (scene) => ["VersionStage", "VersionId"].map((member) => byInput(scene, `Leave ${member} out of the call`, { input: { [member]: undefined } }))],
  [/marked for deletion/, restored],
  [/already scheduled for deletion/, goneAtOnce],
  [/on a replica secret/, inPrimaryRegion],
  [/from a different AWS account if you encrypt/, keyOfItsOwn],
];

export function secretSteps(scene: Scene, message: string): Step[] {
  for (const [words, steps] of mends) {
    const match = words.exec(message);
    if (match) return steps(scene, match);
  }
  return [];
}

/** Whoever may not know is refused before a name is looked for: the right name is the half of it. */
export const misnamedSecret = (scene: Scene, { decision }: Asked): Step[] =>
  decision.action.startsWith("secretsmanager:") && decision.resource !== "*" && !found(scene) ? missingSecret(scene) : [];

function missingSecret(scene: Scene): Step[] {
  const named = naming(scene);
  if (!named) return [];
  const here = regionIn(scene);
  const { account } = scene.principal;
  const call = (id: string, words: string): Step => byInput(scene, words, { input: named.send(id) });
  const meant = readSecretId(named.id, here, account);
  if (!meant) return [];
  // An ARN says its Region and does not lead there; one whose end is not the secret's own leads nowhere.
  if (meant.region !== here)
    return secretsAt(scene, meant.region, meant.account).get(meant.name) ? [byInput(scene, `Ask in ${meant.region}: the ARN is of a secret there`, { region: meant.region })] : [];
  if (named.id.startsWith("arn:")) {
    const ending = parseArn(named.id)!.resource.slice("secret:".length);
    const row = [ending, meant.name].map((name) => secretsAt(scene, here, meant.account).get(name)).find(Boolean);
    return row ? [call(row.ARN, `Name ${thing(row.ARN)} by its whole ARN, which ends in ${row.ARN.slice(-7)}`)] : [];
  }
  const table = secretsAt(scene, here);
  // A list of thousands is not looked through for a slip of the pen.
  const known = table.size <= 5_000 ? table.ids() : table.ids({ prefix: meant.name.slice(0, Math.max(1, meant.name.lastIndexOf("/") + 1)), limit: 5_000 });
  const like = nearest(meant.name, known) ?? known.find((one) => one === `/${meant.name}` || `/${one}` === meant.name);
  const steps = like === undefined ? [] : [call(like, `Name the secret as it is written: ${like}`)];
  for (const other of Object.keys(regions).filter((region) => region !== here && secretsAt(scene, region).get(meant.name)).slice(0, 2))
    steps.push(byInput(scene, `Ask in ${other}: the secret ${meant.name} is there`, { region: other }));
  for (const other of accounts(scene.db).ids()) {
    const row = other === account ? undefined : secretsAt(scene, here, other).get(meant.name);
    if (row) steps.push(call(row.ARN, `Name the secret by its ARN: it is in account ${other}, and a name alone is looked for in the caller’s own`));
  }
  return steps;
}

function currentValue(scene: Scene): Step[] {
  const named = naming(scene);
  return named ? [byInput(scene, "Ask for the current value: name no version", { input: named.labelled() }, 1, { asksOtherwise: true })] : [];
}

function missingLabel(scene: Scene, [, label]: RegExpExecArray): Step[] {
  const secret = found(scene);
  const named = naming(scene);
  if (!secret || !named) return [];
  const current = versionOf(secret, CURRENT);
  if (current === undefined)
    return label === CURRENT
      ? [byCalls(`Give ${thing(secret.ARN)} a value: it has none yet`, [change(scene, secret, "PutSecretValue", { SecretString: "a value", ClientRequestToken: firstToken })], 1)]
      : [];
  const like = nearest(
    label,
    secret.labels.map(([known]) => known),
  );
  return [
    ...(like === undefined ? [] : [byInput(scene, `Name the label as it is written: ${like}`, { input: named.labelled(like) })]),
    byCalls(`Put the label ${label} on the current version of ${thing(secret.ARN)}`, [change(scene, secret, "UpdateSecretVersionStage", { VersionStage: label, MoveToVersionId: current })], 1),
    ...currentValue(scene),
  ];
}

/** The id of the version that the change makes: a token has 32 characters at least. */
const firstToken = "00000000-0000-4000-8000-000000000001";

function restored(scene: Scene): Step[] {
  const secret = found(scene);
  return secret ? [byCalls(`Restore ${thing(secret.ARN)}, which is to be deleted`, [change(scene, secret, "RestoreSecret")], 1)] : [];
}

/** A name comes free only when the secret that has it is gone. */
function goneAtOnce(scene: Scene): Step[] {
  const secret = secretsAt(scene, regionIn(scene)).get(String(scene.call.input?.Name));
  if (!secret) return [];
  return [byCalls(`Delete ${thing(secret.ARN)} at once, without a recovery window: its values are lost`, [change(scene, secret, "DeleteSecret", { ForceDeleteWithoutRecovery: true })], 2)];
}

function inPrimaryRegion(scene: Scene): Step[] {
  const secret = found(scene);
  const named = naming(scene);
  const region = secret?.PrimaryRegion;
  if (!secret || !named || region === undefined) return [];
  const id = named.id.startsWith("arn:") ? (secretsAt(scene, region, ownerOf(secret)).get(secret.Name)?.ARN ?? named.id) : named.id;
  return [byInput(scene, `Make the call in ${region}, where the secret is that this one is a replica of`, { region, input: named.send(id) })];
}

/** aws/secretsmanager serves its own account alone: a customer managed key can serve others too. */
function keyOfItsOwn(scene: Scene): Step[] {
  const secret = found(scene);
  if (!secret) return [];
  const table = keys(scene.db.at({ account: ownerOf(secret), region: regionOf(secret), service: "kms" }));
  return table
    .ids({ limit: 300 })
    .map((id) => table.get(id)!)
    .filter(({ KeyManager, KeySpec, KeyState }) => KeyManager === "CUSTOMER" && KeySpec === "SYMMETRIC_DEFAULT" && KeyState === "Enabled")
    .slice(0, 2)
    .map(({ Arn }) => byCalls(`Encrypt ${thing(secret.ARN)} under ${thing(Arn)}, a customer managed key`, [change(scene, secret, "UpdateSecret", { KmsKeyId: Arn, ClientRequestToken: firstToken })], 1));
}
