"use client";
import type { ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink } from "../../frame/console-link";
import { Copyable } from "../../frame/copyable";
import { LabDate } from "../../frame/lab-time";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { absoluteTime } from "../../frame/time-words";
import { useLoad } from "../../frame/use-load";
import { nameOfArn, pathOfArn } from "../../waf/place-of";
import { type AttackDetail, type Protection, automaticOf, loadAttack, loadProtections } from "../load-shield";
import { loadWebAclOf, nameInArn, typeOf } from "../shared/estate";
import { duration, isApplication, rate, vectorWords, whole } from "../words";

/** One attack: what came, from where, and what was done. */
export function EventPage({ id }: { id: string }) {
  const { narrow } = usePlace();
  const loaded = useLoad(`attack|${id}`, async (ask) => {
    const attack = await loadAttack(ask, id);
    const protection = (await loadProtections(ask)).find(({ ResourceArn }) => ResourceArn === attack.ResourceArn);
    const acl = /^(elasticloadbalancing|cloudfront)$/.test(attack.ResourceArn.split(":")[2]) ? await loadWebAclOf(ask, attack.ResourceArn) : undefined;
    return { attack, protection, acl };
  });
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1" actions={<GoButton to="events">All events</GoButton>}>
          Event
        </Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { attack, protection, acl } = loaded.data;
  const vectors = attack.SubResources.flatMap(({ Type, Id, AttackVectors }) => AttackVectors.map((vector) => ({ ...vector, at: `${Type} ${Id}` })));
  const names = [...new Set(vectors.map(({ VectorType }) => VectorType))];
  const rows = vectors.flatMap(({ VectorType, at, VectorCounters = [] }) => VectorCounters.map((counter) => ({ VectorType, at, ...counter })));
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={<GoButton to="cost-protection">Ask for a credit</GoButton>}>
        {names.map(vectorWords).join(", ")}
      </Header>
      <Container header={<Header variant="h2">Event summary</Header>} data-testid="event-summary">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Status", value: attack.EndTime === undefined ? <StatusIndicator type="warning">Under way</StatusIndicator> : <StatusIndicator>Ended</StatusIndicator> },
            { label: "Began", value: <LabDate seconds={attack.StartTime} /> },
            { label: "Ended", value: attack.EndTime === undefined ? "-" : `${absoluteTime(attack.EndTime * 1000)}, after ${duration(attack.EndTime - attack.StartTime)}` },
            { label: "Layer", value: isApplication(vectors) ? "Application (7)" : "Network and transport (3 and 4)" },
            { label: "Resource", value: protection ? <GoLink to={pathTo("protected-resources", protection.Id)}>{`${protection.Name}, ${typeOf(attack.ResourceArn)}`}</GoLink> : nameInArn(attack.ResourceArn) },
            { label: "Attack ID", value: <Copyable text={attack.AttackId} what="attack ID" /> },
          ]}
        />
      </Container>
      <Table
        data-testid="vectors"
        wrapLines
        items={rows}
        header={<Header variant="h2" description="The rates of each, as Shield measured them.">Attack vectors</Header>}
        columnDefinitions={[
          { id: "vector", header: "Vector", isRowHeader: true, cell: ({ VectorType, at }) => <VectorCell vector={VectorType} at={at} />, minWidth: 130 },
          { id: "max", header: "Highest", cell: ({ Max, Unit }) => rate(Max, Unit), minWidth: 110 },
          ...(narrow ? [] : [
            { id: "average", header: "Average", cell: ({ Average, Unit }: (typeof rows)[number]) => rate(Average, Unit) },
            { id: "n", header: "Measured", cell: ({ N }: (typeof rows)[number]) => (N === undefined ? "-" : `${whole(N)} times`) },
          ]),
        ]}
      />
      <Contributors attack={attack} />
      <Timeline attack={attack} protection={protection} acl={acl} />
    </SpaceBetween>
  );
}

