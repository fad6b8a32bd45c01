import { parseArn } from "../arn";
import { catalog } from "../catalog";
import type { ConditionContext, JsonObject, PartTrace } from "../types";
import { edit, holderOf, parameterNamed, type Place, titleOf } from "./places";
import { addConditionValue, removeCondition, takeConditionValue } from "./policy-text";
import { byCalls, byInput, onPlace } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { list, thing } from "./words";

/**
 * A condition that did not come out as it should: the request can say something else of itself, a tag can be put on the
 * key or on the caller, the policy can want another value, or no value at all.
 */
interface Wish {
  context: ConditionContext;
  part: PartTrace & { operator: string; key: string };
  base: string;
  /** Whether the request's value should be among the policy's. */
  among: boolean;
}

/** `hold`: the condition is to be met; otherwise it is not to be. */
function wishOf(part: PartTrace, hold: boolean, context: ConditionContext): Wish | undefined {
  if (part.operator === undefined || part.key === undefined || part.notEvaluated) return undefined;
  const base = part.operator.replace(/^(ForAllValues|ForAnyValue):/i, "").replace(/IfExists$/i, "");
  return { context, part: part as Wish["part"], base, among: hold !== /Not/.test(base) };
}

/** Every change that turns this condition round, the least first. `index`: the statement it stands in. */
export function conditionSteps(
  scene: Scene,
  asked: Asked,
  place: Place | undefined,
  index: number,
  name: string,
  part: PartTrace,
  hold: boolean,
): Step[] {
  const wish = wishOf(part, hold, asked.decision.context);
  if (!wish) return [];
  return [...inputSteps(scene, asked, wish), ...tagSteps(scene, asked, wish), ...(place ? textSteps(scene, place, index, name, wish) : [])];
}

// ---------------------------------------------------------------- the policy

function textSteps(scene: Scene, place: Place, index: number, name: string, { part, base, among }: Wish): Step[] {
  const { operator, key, got, wanted } = part;
  const steps: Step[] = [];
  const inPlace = `${key} in ${name} of ${place.words}`;
  if (/^(String|Arn|IpAddress|NotIpAddress)/i.test(base) && got.length === 1) {
    // Among the policy's values or no longer: in both cases it is the list that changes.
    if (among)
      steps.push(
        ...onPlace(scene, place, addConditionValue(place.text, index, operator, key, got[0]), `Add ${got[0]} to the values of ${inPlace}`),
      );
    else if (wanted.includes(got[0]))
      steps.push(
        ...onPlace(
          scene,
          place,
          takeConditionValue(place.text, index, operator, key, got[0]),
          `Take ${got[0]} out of the values of ${inPlace}`,
        ),
      );
  }
  // Without its condition a statement matches more: only an Allow may lose one here.
  if (part.matched === false)
    steps.push(...onPlace(scene, place, removeCondition(place.text, index, operator, key), `Take the condition on ${inPlace} away`));
  return steps;
}

