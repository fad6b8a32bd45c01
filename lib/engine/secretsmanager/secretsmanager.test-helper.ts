import { testLab as labOfSsm } from "../ssm/ssm.test-helper";
import type { Caller, JsonObject, Trace } from "../types";

export { account, admin, adminOfOther, dice, other } from "../ssm/ssm.test-helper";

const tokened = new Set(["CreateSecret", "PutSecretValue", "UpdateSecret", "RotateSecret"]);

/** A token of the right length, the same for a number on every run. */
export const token = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** A lab with short ways to call Secrets Manager; tokens are filled in as clients do. */
export function testLab(seed = 1, people: Record<string, object[]> = {}) {
  const { lab, of, events } = labOfSsm(seed, people);
  let next = 0;
  const filled = (operation: string, input: JsonObject): JsonObject => (tokened.has(operation) && input.ClientRequestToken === undefined ? { ...input, ClientRequestToken: token(++next) } : input);
  const raw = of("secretsmanager");
  const good = (operation: string, input: JsonObject = {}, caller?: Caller, region?: string): Promise<any> => raw.good(operation, filled(operation, input), caller, region);
  const bad = (operation: string, input: JsonObject = {}, caller?: Caller, region?: string) => raw.bad(operation, filled(operation, input), caller, region);
  return {
    lab,
    of,
    events,
    raw,
    good,
    bad,
    create: (Name: string, SecretString = "value", more: JsonObject = {}) => good("CreateSecret", { Name, SecretString, ...more }),
    put: async (SecretId: string, SecretString: string, more: JsonObject = {}): Promise<string> => (await good("PutSecretValue", { SecretId, SecretString, ...more })).VersionId,
    get: async (SecretId: string, more: JsonObject = {}): Promise<string> => (await good("GetSecretValue", { SecretId, ...more })).SecretString,
    /** Labels of all versions. */
    stages: async (SecretId: string): Promise<Record<string, string[]>> => (await good("DescribeSecret", { SecretId })).VersionIdsToStages ?? {},
    /** A customer managed key that whoever IAM allows may use; its ARN. */
    key: async (more: JsonObject = {}, caller?: Caller, region?: string): Promise<string> => (await of("kms").good("CreateKey", more, caller, region)).KeyMetadata.Arn,
    /** The trace of the last call. */
    trace: (): Trace => lab.journal.at(-1)!.trace,
  };
}

/** Nested calls of a trace, as `GenerateDataKey(RequestToValidateKeyAccess)`. */
export const kmsCalls = ({ steps }: Trace): string[] =>
  steps.flatMap((step) => {
    if (step.kind !== "call" || step.trace.service !== "kms") return [];
    const asked = step.trace.steps.find((one) => one.kind === "decision");
    const context = asked?.kind === "decision" ? asked.decision.context["kms:EncryptionContext:SecretVersionId"] : undefined;
    return [`${step.trace.operation}(${String(context)})${step.trace.outcome.ok ? "" : ` ${step.trace.outcome.code}`}`];
  });

export const allow = (Action: string | string[], Resource: string | string[] = "*", Condition?: object) => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
export const deny = (Action: string | string[], Resource: string | string[] = "*", Condition?: object) => ({ ...allow(Action, Resource, Condition), Effect: "Deny" });
