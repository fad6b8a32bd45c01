import type { LayerTrace, PartTrace, PolicyTrace, StatementTrace } from "../types";
import { conditionSteps } from "./conditions";
import { edit, holderOf, type Place, placeOf } from "./places";
import { addCondition, addPrincipals, exceptResource, removeStatement, statementsOf, takeFrom, takePrincipal } from "./policy-text";
import { statementName } from "./statements";
import { byCalls, dropped, onPlace } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { thing, whoFrom } from "./words";

/** Changes that could lift an explicit deny: nothing else helps against one. */

export function liftSteps(scene: Scene, asked: Asked): Step[] {
  const { because, layers } = asked.decision;
  const layer = layers[because.layer];
  const policy = because.policy === undefined ? undefined : layer.policies[because.policy];
  const statement = policy?.statements.find(({ index }) => index === because.statement);
  if (!policy || !statement) return [];
  const place = placeOf(scene, asked.decision, layer, policy);
  const name = statementName(statement);
  const conditions = statement.parts
    .filter(({ part }) => part === "Condition")
    .flatMap((part) => conditionSteps(scene, asked, place, statement.index, name, part, false));
  return [...conditions, ...(place ? narrowed(scene, asked, place, layer, statement, name) : []), ...groupSteps(scene, policy)];
}

/** The statement denies a little less; then no more at all. */
function narrowed(scene: Scene, asked: Asked, place: Place, layer: LayerTrace, statement: StatementTrace, name: string): Step[] {
  const { action, resource } = asked.decision;
  const { text } = place;
  const { index } = statement;
  const of = `${name} of ${place.words}`;
  const steps = [
    ...principalSteps(scene, asked, place, statement, of),
    ...onPlace(scene, place, takeFrom(text, index, "Action", action), `Take ${action} out of the actions that ${of} denies`),
    ...onPlace(scene, place, takeFrom(text, index, "Resource", resource), `Take ${thing(resource)} out of the resources that ${of} denies`),
  ];
  if (
    layer.kind === "IdentityPolicy" ||
    layer.kind === "ServiceControlPolicy" ||
    layer.kind === "PermissionsBoundary" ||
    layer.kind === "SessionPolicy"
  )
    steps.push(...onPlace(scene, place, exceptResource(text, index, resource), `Let ${of} deny all but ${thing(resource)}`));
  if (place.shared) steps.push(...exemption(scene, asked, place, index, of));
  steps.push(...onPlace(scene, place, removeStatement(text, index), `Take ${name} out of ${place.words}`));
  if (statementsOf(text).length < 2 || !place.put) steps.push(...dropped(scene, place));
  return steps;
}

const principalPart = ({ parts }: StatementTrace): PartTrace | undefined =>
  parts.find(({ part }) => part === "Principal" || part === "NotPrincipal");

function principalSteps(scene: Scene, asked: Asked, place: Place, statement: StatementTrace, of: string): Step[] {
  const part = principalPart(statement);
  if (part?.part === "NotPrincipal") {
    // A Deny spares only who is listed whole: the session, its role and its account, or the user and its account.
    const names = part.got.filter((name) => !part.wanted.includes(name));
    return onPlace(
      scene,
      place,
      addPrincipals(place.text, statement.index, "NotPrincipal", names),
      `Add ${whoFrom(scene.principal, asked.decision)} to those whom ${of} spares`,
    );
  }
  const named = part?.got.find((name) => part.wanted.includes(name) && !name.endsWith(":root"));
  return named === undefined
    ? []
    : onPlace(
        scene,
        place,
        takePrincipal(place.text, statement.index, named),
        `Take ${whoFrom(scene.principal, asked.decision)} out of the principals that ${of} denies`,
      );
}

/** As one exempts an administrator from a guard rail: by a condition on who calls. */
function exemption(scene: Scene, asked: Asked, place: Place, index: number, of: string): Step[] {
  const caller = asked.decision.context["aws:PrincipalArn"];
  const conditions = statementsOf(place.text)[index]?.Condition ?? {};
  const has = (key: string) =>
    Object.values(conditions).some((keys) => Object.keys(keys).some((one) => one.toLowerCase() === key.toLowerCase()));
  // Where such a condition stands, its own list is what grows: see conditionSteps.
  if (typeof caller !== "string" || has("aws:PrincipalArn")) return [];
  return onPlace(
    scene,
    place,
    addCondition(place.text, index, "ArnNotEquals", "aws:PrincipalArn", caller),
    `Exempt ${whoFrom(scene.principal, asked.decision)} from ${of}`,
  );
}

/** Out of the group that the policy hangs on. */
export function groupSteps(scene: Scene, policy: PolicyTrace): Step[] {
  const GroupName = /^group (.+)$/s.exec(policy.from ?? "")?.[1];
  const holder = holderOf(scene.principal);
  if (GroupName === undefined || holder?.kind !== "user") return [];
  const input = { GroupName, UserName: holder.name };
  return [
    byCalls(
      `Take user ${holder.name} out of the group ${GroupName}`,
      [edit(scene.db, holder.account, "iam", "RemoveUserFromGroup", input)],
      2,
    ),
  ];
}
