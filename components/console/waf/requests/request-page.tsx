"use client";
import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { shown } from "@/lib/engine/wafv2/requests/text";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import type { Client, HttpMessage } from "@/lib/engine/wafv2/requests/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { GoButton, GoLink } from "../../frame/place";
import { thingPath } from "../place-of";
import { toShown } from "../rule/rule-json";
import { inOrder } from "../rule/shape";
import type { Resource } from "../shared/resources";
import { located } from "./located";
import type { OwnRequests } from "./set/own-requests";
import { requestsPath, type AclRef } from "./place";
import { RenameModal, type About } from "./set/rename-modal";
import { RequestEditor } from "./request-editor";
import { draftOf, readMessage, readSender, titleOf } from "./request-draft";
import { SendTo } from "./send-to";
import { useEdit } from "./edit/use-edit";
import { sender, useWalk } from "./use-tries";
import { kindWords } from "./verdict-words";
import { WalkView } from "../walk/walk-view";
import { WithoutRule } from "./without-rule";

const example: HttpMessage = { method: "GET", uri: "/", httpVersion: "HTTP/1.1", headers: [["Host", "shop.example.com"], ["User-Agent", "Mozilla/5.0"], ["Accept", "*/*"]] };

export interface RequestPageProps {
  id: string;
  acl: AclRef;
  type: string;
  choice: ReactNode;
  requests: OwnRequests;
  resources: readonly Resource[];
  open(request: string): void;
}

/** One request: written in three forms, and its way through the web ACL's rules as it is written. */
export function RequestPage(props: RequestPageProps) {
  const { id, acl, requests } = props;
  const saved = requests.all.find((each) => each.id === id);
  if (!saved && id !== "new")
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Request</Header>
        <Alert type="info" header="There is no such request" action={<GoButton to={requestsPath("all", acl)}>All requests</GoButton>}>
          It was removed, or it was kept in another browser.
        </Alert>
      </SpaceBetween>
    );
  return <OneRequest {...props} saved={saved} />;
}

