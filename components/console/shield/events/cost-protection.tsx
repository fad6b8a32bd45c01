"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { costProtection } from "@/lib/engine/shield/cost-protection";
import { protectedType } from "@/lib/engine/shield/resources";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton } from "../../frame/copyable";
import { useNow, useRecords } from "../../frame/lab";
import { GoButton, GoLink, pathTo } from "../../frame/place";
import { absoluteTime } from "../../frame/time-words";
import { type Ask, leaveOut, useLoad } from "../../frame/use-load";
import { Choose } from "../../waf/shared/choose";
import type { Rule } from "../../waf/waf-types";
import { lastDay } from "./last-day";
import { type AttackSummary, type Protection, loadAttacks, loadProtections } from "../load-shield";
import { loadWebAclOf, nameInArn, typeOf } from "../shared/estate";
import { useSubscription } from "../shared/for-subscribers";
import { SubscribeButton } from "../subscribe";
import { vectorWords } from "../words";

/** Whether a rate-based rule that blocks is in the web ACL on a resource. */
async function hasRateRule(ask: Ask, resource: string): Promise<boolean> {
  const acl = await loadWebAclOf(ask, resource);
  const read = acl ? await ask<{ WebACL: { Rules?: Rule[] } }>("wafv2", "GetWebACL", { ARN: acl }, acl.split(":")[3]).catch(leaveOut) : undefined;
  return !!read?.WebACL.Rules?.some(({ Statement, Action }) => Statement.RateBasedStatement && Action?.Block);
}

/** Credits for what an attack cost: when they can be had, and how one asks. */
export function CostProtection() {
  const subscription = useSubscription();
  const loaded = useLoad(subscription.data?.subscription && "cost", async (ask) => {
    const [attacks, protections] = [await loadAttacks(ask), await loadProtections(ask)];
    const limited: Record<string, boolean> = {};
    for (const { ResourceArn } of protections) if (/^(APPLICATION_LOAD_BALANCER|CLOUDFRONT_DISTRIBUTION)$/.test(protectedType(ResourceArn) ?? "")) limited[ResourceArn] = await hasRateRule(ask, ResourceArn);
    return { attacks, protections, limited };
  });
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="An attack makes protected resources grow, and growth costs. Shield Advanced gives credits for it: not by itself, but to who asks.">
        Cost protection
      </Header>
      <Container header={<Header variant="h2" actions={<Link href={costProtection.from} external>AWS’s guide</Link>}>How it works</Header>} data-testid="cost-rules">
        <ol className="shield-steps">
          <li>{costProtection.before} The rate-based rule has to block.</li>
          <li>{costProtection.how}</li>
          <li>{costProtection.when}</li>
          <li>Open a billing case in the AWS Support Center with the words “DDoS Concession” in its subject, the times of each event, and the services and resources that it was about.</li>
          <li>The response team looks whether it was an attack, and whether protected resources grew with it. Credits can be used for Shield Advanced alone.</li>
        </ol>
        <Box margin={{ top: "s" }} color="text-body-secondary">
          Covered: {costProtection.covers.join(", ")}. {costProtection.included}
        </Box>
      </Container>
      {subscription.data && !subscription.data.subscription && (
        <Alert type="info" action={<SubscribeButton />}>
          With Shield Standard there are no such credits.
        </Alert>
      )}
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      {loaded.loading && !loaded.data && subscription.data?.subscription && <Spinner />}
      {loaded.data && <CreditCase {...loaded.data} />}
    </SpaceBetween>
  );
}

function CreditCase({ attacks, protections, limited }: { attacks: AttackSummary[]; protections: Protection[]; limited: Record<string, boolean> }) {
  const now = useNow();
  const read = useRecords();
  const [chosen, setChosen] = useState("");
  const attack = attacks.find(({ AttackId }) => AttackId === chosen) ?? attacks[0];
  if (!attack)
    return (
      <Alert type="info" action={<GoButton to="events/launch">Launch an attack (lab)</GoButton>}>
        There is no event to ask a credit for.
      </Alert>
    );
  const protection = protections.find(({ ResourceArn }) => ResourceArn === attack.ResourceArn);
  const made = protection && read?.({ account: protection.ProtectionArn.split(":")[4], region: "us-east-1", service: "shield" }).table<{ CreatedAt?: number }>("protections").get(protection.Id)?.CreatedAt;
  const until = lastDay(attack);
  const checks: [boolean, string][] = [
    [made !== undefined && made <= attack.StartTime * 1000, "The resource was protected before the attack began"],
    ...(attack.ResourceArn in limited ? ([[limited[attack.ResourceArn], "Its web ACL has a rate-based rule that blocks"]] as [boolean, string][]) : []),
    [attack.EndTime !== undefined, "The attack is over"],
    [now <= until, `It is not later than ${absoluteTime(until)}`],
  ];
  const ready = checks.every(([met]) => met);
  const vectors = attack.AttackVectors.map(({ VectorType }) => vectorWords(VectorType)).join(", ");
  const text = [
    "Subject: DDoS Concession",
    "",
    "We ask for a Shield Advanced service credit for this event:",
    `Attack: ${attack.AttackId} (${vectors})`,
    `From ${absoluteTime(attack.StartTime * 1000)} to ${attack.EndTime === undefined ? "now" : absoluteTime(attack.EndTime * 1000)}`,
    `Service and resource: ${typeOf(attack.ResourceArn)}, ${attack.ResourceArn}`,
  ].join("\n");
  return (
    <Container header={<Header variant="h2">Ask for a credit</Header>} data-testid="ask-credit">
      <SpaceBetween size="m">
        <Choose label="Event" value={attack.AttackId} options={attacks.map((each) => ({ value: each.AttackId, label: `${each.AttackVectors.map(({ VectorType }) => vectorWords(VectorType)).join(", ")} at ${nameInArn(each.ResourceArn)}`, hint: absoluteTime(each.StartTime * 1000) }))} onChange={setChosen} testId="credit-event" />
        <SpaceBetween size="xxs">
          {checks.map(([met, words]) => (
            <div key={words}>
              <StatusIndicator type={met ? "success" : "error"} iconAriaLabel={met ? "met" : "not met"}>
                {words}
              </StatusIndicator>
            </div>
          ))}
        </SpaceBetween>
        <Box data-testid="credit-ready">
          {ready ? "All that the lab can see speaks for a credit. This would be the case:" : "As it is, AWS would refuse a credit."} {protection && <GoLink to={pathTo("protected-resources", protection.Id)}>See the protection</GoLink>}
        </Box>
        {ready && (
          <SpaceBetween size="xs">
            <pre className="shield-case" tabIndex={0} aria-label="Text of the case">
              {text}
            </pre>
            <CopyButton text={text} what="case" label />
          </SpaceBetween>
        )}
        <Box variant="small" color="text-body-secondary">
          The lab has no Support Center, and takes nothing off a bill. What the resource grew by is not simulated either.
        </Box>
      </SpaceBetween>
    </Container>
  );
}
