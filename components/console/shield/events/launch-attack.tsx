"use client";
import { useEffect, useRef, useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type AttackKindId, attackInput, attackKinds, kindsOn } from "@/lib/engine/shield/estate/attack-kinds";
import { protectedType } from "@/lib/engine/shield/resources";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useNow, useWhere } from "../../frame/lab";
import { GoButton, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Choose } from "../../waf/shared/choose";
import { type AttackSummary, loadAttacks, loadProtections } from "../load-shield";
import { AddResource } from "../shared/add-resource";
import { kinds, loadEstate, nameInArn } from "../shared/estate";
import { useSubscription } from "../shared/for-subscribers";
import { SubscribeButton } from "../subscribe";
import { duration, rate } from "../words";

const sizes = { NETWORK: [5e9, 50e9, 500e9], APPLICATION: [10_000, 100_000, 1_000_000] } as const;
const units = { NETWORK: "BPS", APPLICATION: "RPS" } as const;
const lengths = [10, 60, 180];

/** The lab's own: something is sent at a resource, and one sees what Shield makes of it. */
export function LaunchAttack({ resource: first }: { resource?: string }) {
  const { region } = useWhere();
  const now = useNow();
  const { navigate } = usePlace();
  const subscription = useSubscription().data;
  const [resource, setResource] = useState(first ?? "");
  const [wanted, setKind] = useState<AttackKindId>("syn-flood");
  const [size, setSize] = useState(1);
  const [minutes, setMinutes] = useState(10);
  const [launched, setLaunched] = useState<{ id: string; name: string; resource: string }>();
  const { busy, refused, run, clear } = useMutation();
  const loaded = useLoad(`launch|${region}`, (ask) => loadEstate(ask, region));
  const shown = useLoad(launched && `seen|${launched.id}`, async (ask) => ({
    attack: (await loadAttacks(ask)).find(({ AttackId }) => AttackId === launched!.id),
    isProtected: subscription?.subscription !== undefined && (await loadProtections(ask)).some(({ ResourceArn }) => ResourceArn === launched!.resource),
  })).data;
  const targets = (loaded.data ?? []).filter(({ Arn }) => protectedType(Arn));
  const target = targets.find(({ Arn }) => Arn === resource);
  const type = target && protectedType(target.Arn);
  const possible = type ? kindsOn(type) : (Object.keys(attackKinds) as AttackKindId[]);
  const kind = possible.includes(wanted) ? wanted : possible[0];
  const { layer } = attackKinds[kind];
  // Requests are seen by the web ACL alone.
  const blind = layer === "APPLICATION" && target !== undefined && target.WebACLArn === undefined;
  const launch = () =>
    run(async (ask) => {
      setLaunched(undefined);
      const input = attackInput({ kind, size: sizes[layer][size], minutes, ResourceArn: target!.Arn, StartTime: now / 1000 });
      const { AttackId } = await ask<{ AttackId: string }>("estate", "RecordAttack", input);
      setLaunched({ id: AttackId, name: attackKinds[kind].name, resource: target!.Arn });
    });
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Not a part of AWS: the lab writes down what an attack would have looked like. Nothing is sent anywhere.">
        Launch an attack
      </Header>
      <Container header={<Header variant="h2">Target</Header>}>
        <SpaceBetween size="m">
          <Choose
            label="Resource"
            value={resource}
            options={targets.map(({ Arn, Name, ResourceType }) => ({ value: Arn, label: Name, hint: kinds[ResourceType].words }))}
            onChange={setResource}
            placeholder="Choose a resource"
            empty="No resource yet: add one below."
            testId="target"
          />
          {first !== undefined && loaded.data && !target && resource === first && <Alert type="info">{nameInArn(first)} is of another Region: choose that Region in the top bar.</Alert>}
          <AddResource resources={loaded.data ?? []} onAdded={({ Arn }) => protectedType(Arn) && setResource(Arn)} />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Attack</Header>}>
        <SpaceBetween size="m">
          <FormField label="Kind">
            <RadioGroup value={kind} onChange={({ detail }) => setKind(detail.value as AttackKindId)} items={possible.map((value) => ({ value, label: attackKinds[value].name, description: `Layer ${attackKinds[value].layer === "NETWORK" ? "3 and 4" : "7"}. ${attackKinds[value].what}` }))} data-testid="kind" />
          </FormField>
          <div className="shield-fields">
            <Choose label="Highest rate" value={String(size)} options={sizes[layer].map((value, at) => ({ value: String(at), label: rate(value, units[layer]) }))} onChange={(value) => setSize(Number(value))} testId="size" />
            <Choose label="Duration" value={String(minutes)} options={lengths.map((value) => ({ value: String(value), label: duration(value * 60) }))} onChange={(value) => setMinutes(Number(value))} testId="minutes" />
          </div>
          <Box variant="small" color="text-body-secondary">
            Slow requests (Slowloris) are not offered: they are none of the vectors that Shield reports. Load balancers and CloudFront end such connections by their timeouts.
          </Box>
          {blind && (
            <Alert type="warning" data-testid="blind" action={<GoButton to="protected-resources">Protected resources</GoButton>}>
              Shield sees requests through a web ACL, and {target.Name} has none. A flood of requests would reach the application, and Shield would show nothing of it.
            </Alert>
          )}
          {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
          <Button variant="primary" loading={busy} disabled={!target || blind} onClick={() => void launch()} data-testid="launch-attack">
            Launch the attack
          </Button>
        </SpaceBetween>
      </Container>
      {launched && shown && <Outcome name={launched.name} resource={nameOf(launched.resource, targets)} seen={shown.attack} subscribed={subscription?.subscription !== undefined} isProtected={shown.isProtected} app={isFlood(launched.name)} onSee={() => navigate(pathTo("events", launched.id))} />}
    </SpaceBetween>
  );
}

