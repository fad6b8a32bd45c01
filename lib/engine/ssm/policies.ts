import { type Failure, fail } from "../errors";
import type { Context, JsonObject } from "../types";
import { type ParameterRow, type PolicyRow, type PolicyType, parameterArn } from "./state";

/**
 * Parameter policies: what they may say, when they are due, and what they tell EventBridge.
 * Source: Systems Manager User Guide, assigning parameter policies; SSM API, PutParameter (Policies).
 * AWS enforces them by scans now and then; the lab's clock is exact. The texts of the refusals are unverified.
 */

const maxPolicies = 10;
const unitMs: Record<string, number> = { Days: 86_400_000, Hours: 3_600_000 };
const types: PolicyType[] = ["Expiration", "ExpirationNotification", "NoChangeNotification"];
const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

interface Spec {
  type: PolicyType;
  text: string;
  /** Expiration: the instant, ms. The others: a span, ms. */
  value: number;
}

/**
 * Reads the Policies of a put: a JSON array. `[]` and `[{}]` take all policies away.
 * Errors: PoliciesLimitExceededException, InvalidPolicyTypeException, InvalidPolicyAttributeException, IncompatiblePolicyException.
 */
export function parsePolicies(text: string): Spec[] | Failure {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list) || !list.every(isObject)) return fail("InvalidPolicyAttributeException", "Policies must be a JSON array of policy objects.");
  if (list.length === 1 && Object.keys(list[0]).length === 0) return [];
  if (list.length > maxPolicies) return fail("PoliciesLimitExceededException", `A parameter can have at most ${maxPolicies} policies.`);
  const out: Spec[] = [];
  for (const policy of list) {
    const spec = parsePolicy(policy);
    if ("ok" in spec) return spec;
    out.push(spec);
  }
  if (out.filter(({ type }) => type === "Expiration").length > 1) return fail("IncompatiblePolicyException", "A parameter can have only one policy of type Expiration.");
  return out;
}

function parsePolicy(policy: JsonObject): Spec | Failure {
  const wrong = (what: string): Failure => fail("InvalidPolicyAttributeException", what);
  const type = types.find((known) => known === policy.Type);
  if (!type) return fail("InvalidPolicyTypeException", `The policy type ${JSON.stringify(policy.Type ?? null)} is not supported. Supported types: ${types.join(", ")}.`);
  if (policy.Version !== "1.0") return wrong(`The Version of a policy of type ${type} must be "1.0".`);
  const attributes = policy.Attributes;
  if (!isObject(attributes)) return wrong(`A policy of type ${type} must have Attributes.`);
  const wanted = type === "Expiration" ? ["Timestamp"] : [type === "ExpirationNotification" ? "Before" : "After", "Unit"];
  const surplus = Object.keys(attributes).find((key) => !wanted.includes(key));
  if (surplus !== undefined) return wrong(`The attribute ${JSON.stringify(surplus)} is not valid for a policy of type ${type}. Valid attributes: ${wanted.join(", ")}.`);
  const text = JSON.stringify(policy);
  if (type === "Expiration") {
    const instant = typeof attributes.Timestamp === "string" ? instantOf(attributes.Timestamp) : undefined;
    return instant === undefined ? wrong("The Timestamp of a policy of type Expiration must be in ISO_INSTANT or ISO_OFFSET_DATE_TIME format.") : { type, text, value: instant };
  }
  const amount = String(attributes[wanted[0]] ?? "");
  if (!/^[1-9]\d{0,4}$/.test(amount)) return wrong(`${wanted[0]} of a policy of type ${type} must be a positive whole number.`);
  const unit = attributes.Unit;
  if (typeof unit !== "string" || !Object.hasOwn(unitMs, unit)) return wrong(`The Unit of a policy of type ${type} must be Days or Hours.`);
  return { type, text, value: Number(amount) * unitMs[unit] };
}

