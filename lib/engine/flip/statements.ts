import type { Decision, PolicyStatement, StatementTrace } from "../types";
import type { Place } from "./places";
import { addStatement, newPolicy, type TextChange } from "./policy-text";
import { onPlace } from "./steps";
import type { Asked, Scene, Step } from "./types";
import { policyName, thing } from "./words";

/** Statements about exactly what was asked. */

export const statementName = ({ Sid, index }: Pick<StatementTrace, "Sid" | "index">): string =>
  Sid ? `“${Sid}”` : `statement ${index + 1}`;

/** What is not there has no ARN: the question is then about the name that the caller gave, which no policy can name. */
export const isArn = (resource: string): boolean => resource.startsWith("arn:");

/** What is asked, as a statement allows it. `named`: the policy names principals; `resource` false: it names no resource. */
export function statementFor(
  scene: Scene,
  decision: Decision,
  { named, resource, effect = "Allow" }: { named: boolean; resource: "exact" | "*" | false; effect?: "Allow" | "Deny" },
): PolicyStatement {
  return {
    Effect: effect,
    ...(named ? { Principal: { AWS: policyName(scene.principal) } } : {}),
    Action: decision.action,
    ...(resource === false ? {} : { Resource: resource === "*" || !isArn(decision.resource) ? "*" : decision.resource }),
  };
}

/** Only through the service that asked, where one did: nothing is gained for a call of one's own. */
export function viaCondition(asked: Asked): PolicyStatement["Condition"] | undefined {
  const via = asked.decision.context["kms:ViaService"];
  return !asked.own && typeof via === "string" ? { StringEquals: { "kms:ViaService": via } } : undefined;
}

export const allows = ({ decision: { action, resource } }: Asked): string => `${action} on ${isArn(resource) ? thing(resource) : "anything"}`;

/** A new statement in this place; where a service asks, first the one that is good only through it. */
export function newStatementSteps(scene: Scene, asked: Asked, place: Place, statement: PolicyStatement, what: string): Step[] {
  const added = (one: PolicyStatement): TextChange => {
    const { text, size } = place.text === "" ? newPolicy(one) : addStatement(place.text, one);
    // Others read this policy too.
    return { text, size: size + (place.shared ? 1 : 0) };
  };
  const Condition = viaCondition(asked);
  return [
    ...(Condition
      ? onPlace(
          scene,
          place,
          added({ ...statement, Condition }),
          `Add a statement to ${place.words} that allows ${what}, only through ${asked.decision.context["kms:ViaService"]}`,
        )
      : []),
    ...onPlace(scene, place, added(statement), `Add a statement to ${place.words} that allows ${what}`),
  ];
}
