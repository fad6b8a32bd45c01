"use client";
import { lazy, Suspense, useMemo, useState } from "react";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import Header from "@cloudscape-design/components/header";
import Box from "@cloudscape-design/components/box";
import type { InspectionResult } from "@/lib/engine/wafv2/inspect/result";
import type { WebAclRow } from "@/lib/engine/wafv2/state";
import type { JournalEntry } from "@/lib/engine/types";
import { openWhy, useJournal } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import type { RuleAction } from "../waf-types";
import { clockTime } from "./model";

const WalkView = lazy(() => import("../requests/walk-view").then((module) => ({ default: module.WalkView })));

interface Sample {
  RequestId: string;
  At: number;
  Source: string;
  Harmful: boolean;
  ClientIp: string;
  Country?: string;
  Method: string;
  Uri: string;
  Action: string;
  Rule: string;
}
type Found = Sample & { seq: number };

const mostShown = 8;
const looks: Record<string, "success" | "error" | "warning"> = { ALLOW: "success", BLOCK: "error" };

/** The last requests whose way through the rules the lab's journal has. */
function lastSamples(journal: readonly JournalEntry[], stream: string): Found[] {
  const found: Found[] = [];
  for (let at = journal.length - 1; at >= 0 && found.length < mostShown; at--) {
    const { call, reply, seq } = journal[at];
    if (call?.service !== "traffic" || call.operation !== "SendTraffic" || call.input?.StreamId !== stream || !reply.ok) continue;
    for (const sample of (reply.output.Samples as unknown as Sample[]).toReversed()) found.push({ ...sample, seq });
  }
  return found.slice(0, mostShown);
}

const walkOf = (journal: readonly JournalEntry[], { seq, RequestId }: Found): InspectionResult | undefined => {
  const step = journal.find((entry) => entry.seq === seq)?.trace.steps.find((each) => each.kind === "inspection" && each.requestId === RequestId);
  return step?.kind === "inspection" ? step.result : undefined;
};

export function Samples({ stream, names, acl }: { stream: string; names: Readonly<Record<string, string>>; acl: Readonly<WebAclRow> | undefined }) {
  const { narrow } = usePlace();
  const journal = useJournal();
  const [open, setOpen] = useState<Found>();
  const samples = useMemo(() => lastSamples(journal, stream), [journal, stream]);
  const result = open && walkOf(journal, open);
  const columns = [
    { id: "at", header: "Time", cell: ({ At }: Found) => clockTime(At * 1000), width: 90 },
    { id: "request", header: "Request", isRowHeader: true, minWidth: 180, cell: ({ Method, Uri }: Found) => <code className="copyable-text">{`${Method} ${Uri.length > 80 ? `${Uri.slice(0, 80)}…` : Uri}`}</code> },
    { id: "from", header: "From", minWidth: 130, cell: ({ Source, ClientIp, Country }: Found) => <>{names[Source] ?? Source}<br /><Box variant="small">{ClientIp}{Country ? `, ${Country}` : ""}</Box></> },
    { id: "outcome", header: "Outcome", minWidth: 120, cell: ({ Action, Rule }: Found) => <><StatusIndicator type={looks[Action] ?? "warning"}>{Action}</StatusIndicator><br /><Box variant="small">{Rule === "Default_Action" ? "default action" : Rule}</Box></> },
    { id: "way", header: "Way", width: 110, cell: (one: Found) => <Button variant="inline-link" onClick={() => setOpen(one)} ariaLabel={`Way of ${one.Method} ${one.Uri.slice(0, 40)} through the rules`}>Through the rules</Button> },
  ];
  return (
    <>
      <Table
        data-testid="traffic-samples"
        variant="container"
        wrapLines
        trackBy="RequestId"
        items={samples}
        columnDefinitions={narrow ? columns.filter(({ id }) => id !== "at" && id !== "from") : columns}
        header={<Header variant="h2" description="One of each source now and then, with its way through the web ACL’s rules.">Latest requests</Header>}
        empty={acl ? "No request has come yet." : "Nothing looks at the requests, so there is no way to show."}
      />
      {open && (
        <Modal visible size="large" onDismiss={() => setOpen(undefined)} header={`${open.Method} ${open.Uri.slice(0, 60)}`} closeAriaLabel="Close" data-testid="traffic-walk" footer={<Button onClick={() => { setOpen(undefined); openWhy(open.seq); }}>Why? of the whole call</Button>}>
          <Suspense fallback={<Spinner />}>{result && acl ? <WalkView result={result} rules={acl.Rules} action={acl.DefaultAction as RuleAction} /> : "The journal no longer has it."}</Suspense>
        </Modal>
      )}
    </>
  );
}