const VectorCell = ({ vector, at }: { vector: string; at: string }) => (
  <>
    <div>{vectorWords(vector)}</div>
    <Box variant="small" color="text-body-secondary">
      <span className="mono">{vector}</span> at {at.replace(/^IP |^URL /, "")}
    </Box>
  </>
);

const identifiers: Record<string, string> = { SOURCE_COUNTRY: "Source countries", SOURCE_ASN: "Source networks", SOURCE_IP_ADDRESS: "Source IP addresses", DESTINATION_URL: "Destination URLs", SOURCE_USER_AGENT: "User agents", REFERRER: "Referrers" };

function Contributors({ attack }: { attack: AttackDetail }) {
  if (!attack.AttackProperties.length) return null;
  return (
    <Container header={<Header variant="h2">Top contributors</Header>} data-testid="contributors">
      <div className="shield-fields">
        {attack.AttackProperties.map(({ AttackPropertyIdentifier, TopContributors = [], Total = 0, Unit = "" }) => (
          <SpaceBetween size="xs" key={AttackPropertyIdentifier}>
            <Box variant="h3" padding="n" fontSize="heading-s">
              {identifiers[AttackPropertyIdentifier] ?? AttackPropertyIdentifier}
            </Box>
            <Box variant="small" color="text-body-secondary">
              of {rate(Total, Unit.toLowerCase())}
            </Box>
            {TopContributors.map(({ Name = "-", Value = 0 }) => {
              const share = Total ? Math.round((100 * Value) / Total) : 0;
              return (
                <div className="shield-share" key={Name}>
                  <span>
                    <span className="copyable-text">{Name}</span>
                    <span>{share} %</span>
                  </span>
                  <span aria-hidden>
                    <span style={{ inlineSize: `${share}%` }} />
                  </span>
                </div>
              );
            })}
          </SpaceBetween>
        ))}
      </div>
    </Container>
  );
}

/** What happened when, as far as Shield’s answers and the protection’s settings tell. */
function Timeline({ attack, protection, acl }: { attack: AttackDetail; protection?: Protection; acl?: string }) {
  const vectors = attack.SubResources.flatMap(({ AttackVectors }) => AttackVectors);
  const automatic = protection && automaticOf(protection);
  const over = attack.EndTime !== undefined;
  const steps: [when: ReactNode, what: ReactNode][] = [[absoluteTime(attack.StartTime * 1000), protection?.HealthCheckIds.length ? "It began, and was held against the resource’s traffic and its health check." : "It began, and was held against the resource’s traffic. A health check would tell sooner whether it hurts."]];
  if (attack.Mitigations.length) steps.push(["During the attack", `Shield put against it: ${attack.Mitigations.map(({ MitigationName }) => MitigationName).join(", ")}.`]);
  if (isApplication(vectors)) {
    const link = acl && <ConsoleLink to={`/console/wafv2/${pathOfArn(acl)}`}>{nameOfArn(acl)}</ConsoleLink>;
    if (automatic === undefined) steps.push(["During the attack", <>Automatic mitigation is off for this resource: nothing was done about the requests but what {link ? <>the web ACL {link} does by its own rules</> : "the application itself does"}.</>]);
    else if (over) steps.push(["During the attack", <>With automatic mitigation on, {automatic} as it stands now, Shield’s rules stand in the web ACL {link} as long as the attack goes on. They are gone with its end.</>]);
    else steps.push(["Now", <>Shield’s rules in the web ACL {link} {automatic === "Block" ? "block the attack’s requests" : "count the attack’s requests and let them through"}.</>]);
  }
  steps.push(over ? [absoluteTime(attack.EndTime! * 1000), "It ended."] : ["Still", "It goes on. Move the lab’s clock on to see it end."]);
  return (
    <Container header={<Header variant="h2">Detection and mitigation</Header>} data-testid="timeline">
      <ol className="shield-line">
        {steps.map(([when, what], at) => (
          <li key={at}>
            <Box color="text-body-secondary">{when}</Box>
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </Container>
  );
}
