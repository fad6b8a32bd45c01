import { awsManaged, membership } from "../organizations/state";
import type { LayerTrace, PolicyTrace } from "../types";
import { allows, newStatementSteps, statementFor } from "./statements";
import { edit, placeOf } from "./places";
import { byCalls } from "./steps";
import type { Asked, Scene, Step } from "./types";

/** Service control policies that leave something out: every level from the root down to the account must allow it. */

/** Policies of each level that does not allow it, by where they are attached. */
function closedLevels(layer: LayerTrace): Map<string, PolicyTrace[]> {
  const levels = new Map<string, PolicyTrace[]>();
  for (const policy of layer.policies) levels.set(policy.from ?? "", [...(levels.get(policy.from ?? "") ?? []), policy]);
  for (const [from, policies] of levels)
    if (policies.some(({ statements }) => statements.some(({ Effect, matched }) => Effect === "Allow" && matched))) levels.delete(from);
  return levels;
}

export function controlSteps(scene: Scene, asked: Asked, layer: LayerTrace): Step[] {
  const level = [...closedLevels(layer)][0];
  if (!level) return [];
  const [from, policies] = level;
  const place = policies.map((policy) => placeOf(scene, asked.decision, layer, policy)).find((one) => one?.put);
  const statement = statementFor(scene, asked.decision, { named: false, resource: "exact" });
  return [...(place ? newStatementSteps(scene, asked, place, statement, allows(asked)) : []), ...attachFullAccess(scene, from)];
}

function attachFullAccess(scene: Scene, from: string): Step[] {
  const found = membership(scene.db, scene.principal.account);
  if (!found) return [];
  const TargetId = from.startsWith("account ") ? found.account.Id : found.parents.find(({ label }) => label === from)?.id;
  if (TargetId === undefined) return [];
  const { Id, Name } = awsManaged["p-FullAWSAccess"];
  const input = { PolicyId: Id, TargetId };
  return [
    byCalls(
      `Attach ${Name} to the ${from} again`,
      [edit(scene.db, found.organization.MasterAccountId, "organizations", "AttachPolicy", input)],
      2,
    ),
  ];
}
