"use client";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PolicyType } from "@/lib/engine/organizations/state";
import { theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { GoLink, pathTo } from "../../frame/place";
import { actingPolicies, TYPES, type ActingPolicies } from "./acting-policies";

const WORDS: Record<PolicyType, { title: string; acts: string; page: string }> = {
  SERVICE_CONTROL_POLICY: {
    title: "Service control policies",
    acts: "The most that identities of this account can be allowed. Every level must allow.",
    page: "service-control-policies",
  },
  RESOURCE_CONTROL_POLICY: {
    title: "Resource control policies",
    acts: "The most that anybody can be allowed on keys, secrets and other resources of this account. Every level must allow.",
    page: "resource-control-policies",
  },
};

/** Which policies of the organization act on the identities and resources of an account. */
export function OrganizationPolicies({ account }: { account: string }) {
  useLab((state) => state.versions);
  const lab = theLab();
  if (!lab) return null;
  const acting = actingPolicies(lab.read({ account: "global", region: "global", service: "organizations" }), account);
  const count = TYPES.flatMap((type) => (acting.enabled[type] ? acting.levels[type] : [])).reduce((sum, { policies }) => sum + policies.length, 0);
  return (
    <ExpandableSection
      variant="container"
      headerText={`Policies of the organization (${acting.member && !acting.management ? count : 0})`}
      headerDescription="They limit what policies in the account can give, and give nothing themselves."
      data-testid="organization-policies"
    >
      {!acting.member ? (
        <Box>Account {account} is in no organization: no service or resource control policy acts here.</Box>
      ) : acting.management ? (
        <Box>Account {account} manages its organization: service and resource control policies do not act on it.</Box>
      ) : (
        <SpaceBetween size="m">
          {TYPES.map((type) => (
            <Level key={type} type={type} acting={acting} />
          ))}
          <Box variant="small">Read from the lab. In AWS only the management account can list these.</Box>
        </SpaceBetween>
      )}
    </ExpandableSection>
  );
}

function Level({ type, acting }: { type: PolicyType; acting: ActingPolicies }) {
  const { title, acts, page } = WORDS[type];
  return (
    <div>
      <Box variant="h4">{title}</Box>
      <Box variant="small">{acting.enabled[type] ? acts : "Not enabled in the organization."}</Box>
      {acting.enabled[type] && (
        <ul>
          {acting.levels[type].map(({ from, policies }) => (
            <li key={from}>
              {from}:{" "}
              {policies.length
                ? policies.map(({ id, name }, index) => (
                    <span key={id}>
                      {index > 0 && ", "}
                      <GoLink to={pathTo(page, "details", id)}>{name}</GoLink>
                    </span>
                  ))
                : "none, so nothing is allowed"}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
