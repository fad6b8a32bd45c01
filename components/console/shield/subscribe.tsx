"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { useNow, useRecords, useWhere } from "../frame/lab";
import { usePlace } from "../frame/place";
import { absoluteTime } from "../frame/time-words";
import { useLoad } from "../frame/use-load";
import { useMutation } from "../frame/use-mutation";
import { askShield, loadPayer } from "./load-shield";
import { monthlyFee } from "./words";

export function SubscribeButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)} data-testid="subscribe">
        Subscribe to Shield Advanced
      </Button>
      {open && <Subscribe onClose={() => setOpen(false)} />}
    </>
  );
}

const YEAR = 365 * 86_400_000;

/** What one agrees to, each by its own tick, as AWS's console asks it. */
function Subscribe({ onClose }: { onClose(): void }) {
  const { account } = useWhere();
  const now = useNow();
  const { navigate } = usePlace();
  const [agreed, setAgreed] = useState<readonly boolean[]>([false, false, false]);
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const paying = useLoad("payer", (ask) => loadPayer(ask, account)).data;
  const read = useRecords();
  const payer = paying?.payer ?? account;
  const paidFor = read?.({ account: payer, region: "us-east-1", service: "shield" }).table<{ accounts: string[] }>("fees").get("only")?.accounts ?? [];
  const until = absoluteTime(now + YEAR);
  const terms = [
    `The commitment is one year, to ${until}. It cannot be cancelled before.`,
    paidFor.length ? `Account ${payer} pays ${monthlyFee} a month for the organization already. This account adds nothing to the fee.` : `${payer === account ? "This account" : `Account ${payer}, which manages the organization,`} pays ${monthlyFee} a month, and data transfer out of protected resources by the gigabyte besides.`,
    "The subscription renews itself for another year. Auto-renew can be turned off in its last 30 days only.",
  ];
  const submit = async () => {
    if (!(await run(async (ask) => void (await askShield(ask, "CreateSubscription"))))) return;
    flash.success("This account is subscribed to Shield Advanced. Nothing is protected by it yet: choose what.");
    onClose();
    navigate("overview");
  };
  return (
    <Modal
      visible
      size="medium"
      onDismiss={onClose}
      header="Subscribe to AWS Shield Advanced"
      closeAriaLabel="Close"
      data-testid="subscribe-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!agreed.every(Boolean)} onClick={() => void submit()} data-testid="subscribe-confirm">
              Subscribe
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Fee", value: `${monthlyFee} a month${paying?.organization ? " for the organization" : ""}` },
            { label: "In the year at least", value: (12 * Number(monthlyFee.replace(/\D/g, ""))).toLocaleString("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 }) },
          ]}
        />
        <Box variant="p">Agree to each of these:</Box>
        {terms.map((words, at) => (
          <Checkbox key={at} checked={agreed[at]} onChange={({ detail }) => setAgreed(agreed.map((each, i) => (i === at ? detail.checked : each)))} data-testid={`agree-${at + 1}`}>
            {words}
          </Checkbox>
        ))}
        <Box variant="small" color="text-body-secondary">
          In the lab it costs nothing but a line on the Bills page, and undo takes it back.
        </Box>
      </SpaceBetween>
    </Modal>
  );
}
