"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { CopyButton } from "../frame/copyable";
import { useWhere } from "../frame/lab";
import { samplesOf } from "./sample-code";

/** Programs that read this secret. */
export function SampleCode({ name }: { name: string }) {
  const { region } = useWhere();
  return (
    <Container header={<Header variant="h2" description="To read the secret in your application.">Sample code</Header>} data-testid="sample-code">
      <Tabs
        ariaLabel="Languages"
        tabs={samplesOf(name, region).map(({ id, name: language, runs, code }) => ({
          id,
          label: language,
          content: (
            <SpaceBetween size="xs">
              {runs && <Box variant="small">Runs here {runs}.</Box>}
              <CopyButton text={code} what={`code in ${language}`} label />
              <pre className="json-view" tabIndex={0} role="region" aria-label={`Sample code in ${language}`}>
                {code}
              </pre>
            </SpaceBetween>
          ),
        }))}
      />
    </Container>
  );
}
