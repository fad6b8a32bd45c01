"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isCidr } from "./cidr";
import type { GroupRule } from "../fm-types";

const protocols = [
  { value: "tcp", label: "TCP" },
  { value: "udp", label: "UDP" },
  { value: "-1", label: "All traffic" },
];
const directions = [
  { value: "INGRESS", label: "Inbound" },
  { value: "EGRESS", label: "Outbound" },
];

const mostRules = 60;

/** `22` or `80-90`; undefined where it is neither. */
export function readPorts(text: string): Pick<GroupRule, "FromPort" | "ToPort"> | undefined {
  const found = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(text);
  if (!found) return undefined;
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  return from <= to && to <= 65_535 ? { FromPort: from, ToPort: to } : undefined;
}

const portsOf = ({ FromPort, ToPort }: GroupRule): string => (FromPort === undefined ? "" : FromPort === ToPort ? String(FromPort) : `${FromPort}-${ToPort}`);

/** Why a group with these rules cannot be made. */
export const rulesProblem = (rules: readonly GroupRule[]): string | undefined =>
  rules.find(({ Cidr }) => !isCidr(Cidr)) ? "An address is no CIDR block." : rules.find(({ Protocol, FromPort }) => Protocol !== "-1" && FromPort === undefined) ? "A rule has no ports." : undefined;

/** A security group's rules, one in a row. */
export function GroupRules({ rules, onChange }: { rules: readonly GroupRule[]; onChange(rules: GroupRule[]): void }) {
  const set = (at: number, part: Partial<GroupRule>) => onChange(rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)));
  return (
    <SpaceBetween size="s">
      {rules.map((rule, at) => (
        <div key={at} className="fm-rule" role="group" aria-label={`Rule ${at + 1}`}>
          <FormField label="Direction">
            <Select selectedOption={directions.find(({ value }) => value === rule.Direction)!} options={directions} expandToViewport onChange={({ detail }) => set(at, { Direction: detail.selectedOption.value as "INGRESS" })} />
          </FormField>
          <FormField label="Protocol">
            <Select selectedOption={protocols.find(({ value }) => value === rule.Protocol) ?? { value: rule.Protocol, label: rule.Protocol }} options={protocols} expandToViewport onChange={({ detail }) => set(at, { Protocol: detail.selectedOption.value!, ...(detail.selectedOption.value === "-1" ? { FromPort: undefined, ToPort: undefined } : {}) })} />
          </FormField>
          {rule.Protocol !== "-1" && <Ports key={`${at} ports`} text={portsOf(rule)} at={at} onChange={(ports) => set(at, ports)} />}
          <FormField label={rule.Direction === "INGRESS" ? "From" : "To"} errorText={isCidr(rule.Cidr) ? undefined : "A CIDR block, as 10.0.0.0/8."}>
            <Input value={rule.Cidr} onChange={({ detail }) => set(at, { Cidr: detail.value.trim() })} spellcheck={false} data-testid={`rule-${at + 1}-cidr`} />
          </FormField>
          <Button variant="icon" iconName="remove" formAction="none" ariaLabel={`Remove rule ${at + 1}`} onClick={() => onChange(rules.filter((_, index) => index !== at))} />
        </div>
      ))}
      <Button formAction="none" disabled={rules.length >= mostRules} onClick={() => onChange([...rules, { Direction: "INGRESS", Protocol: "tcp", FromPort: 443, ToPort: 443, Cidr: "10.0.0.0/8" }])}>
        Add rule
      </Button>
    </SpaceBetween>
  );
}

function Ports({ text, at, onChange }: { text: string; at: number; onChange(ports: Pick<GroupRule, "FromPort" | "ToPort">): void }) {
  const [typed, setTyped] = useState(text);
  const known = readPorts(typed);
  return (
    <FormField label="Ports" errorText={known ? undefined : "A port or a range, as 80-90, up to 65535."}>
      <Input
        value={typed}
        inputMode="text"
        onChange={({ detail }) => {
          setTyped(detail.value);
          onChange(readPorts(detail.value) ?? { FromPort: undefined, ToPort: undefined });
        }}
        data-testid={`rule-${at + 1}-ports`}
      />
    </FormField>
  );
}
