"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { labRequest } from "@/lib/engine/wafv2/requests/sent";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { openWhy, useLabCall } from "../../frame/lab";
import { GoLink } from "../../frame/place";
import type { Refusal } from "../../frame/use-load";
import { regionOf, thingPath } from "../place-of";
import { Choose } from "../shared/choose";
import type { Resource } from "../shared/resources";
import type { AclRef } from "./place";
import { outcomeText } from "../walk/walk-words";

interface Sent {
  text: string;
  to: string;
  seq: number;
}

/** The request sent for good, to something that the web ACL protects: it counts, is sampled and logged. */
export function SendTo({ acl, resources, message, client }: { acl: AclRef; resources: readonly Resource[]; message: HttpMessage | undefined; client: Client | undefined }) {
  const call = useLabCall();
  const [wanted, setWanted] = useState<string>();
  const [state, setState] = useState<{ busy: boolean; refused?: Refusal; sent?: Sent }>({ busy: false });
  const mine = resources.filter(({ WebACLArn }) => WebACLArn?.endsWith(`/webacl/${acl.Name}/${acl.Id}`));
  const resource = mine.find(({ Arn }) => Arn === wanted) ?? mine[0];
  if (!resource)
    return (
      <p className="bench-faint">
        {acl.Name} protects nothing yet, so a request is only tried. <GoLink to={thingPath("web-acls", acl.scope, acl, "resources")}>Add a resource</GoLink> to send it.
      </p>
    );
  const send = async () => {
    setState({ busy: true });
    const reply = await call("traffic", "Inspect", { ResourceArn: resource.Arn, Requests: [labRequest(message!, client!)] }, regionOf(acl.scope));
    if (!reply.ok) return setState({ busy: false, refused: { service: "traffic", operation: "Inspect", reply } });
    const step = reply.trace.steps.find((each) => each.kind === "inspection");
    setState({ busy: false, sent: { text: step?.kind === "inspection" ? outcomeText(step.result) : "Let through: no web ACL looked at it.", to: resource.Name, seq: reply.seq } });
  };
  return (
    <div className="bench-send">
      {state.refused && <AwsErrorNote refused={state.refused} onDismiss={() => setState({ busy: false })} />}
      <div className="bench-send-row">
        {mine.length > 1 && <Choose label="To" value={resource.Arn} options={mine.map(({ Arn, Name }) => ({ value: Arn, label: Name }))} onChange={setWanted} testId="send-to" />}
        <Button loading={state.busy} disabled={!message || !client} onClick={() => void send()} data-testid="send">
          Send to {resource.Name}
        </Button>
        <span className="bench-faint">Counts in the lab: samples, metrics, rates, logs.</span>
      </div>
      <div aria-live="polite">
        {state.sent && (
          <Alert type="info" header={`Sent to ${state.sent.to}`} action={<Button onClick={() => openWhy(state.sent!.seq)} data-testid="sent-why">Why?</Button>} data-testid="sent">
            <span className="aws-words">{state.sent.text}</span>
          </Alert>
        )}
      </div>
    </div>
  );
}
