import { parseArn } from "../arn";
import type { LayerKind, LayerTrace, PartTrace, PolicyStatement, PolicyTrace, StatementTrace } from "../types";
import { conditionSteps } from "./conditions";
import { controlSteps } from "./control";
import { grantSteps } from "./grants";
import { attachSteps, boundarySteps, identitySteps } from "./identity";
import { edit, ownPlace, type Place, placeOf, sessionPlace } from "./places";
import { addPrincipals, addStatement, addTo, takeFrom } from "./policy-text";
import { allows, isArn, newStatementSteps, statementFor, statementName } from "./statements";
import { dropped, onPlace } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { policyName, thing, whoFrom } from "./words";

/** Changes that could turn an implicit deny into an allow: one for each layer that had to say yes and did not. */

/** The one part in which a statement missed. */
const missed = ({ parts }: StatementTrace): PartTrace | undefined => {
  const wrong = parts.filter(({ matched }) => !matched);
  return wrong.length === 1 ? wrong[0] : undefined;
};

/** Statements that would have allowed it, but for one part: that part is changed. */
export function nearMisses(scene: Scene, asked: Asked, layer: LayerTrace, only?: (policy: PolicyTrace) => boolean): Step[] {
  return layer.policies.flatMap((policy) => {
    if (only && !only(policy)) return [];
    const near = policy.statements.filter(
      ({ Effect, matched, parts }) => Effect === "Allow" && !matched && parts.filter((part) => !part.matched).length === 1,
    );
    if (near.length === 0) return [];
    const place = placeOf(scene, asked.decision, layer, policy);
    return near.flatMap((statement) => mend(scene, asked, place, statement, missed(statement)!));
  });
}

/** A statement about more than single actions, or single resources. */
const anyOf = ({ parts }: StatementTrace, about: "Action" | "Resource"): boolean =>
  parts.some(({ part, wanted }) => part === `Not${about}` || (part === about && wanted.some((one) => one.includes("*"))));

const broadly = (step: Step, broad: boolean): Step => (broad ? { ...step, broad } : step);

function mend(scene: Scene, asked: Asked, place: Place | undefined, statement: StatementTrace, part: PartTrace): Step[] {
  const { action, resource } = asked.decision;
  const { index } = statement;
  const name = statementName(statement);
  if (part.part === "Condition") return conditionSteps(scene, asked, place, index, name, part, true);
  if (!place) return [];
  const of = `${name} of ${place.words}`;
  switch (part.part) {
    case "Action":
      return onPlace(scene, place, addTo(place.text, index, "Action", action), `Add ${action} to the actions of ${of}`).map((step) =>
        broadly(step, resource !== "*" && anyOf(statement, "Resource")),
      );
    case "NotAction":
      return onPlace(scene, place, takeFrom(place.text, index, "NotAction", action), `Take ${action} out of NotAction in ${of}`);
    case "Resource":
      if (!isArn(resource)) return [];
      return onPlace(scene, place, addTo(place.text, index, "Resource", resource), `Add ${thing(resource)} to the resources of ${of}`);
    case "NotResource":
      return onPlace(
        scene,
        place,
        takeFrom(place.text, index, "NotResource", resource),
        `Take ${thing(resource)} out of NotResource in ${of}`,
      );
    case "Principal":
      return onPlace(
        scene,
        place,
        addPrincipals(place.text, index, "Principal", [policyName(scene.principal)]),
        `Add ${whoFrom(scene.principal, asked.decision)} to the principals of ${of}`,
      ).map((step) => broadly(step, anyOf(statement, "Action")));
    default:
      return [];
  }
}

