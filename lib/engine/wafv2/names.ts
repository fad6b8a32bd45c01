import { arn, parseArn } from "../arn";
import type { Context } from "../types";
import type { Failure } from "../errors";
import { wafErrors } from "./errors";
import { type Kind, type RowOf, type Scope, entities, entityId, tables } from "./state";

/** CloudFront's web ACLs and sets are kept here, and calls about them must come here. Source: WAFV2 API Reference, Scope. */
export const GLOBAL_REGION = "us-east-1";

/** Errors: WAFInvalidParameterException (SCOPE_VALUE) where CloudFront's scope is asked of another Region. */
export const checkScope = (ctx: Pick<Context, "region">, scope: string | undefined): Failure | undefined =>
  scope === "CLOUDFRONT" && ctx.region !== GLOBAL_REGION ? wafErrors.cloudFrontScope() : undefined;

const scopeWord = (scope: Scope): string => (scope === "CLOUDFRONT" ? "global" : "regional");

/** `arn:aws:wafv2:<Region>:<account>:regional/webacl/<name>/<id>`. Source: Service Authorization Reference, AWS WAF V2. */
export const entityArn = ({ account, region }: Pick<Context, "account" | "region">, scope: Scope, kind: Kind | "managedruleset", name: string, id: string): string =>
  arn("wafv2", region, account, `${scopeWord(scope)}/${kind}/${name}/${id}`);

export interface EntityArn {
  account: string;
  region: string;
  scope: Scope;
  kind: Kind;
  name: string;
  id: string;
}

/** undefined if it is no ARN of a web ACL, rule group or set. */
export function readEntityArn(text: string): EntityArn | undefined {
  const parsed = parseArn(text);
  if (parsed?.service !== "wafv2") return undefined;
  const [word, kind, name, id, more] = parsed.resource.split("/");
  if (!["global", "regional"].includes(word) || !Object.hasOwn(tables, kind) || !name || !id || more !== undefined) return undefined;
  return { account: parsed.account, region: parsed.region, scope: word === "global" ? "CLOUDFRONT" : "REGIONAL", kind: kind as Kind, name, id };
}

/** What an ARN names, wherever it is. */
export function findByArn<K extends Kind>(ctx: Pick<Context, "db">, text: string, kind: K): Readonly<RowOf[K]> | undefined {
  const named = readEntityArn(text);
  if (named?.kind !== kind) return undefined;
  const row = entities(ctx.db.at({ account: named.account, region: named.region }), kind).get(entityId(named.scope, named.name));
  return row?.ARN === text ? row : undefined;
}

export interface Reference {
  Name?: string;
  Scope?: Scope;
  Id?: string;
  ARN?: string;
}

/** What a request names, by name, scope and id, or by ARN. Another id under the same name is another one, which is not there. */
export function findEntity<K extends Kind>(ctx: Context, kind: K, { Name, Scope, Id, ARN }: Reference): Readonly<RowOf[K]> | undefined {
  if (ARN !== undefined) {
    const named = readEntityArn(ARN);
    return named && named.account === ctx.account && named.region === ctx.region ? findByArn(ctx, ARN, kind) : undefined;
  }
  if (Name === undefined || Scope === undefined || Id === undefined) return undefined;
  const row = entities(ctx.db, kind).get(entityId(Scope, Name));
  return row?.Id === Id ? row : undefined;
}