/** ISO_INSTANT or ISO_OFFSET_DATE_TIME (offsets may have seconds) to ms; undefined if it is neither, or no day of the calendar. */
export function instantOf(text: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)$/.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second, Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3))));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || at.getUTCHours() !== hour || minute > 59 || second > 59) return undefined;
  const [offHour, offMinute, offSecond] = parts.slice(9, 12).map((part) => Number(part ?? 0));
  if (offHour > 18 || offMinute > 59 || offSecond > 59) return undefined;
  const offset = ((offHour * 60 + offMinute) * 60 + offSecond) * 1000;
  return at.getTime() - (parts[8] === "-" ? -offset : offset);
}

/** New policies as rows, with the time at which each is due. */
export function policyRows(specs: Spec[], now: number): PolicyRow[] {
  const expires = specs.find(({ type }) => type === "Expiration")?.value;
  return specs.map(({ type, text, value }) => {
    const due = type === "Expiration" ? value : type === "NoChangeNotification" ? now + value : expires === undefined ? undefined : expires - value;
    return { type, text, status: "Pending", createdAt: now, ...(due !== undefined && { due }) };
  });
}

/** The policies after an edit that gave none: an expiration stays where it is, waiting for a change begins anew. */
export const afterEdit = (rows: readonly PolicyRow[], now: number): PolicyRow[] =>
  rows.map((row) => (row.type === "NoChangeNotification" ? { ...row, status: "Pending", due: now + spanOf(row) } : row));

const spanOf = (row: PolicyRow): number => {
  const spec = parsePolicy(JSON.parse(row.text) as JsonObject);
  return "ok" in spec ? 0 : spec.value;
};

const jobId = (name: string, index: number): string => `policy ${name} ${index}`;

/** Puts the clock to what the parameter's policies say; `before` is how many it had. */
export function schedulePolicies(ctx: Context, row: Readonly<ParameterRow>, before: number): void {
  for (let index = row.policies.length; index < before; index++) ctx.unschedule(jobId(row.Name, index));
  row.policies.forEach(({ due, status, type }, index) => {
    if (due !== undefined && status === "Pending") ctx.schedule({ id: jobId(row.Name, index), due, kind: type, args: { name: row.Name, index } });
    else ctx.unschedule(jobId(row.Name, index));
  });
}

/** As DescribeParameters and GetParameterHistory show them. */
export const inlinePolicies = (rows: readonly PolicyRow[]): JsonObject[] => rows.map(({ text, type, status }) => ({ PolicyText: text, PolicyType: type, PolicyStatus: status }));

/**
 * Tells EventBridge what a policy did. The members are those of a recorded event for NoChangeNotification; the reasons
 * of the two others are unverified.
 */
export function emitPolicyAction(ctx: Context, row: Readonly<ParameterRow>, policy: PolicyRow): void {
  const since = `This notification was generated based on the policy created at ${new Date(policy.createdAt).toISOString()}`;
  const expires = row.policies.find(({ type }) => type === "Expiration")?.due;
  const reason = {
    NoChangeNotification: () => `The parameter has not been changed for ${spanText(policy)}. ${since}`,
    ExpirationNotification: () => `The parameter will expire at ${new Date(expires ?? 0).toISOString()}. ${since}`,
    Expiration: () => `The parameter has expired and was deleted. ${since}`,
  }[policy.type]();
  ctx.emit({
    source: "aws.ssm",
    detailType: "Parameter Store Policy Action",
    resources: [parameterArn(ctx.region, ctx.account, row.Name)],
    detail: {
      "policy-type": policy.type,
      "parameter-name": row.Name,
      "parameter-type": row.Type,
      "policy-content": policy.text,
      "action-status": "Success",
      "action-reason": reason,
    },
  });
}

function spanText(policy: PolicyRow): string {
  const { Attributes } = JSON.parse(policy.text) as { Attributes: { After: string | number; Unit: string } };
  const unit = Attributes.Unit.toLowerCase();
  return `${Attributes.After} ${Number(Attributes.After) === 1 ? unit.replace(/s$/, "") : unit}`;
}
