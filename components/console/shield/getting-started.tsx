"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../frame/aws-error-note";
import { LabDate } from "../frame/lab-time";
import { GoButton, GoLink } from "../frame/place";
import { useSubscription } from "./shared/for-subscribers";
import { SubscribeButton } from "./subscribe";
import { monthlyFee } from "./words";

const standard = [
  "On for every account, with nothing to set up.",
  "Layers 3 and 4: SYN and UDP floods, reflection attacks and others that fill the network or its state.",
  "At the edge for CloudFront, Route 53 and Global Accelerator; in the Region for all else.",
  "No events to see, no help by the response team, no cost protection. Requests, layer 7, are AWS WAF’s business.",
];
const advanced = [
  "Detection by the traffic that each protected resource has as a rule, and by its health check.",
  "Layer 7: automatic mitigation in the web ACL of a CloudFront distribution or an Application Load Balancer.",
  "Events with vectors, contributors and what was done.",
  "The Shield Response Team (SRT), day and night, with Business or Enterprise Support; it calls you where proactive engagement is on.",
  "Credits, which you ask for, for what an attack on a protected resource cost.",
  "AWS WAF’s fees on protected resources, up to 1,500 WCU and the default body size, and the fee of Firewall Manager’s policies.",
];

/** What everybody has, what one can buy, and what it costs. */
export function GettingStarted() {
  const { data, refused } = useSubscription();
  const subscription = data?.subscription;
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Keeps what runs on AWS reachable while somebody sends it far more than it can bear.">
        AWS Shield
      </Header>
      {refused && <AwsErrorNote refused={refused} />}
      {subscription && (
        <Alert type="success" action={<GoButton to="overview">Go to the overview</GoButton>} data-testid="subscribed">
          This account is subscribed to Shield Advanced since <LabDate seconds={subscription.StartTime} />.
        </Alert>
      )}
      <div className="shield-plans">
        <Container fitHeight header={<Header variant="h2">Shield Standard</Header>} data-testid="plan-standard">
          <SpaceBetween size="m">
            <div>
              <div className="shield-price">Free</div>
              <StatusIndicator>Always on</StatusIndicator>
            </div>
            <ul className="shield-points">
              {standard.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </SpaceBetween>
        </Container>
        <Container fitHeight header={<Header variant="h2">Shield Advanced</Header>} data-testid="plan-advanced">
          <SpaceBetween size="m">
            <div>
              <div className="shield-price">{monthlyFee} a month</div>
              <Box color="text-body-secondary">for all accounts of an organization, one year at least, and data transfer out by the gigabyte</Box>
            </div>
            <ul className="shield-points">
              {advanced.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
            {data && (subscription ? <StatusIndicator>Subscribed</StatusIndicator> : <SubscribeButton />)}
          </SpaceBetween>
        </Container>
      </div>
      <Container header={<Header variant="h2">What it protects</Header>}>
        <SpaceBetween size="s">
          <Box variant="p">
            CloudFront distributions, Route 53 hosted zones, Global Accelerator accelerators, Elastic IP addresses, Application and Classic Load Balancers. An EC2 instance or a Network Load Balancer is protected by the Elastic IP address on it. A subscription alone protects nothing: each resource gets its own protection.
          </Box>
          <Box variant="p">
            See for yourself what it makes visible: <GoLink to="events/launch">launch an attack</GoLink> at a resource of the lab, before and after you subscribe.
          </Box>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
