"use client";
import { Choose } from "../shared/choose";
import { loadList } from "../load-waf";
import { loadResources, typesOf, typeWords, type Resource } from "../shared/resources";
import { useLoad, type Ask } from "../../frame/use-load";
import type { Scope, Summary } from "../waf-types";
import type { AclRef } from "./place";

export interface AclOption extends Summary {
  scope: Scope;
}

const scopes = ["REGIONAL", "CLOUDFRONT"] as const;

/** All web ACLs of both scopes, and what they protect. */
export async function loadChoices(ask: Ask): Promise<{ acls: AclOption[]; resources: Resource[] }> {
  const acls: AclOption[] = [];
  const resources: Resource[] = [];
  for (const scope of scopes) {
    for (const acl of await loadList(ask, scope, "ListWebACLs")) acls.push({ ...acl, scope });
    resources.push(...(await loadResources(ask, scope)));
  }
  return { acls, resources };
}

export const useChoices = () => useLoad("bench-choices", loadChoices);

const same = (one: AclRef, { scope, Id }: AclRef): boolean => one.scope === scope && one.Id === Id;

/** Which web ACL looks, and what kind of resource it stands before: how much of a body it sees depends on that. */
export function AclChoice({ acls, acl, onAcl, type, onType }: { acls: readonly AclOption[]; acl: AclRef | undefined; onAcl(acl: AclRef): void; type: string | undefined; onType(type: string): void }) {
  const key = ({ scope, Id }: AclRef): string => `${scope} ${Id}`;
  const both = new Set(acls.map(({ scope }) => scope)).size > 1;
  return (
    <div className="waf-fields">
      <Choose
        label="Web ACL"
        value={acl && key(acl)}
        placeholder="Choose a web ACL"
        options={acls.map((each) => ({ value: key(each), label: each.Name, hint: both ? (each.scope === "CLOUDFRONT" ? "Global (CloudFront)" : "Regional") : undefined }))}
        onChange={(value) => {
          const chosen = acls.find((each) => key(each) === value);
          if (chosen && !(acl && same(acl, chosen))) onAcl({ scope: chosen.scope, Name: chosen.Name, Id: chosen.Id });
        }}
        testId="bench-acl"
      />
      {acl && (
        <Choose label="In front of" value={type} options={typesOf(acl.scope).map((value) => ({ value, label: typeWords[value] }))} onChange={onType} testId="bench-type" />
      )}
    </div>
  );
}
