"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

/** Named as not simulated, with what it is. */
export function CustomKeyStores() {
  return (
    <Container header={<Header variant="h1">Custom key stores</Header>}>
      <SpaceBetween size="s">
        <StatusIndicator type="info">Not simulated in Keyhole</StatusIndicator>
        <Box variant="p">
          A custom key store keeps key material outside KMS&apos;s own HSMs: in an AWS CloudHSM cluster of yours (AWS CloudHSM key store),
          or in a key manager outside AWS (external key store, XKS). An account can have up to ten in a Region.
        </Box>
        <Box variant="p">
          The API answers too: <code>aws kms describe-custom-key-stores</code> says that it is not simulated.
        </Box>
      </SpaceBetween>
    </Container>
  );
}
