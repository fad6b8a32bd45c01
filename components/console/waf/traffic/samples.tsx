"use client";
import { lazy, Suspense, useState } from "react";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import Header from "@cloudscape-design/components/header";
import Box from "@cloudscape-design/components/box";
import type { WebAclRow } from "@/lib/engine/wafv2/state";
import { openWhy } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import type { RuleAction } from "../waf-types";
import { clockTime } from "./model";
import type { Sample } from "./last-samples";

const WalkView = lazy(() => import("../walk/walk-view").then((module) => ({ default: module.WalkView })));

const looks: Record<string, "success" | "error" | "warning"> = { ALLOW: "success", BLOCK: "error" };

export function Samples({ samples, names, acl }: { samples: readonly Sample[]; names: Readonly<Record<string, string>>; acl: Readonly<WebAclRow> | undefined }) {
  const { narrow } = usePlace();
  const [open, setOpen] = useState<Sample>();
  const columns = [
    { id: "at", header: "Time", cell: ({ At }: Sample) => clockTime(At * 1000), width: 90 },
    { id: "request", header: "Request", isRowHeader: true, minWidth: narrow ? 110 : 180, cell: ({ Method, Uri }: Sample) => <code className="copyable-text">{`${Method} ${Uri.length > 80 ? `${Uri.slice(0, 80)}…` : Uri}`}</code> },
    { id: "from", header: "From", minWidth: 130, cell: ({ Source, ClientIp, Country }: Sample) => <>{names[Source] ?? Source}<br /><Box variant="small">{ClientIp}{Country ? `, ${Country}` : ""}</Box></> },
    { id: "outcome", header: "Outcome", minWidth: narrow ? 100 : 120, cell: ({ Action, Rule }: Sample) => <><StatusIndicator type={looks[Action] ?? "warning"}>{Action}</StatusIndicator><br /><Box variant="small">{Rule === "Default_Action" ? "default action" : Rule}</Box></> },
    { id: "way", header: "Its way", width: narrow ? 84 : 110, cell: (one: Sample) => <Button variant="inline-link" onClick={() => setOpen(one)} ariaLabel={`Way of ${one.Method} ${one.Uri.slice(0, 40)} through the rules`}>Look</Button> },
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
        header={<Header variant="h2" description="The last of each source and outcome that was looked at closely, with its way through the web ACL’s rules.">Sampled requests</Header>}
        empty={acl ? "No request has come yet." : "Nothing looks at the requests, so there is no way to show."}
      />
      {open && (
        <Modal visible size="large" onDismiss={() => setOpen(undefined)} header={`${open.Method} ${open.Uri.slice(0, 60)}`} closeAriaLabel="Close" data-testid="traffic-walk" footer={<Button onClick={() => { setOpen(undefined); openWhy(open.seq); }}>Why? of the whole call</Button>}>
          <Suspense fallback={<Spinner />}>{open.result && acl ? <WalkView result={open.result} rules={acl.Rules} action={acl.DefaultAction as RuleAction} /> : "The journal no longer has it."}</Suspense>
        </Modal>
      )}
    </>
  );
}
