"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { JournalEntry } from "@/lib/engine/types";
import { recordedRequest } from "@/lib/engine/wafv2/requests/recorded";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";
import { EmptyState } from "../../../frame/empty-state";
import { useFlash } from "../../../frame/flash";
import { useJournal } from "../../../frame/lab";
import { mostOwn, type OwnRequests } from "./own-requests";
import { AboutFields, type About } from "./rename-modal";
import { titleOf } from "../request-draft";

interface Recorded {
  id: string;
  title: string;
  message: HttpMessage;
  client: Client;
  action: string;
}

/** The newest that differ. */
const mostShown = 100;
/** Of one call: a minute of traffic holds thousands alike. */
const mostOfCall = 200;

function recordedIn(journal: readonly JournalEntry[]): Recorded[] {
  const found = new Map<string, Recorded>();
  for (const { call, reply, seq } of journal.toReversed()) {
    if (call?.service !== "traffic" || call.operation !== "Inspect" || !Array.isArray(call.input?.Requests)) continue;
    const outcomes = (reply?.ok && Array.isArray(reply.output.Outcomes) ? reply.output.Outcomes : []) as { Action?: string }[];
    for (const [at, given] of call.input.Requests.slice(0, mostOfCall).entries()) {
      const one = recordedRequest(given);
      const key = one && JSON.stringify(one);
      if (!one || found.has(key!)) continue;
      found.set(key!, { id: `${seq} ${at}`, title: titleOf(one.message), ...one, action: outcomes[at]?.Action ?? "-" });
      if (found.size === mostShown) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Requests that were sent in this lab, to be kept in the set. */
export function RecordModal({ requests, onClose }: { requests: OwnRequests; onClose(): void }) {
  const journal = useJournal();
  const flash = useFlash();
  const items = useMemo(() => recordedIn(journal), [journal]);
  const [chosen, setChosen] = useState<readonly Recorded[]>([]);
  const [about, setAbout] = useState<About>({ title: "", kind: "everyday", harmful: true });
  const room = mostOwn - requests.own.length;
  const take = () => {
    requests.add(chosen.map(({ title, message, client }) => ({ title, kind: about.kind, harmful: about.harmful, why: "Recorded in the lab.", message, client })));
    flash.success(`${chosen.length} ${chosen.length === 1 ? "request stands" : "requests stand"} in the set now.`);
    onClose();
  };
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header="Record requests"
      closeAriaLabel="Close"
      data-testid="record-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={chosen.length === 0 || chosen.length > room} onClick={take} data-testid="record-take">
              Take into the set
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Table<Recorded>
          data-testid="recorded"
          variant="embedded"
          wrapLines
          trackBy="id"
          items={items}
          selectionType="multi"
          selectedItems={items.filter(({ id }) => chosen.some((each) => each.id === id))}
          onSelectionChange={({ detail }) => setChosen(detail.selectedItems)}
          ariaLabels={{ selectionGroupLabel: "Requests that were sent", itemSelectionLabel: (_, { title }) => `Select ${title}`, allItemsSelectionLabel: () => "Select all" }}
          columnDefinitions={[
            { id: "title", header: "Request", isRowHeader: true, cell: ({ title }) => <code className="aws-words">{title}</code>, minWidth: 180 },
            { id: "from", header: "From", cell: ({ client: { ip, country } }) => `${ip}${country ? ` (${country})` : ""}` },
            { id: "action", header: "Then", cell: ({ action }) => action },
          ]}
          empty={
            <EmptyState title="Nothing was sent yet">
              Requests that you send from a web ACL’s page, from here or as traffic stand in the journal, and so in this list.
            </EmptyState>
          }
        />
        {items.length > 0 && <AboutFields about={about} onChange={(part) => setAbout({ ...about, ...part })} withTitle={false} />}
        {chosen.length > room && <Box color="text-status-error">There is room for {room} more.</Box>}
      </SpaceBetween>
    </Modal>
  );
}
