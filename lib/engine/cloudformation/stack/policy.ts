import { compileGlob, matchGlob } from "../../iam/policy/glob";
import { invalid } from "../errors";
import type { Failure } from "../../errors";
import type { ResourceRow, StackRow } from "../state";

/**
 * Stack policies: what an update may do to which resource. Without a policy everything is allowed; with one, what it does not
 * allow is denied. Source: CloudFormation User Guide, "Prevent updates to stack resources".
 */
interface Statement {
  Effect: "Allow" | "Deny";
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: { StringEquals?: { ResourceType?: string | string[] }; StringLike?: { ResourceType?: string | string[] } };
}

export type PolicyAction = "Update:Modify" | "Update:Replace" | "Update:Delete";

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const like = (patterns: string[], text: string): boolean => patterns.some((pattern) => matchGlob(compileGlob(pattern, "plain", false), text));

/** The reason why not, or undefined. */
export function allowedByPolicy({ policy, op }: Readonly<Pick<StackRow, "policy" | "op">>, action: PolicyAction, { logicalId, type }: Pick<ResourceRow, "logicalId" | "type">): string | undefined {
  const text = op?.policyDuring ?? policy;
  if (text === undefined || op?.kind !== "update") return undefined;
  const { Statement } = JSON.parse(text) as { Statement: Statement | Statement[] };
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  const meets = ({ Action, NotAction, Resource, NotResource, Condition }: Statement): boolean => {
    const id = `LogicalResourceId/${logicalId}`;
    const acts = Action === undefined ? !like(list(NotAction), action) : like(list(Action), action);
    const about = Resource === undefined ? !like(list(NotResource), id) : like(list(Resource), id);
    const equals = Condition?.StringEquals?.ResourceType;
    const alike = Condition?.StringLike?.ResourceType;
    return acts && about && (equals === undefined || list(equals).includes(type)) && (alike === undefined || like(list(alike), type));
  };
  const denied = statements.findIndex((statement) => statement.Effect === "Deny" && meets(statement));
  if (denied >= 0) return `Action denied by stack policy: Statement [#${denied + 1}] does not allow [${action}] for resource [${logicalId}]`;
  return statements.some((statement) => statement.Effect === "Allow" && meets(statement)) ? undefined : `Action not allowed by stack policy: no statement allows [${action}] for resource [${logicalId}]`;
}

/** The refusal for a text that is no stack policy of this stack. */
export function checkPolicy(text: string, logicalIds: readonly string[]): Failure | undefined {
  const wrong = (why: string): Failure => invalid(`Error validating stack policy: ${why}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return wrong("Invalid stack policy");
  }
  const given = typeof parsed === "object" && parsed !== null ? (parsed as { Statement?: unknown }).Statement : undefined;
  const statements = Array.isArray(given) ? given : given === undefined ? [] : [given];
  if (!statements.length) return wrong("No statements found");
  for (const statement of statements as Statement[]) {
    if (typeof statement !== "object" || statement === null || (statement.Effect !== "Allow" && statement.Effect !== "Deny")) return wrong(`Invalid effect in statement ${JSON.stringify(statement)}`);
    const texts = [statement.Action, statement.NotAction, statement.Resource, statement.NotResource].flatMap((value) => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]));
    if (texts.some((item) => typeof item !== "string")) return wrong(`Invalid statement ${JSON.stringify(statement)}`);
    if (!list(statement.Action).length && !list(statement.NotAction).length) return wrong(`Missing action in statement ${JSON.stringify(statement)}`);
    const actions = [...list(statement.Action), ...list(statement.NotAction)];
    const stranger = actions.find((action) => !/^Update:(\*|Modify|Replace|Delete)$/.test(action) && action !== "*");
    if (stranger !== undefined) return wrong(`Unknown action '${stranger}' in statement ${JSON.stringify(statement)}`);
    for (const name of [...list(statement.Resource), ...list(statement.NotResource)]) {
      const id = name.replace(/^LogicalResourceId\//, "");
      if (!/[*?]/.test(name) && !(name.startsWith("LogicalResourceId/") && logicalIds.includes(id))) return wrong(`Unknown logical id '${name}' in statement ${JSON.stringify(statement)}`);
    }
  }
  return undefined;
}
