import type { JsonObject } from "@/lib/engine/types";
import { allPages, leaveOut, type Ask } from "../frame/use-load";
import type { AccountStatus, Policy, PolicySummary, Violator } from "./fm-types";

/** Reads of Firewall Manager's API, all in a Region that is named: a policy belongs to one. */

const paged = <T>(ask: Ask, operation: string, member: string, input: JsonObject, region: string): Promise<T[]> =>
  allPages<T>(async (NextToken) => {
    const page = await ask<Record<string, T[]> & { NextToken?: string }>("fms", operation, { ...input, MaxResults: 100, ...(NextToken && { NextToken }) }, region);
    return { items: page[member], next: page.NextToken };
  });

export const loadPolicies = (ask: Ask, region: string): Promise<PolicySummary[]> => paged(ask, "ListPolicies", "PolicyList", {}, region);

export const loadPolicy = async (ask: Ask, region: string, PolicyId: string): Promise<Policy & { PolicyId: string; PolicyArn: string }> => {
  const { Policy: policy, PolicyArn } = await ask<{ Policy: Policy; PolicyArn: string }>("fms", "GetPolicy", { PolicyId }, region);
  return { ...policy, PolicyId, PolicyArn };
};

export const loadStatus = (ask: Ask, region: string, PolicyId: string): Promise<AccountStatus[]> => paged(ask, "ListComplianceStatus", "PolicyComplianceStatusList", { PolicyId }, region);

export interface Findings {
  violators: Violator[];
  more: boolean;
  issues: Record<string, string>;
}

/** What the last evaluation found in an account, each with the sentence that GetViolationDetails has for it. */
export async function loadFindings(ask: Ask, region: string, PolicyId: string, MemberAccount: string): Promise<Findings> {
  const { PolicyComplianceDetail: detail } = await ask<{ PolicyComplianceDetail: { Violators: Violator[]; EvaluationLimitExceeded: boolean; IssueInfoMap: Record<string, string> } }>("fms", "GetComplianceDetail", { PolicyId, MemberAccount }, region);
  const violators: Violator[] = [];
  for (const one of detail.Violators) {
    const details = await ask<{ ViolationDetail: { ResourceDescription?: string } }>("fms", "GetViolationDetails", { PolicyId, MemberAccount, ResourceId: one.ResourceId, ResourceType: one.ResourceType }, region).catch(leaveOut);
    violators.push({ ...one, description: details?.ViolationDetail.ResourceDescription });
  }
  return { violators, more: detail.EvaluationLimitExceeded, issues: detail.IssueInfoMap ?? {} };
}

export const putPolicy = async (ask: Ask, region: string, policy: Policy, tags: JsonObject[] = []): Promise<Policy & { PolicyId: string }> =>
  (await ask<{ Policy: Policy & { PolicyId: string } }>("fms", "PutPolicy", { Policy: policy as unknown as JsonObject, ...(tags.length ? { TagList: tags } : {}) }, region)).Policy;
