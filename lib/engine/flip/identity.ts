import { managedPolicies } from "../iam/managed-policies";
import { explainPolicy, identityForm, prepare } from "../iam/policy/evaluate";
import { policies as policyTable } from "../iam/state";
import type { LayerTrace, PolicyStatement } from "../types";
import { allows, newStatementSteps, statementFor, viaCondition } from "./statements";
import { type Holder, holderInput, holderOf, inlinePlace, managedPlace, rowOf, edit, placeOf, titleOf } from "./places";
import { addStatement, leaves, newPolicy } from "./policy-text";
import type { Asked, Scene, Step } from "./types";
import { bareAction, thing } from "./words";

/** Changes to the identity policies and the boundary of a user or role. */

const freshName = (taken: Iterable<string>, base: string): string => {
  const known = new Set([...taken].map((name) => name.toLowerCase()));
  for (let n = 1; ; n++) if (!known.has((n > 1 ? `${base}-${n}` : base).toLowerCase())) return n > 1 ? `${base}-${n}` : base;
};

/** Statements in the caller's own inline policies, an inline policy of its own, one in a group. */
export function identitySteps(scene: Scene, asked: Asked, layer: LayerTrace): Step[] {
  const holder = holderOf(scene.principal);
  const row = holder && rowOf(scene.db, holder);
  if (!holder || !row) return [];
  const statement = statementFor(scene, asked.decision, { named: false, resource: "exact" });
  const what = allows(asked);
  const steps: Step[] = [];
  // The policy that already speaks of this service is where one would look for it.
  const inline = bestFirst(Object.keys(row.inline), (name) => row.inline[name], asked.decision.action)[0];
  const own = inline === undefined ? undefined : inlinePlace(scene.db, holder, inline, true);
  if (own) steps.push(...newStatementSteps(scene, asked, own, statement, what));
  steps.push(...newInlineSteps(scene, asked, holder, Object.keys(row.inline), statement, what));
  const managed = layer.policies.find(({ arn, from }) => arn !== undefined && !managedPolicies.has(arn) && !from?.startsWith("group "));
  const shared = managed?.arn === undefined ? undefined : managedPlace(scene.db, managed.arn, holder, "identity");
  if (shared) steps.push(...newStatementSteps(scene, asked, shared, statement, what).slice(-1));
  return steps;
}

const bestFirst = (names: string[], textOf: (name: string) => string, action: string): string[] =>
  names.toSorted(
    (a, b) => Number(textOf(b).includes(`"${action.split(":")[0]}:`)) - Number(textOf(a).includes(`"${action.split(":")[0]}:`)),
  );

function newInlineSteps(scene: Scene, asked: Asked, holder: Holder, taken: string[], statement: PolicyStatement, what: string): Step[] {
  const PolicyName = freshName(
    taken,
    `${statement.Effect.toLowerCase()}-${asked.decision.action.replace(/[^0-9A-Za-z]+/g, "-").toLowerCase()}`,
  );
  const title = titleOf[holder.kind];
  const make = (one: PolicyStatement, more: string): Step => {
    const { text, size } = newPolicy(one);
    return {
      sentence: `Give ${holder.kind} ${holder.name} a policy of its own that ${one.Effect === "Allow" ? "allows" : "denies"} ${what}${more}`,
      edits: [edit(scene.db, holder.account, "iam", `Put${title}Policy`, { ...holderInput(holder), PolicyName, PolicyDocument: text })],
      size: size + 1,
      documents: [{ where: `a new policy ${PolicyName} of ${holder.kind} ${holder.name}`, before: "", after: text }],
    };
  };
  const Condition = statement.Effect === "Allow" ? viaCondition(asked) : undefined;
  return [
    ...(Condition ? [make({ ...statement, Condition }, `, only through ${asked.decision.context["kms:ViaService"]}`)] : []),
    make(statement, ""),
  ];
}