const isFlood = (name: string): boolean => name === attackKinds["http-flood"].name;
const nameOf = (arn: string, all: readonly { Arn: string; Name: string }[]): string => all.find(({ Arn }) => Arn === arn)?.Name ?? nameInArn(arn);

interface OutcomeProps {
  name: string;
  resource: string;
  seen?: AttackSummary;
  subscribed: boolean;
  isProtected: boolean;
  /** Of the application's layer. */
  app: boolean;
  onSee(): void;
}

/** What Shield shows of it, to this account as it is now. */
function Outcome({ name, resource, seen, subscribed, isProtected, app, onSee }: OutcomeProps) {
  const place = useRef<HTMLDivElement>(null);
  // The button is above it, and the strip may stand before it.
  useEffect(() => void place.current?.scrollIntoView({ block: "center" }), []);
  return (
    <div role="status" data-testid="outcome" ref={place}>
      {seen ? (
        <Alert type="success" header={`${name} at ${resource}: Shield Advanced shows it`} action={<Button onClick={onSee} data-testid="see-event">See the event</Button>}>
          The event has its vectors, where it comes from, and what is done about it.
        </Alert>
      ) : (
        <Alert type="info" header={`${name} at ${resource}: there is no event to see`} action={subscribed ? <GoButton to="protected-resources/add">Add resources to protect</GoButton> : <SubscribeButton />}>
          {app ? "Shield Standard looks at layers 3 and 4 alone, so that the web ACL’s own rules are all that stands in the way. " : "Shield Standard mitigates it by itself and says nothing. "}
          {subscribed ? (isProtected ? "Shield Advanced has no event of it." : `This account has Shield Advanced, but ${resource} has no protection.`) : "ListAttacks answers with nothing, since this account has no Shield Advanced."} From tomorrow on, it is counted among the attacks of the year on the overview.
        </Alert>
      )}
    </div>
  );
}
