import { membership } from "../organizations/state";
import type { PolicyStatement } from "../types";
import { revokeSteps } from "./grants";
import { denyOnCaller } from "./identity";
import { groupSteps } from "./lift";
import { ownPlace, placeOf } from "./places";
import { addStatement, newPolicy, removeStatement, statementsOf, takeFrom, takePrincipal } from "./policy-text";
import { allows, statementFor, statementName } from "./statements";
import { dropped, onPlace } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { thing, whoFrom } from "./words";

/** Changes that would have a call refused that is allowed: what allowed it is taken away, or a deny put beside it. */

export function denySteps(scene: Scene, asked: Asked): Step[] {
  return [
    ...withdrawn(scene, asked),
    ...revokeSteps(scene, asked),
    ...denyOnCaller(scene, asked),
    ...denyOnResource(scene, asked),
    ...denyInControl(scene, asked),
  ];
}

/** Every statement that allowed it, each by itself: where one was enough, the call is refused without it. */
function withdrawn(scene: Scene, asked: Asked): Step[] {
  const { action, resource, layers } = asked.decision;
  return layers.flatMap((layer) => {
    if (layer.kind === "ServiceControlPolicy" || layer.kind === "ResourceControlPolicy") return [];
    return layer.policies.flatMap((policy) => {
      const allowing = policy.statements.filter(({ Effect, matched }) => matched && Effect === "Allow");
      const place = allowing.length ? placeOf(scene, asked.decision, layer, policy) : undefined;
      if (!place) return [];
      const steps = allowing.flatMap((statement) => {
        const name = statementName(statement);
        const of = `${name} of ${place.words}`;
        const named = statement.parts.find(({ part }) => part === "Principal");
        const mine = named?.got.find((one) => named.wanted.includes(one));
        return [
          ...onPlace(scene, place, takeFrom(place.text, statement.index, "Action", action), `Take ${action} out of the actions of ${of}`),
          ...onPlace(
            scene,
            place,
            takeFrom(place.text, statement.index, "Resource", resource),
            `Take ${thing(resource)} out of the resources of ${of}`,
          ),
          ...(mine === undefined
            ? []
            : onPlace(
                scene,
                place,
                takePrincipal(place.text, statement.index, mine),
                `Take ${mine.endsWith(":root") ? `account ${mine.split(":")[4]}` : whoFrom(scene.principal, asked.decision)} out of the principals of ${of}`,
              )),
          ...onPlace(scene, place, removeStatement(place.text, statement.index), `Take ${name} out of ${place.words}`),
        ];
      });
      const alone = statementsOf(place.text).length < 2 || !place.put;
      // Without a boundary, or a session policy, more is allowed, not less.
      const gone = alone && layer.kind === "IdentityPolicy" ? dropped(scene, place) : [];
      return [...steps, ...gone, ...groupSteps(scene, policy)];
    });
  });
}

/** A Deny for this caller alone in the policy of the key or the secret: it holds for root too, whom no identity policy reaches. */
function denyOnResource(scene: Scene, asked: Asked): Step[] {
  const { decision } = asked;
  const place = ownPlace(scene.db, decision);
  const caller = decision.context["aws:PrincipalArn"];
  if (!place || typeof caller !== "string") return [];
  const statement: PolicyStatement =
    scene.principal.type === "Root"
      ? // To name an account's root is to name the whole account.
        { Effect: "Deny", Principal: "*", Action: decision.action, Resource: "*", Condition: { ArnEquals: { "aws:PrincipalArn": caller } } }
      : statementFor(scene, decision, { named: true, resource: "*", effect: "Deny" });
  return onPlace(
    scene,
    place,
    place.text === "" ? newPolicy(statement) : addStatement(place.text, statement),
    `Add a statement to ${place.words} that denies ${decision.action} to ${whoFrom(scene.principal, decision)}`,
  );
}

/** A Deny in a service control policy of the organization's own: for a member account's every user and role. */
function denyInControl(scene: Scene, asked: Asked): Step[] {
  const found = membership(scene.db, scene.principal.account);
  const layer = asked.decision.layers.find(({ kind }) => kind === "ServiceControlPolicy");
  if (!found || !layer || layer.outcome !== "Allow") return [];
  const place = layer.policies.map((policy) => placeOf(scene, asked.decision, layer, policy)).find((one) => one?.put);
  if (!place) return [];
  const statement = statementFor(scene, asked.decision, { named: false, resource: "exact", effect: "Deny" });
  return onPlace(scene, place, addStatement(place.text, statement), `Add a statement to ${place.words} that denies ${allows(asked)}`);
}
