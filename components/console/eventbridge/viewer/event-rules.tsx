"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { matchOf, type RuleMatch } from "@/lib/engine/events/match-rule";
import type { DeliveryRow } from "@/lib/engine/events/state";
import { ConsoleLink } from "../../frame/console-link";
import { useWhere } from "../../frame/lab";
import { GoLink } from "../../frame/place";
import { kindNames, kindOfArn, nameOfArn } from "../event-types";
import { MatchView } from "../pattern/match-view";
import { consoleOf, rulePath } from "../place-of";
import { type LabEvent, type LabEvents, matchesOf, ruleInArn } from "./lab-events";
import { Outcome } from "./outcome";
import { WhyButton } from "./why-button";

/** Rules that say so do not need to be looked at; more of them are counted. */
const mostShown = 50;

interface Said extends RuleMatch {
  arn: string;
}

/** Which rules of the bus wanted an event and which did not, each with its reasons; of those that did what their targets answered. */
export function EventRules({ one, lab }: { one: LabEvent; lab: LabEvents }) {
  const { event, asked, deliveries } = one;
  const { account, region } = useWhere();
  const then = useMemo(() => matchesOf(one).map(({ rule, ...rest }): Said => ({ arn: rule, ...rest })), [one]);
  const now = useMemo(() => {
    const here = lab.rules.filter(({ bus, EventPattern }) => bus === (event.bus ?? "default") && EventPattern !== undefined);
    return here.map((rule): Said => ({ arn: `arn:aws:events:${region}:${account}:rule/${rule.bus === "default" ? "" : `${rule.bus}/`}${rule.Name}`, ...matchOf(rule, event) }));
  }, [lab.rules, event, account, region]);
  const [chosen, choose] = useState<"then" | "now">();
  const view = event.scheduled ? "then" : (chosen ?? (asked ? "then" : "now"));
  const rules: Said[] = event.scheduled ? [{ arn: event.scheduled, matched: true, branches: [] }] : view === "then" ? then : now;
  const sorted = [...rules].sort((a, b) => Number(b.matched) - Number(a.matched) || (a.arn < b.arn ? -1 : 1));
  return (
    <Container
      data-testid="event-rules"
      header={
        <Header
          variant="h2"
          counter={`(${rules.filter(({ matched }) => matched).length}/${rules.length})`}
          description={event.scheduled ? "A scheduled event goes to its own rule’s targets alone." : view === "then" ? "As the rules of the bus were when it came." : now.length ? "What today’s rules would make of it. Nothing is sent." : undefined}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {!event.scheduled && (
                <SegmentedControl
                  label="Which rules"
                  selectedId={view}
                  onChange={({ detail }) => choose(detail.selectedId as "then" | "now")}
                  options={[
                    { id: "then", text: "When it came", disabled: !asked },
                    { id: "now", text: "Today’s rules" },
                  ]}
                  data-testid="event-rules-when"
                />
              )}
              <WhyButton entry={asked ?? (event.scheduled ? one.sent : undefined)} what="what the rules did with it" />
            </SpaceBetween>
          }
        >
          Rules
        </Header>
      }
    >
      <SpaceBetween size="s">
        {!rules.length && (
          <Box color="text-body-secondary">
            {view === "then" ? "There was no rule with an event pattern on the bus then." : `There is no rule with an event pattern on this bus${asked ? " any more" : ", and so nobody asked"}.`} <GoLink to="create/rule">Create a rule</GoLink>.
          </Box>
        )}
        {sorted.slice(0, mostShown).map((said) => (
          <RuleSays key={said.arn} said={said} deliveries={view === "then" ? deliveries.filter(({ rule }) => rule === said.arn) : []} quiet={view === "now"} />
        ))}
        {sorted.length > mostShown && <Box color="text-body-secondary">{sorted.length - mostShown} more rules do not match either.</Box>}
      </SpaceBetween>
    </Container>
  );
}

function RuleSays({ said, deliveries, quiet }: { said: Said; deliveries: Readonly<DeliveryRow>[]; quiet: boolean }) {
  const { arn, matched, remark, branches } = said;
  const { bus, name } = ruleInArn(arn);
  return (
    <div data-testid={`rule-says-${name}`} data-matched={matched}>
      <SpaceBetween size="xxs">
        <SpaceBetween direction="horizontal" size="s" alignItems="center">
          <GoLink to={rulePath(bus, name)}>{name}</GoLink>
          <StatusIndicator type={matched ? "success" : "stopped"}>{matched ? "Matched" : "Did not match"}</StatusIndicator>
        </SpaceBetween>
        {(remark !== undefined || branches.length > 0) && (
          <ExpandableSection headerText={matched ? "Why it matched" : "Why it did not match"} defaultExpanded={!matched} variant="footer">
            <MatchView branches={branches} remark={remark} />
          </ExpandableSection>
        )}
        {matched && !quiet && (deliveries.length ? deliveries.map((delivery) => <TargetSays key={delivery.target} delivery={delivery} />) : <Box color="text-body-secondary">The rule had no target: nobody was told.</Box>)}
      </SpaceBetween>
    </div>
  );
}

function TargetSays({ delivery }: { delivery: Readonly<DeliveryRow> }) {
  const kind = kindOfArn(delivery.arn);
  const place = consoleOf(delivery.arn);
  const name = nameOfArn(delivery.arn);
  return (
    <div className="target-says" data-testid="target-says">
      <div>
        {place ? <ConsoleLink to={place}>{name}</ConsoleLink> : <span className="aws-words">{name}</span>}
        <div className="quiet-line">
          {kind && kindNames[kind]}, target {delivery.target}
        </div>
      </div>
      <Outcome delivery={delivery} />
    </div>
  );
}
