"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { allPages, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { askWaf } from "../load-waf";
import { Lines } from "../shared/choose";
import { ScopeSelect } from "../shared/scope-tabs";
import type { Scope } from "../waf-types";

interface ApiKey {
  APIKey: string;
  TokenDomains: string[];
  CreationTimestamp?: number;
}

const initial = { domains: [] as string[] };

/** API keys with which a page of one's own may draw AWS WAF's CAPTCHA. */
export function ApiKeys({ scope }: { scope: Scope }) {
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<ApiKey>();
  const loaded = useLoad(`api-keys|${scope}`, (ask) =>
    allPages<ApiKey>(async (NextMarker) => {
      const page = await askWaf<{ APIKeySummaries?: ApiKey[]; NextMarker?: string }>(ask, scope, "ListAPIKeys", { Scope: scope, Limit: 100, ...(NextMarker && { NextMarker }) });
      return { items: page.APIKeySummaries ?? [], next: page.NextMarker };
    }),
  );
  return (
    <>
      <SpaceBetween size="m">
        {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
        <Table
          data-testid="api-keys"
          wrapLines
          trackBy="APIKey"
          items={loaded.data ?? []}
          loading={loaded.loading && !loaded.data && !loaded.refused}
          loadingText="Loading API keys"
          filter={<ScopeSelect scope={scope} kind="api-keys" />}
          header={
            <Header
              variant="h1"
              counter={`(${loaded.data?.length ?? 0})`}
              actions={
                <Button variant="primary" onClick={() => setMaking(true)} data-testid="create-api-key">
                  Create API key
                </Button>
              }
            >
              API keys
            </Header>
          }
          columnDefinitions={[
            { id: "domains", header: "Token domains", isRowHeader: true, cell: ({ TokenDomains }) => <span className="aws-words">{TokenDomains.join(", ")}</span> },
            { id: "made", header: "Created", cell: ({ CreationTimestamp }) => (CreationTimestamp === undefined ? "-" : <LabTime seconds={CreationTimestamp} />) },
            { id: "key", header: "API key", cell: ({ APIKey }) => <Copyable text={APIKey} what="API key">{`${APIKey.slice(0, 16)}…`}</Copyable> },
            {
              id: "do",
              header: "Actions",
              cell: (key) => (
                <Button variant="inline-link" onClick={() => setDeleting(key)} ariaLabel={`Delete the key for ${key.TokenDomains.join(", ")}`}>
                  Delete
                </Button>
              ),
            },
          ]}
          empty={
            <EmptyState title="No API keys" action={<Button onClick={() => setMaking(true)}>Create API key</Button>} command={`aws wafv2 create-api-key --scope ${scope} --token-domains shop.example.com${scope === "CLOUDFRONT" ? " --region us-east-1" : ""}`}>
              With such a key a page of yours may draw AWS WAF’s puzzle by itself.
            </EmptyState>
          }
        />
      </SpaceBetween>
      {making && <MakeKey scope={scope} onClose={() => setMaking(false)} />}
      {deleting && (
        <ConfirmModal
          title="Delete API key"
          action="Delete"
          testId="delete-api-key"
          work={async (ask) => void (await askWaf(ask, scope, "DeleteAPIKey", { Scope: scope, APIKey: deleting.APIKey }))}
          done="The API key was deleted."
          onClose={() => setDeleting(undefined)}
        >
          Pages that use it can no longer draw the puzzle.
        </ConfirmModal>
      )}
    </>
  );
}

function MakeKey({ scope, onClose }: { scope: Scope; onClose(): void }) {
  const [draft, change, clear] = useFormDraft(`wafv2/api-key/${scope}`, initial);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const close = () => {
    clear();
    onClose();
  };
  const save = async () => {
    if (!(await run(async (ask) => void (await askWaf(ask, scope, "CreateAPIKey", { Scope: scope, TokenDomains: draft.domains }))))) return;
    flash.success("The API key was created.");
    close();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Create API key"
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={draft.domains.length === 0} onClick={() => void save()} data-testid="save-api-key">
              Create
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} />}
        <Lines label="Token domains, one in a line" description="Of the pages that will use the key." values={draft.domains} onChange={(domains) => change({ domains })} placeholder="shop.example.com" testId="api-key-domains" stretch />
      </SpaceBetween>
    </Modal>
  );
}
