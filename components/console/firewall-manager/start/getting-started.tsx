"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useWorld } from "../shared/use-world";
import { Steps } from "./steps";

/** What Firewall Manager is, and the way to the first policy: each step is read off the lab. */
export function GettingStarted() {
  const world = useWorld();
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="One set of rules for all accounts of an organization, also for those that join later.">
        AWS Firewall Manager
      </Header>
      {!world && <Spinner size="large" />}
      {world && (
        <Container header={<Header variant="h2" description="Firewall Manager works only where these are in place. Each button makes the calls that the step needs, as the account that may make them; the strip below shows them.">Prerequisites</Header>}>
          <Steps world={world} />
        </Container>
      )}
      <Container header={<Header variant="h2">How a policy works</Header>}>
        <Box>
          A policy names what is to be there (a web ACL with your rule groups, a Shield Advanced protection, a security group), on which types of resource, in which accounts. A minute after it was made or changed, and then every ten minutes of the lab’s clock, it looks at each account through AWS Config and lists what is out of compliance. With automatic remediation it also
          puts the missing thing there, by its own role in the account. A new account, or a new resource, is found the same way.
        </Box>
      </Container>
    </SpaceBetween>
  );
}
