"use client";
import { useMemo } from "react";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { nameProblem, type Scope } from "../waf-types";
import { Choose, Lines } from "../shared/choose";
import { fieldProblem } from "../shared/field-problem";
import { blockProblem } from "./block-problem";
import { CreateSet } from "./create-set";

export interface IpSetDraft {
  version: "IPV4" | "IPV6";
  addresses: string[];
}

const versions = [
  { value: "IPV4", label: "IPv4" },
  { value: "IPV6", label: "IPv6" },
] as const;

export function AddressLines({ version, addresses, onChange, errorText }: { version: "IPV4" | "IPV6"; addresses: readonly string[]; onChange(addresses: string[]): void; errorText?: string }) {
  const wrong = useMemo(() => blockProblem(addresses, version), [addresses, version]);
  return (
    <Lines
      label="IP addresses, one in a line"
      description="Each as a CIDR block: a single address ends in /32, or /128 with IPv6."
      constraintText={`${addresses.length.toLocaleString("en")} of 10,000`}
      values={addresses}
      onChange={onChange}
      rows={8}
      placeholder={version === "IPV4" ? "192.0.2.0/24" : "2001:db8::/32"}
      errorText={errorText ?? wrong}
      stretch
      testId="addresses"
    />
  );
}

export function CreateIpSet({ scope }: { scope: Scope }) {
  const initial = useMemo((): IpSetDraft => ({ version: "IPV4", addresses: [] }), []);
  return (
    <CreateSet<IpSetDraft>
      scope={scope}
      kind="ip-sets"
      what="IP set"
      operation="CreateIPSet"
      draftKey="wafv2/create/ip-set"
      initial={initial}
      input={({ version, addresses }) => ({ IPAddressVersion: version, Addresses: addresses })}
      problem={({ name }) => nameProblem(name)}
    >
      {({ version, addresses }, change, refused) => (
        <SpaceBetween size="l">
          <Choose label="IP version" value={version} options={versions} onChange={(next) => change({ version: next })} testId="ip-version" />
          <AddressLines version={version} addresses={addresses} onChange={(next) => change({ addresses: next })} errorText={fieldProblem(refused, "IP_ADDRESS")} />
        </SpaceBetween>
      )}
    </CreateSet>
  );
}