/** All changes for the layers that are missing. The first of them is worked on; what is left shows when the change is run. */
export function allowSteps(scene: Scene, asked: Asked): Step[] {
  const { decision } = asked;
  const missing = decision.missing ?? [];
  const layerOf = (kind: LayerKind): LayerTrace | undefined => decision.layers.find((layer) => layer.kind === kind);
  const first = missing[0];
  if (first === "ServiceControlPolicy") {
    const layer = layerOf(first)!;
    return [...nearMisses(scene, asked, layer), ...controlSteps(scene, asked, layer)];
  }
  const steps: Step[] = [];
  if (missing.includes("IdentityPolicy") && first !== "ResourcePolicy") {
    const layer = layerOf("IdentityPolicy")!;
    steps.push(...nearMisses(scene, asked, layer), ...identitySteps(scene, asked, layer));
  }
  if (first === "PermissionsBoundary") {
    const layer = layerOf(first)!;
    steps.push(...nearMisses(scene, asked, layer), ...boundarySteps(scene, asked, layer));
  }
  if (first === "SessionPolicy") steps.push(...sessionSteps(scene, asked, layerOf(first)!));
  // In its own account a resource's policy, or a grant, is enough by itself: a way round what identity policies, a
  // boundary or a session leave out. From another account it is one half.
  if (first === "ResourcePolicy" || !decision.crossAccount) {
    const layer = layerOf("ResourcePolicy");
    if (layer && (layer.outcome !== "NotApplicable" || decision.crossAccount))
      steps.push(...nearMisses(scene, asked, layer), ...resourceSteps(scene, asked, layer));
    steps.push(...grantSteps(scene, asked));
  }
  if (missing.includes("IdentityPolicy") && first !== "ResourcePolicy") steps.push(...attachSteps(scene, asked));
  return steps;
}

function resourceSteps(scene: Scene, asked: Asked, layer: LayerTrace): Step[] {
  const { decision } = asked;
  const policy = layer.policies[0];
  const place = policy ? placeOf(scene, decision, layer, policy) : ownPlace(scene.db, decision);
  const statement = statementFor(scene, decision, {
    named: true,
    resource: place?.kind === "trust" ? false : place?.kind === "key" || place?.kind === "secret" ? "*" : "exact",
  });
  const what = `${decision.action} to ${whoFrom(scene.principal, asked.decision)}`;
  if (!place) return shareSteps(scene, asked);
  const steps = newStatementSteps(scene, asked, place, statement, what);
  // What the console puts into every key policy: the account's identity policies decide.
  if (place.kind === "key" && scene.principal.type !== "Root" && !delegates(layer, scene.principal.account))
    steps.push(
      ...onPlace(
        scene,
        place,
        addStatement(place.text, delegation(scene.principal.account)),
        `Add a statement to ${place.words} that leaves the key to the identity policies of account ${scene.principal.account}`,
      ),
    );
  return steps;
}

/** A parameter that has no resource policy yet gets one. Only an advanced one can. */
function shareSteps(scene: Scene, { decision }: Asked): Step[] {
  const parsed = parseArn(decision.resource);
  if (!decision.action.startsWith("ssm:") || !parsed || !decision.crossAccount) return [];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statementFor(scene, decision, { named: true, resource: "exact" })] });
  const words = `Share ${thing(decision.resource)} by a resource policy that allows ${decision.action} to ${whoFrom(scene.principal, decision)}`;
  const edits = [edit(scene.db, parsed.account, "ssm", "PutResourcePolicy", { ResourceArn: decision.resource, Policy }, parsed.region)];
  return [
    {
      sentence: words,
      edits,
      size: 5,
      documents: [{ where: `the resource policy of ${thing(decision.resource)}`, before: "", after: Policy }],
    },
  ];
}

const delegation = (account: string): PolicyStatement => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
});

const delegates = (layer: LayerTrace, account: string): boolean =>
  layer.policies.some(({ statements }) =>
    statements.some(
      ({ matched, Effect, parts }) =>
        matched &&
        Effect === "Allow" &&
        parts.some(
          ({ part, wanted }) => part === "Principal" && wanted.some((name) => name === account || name === `arn:aws:iam::${account}:root`),
        ),
    ),
  );

/** A session is made anew, with a policy that has room for the call. */
function sessionSteps(scene: Scene, asked: Asked, layer: LayerTrace): Step[] {
  const place = sessionPlace(scene);
  const near = nearMisses(scene, asked, layer, (policy) => layer.policies.indexOf(policy) === 0);
  if (!place) return near;
  return [
    ...near,
    ...newStatementSteps(scene, asked, place, statementFor(scene, asked.decision, { named: false, resource: "exact" }), allows(asked)),
    ...dropped(scene, place),
  ];
}
