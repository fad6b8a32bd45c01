"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { allPages, leaveOut, useLoad, type Ask } from "../../frame/use-load";
import { loadBuses } from "../load-events";
import type { StepProps } from "./rule-form";
import { TargetCard } from "./target-card";
import { emptyTarget, type TargetDraft } from "./target-draft";

/** Of a rule. Source: EventBridge User Guide, Amazon EventBridge quotas. */
const most = 5;

export interface Choices {
  lambda: string[];
  logs: string[];
  sqs: string[];
  bus: string[];
  roles: string[];
}

const arnOfUrl = (url: string): string => {
  const [host, account, name] = url.replace("https://", "").split("/");
  return `arn:aws:sqs:${host.split(".")[1]}:${account}:${name}`;
};

/** What there is to send to; what the caller may not list is left out, and can be entered. */
async function loadChoices(ask: Ask): Promise<Choices> {
  const pages = <T,>(page: (marker?: string) => Promise<{ items: T[]; next?: string }>) => allPages(page, 10).catch(leaveOut).then((found) => found ?? []);
  return {
    lambda: await pages(async (Marker) => {
      const page = await ask("lambda", "ListFunctions", Marker ? { Marker } : {});
      return { items: (page.Functions as { FunctionArn: string }[]).map(({ FunctionArn }) => FunctionArn), next: page.NextMarker };
    }),
    logs: await pages(async (nextToken) => {
      const page = await ask("logs", "DescribeLogGroups", nextToken ? { nextToken } : {});
      return { items: (page.logGroups as { logGroupArn: string }[]).map(({ logGroupArn }) => logGroupArn), next: page.nextToken };
    }),
    sqs: await pages(async (NextToken) => {
      const page = await ask("sqs", "ListQueues", { MaxResults: 1000, ...(NextToken && { NextToken }) });
      return { items: ((page.QueueUrls ?? []) as string[]).map(arnOfUrl), next: page.NextToken };
    }),
    bus: ((await loadBuses(ask).catch(leaveOut)) ?? []).map(({ Arn }) => Arn),
    roles: await pages(async (Marker) => {
      const page = await ask("iam", "ListRoles", Marker ? { Marker } : {});
      const trusting = (page.Roles as { Arn: string; AssumeRolePolicyDocument: string }[]).filter(({ AssumeRolePolicyDocument }) => decodeURIComponent(AssumeRolePolicyDocument).includes("events.amazonaws.com"));
      return { items: trusting.map(({ Arn }) => Arn), next: page.IsTruncated ? page.Marker : undefined };
    }),
  };
}

export function TargetsStep({ draft, change }: StepProps) {
  const { targets } = draft;
  const choices = useLoad("target-choices", loadChoices);
  const set = (index: number, part: Partial<TargetDraft>) => change({ targets: targets.map((target, at) => (at === index ? { ...target, ...part } : target)) });
  const add = () => {
    const numbers = targets.map(({ id }) => Number(/^target-(\d+)$/.exec(id)?.[1] ?? 0));
    change({ targets: [...targets, emptyTarget(`target-${Math.max(0, ...numbers) + 1}`)] });
  };
  return (
    <SpaceBetween size="l">
      {targets.map((target, index) => (
        <TargetCard
          key={target.id}
          number={index + 1}
          target={target}
          rule={draft}
          choices={choices.data}
          change={(part) => set(index, part)}
          onRemove={() => change({ targets: targets.filter((_, at) => at !== index) })}
        />
      ))}
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <Button disabled={targets.length >= most} onClick={add} formAction="none" data-testid="add-target">
          Add {targets.length ? "another" : "a"} target
        </Button>
        <Box color="text-body-secondary">{targets.length ? `${targets.length} of ${most}.` : "Without a target the rule matches, and tells nobody."} Other targets that AWS has, such as SNS topics and Step Functions, are not simulated.</Box>
      </SpaceBetween>
    </SpaceBetween>
  );
}
