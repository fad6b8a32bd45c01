"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { presets } from "@/lib/engine/traffic/presets";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { useFormDraft, useWhere } from "../../frame/lab";
import { GoLink, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { nameOfArn } from "../place-of";
import { Choose, Line } from "../shared/choose";
import { addResource, typeWords, type Resource } from "../shared/resources";
import { Plan } from "./plan";
import { emptyDraft, presetOf, scenarioOf, type ScenarioDraft } from "./scenario-draft";
import { SourcesForm } from "./sources-form";
import { useStreams } from "./use-stream";

const initial = emptyDraft();
const onlyPreset = (draft: ScenarioDraft): boolean => Object.values(draft.edits).every((edit) => Object.keys(edit).length === 0);

/** Traffic to begin, and what was begun. */
export function StartPage() {
  const { narrow, navigate } = usePlace();
  const { region } = useWhere();
  const [draft, change, clear] = useFormDraft<ScenarioDraft>("wafv2/traffic", initial);
  const { busy, refused, run, clear: dismiss } = useMutation();
  const loaded = useLoad("traffic-resources", async (ask) => (await ask<{ Resources: Resource[] }>("traffic", "ListResources")).Resources);
  const streams = useStreams();
  const resources = loaded.data ?? [];
  const resource = resources.find(({ Arn }) => Arn === draft.resource) ?? resources.find(({ WebACLArn }) => WebACLArn) ?? resources[0];
  const { scenario, problem } = scenarioOf(draft);
  const begin = () =>
    run(async (ask) => {
      const what = onlyPreset(draft) ? { Preset: draft.preset } : { Scenario: JSON.stringify(scenario) };
      const { StreamId } = await ask<{ StreamId: string }>("traffic", "StartTraffic", { ResourceArn: resource!.Arn, ...what, ...(draft.seed.trim() ? { Seed: Number(draft.seed) } : {}) });
      clear();
      navigate(pathTo("traffic", StreamId));
    });
  const addBalancer = () => run(async (ask) => change({ resource: (await addResource(ask, "REGIONAL", "APPLICATION_LOAD_BALANCER", "shop")).Arn })).then(loaded.reload);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Requests come to a resource of the lab, from people and from those who attack it, on the lab’s clock. Its web ACL looks at each. AWS has no such page: it has the internet.">
        Traffic
      </Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={dismiss} />}
      <Container header={<Header variant="h2">Let traffic come</Header>} data-testid="start-traffic">
        <SpaceBetween size="l">
          {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
          {loaded.data && !resources.length ? (
            <EmptyState
              title="Nothing to send requests to"
              command="keyhole resource add alb shop"
              action={
                <Button loading={busy} onClick={() => void addBalancer()} data-testid="add-balancer">
                  Add a load balancer
                </Button>
              }
            >
              What web ACLs protect is a name and an ARN in this lab. Add one, then give it a web ACL, or see what comes without.
            </EmptyState>
          ) : (
            <Choose
              label="To"
              value={resource?.Arn}
              options={resources.map(({ Arn, Name, ResourceType, WebACLArn }) => ({ value: Arn, label: Name, hint: `${typeWords[ResourceType] ?? ResourceType}, ${WebACLArn ? `protected by ${nameOfArn(WebACLArn)}` : "no web ACL"}` }))}
              description={resource && (resource.WebACLArn ? `Protected by the web ACL ${nameOfArn(resource.WebACLArn)}.` : "No web ACL protects it: everything will come through.")}
              constraintText={region === "us-east-1" ? undefined : "CloudFront distributions are in us-east-1: choose that Region for them."}
              onChange={(next) => change({ resource: next })}
              testId="traffic-to"
            />
          )}
          <FormField label="Scenario" stretch>
            <RadioGroup value={draft.preset} onChange={({ detail }) => change({ preset: detail.value, edits: {} })} items={presets.map(({ id, title, what }) => ({ value: id, label: title, description: what }))} data-testid="traffic-preset" />
          </FormField>
          <Plan scenario={scenario.sources.length ? scenario : presetOf(draft)} />
          <ExpandableSection headerText="Change who comes, when, and from where" defaultExpanded={!onlyPreset(draft)} data-testid="traffic-sources">
            <SpaceBetween size="m">
              <SourcesForm scenario={presetOf(draft)} edits={draft.edits} onChange={(source, edit) => change({ edits: { ...draft.edits, [source]: edit } })} />
              <Line label="Seed" description="The same seed makes the same requests." placeholder="By chance" value={draft.seed} onChange={(seed) => change({ seed })} testId="traffic-seed" />
            </SpaceBetween>
          </ExpandableSection>
          <FormField errorText={problem}>
            <Button variant="primary" loading={busy} disabled={!resource || problem !== undefined} onClick={() => void begin()} data-testid="traffic-start">
              Start
            </Button>
          </FormField>
        </SpaceBetween>
      </Container>
      {streams && streams.length > 0 && (
        <Table
          data-testid="streams"
          wrapLines
          items={streams}
          trackBy={({ row }) => row.StreamId}
          header={<Header variant="h2" counter={`(${streams.length})`}>Streams</Header>}
          columnDefinitions={[
            { id: "title", header: "Scenario", isRowHeader: true, cell: ({ row }) => <GoLink to={pathTo("traffic", row.StreamId)}>{row.scenario.title}</GoLink> },
            { id: "status", header: "Status", cell: ({ row, position }) => (row.stoppedAt !== undefined ? "Stopped" : position.over ? "Ended" : "Paused") },
            { id: "sent", header: "Requests", cell: ({ position }) => position.sent.toLocaleString("en") },
            ...(narrow ? [] : [{ id: "started", header: "Started", cell: ({ row }: (typeof streams)[number]) => <LabTime seconds={row.startedAt / 1000} /> }]),
          ]}
        />
      )}
      <Box variant="small">The same by command: keyhole traffic start http-flood, then keyhole traffic run --for 60.</Box>
    </SpaceBetween>
  );
}
