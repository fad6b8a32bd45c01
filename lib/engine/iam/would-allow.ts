import { parseArn } from "../arn";
import { keyAuth } from "../kms/auth";
import { keys } from "../kms/state";
import { askAbout } from "../secretsmanager/authorise";
import { lookUp } from "../secretsmanager/find";
import { askReference } from "../ssm/authorise";
import { AssumeRole } from "../sts/operations/assume-role";
import { decide } from "./decide";
import { globalKeys } from "./globals";
import type { Lab } from "../lab";
import type { AuthRequest, AwsError, Caller, ConditionContext, Context, Decision, Principal } from "../types";

/**
 * Would this caller be allowed to do this to that? The question that the service itself would ask, with the resource's own
 * policy and grants, given to the evaluator that decides every call. Nothing is called and nothing is recorded.
 * Sources: Service Authorization Reference (which policies an action asks); those of `decide`.
 */

export interface WhatIf {
  caller: Caller;
  /** `kms:Decrypt`. */
  action: string;
  /** An ARN, or `*`. */
  resource: string;
  region: string;
  /** Condition keys beside those that the caller and the resource bring; they win over them. */
  context?: ConditionContext;
}

/** Which policies of the resource were asked beside those of the caller and the organization. */
export type AskedOfResource = "key policy and grants" | "trust policy" | "resource policy" | "nothing";

export type WouldAllow =
  | { ok: true; decisions: Decision[]; asked: AskedOfResource; /** The resource is an ARN of the lab's own services and there is no such thing. */ missing?: true }
  | { ok: false; error: AwsError };

type Reading = Pick<Lab, "read" | "recognise" | "now">;

export function wouldAllow(lab: Reading, question: WhatIf): WouldAllow {
  const who = lab.recognise(question.caller);
  if (!who.ok) return who;
  const principal = who.output;
  const asked = questionsOf(lab, principal, question);
  if ("error" in asked) return { ok: false, error: asked.error };
  const db = lab.read({ account: principal.account, region: "global", service: "iam" });
  const facts = {
    now: lab.now(),
    region: question.region,
    via: [],
    sourceIp: "203.0.113.10",
    userAgent: "AWS Internal",
    secureTransport: true,
  };
  const decisions = asked.requests.map((request) => {
    const globals = globalKeys(principal, facts, db);
    return decide(db, principal, { ...request, context: { ...request.context, ...question.context } }, globals);
  });
  return { ok: true, decisions, asked: asked.of, ...(asked.missing && { missing: true }) };
}

type Asked = { requests: AuthRequest[]; of: AskedOfResource; missing?: true } | { error: AwsError };

function questionsOf(lab: Reading, principal: Principal, question: WhatIf): Asked {
  const { action, resource, context = {} } = question;
  const parsed = parseArn(resource);
  const plain: AuthRequest = {
    action,
    resource,
    ...(parsed?.account && /^\d{12}$/.test(parsed.account) && parsed.account !== principal.account ? { resourceAccount: parsed.account } : {}),
  };
  if (!parsed) return { requests: [plain], of: "nothing" };

  const service = action.split(":")[0];
  if (service === "kms" && parsed.service === "kms" && parsed.resource.startsWith("key/")) {
    const db = lab.read({ account: parsed.account, region: parsed.region, service: "kms" });
    const key = keys(db).get(parsed.resource.slice("key/".length));
    if (!key) return { requests: [plain], of: "nothing", missing: true };
    const ctx = contextOf(lab, principal, question, parsed.region, "kms");
    return { requests: [keyAuth(ctx, { action, found: { key, db }, encryptionContext: encryptionContextIn(context) })], of: "key policy and grants" };
  }
  if (action.toLowerCase() === "sts:assumerole" && parsed.resource.startsWith("role/")) {
    const ctx = contextOf(lab, principal, question, "global", "sts");
    const externalId = context["sts:ExternalId"];
    const input = { RoleArn: resource, RoleSessionName: "test", ...(typeof externalId === "string" && { ExternalId: externalId }) };
    const asked = AssumeRole.authorise(input, ctx);
    if (asked && "ok" in asked) return { error: asked.error };
    return { requests: [asked ?? []].flat(), of: "trust policy" };
  }
  if (service === "ssm" && parsed.service === "ssm" && parsed.resource.startsWith("parameter/")) {
    const ctx = contextOf(lab, principal, question, parsed.region, "ssm");
    const request = askReference(ctx, action.slice("ssm:".length), resource);
    return { requests: [request], of: request.resourcePolicy ? "resource policy" : "nothing" };
  }
  if (service === "secretsmanager" && parsed.service === "secretsmanager" && parsed.resource.startsWith("secret:")) {
    const ctx = contextOf(lab, principal, question, parsed.region, "secretsmanager");
    const request = askAbout(ctx, action.slice("secretsmanager:".length), resource);
    return { requests: [request], of: request.resourcePolicy ? "resource policy" : "nothing", ...(!lookUp(ctx, resource) && { missing: true }) };
  }
  return { requests: [plain], of: "nothing" };
}

/** As much of a call's context as the services' questions read. */
function contextOf(lab: Reading, principal: Principal, { region }: WhatIf, place: string, service: string): Context {
  const db = lab.read({ account: principal.account, region: place, service });
  return { account: principal.account, region: place === "global" ? region : place, principal, now: lab.now(), db, via: [] as string[], note: () => undefined } as unknown as Context;
}

const PREFIX = "kms:encryptioncontext:";

/** The encryption context that condition keys tell of: grants hold it against their constraints. */
function encryptionContextIn(context: ConditionContext): Record<string, string> | undefined {
  const pairs = Object.entries(context).flatMap(([key, value]) =>
    key.toLowerCase().startsWith(PREFIX) && typeof value === "string" ? [[key.slice(PREFIX.length), value]] : [],
  );
  return pairs.length ? (Object.fromEntries(pairs) as Record<string, string>) : undefined;
}
