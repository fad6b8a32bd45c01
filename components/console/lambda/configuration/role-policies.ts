import { loadDocument, loadHeldPolicies, type HeldPolicy } from "../../iam/load-iam";
import { leaveOut, type Ask } from "../../frame/use-load";

export interface RolePolicy extends HeldPolicy {
  /** Undefined where the caller may not read it. */
  document?: string;
}

/** A role's policies with their documents. */
export async function loadRolePolicies(ask: Ask, roleName: string): Promise<RolePolicy[]> {
  const holder = { kind: "role" as const, name: roleName };
  const policies = await loadHeldPolicies(ask, holder);
  const read: RolePolicy[] = [];
  for (const policy of policies) read.push({ ...policy, document: await loadDocument(ask, policy, holder).catch(leaveOut) });
  return read;
}

interface Statement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
}

export interface Allowed {
  policy: string;
  effect: string;
  actions: string[];
  resources: string[];
}

/** The statements of a document, by what they say; none of a document that is no policy. */
export function statementsOf(policy: string, document: string): Allowed[] {
  try {
    const { Statement } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    return [Statement ?? []].flat().map(({ Effect, Action, NotAction, Resource, NotResource }) => ({
      policy,
      effect: Effect,
      actions: [...[Action ?? []].flat(), ...[NotAction ?? []].flat().map((each) => `all but ${each}`)],
      resources: [...[Resource ?? []].flat(), ...[NotResource ?? []].flat().map((each) => `all but ${each}`)],
    }));
  } catch {
    return [];
  }
}

/** The services that statements speak of, in the order of their names: `*` stands for all. */
export const servicesIn = (statements: readonly Allowed[]): string[] => [...new Set(statements.flatMap(({ actions }) => actions.map((action) => action.replace(/^all but /, "").split(":")[0])))].sort();