// ---------------------------------------------------------------- the request

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`. */
const variable = /\$\{\s*([^},*?$][^},]*?)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** A value that the policy wants and that can be sent: without wildcards, its variables filled in. */
function wantedValue({ part, base, context }: Wish): string | undefined {
  for (const written of part.wanted) {
    const value = written.replace(variable, (text, key: string, fallback?: string) => {
      const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? fallback;
      return typeof found === "string" ? found : text;
    });
    if (value.includes("${") || (/Like|Arn/i.test(base) && /[*?]/.test(value))) continue;
    if (/^Numeric(LessThan|GreaterThan)$/i.test(base)) return String(Number(value) + (/Less/i.test(base) ? -1 : 1));
    return value;
  }
  return undefined;
}

/** Condition keys that are members of the input under this name. */
const members: Record<string, string> = {
  "kms:requestalias": "KeyId",
  "kms:encryptionalgorithm": "EncryptionAlgorithm",
  "kms:signingalgorithm": "SigningAlgorithm",
  "kms:macalgorithm": "MacAlgorithm",
  "kms:messagetype": "MessageType",
  "kms:keyagreementalgorithm": "KeyAgreementAlgorithm",
  "kms:datakeypairspec": "KeyPairSpec",
  "kms:keyspec": "KeySpec",
  "kms:keyusage": "KeyUsage",
  "kms:keyorigin": "Origin",
  "kms:multiregion": "MultiRegion",
  "kms:rotationperiodindays": "RotationPeriodInDays",
  "kms:schedulekeydeletionpendingwindowindays": "PendingWindowInDays",
  "sts:externalid": "ExternalId",
  "sts:rolesessionname": "RoleSessionName",
  "sts:sourceidentity": "SourceIdentity",
  "ssm:overwrite": "Overwrite",
  "ssm:recursive": "Recursive",
  "secretsmanager:blockpublicpolicy": "BlockPublicPolicy",
  "secretsmanager:description": "Description",
  "secretsmanager:forcedeletewithoutrecovery": "ForceDeleteWithoutRecovery",
  "secretsmanager:forceoverwritereplicasecret": "ForceOverwriteReplicaSecret",
  "secretsmanager:kmskeyarn": "KmsKeyId",
  "secretsmanager:kmskeyid": "KmsKeyId",
  "secretsmanager:name": "Name",
  "secretsmanager:recoverywindowindays": "RecoveryWindowInDays",
  "secretsmanager:rotateimmediately": "RotateImmediately",
  "secretsmanager:rotationlambdaarn": "RotationLambdaARN",
  "secretsmanager:type": "Type",
  "secretsmanager:versionid": "VersionId",
  "secretsmanager:versionstage": "VersionStage",
  "iam:permissionsboundary": "PermissionsBoundary",
};

/** Does the operation take this member at all? */
function shapeOf(scene: Scene, member: string): string | undefined {
  const model = catalog.get(scene.call.service)?.model;
  const input = model?.operations[scene.call.operation]?.input?.shape;
  const ref = input === undefined ? undefined : model!.shapes[input]?.members?.[member];
  return ref && model!.shapes[ref.shape]?.type;
}

/** ReEncrypt has a context for each of its two keys. */
const contextMember = (action: string): string =>
  action === "kms:ReEncryptFrom"
    ? "SourceEncryptionContext"
    : action === "kms:ReEncryptTo"
      ? "DestinationEncryptionContext"
      : "EncryptionContext";

function inputSteps(scene: Scene, asked: Asked, wish: Wish): Step[] {
  // What a service asks for its caller is the service's to word.
  if (!asked.own) return [];
  const { part, among, base } = wish;
  const key = part.key.toLowerCase();
  const value = among ? wantedValue(wish) : undefined;
  if (among && value === undefined) return [];
  const encryption = /^kms:encryptioncontext:(.+)$/i.exec(part.key)?.[1];
  if (encryption !== undefined) return encryptionContextStep(scene, contextMember(asked.decision.action), encryption, value);
  if (key === "kms:encryptioncontextkeys" && /^ForAllValues/i.test(part.operator))
    return keptContextStep(scene, contextMember(asked.decision.action), part);
  const tag = /^aws:requesttag\/(.+)$/i.exec(part.key)?.[1];
  if (tag !== undefined) return requestTagStep(scene, tag, value);
  if (key === "aws:securetransport" && value !== undefined)
    return [
      byInput(scene, value === "true" ? "Make the call over TLS" : "Make the call without TLS", { secureTransport: value === "true" }),
    ];
  const member = members[key];
  const shape = member && shapeOf(scene, member);
  if (!member || !shape) return [];
  if (value === undefined)
    return scene.call.input?.[member] === undefined
      ? []
      : [byInput(scene, `Leave ${member} out of the call`, { input: { [member]: undefined } })];
  const sent = shape === "boolean" ? value === "true" : shape === "integer" || shape === "long" ? Number(value) : value;
  if (base === "Null" || (typeof sent === "number" && !Number.isFinite(sent))) return [];
  const words = member === "KeyId" ? `Name the key by its alias: ${value}` : `Make the call with ${member} ${value}`;
  return [byInput(scene, words, { input: { [member]: sent } }, 1, whatIsAsked.has(key) ? { asksOtherwise: true } : {})];
}

/** Another secret, or another version of it, is another question. */
const whatIsAsked = new Set(["secretsmanager:name", "secretsmanager:versionid", "secretsmanager:versionstage"]);

function encryptionContextStep(scene: Scene, member: string, name: string, value: string | undefined): Step[] {
  const old = (scene.call.input?.[member] ?? {}) as JsonObject;
  if (value !== undefined)
    return [
      byInput(scene, `Send the encryption context ${name}=${value} with the call`, { input: { [member]: { ...old, [name]: value } } }),
    ];
  const { [name]: gone, ...rest } = old;
  return gone === undefined
    ? []
    : [
        byInput(scene, `Make the call without ${name} in its encryption context`, {
          input: { [member]: Object.keys(rest).length ? rest : undefined },
        }),
      ];
}

/** Only these keys may be in the context. */
function keptContextStep(scene: Scene, member: string, part: PartTrace): Step[] {
  const old = (scene.call.input?.[member] ?? {}) as JsonObject;
  const kept = Object.entries(old).filter(([name]) => part.wanted.includes(name));
  if (kept.length === Object.keys(old).length) return [];
  const gone = Object.keys(old).filter((name) => !part.wanted.includes(name));
  const words = `Make the call without ${list(gone)} in its encryption context`;
  return [byInput(scene, words, { input: { [member]: kept.length ? Object.fromEntries(kept) : undefined } }, gone.length)];
}

function requestTagStep(scene: Scene, tag: string, value: string | undefined): Step[] {
  if (!shapeOf(scene, "Tags")) return [];
  const [nameOf, valueOf] = scene.call.service === "kms" ? ["TagKey", "TagValue"] : ["Key", "Value"];
  const others = ((scene.call.input?.Tags ?? []) as JsonObject[]).filter((one) => String(one[nameOf]).toLowerCase() !== tag.toLowerCase());
  const Tags = value === undefined ? others : [...others, { [nameOf]: tag, [valueOf]: value }];
  return [
    byInput(scene, value === undefined ? `Leave the tag ${tag} out of the call` : `Send the tag ${tag}=${value} with the call`, {
      input: { Tags: Tags.length ? Tags : undefined },
    }),
  ];
}

// ---------------------------------------------------------------- tags

function tagSteps(scene: Scene, asked: Asked, wish: Wish): Step[] {
  const { part, among } = wish;
  const onResource = /^(?:aws:ResourceTag|ssm:resourceTag|iam:ResourceTag|secretsmanager:ResourceTag)\/(.+)$/i.exec(part.key)?.[1];
  const onPrincipal = /^aws:PrincipalTag\/(.+)$/i.exec(part.key)?.[1];
  const value = among ? wantedValue(wish) : undefined;
  const steps: Step[] = [];
  if (onResource !== undefined && (!among || value !== undefined)) steps.push(...resourceTagStep(scene, asked, onResource, value));
  if (onPrincipal !== undefined && (!among || value !== undefined)) steps.push(...principalTagStep(scene, onPrincipal, value));
  // A policy that compares the resource's tag with the caller's: the caller's can follow the resource's.
  const variable =
    among && part.got.length === 1
      ? part.wanted.map((written) => /^\$\{aws:PrincipalTag\/([^},]+)\}$/i.exec(written)?.[1]).find(Boolean)
      : undefined;
  if (variable !== undefined) steps.push(...principalTagStep(scene, variable, part.got[0]));
  return steps;
}

function resourceTagStep(scene: Scene, asked: Asked, tag: string, value: string | undefined): Step[] {
  const { db } = scene;
  const { resource } = asked.decision;
  const parsed = parseArn(resource);
  if (!parsed) return [];
  const { service, account, region } = parsed;
  const words = value === undefined ? `Take the tag ${tag} off ${thing(resource)}` : `Put the tag ${tag}=${value} on ${thing(resource)}`;
  const [type, ...rest] = parsed.resource.split("/");
  const name = rest.join("/");
  const send = (to: string, operation: string, input: JsonObject, at?: string): Step[] => [
    byCalls(words, [edit(db, account, to, operation, input, at)], 1),
  ];
  if (service === "kms" && type === "key")
    return value === undefined
      ? send("kms", "UntagResource", { KeyId: name, TagKeys: [tag] }, region)
      : send("kms", "TagResource", { KeyId: name, Tags: [{ TagKey: tag, TagValue: value }] }, region);
  if (service === "ssm" && type === "parameter") {
    const about = { ResourceType: "Parameter", ResourceId: parameterNamed(scene.db, resource) ?? name };
    return value === undefined
      ? send("ssm", "RemoveTagsFromResource", { ...about, TagKeys: [tag] }, region)
      : send("ssm", "AddTagsToResource", { ...about, Tags: [{ Key: tag, Value: value }] }, region);
  }
  if (service === "secretsmanager")
    return value === undefined
      ? send("secretsmanager", "UntagResource", { SecretId: resource, TagKeys: [tag] }, region)
      : send("secretsmanager", "TagResource", { SecretId: resource, Tags: [{ Key: tag, Value: value }] }, region);
  if (service === "wafv2")
    return value === undefined
      ? send("wafv2", "UntagResource", { ResourceARN: resource, TagKeys: [tag] }, region)
      : send("wafv2", "TagResource", { ResourceARN: resource, Tags: [{ Key: tag, Value: value }] }, region);
  if (service === "iam" && (type === "user" || type === "role")) {
    const title = titleOf[type];
    const about = { [`${title}Name`]: rest.at(-1)! };
    return value === undefined
      ? send("iam", `Untag${title}`, { ...about, TagKeys: [tag] })
      : send("iam", `Tag${title}`, { ...about, Tags: [{ Key: tag, Value: value }] });
  }
  return [];
}

function principalTagStep(scene: Scene, tag: string, value: string | undefined): Step[] {
  const holder = holderOf(scene.principal);
  // A federated session has its tags from the call that made it.
  if (!holder || scene.principal.type === "FederatedUser") return [];
  const title = titleOf[holder.kind];
  const about = { [`${title}Name`]: holder.name };
  const [operation, input]: [string, JsonObject] =
    value === undefined
      ? [`Untag${title}`, { ...about, TagKeys: [tag] }]
      : [`Tag${title}`, { ...about, Tags: [{ Key: tag, Value: value }] }];
  const words =
    value === undefined
      ? `Take the tag ${tag} off ${holder.kind} ${holder.name}`
      : `Put the tag ${tag}=${value} on ${holder.kind} ${holder.name}`;
  return [byCalls(words, [edit(scene.db, holder.account, "iam", operation, input)], 1)];
}