/** A Deny on the caller itself: in one of its inline policies, or in a new one. */
export function denyOnCaller(scene: Scene, asked: Asked): Step[] {
  const holder = holderOf(scene.principal);
  const row = holder && rowOf(scene.db, holder);
  if (!holder || !row || scene.principal.type === "FederatedUser") return [];
  const statement = statementFor(scene, asked.decision, { named: false, resource: "exact", effect: "Deny" });
  const inline = bestFirst(Object.keys(row.inline), (name) => row.inline[name], asked.decision.action)[0];
  const own = inline === undefined ? undefined : inlinePlace(scene.db, holder, inline, true);
  const steps = newInlineSteps(scene, asked, holder, Object.keys(row.inline), statement, allows(asked));
  if (!own?.put) return steps;
  const { text, size } = addStatement(own.text, statement);
  return [
    {
      sentence: `Add a statement to ${own.words} that denies ${allows(asked)}`,
      edits: own.put(text),
      size,
      documents: [{ where: own.words, before: own.text, after: text }],
    },
    ...steps,
  ];
}

/** One policy of AWS's own that would do, the one that says least. Only for what policies alone decide. */
export function attachSteps(scene: Scene, asked: Asked): Step[] {
  const holder = holderOf(scene.principal);
  const row = holder && rowOf(scene.db, holder);
  if (!holder || !row) return [];
  const { action, resource, context } = asked.decision;
  const question = prepare({ principal: scene.principal, action, resource, context });
  const found = [...managedPolicies.values()]
    .filter(
      ({ document, PolicyName, Arn }) =>
        !row.attached.includes(Arn) && explainPolicy({ name: PolicyName, document }, question, identityForm).allow !== undefined,
    )
    .sort(
      (a, b) =>
        Number(a.document.includes('"*"') && a.PolicyName === "AdministratorAccess") -
          Number(b.document.includes('"*"') && b.PolicyName === "AdministratorAccess") || a.document.length - b.document.length,
    )[0];
  if (!found) return [];
  const input = { ...holderInput(holder), PolicyArn: found.Arn };
  return [
    {
      sentence: `Attach AWS’s policy ${found.PolicyName} to ${holder.kind} ${holder.name}`,
      edits: [edit(scene.db, holder.account, "iam", `Attach${titleOf[holder.kind]}Policy`, input)],
      size: leaves(JSON.parse(found.document)),
      documents: [
        { where: `the policy ${found.PolicyName}, attached to ${holder.kind} ${holder.name}`, before: "", after: found.document },
      ],
    },
  ];
}

/** Room in the permissions boundary; a boundary of AWS's own is replaced by a copy with room in it; or none at all. */
export function boundarySteps(scene: Scene, asked: Asked, layer: LayerTrace): Step[] {
  const holder = holderOf(scene.principal);
  const place = layer.policies[0] && placeOf(scene, asked.decision, layer, layer.policies[0]);
  if (!place || !holder) return [];
  const statement = statementFor(scene, asked.decision, { named: false, resource: "exact" });
  const steps = newStatementSteps(scene, asked, place, statement, allows(asked));
  if (!place.put) steps.push(boundaryCopy(scene, asked, holder, layer.policies[0].name, place.text, statement));
  if (place.drop)
    steps.push({
      sentence: place.drop.words,
      edits: place.drop.edits,
      size: 1,
      documents: [{ where: place.words, before: place.text, after: "" }],
    });
  return steps;
}

function boundaryCopy(scene: Scene, asked: Asked, holder: Holder, name: string, text: string, statement: PolicyStatement): Step {
  const { account } = holder;
  const PolicyName = freshName(
    policyTable(scene.db, account)
      .all()
      .map((row) => row.PolicyName),
    `${name}And${bareAction(asked.decision.action)}`,
  );
  const PolicyArn = `arn:aws:iam::${account}:policy/${PolicyName}`;
  const change = addStatement(text, statement);
  return {
    sentence: `Make a copy of ${name} that also allows ${asked.decision.action} on ${thing(asked.decision.resource)}, and set it as the permissions boundary of ${holder.kind} ${holder.name}`,
    edits: [
      edit(scene.db, account, "iam", "CreatePolicy", { PolicyName, PolicyDocument: change.text }),
      edit(scene.db, account, "iam", `Put${titleOf[holder.kind]}PermissionsBoundary`, {
        ...holderInput(holder),
        PermissionsBoundary: PolicyArn,
      }),
    ],
    size: change.size + 2,
    documents: [{ where: `the new policy ${PolicyName}`, before: text, after: change.text }],
  };
}
