"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../frame/aws-error-note";
import { ConsoleLink } from "../frame/console-link";
import { useFlash } from "../frame/flash";
import { useNow, useWhere } from "../frame/lab";
import { LabDate } from "../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../frame/place";
import { absoluteTime } from "../frame/time-words";
import { useLoad } from "../frame/use-load";
import { useMutation } from "../frame/use-mutation";
import { Statistics } from "./events/statistics";
import { type Subscription, askShield, automaticOf, loadAttacks, loadPayer, loadProtections, loadTeam } from "./load-shield";
import { useSubscription } from "./shared/for-subscribers";
import { SubscribeButton } from "./subscribe";
import { monthlyFee } from "./words";

/** The subscription, what it looks after, and what has happened. */
export function Overview() {
  const { data, refused } = useSubscription();
  if (refused) return <AwsErrorNote refused={refused} />;
  if (!data) return <Spinner size="large" />;
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={data.subscription ? <GoButton to="protected-resources/add">Add resources to protect</GoButton> : <SubscribeButton />}>
        Overview
      </Header>
      {data.subscription ? <Advanced subscription={data.subscription} /> : <Alert type="info">This account has Shield Standard: free and on for all resources. What follows is all that it shows.</Alert>}
      <Statistics />
    </SpaceBetween>
  );
}

const DAY = 86_400;

function Advanced({ subscription }: { subscription: Subscription }) {
  const { narrow } = usePlace();
  const { account } = useWhere();
  const now = useNow() / 1000;
  const { busy, refused, run, clear } = useMutation();
  const [asked, setAsked] = useState(false);
  const flash = useFlash();
  const payer = useLoad("payer", (ask) => loadPayer(ask, account)).data;
  const all = useLoad("overview", async (ask) => ({ protections: await loadProtections(ask), attacks: await loadAttacks(ask), team: await loadTeam(ask) })).data;
  const renews = subscription.AutoRenew === "ENABLED";
  const from = subscription.EndTime - 30 * DAY;
  const change = async () => {
    setAsked(true);
    const AutoRenew = renews ? "DISABLED" : "ENABLED";
    if (await run(async (ask) => void (await askShield(ask, "UpdateSubscription", { AutoRenew })))) flash.success(`Auto-renew is ${AutoRenew.toLowerCase()}.`);
  };
  return (
    <SpaceBetween size="m">
      <Container
        data-testid="subscription"
        header={
          <Header
            variant="h2"
            actions={
              <Button loading={busy} onClick={() => void change()} data-testid="auto-renew">
                {renews ? "Turn off auto-renew" : "Turn on auto-renew"}
              </Button>
            }
          >
            Subscription
          </Header>
        }
      >
        <SpaceBetween size="m">
          {asked && refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
          <KeyValuePairs
            columns={narrow ? 1 : 3}
            items={[
              { label: "Status", value: <StatusIndicator>Active</StatusIndicator> },
              { label: "Since", value: <LabDate seconds={subscription.StartTime} /> },
              { label: renews ? "Renews itself" : "Ends", value: <LabDate seconds={subscription.EndTime} /> },
              { label: "Auto-renew", value: `${renews ? "Enabled" : "Disabled"}${now < from ? `; can be changed from ${absoluteTime(from * 1000)}` : ""}` },
              { label: "Fee", value: `${monthlyFee} a month${payer ? `, paid by account ${payer.payer}` : ""}` },
              { label: "Bill", value: <ConsoleLink to="/console/billing/bills">This month’s bill</ConsoleLink> },
            ]}
          />
        </SpaceBetween>
      </Container>
      {all && (
        <Container header={<Header variant="h2">What is set up</Header>} data-testid="set-up">
          <KeyValuePairs
            columns={narrow ? 1 : 3}
            items={[
              { label: "Protected resources", value: <GoLink to="protected-resources">{all.protections.length}</GoLink> },
              { label: "With a health check", value: all.protections.filter(({ HealthCheckIds }) => HealthCheckIds.length).length },
              { label: "With automatic mitigation", value: all.protections.filter((one) => automaticOf(one)).length },
              { label: "Response team’s access", value: <GoLink to="response-team">{all.team.RoleArn ? "Granted" : "None"}</GoLink> },
              { label: "Proactive engagement", value: <GoLink to="response-team">{subscription.ProactiveEngagementStatus === "DISABLED" ? "Disabled" : subscription.ProactiveEngagementStatus === "PENDING" ? "Pending" : "Enabled"}</GoLink> },
              { label: "Events", value: <GoLink to="events">{all.attacks.length}</GoLink> },
            ]}
          />
          {all.protections.length === 0 && (
            <Box margin={{ top: "m" }}>
              <Alert type="warning" action={<GoButton to="protected-resources/add">Add resources to protect</GoButton>}>
                Nothing is protected by Shield Advanced yet.
              </Alert>
            </Box>
          )}
        </Container>
      )}
    </SpaceBetween>
  );
}
