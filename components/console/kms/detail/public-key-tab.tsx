"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton } from "../../frame/copyable";
import { useLoad } from "../../frame/use-load";
import type { KeyMetadata } from "../key-rows";
import { publicKeyPem } from "../pem";

/** The public half, which may leave KMS. Source: KMS API, GetPublicKey. */
export function PublicKeyTab({ metadata }: { metadata: KeyMetadata }) {
  const answer = useLoad(`public|${metadata.KeyId}`, (ask) => ask<{ PublicKey: string }>("kms", "GetPublicKey", { KeyId: metadata.KeyId }));
  const pem = answer.data && publicKeyPem(answer.data.PublicKey);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            pem && (
              <SpaceBetween direction="horizontal" size="xs">
                <CopyButton text={pem} what="public key" label />
                <Button iconName="download" onClick={() => download(pem)} data-testid="download-public-key">
                  Download
                </Button>
              </SpaceBetween>
            )
          }
        >
          Public key
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">
          Anyone may have it: to encrypt for this key or to check its signatures, also outside AWS and without asking KMS. The private key
          never leaves KMS.
        </Box>
        {answer.refused && <AwsErrorNote refused={answer.refused} />}
        {answer.loading && !answer.data && <Spinner />}
        {pem && (
          <pre className="json-view" tabIndex={0} role="region" aria-label="Public key, PEM" data-testid="public-key">
            {pem}
          </pre>
        )}
      </SpaceBetween>
    </Container>
  );
}

function download(pem: string): void {
  const url = URL.createObjectURL(new Blob([pem], { type: "application/x-pem-file" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "public_key.pem";
  link.click();
  URL.revokeObjectURL(url);
}
