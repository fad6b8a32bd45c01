"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Textarea from "@cloudscape-design/components/textarea";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { openWhy, useFormDraft, useLabCall } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useLoad, type Refusal } from "../../frame/use-load";
import { regionOf } from "../place-of";
import { Choose, Line, Lines, Whole } from "../shared/choose";
import { countryOptions } from "../shared/countries";
import { loadResources } from "../shared/resources";
import type { Scope, WebAcl } from "../waf-types";
import { emptyRequest, mostTimes, requestInput, requestProblem, type RequestDraft } from "./request-draft";

interface Outcome {
  RequestId: string;
  Action: string;
  TerminatingRuleId?: string;
  RuleWithinGroup?: string;
  ResponseCode?: number;
  Labels?: string[];
}

const methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"].map((value) => ({ value, label: value }));
const initial = emptyRequest();

/** A request to what the web ACL protects: what became of it, and why. The lab's own, AWS has no such form. */
export function SendRequest({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  const { narrow } = usePlace();
  const call = useLabCall();
  const [draft, change] = useFormDraft<RequestDraft>(`wafv2/request/${acl.Id}`, initial);
  const [state, setState] = useState<{ busy: boolean; refused?: Refusal; outcomes?: Outcome[]; seq?: number }>({ busy: false });
  const loaded = useLoad(`resources|${scope}`, (ask) => loadResources(ask, scope));
  const mine = (loaded.data ?? []).filter(({ WebACLArn }) => WebACLArn === acl.ARN);
  const resource = mine.find(({ Arn }) => Arn === draft.resource)?.Arn ?? mine[0]?.Arn;
  const problem = requestProblem(draft);
  if (mine.length === 0) return null;
  const send = async () => {
    setState({ busy: true });
    const reply = await call("traffic", "Inspect", requestInput({ ...draft, resource: resource! }), regionOf(scope));
    setState(reply.ok ? { busy: false, outcomes: reply.output.Outcomes as unknown as Outcome[], seq: reply.seq } : { busy: false, refused: { service: "traffic", operation: "Inspect", reply } });
  };
  return (
    <ExpandableSection variant="container" defaultExpanded headerText="Send a request" headerDescription="To what this web ACL protects. It is inspected as AWS WAF would." data-testid="send-request">
      <SpaceBetween size="m">
        {state.refused && <AwsErrorNote refused={state.refused} onDismiss={() => setState({ busy: false })} />}
        <div className="waf-fields">
          <Choose label="To" value={resource} options={mine.map(({ Arn, Name }) => ({ value: Arn, label: Name }))} onChange={(next) => change({ resource: next })} testId="request-to" />
          <Choose label="Method" value={draft.method} options={methods} onChange={(method) => change({ method })} testId="request-method" />
          <Line label="URI" value={draft.uri} onChange={(uri) => change({ uri })} mono testId="request-uri" />
          <Line label="Source IP address" value={draft.ip} onChange={(ip) => change({ ip })} mono testId="request-ip" />
          <Choose label="Country of the address" value={draft.country} placeholder="Not known" options={[{ value: "", label: "Not known" }, ...countryOptions]} filtering onChange={(country) => change({ country })} testId="request-country" />
          <Whole label="How many" constraintText={`1 to ${mostTimes.toLocaleString("en")}`} value={draft.times} onChange={(times) => change({ times })} testId="request-times" />
        </div>
        <Lines label="Headers, one in a line" values={draft.headers} onChange={(headers) => change({ headers })} testId="request-headers" stretch />
        {draft.method !== "GET" && draft.method !== "HEAD" && (
          <FormField label="Body" stretch>
            <Textarea value={draft.body} rows={4} spellcheck={false} onChange={({ detail }) => change({ body: detail.value })} data-testid="request-body" />
          </FormField>
        )}
        <FormField errorText={problem}>
          <Button loading={state.busy} disabled={problem !== undefined} onClick={() => void send()} data-testid="request-send">
            Send
          </Button>
        </FormField>
        <div aria-live="polite">{state.outcomes && <Outcomes outcomes={state.outcomes} seq={state.seq} narrow={narrow} />}</div>
      </SpaceBetween>
    </ExpandableSection>
  );
}

const looks: Record<string, "success" | "error" | "warning"> = { ALLOW: "success", BLOCK: "error" };

function Outcomes({ outcomes, seq, narrow }: { outcomes: readonly Outcome[]; seq?: number; narrow: boolean }) {
  const last = outcomes.at(-1)!;
  const allowed = outcomes.filter(({ Action }) => Action === "ALLOW").length;
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={narrow ? 1 : 4}
        items={[
          {
            label: outcomes.length === 1 ? "Outcome" : "Outcome of the last",
            value: (
              <span data-testid="request-outcome">
                <StatusIndicator type={looks[last.Action] ?? "warning"}>{last.Action}</StatusIndicator>
              </span>
            ),
          },
          { label: "Decided by", value: <span className="aws-words">{[last.TerminatingRuleId, last.RuleWithinGroup].filter(Boolean).join(", ") || "-"}</span> },
          { label: "Response code", value: last.ResponseCode ?? "From what is behind" },
          { label: "Labels", value: <span className="aws-words">{last.Labels?.join(", ") || "-"}</span> },
        ]}
      />
      {outcomes.length > 1 && (
        <Box>
          {allowed.toLocaleString("en")} of {outcomes.length.toLocaleString("en")} came through.
        </Box>
      )}
      {seq !== undefined && (
        <Button onClick={() => openWhy(seq)} data-testid="request-why">
          Why?
        </Button>
      )}
    </SpaceBetween>
  );
}
