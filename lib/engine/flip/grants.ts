import { parseArn } from "../arn";
import { catalog } from "../catalog";
import { GRANT_PROPAGATION_MS } from "../kms/auth";
import { grantOperations } from "../kms/grants";
import { grants, keys, type GrantRow } from "../kms/state";
import type { JsonObject } from "../types";
import { answerOf } from "./answers";
import { edit } from "./places";
import { byCalls, byInput } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { policyName, thing, whoFrom } from "./words";

/** Grants: a new one, the token of one that is too new to be known everywhere, the encryption context that one wants. */

export function grantSteps(scene: Scene, asked: Asked): Step[] {
  const { decision } = asked;
  if (!decision.action.startsWith("kms:")) return [];
  return [...heldSteps(scene, asked), ...newGrant(scene, asked)];
}

function keyOf(scene: Scene, keyArn: string) {
  const parsed = parseArn(keyArn);
  if (!parsed?.resource.startsWith("key/")) return undefined;
  const { account, region, resource } = parsed;
  const db = scene.db.at({ account, region, service: "kms" });
  const key = keys(db).get(resource.slice("key/".length));
  return key && { key, db, account, region };
}

const takesTokens = ({ call }: Scene): boolean => {
  const model = catalog.get(call.service)?.model;
  const input = model?.operations[call.operation]?.input?.shape;
  return input !== undefined && model!.shapes[input].members?.GrantTokens !== undefined;
};

const withToken = (scene: Scene, token: string): JsonObject => ({
  GrantTokens: [...((scene.call.input?.GrantTokens ?? []) as string[]), token],
});

/** Grants that are for this caller and this operation, and yet do not help. */
function heldSteps(scene: Scene, asked: Asked): Step[] {
  const layer = asked.decision.layers.find(({ kind }) => kind === "Grant");
  const found = keyOf(scene, asked.decision.resource);
  if (!layer?.grants || !found) return [];
  const operation = asked.decision.action.slice("kms:".length);
  return layer.grants.flatMap(({ id, matched, grantee }) => {
    const row = matched ? undefined : grants(found.db).get(`${found.key.KeyId}/${id}`);
    if (!row || !row.Operations.includes(operation)) return [];
    if (grantee !== scene.principal.arn && grantee !== scene.principal.roleArn) return [];
    return [...constraintSteps(scene, asked, row), ...youngSteps(scene, asked, row)];
  });
}

function constraintSteps(scene: Scene, asked: Asked, { Constraints, GrantId }: GrantRow): Step[] {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = Constraints ?? {};
  const wanted = equals ?? subset;
  if (!wanted || !asked.own || /ReEncrypt/.test(asked.decision.action)) return [];
  const old = (scene.call.input?.EncryptionContext ?? {}) as Record<string, string>;
  const EncryptionContext = equals ? { ...equals } : { ...old, ...wanted };
  const pairs = Object.entries(wanted).map(([name, value]) => `${name}=${value}`);
  const words = `Make the call with ${equals ? "just the" : "the"} encryption context that the grant ${GrantId.slice(0, 8)}… wants: ${pairs.join(", ")}`;
  return [byInput(scene, words, { input: { EncryptionContext } }, pairs.length)];
}

function youngSteps(scene: Scene, asked: Asked, { tokens, CreationDate, GrantId }: GrantRow): Step[] {
  const left = CreationDate + GRANT_PROPAGATION_MS - scene.lab.now();
  if (left <= 0) return [];
  const grant = `the grant ${GrantId.slice(0, 8)}…`;
  const steps: Step[] = [];
  if (asked.own && takesTokens(scene))
    steps.push(byInput(scene, `Send the token of ${grant} with the call`, { input: withToken(scene, tokens.at(-1)!) }));
  steps.push({ sentence: `Wait until ${grant} is known everywhere`, edits: [{ kind: "wait", ms: left }], size: 1, documents: [] });
  return steps;
}

function newGrant(scene: Scene, asked: Asked): Step[] {
  const found = keyOf(scene, asked.decision.resource);
  const operation = asked.decision.action.slice("kms:".length);
  const { principal } = scene;
  // Without its token a new grant would only work later, and a service does not hand tokens on.
  if (!found || found.key.KeyManager === "AWS" || !asked.own || !takesTokens(scene)) return [];
  if (principal.type === "Root" || principal.type === "Service" || !grantOperations(found.key).includes(operation)) return [];
  const input = { KeyId: found.key.KeyId, GranteePrincipal: policyName(principal), Operations: [operation] };
  const words = `Make a grant on ${thing(asked.decision.resource)} that gives ${whoFrom(principal, asked.decision)} ${operation}, and send its token with the call`;
  return [
    byCalls(words, [edit(scene.db, found.account, "kms", "CreateGrant", input, found.region)], 5, {
      patch: { input: withToken(scene, answerOf(scene.edited + 1, "GrantToken")) },
    }),
  ];
}

/** Takes away the grants that allowed a call. */
export function revokeSteps(scene: Scene, asked: Asked): Step[] {
  const layer = asked.decision.layers.find(({ kind }) => kind === "Grant");
  const found = keyOf(scene, asked.decision.resource);
  if (!layer?.grants || !found) return [];
  return layer.grants
    .filter(({ matched }) => matched)
    .map(({ id }) =>
      byCalls(
        `Revoke the grant ${id.slice(0, 8)}… on ${thing(asked.decision.resource)}`,
        [edit(scene.db, found.account, "kms", "RevokeGrant", { KeyId: found.key.KeyId, GrantId: id }, found.region)],
        1,
      ),
    );
}
