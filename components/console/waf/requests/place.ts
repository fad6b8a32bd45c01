import { pathTo } from "../../frame/place";
import { scopeOf, scopeWord } from "../place-of";
import type { Scope } from "../waf-types";

/** The bench's addresses: `requests[/<all, new or a request's id>[/<scope>/<name>/<id of a web ACL>]]`. */

export interface AclRef {
  scope: Scope;
  Name: string;
  Id: string;
}

export const requestsPath = (request = "all", acl?: AclRef): string => pathTo("requests", request, ...(acl ? [scopeWord(acl.scope), acl.Name, acl.Id] : []));

export function readRequestsPath([request = "all", scope, Name, Id]: readonly (string | undefined)[]): { request: string; acl?: AclRef } {
  return { request, ...(Name && Id ? { acl: { scope: scopeOf(scope), Name, Id } } : {}) };
}