function OneRequest({ id, acl, type, choice, requests, resources, open, saved }: RequestPageProps & { saved: SavedRequest | undefined }) {
  const initial = useMemo(() => draftOf(saved?.message ?? example, saved?.client ?? { ip: sender.ip }), [saved]);
  const [draft, change, clear, begun] = useFormDraft(`wafv2/bench-request/${id}`, initial);
  const [naming, setNaming] = useState(false);
  const [view, setView] = useState<"edit" | "saved">("edit");
  const flash = useFlash();
  const edit = useEdit(acl);
  const { data, refused } = edit.loaded;
  // Reading what is typed may take longer than a key: the field comes first.
  const later = useDeferredValue(draft);
  const read = useMemo(() => readMessage(later), [later]);
  const from = useMemo(() => readSender(later), [later]);
  const message = read.ok ? read.value.message : undefined;
  const client = from.ok ? located(from.value) : undefined;
  const own = saved && requests.own.includes(saved);
  const at = requests.all.findIndex((each) => each.id === id);
  const [previous, next] = at < 0 ? [] : [requests.all[at - 1], requests.all[at + 1]];
  const written = !begun || !message || !saved ? false : JSON.stringify([message, client]) !== JSON.stringify([saved.message, located(saved.client ?? { ip: sender.ip })]);

  const keep = (about: About) => {
    const [made] = requests.add([{ ...about, why: saved?.why ?? "", message: message!, client }]);
    clear();
    flash.success(`${about.title} stands in the set now.`);
    open(made);
  };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={saved ? `${saved.harmful ? "Harmful" : "Harmless"}, ${kindWords[saved.kind]}. ${saved.why}` : "Write one, and see at once what the web ACL says to it."}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {previous && <Button iconName="angle-left" variant="icon" ariaLabel={`Previous: ${previous.title}`} onClick={() => open(previous.id)} />}
            {next && <Button iconName="angle-right" variant="icon" ariaLabel={`Next: ${next.title}`} onClick={() => open(next.id)} />}
            {begun && (!saved || !message || !client || written) && (
              <Button onClick={clear} data-testid="request-reset">
                {saved ? "Back to the saved one" : "Start anew"}
              </Button>
            )}
            {own && (
              <Button
                disabled={!written || !client}
                onClick={() => {
                  requests.change(id, { message: message!, client });
                  clear();
                  flash.success(`${saved.title} was saved.`);
                }}
                data-testid="request-save"
              >
                Save
              </Button>
            )}
            <Button disabled={!message || !client} onClick={() => setNaming(true)} data-testid="request-keep">
              {own ? "Keep as another" : "Keep in the set"}
            </Button>
          </SpaceBetween>
        }
      >
        {saved?.title ?? "A request of your own"}
      </Header>
      {choice}
      {refused && <AwsErrorNote refused={refused} />}
      <div className="waf-room">
        <div className="bench-halves">
          <Container header={<Header variant="h2">Request</Header>}>
            <SpaceBetween size="m">
              <RequestEditor draft={draft} change={change} read={read} />
              <SendTo acl={acl} resources={resources} message={message} client={client} />
            </SpaceBetween>
          </Container>
          <Container
            header={
              <Header variant="h2" description={edit.edit ? "Your edit of the web ACL is not saved." : undefined}>
                Its way through <GoLink to={thingPath("web-acls", acl.scope, acl)} fontSize="inherit">{acl.Name}</GoLink>
              </Header>
            }
          >
            {edit.edit && (
              <div className="bench-which">
                <SegmentedControl
                  label="Which version"
                  selectedId={view}
                  onChange={({ detail }) => setView(detail.selectedId as typeof view)}
                  options={[
                    { id: "edit", text: "With your edit" },
                    { id: "saved", text: "As it is" },
                  ]}
                />
                <GoLink to={requestsPath("all", acl)}>To the edit</GoLink>
              </div>
            )}
            {!data ? refused ? null : <Spinner /> : <Way acl={acl} type={type} edit={edit} version={edit.edit ? view : "saved"} message={message} client={client} problem={read.ok ? (from.ok ? undefined : from.problem.message) : read.problem.message} />}
          </Container>
        </div>
      </div>
      {naming && message && <RenameModal title="Keep in the set" save="Keep" request={{ title: saved ? saved.title : shown(titleOf(message)) ?? titleOf(message), kind: saved?.kind ?? "everyday", harmful: saved?.harmful ?? true }} onSave={keep} onClose={() => setNaming(false)} />}
    </SpaceBetween>
  );
}

function Way({ acl, type, edit, version, message, client, problem }: { acl: AclRef; type: string; edit: ReturnType<typeof useEdit>; version: "edit" | "saved"; message: HttpMessage | undefined; client: Client | undefined; problem: string | undefined }) {
  const key = JSON.stringify([message, client]);
  // The same request stays the same object: typing a blank tries nothing anew.
  const tried = useMemo(() => (message && client ? { message, client } : undefined), [key]); // eslint-disable-line react-hooks/exhaustive-deps
  const changed = version === "edit" ? edit.edit : undefined;
  const { result, refused } = useWalk(acl, type, changed, tried?.message, tried?.client ?? sender);
  const present = useMemo(() => inOrder((edit.loaded.data?.Rules ?? []).map(toShown)), [edit.loaded.data]);
  const rules = changed ? edit.rules : present;
  const action = changed ? edit.action : edit.loaded.data?.DefaultAction;
  if (problem !== undefined) return <p className="bench-faint">Waits until the request can be read.</p>;
  if (refused)
    return (
      <Alert type="error" header={refused.code} data-testid="way-refused">
        <span className="aws-words">{refused.message}</span>
      </Alert>
    );
  if (!result || !tried) return <p className="bench-faint">Trying it</p>;
  return <WalkView result={result} rules={rules} action={action} without={<WithoutRule acl={acl} type={type} rules={rules} action={action} result={result} message={tried.message} client={tried.client} />} />;
}
