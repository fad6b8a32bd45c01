"use client";
import { useMemo, useRef, useState, type ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { writeSet } from "@/lib/engine/wafv2/requests/set-file";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { AwsErrorNote } from "../../../frame/aws-error-note";
import { useFlash } from "../../../frame/flash";
import { GoLink } from "../../../frame/place";
import { saveFile } from "../../../frame/save-file";
import { useLoad } from "../../../frame/use-load";
import { loadReferences } from "../../load-waf";
import { thingPath } from "../../place-of";
import { RuleEditor } from "../../rule/rule-editor";
import { toShown } from "../../rule/rule-json";
import { inOrder } from "../../rule/shape";
import { ChangesList } from "./changes-list";
import { changesOf } from "./compare-tries";
import { ConfusionTable, type CellFilter } from "./confusion-table";
import { EditBar } from "../edit/edit-bar";
import { textProblem, typed } from "../edit/edit-draft";
import { EditRules } from "../edit/edit-rules";
import { located } from "../located";
import type { OwnRequests } from "./own-requests";
import type { AclRef } from "../place";
import { RecordModal } from "./record-modal";
import { RenameModal } from "./rename-modal";
import { SetTable } from "./set-table";
import { useEdit } from "../edit/use-edit";
import { useTries } from "../use-tries";

/** All requests against a web ACL: what is stopped and what is let through, before and after an edit. */
export function SetPage({ acl, type, choice, requests, open }: { acl: AclRef; type: string; choice: ReactNode; requests: OwnRequests; open(request: string): void }) {
  const edit = useEdit(acl);
  const { loaded, rules, draft, change } = edit;
  const flash = useFlash();
  const file = useRef<HTMLInputElement>(null);
  const [cell, setCell] = useState<CellFilter>();
  const [modal, setModal] = useState<"record" | SavedRequest>();
  const [problem, setProblem] = useState<string>();
  const references = useLoad(draft.open === undefined ? undefined : `references|${acl.scope}`, (ask) => loadReferences(ask, acl.scope));
  const toTry = useMemo(() => requests.all.map(({ id, message, client }) => ({ id, message, ...(client && { client: located(client) }) })), [requests.all]);
  const tries = useTries(loaded.data && acl, type, edit.edit, toTry);
  const changes = useMemo(() => (tries.before && tries.after && edit.edit ? changesOf(requests.all, tries.before, tries.after) : undefined), [requests.all, tries.before, tries.after, edit.edit]);
  const own = useMemo(() => new Set(requests.own.map(({ id }) => id)), [requests.own]);
  const data = loaded.data;
  const present = useMemo(() => inOrder((data?.Rules ?? []).map(toShown)), [data]);

  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    const read = requests.takeFile(await chosen.text());
    setProblem(read.ok ? undefined : read.problem.message);
    if (read.ok) flash.success(`${read.value} ${read.value === 1 ? "request was" : "requests were"} taken in.`);
  };
  const openAt = draft.open !== undefined && draft.open < rules.length ? draft.open : undefined;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description="Tried on a copy of the lab: no sample, metric or log is made, and no rate is counted."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              items={[
                { id: "export", text: "Export your own", disabled: own.size === 0 },
                { id: "import", text: "Import a file" },
              ]}
              onItemClick={({ detail }) => (detail.id === "import" ? file.current?.click() : saveFile("keyhole-requests.json", writeSet(requests.own), "application/json"))}
              data-testid="set-file"
            >
              File
            </ButtonDropdown>
            <Button onClick={() => setModal("record")} data-testid="record">
              Record
            </Button>
            <Button variant="primary" onClick={() => open("new")} data-testid="write-request">
              Write a request
            </Button>
          </SpaceBetween>
        }
      >
        Requests
      </Header>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        aria-label="A file of requests"
        className="waf-hidden"
        tabIndex={-1}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {problem && (
        <Alert type="error" header="The file was not taken in" dismissible onDismiss={() => setProblem(undefined)} data-testid="file-problem">
          {problem}
        </Alert>
      )}
      {choice}
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      {!data && !loaded.refused && <Spinner size="large" />}
      {data && (
        <div className="bench-column">
          {tries.refused && (
            <Alert type="error" header={tries.refused.code} data-testid="try-refused">
              <span className="aws-words">{tries.refused.message}</span>
            </Alert>
          )}
          <div className="waf-room">
            <div className="bench-halves">
              <Container
                header={
                  <Header variant="h2" description="Move, change, open: nothing is saved before you say so.">
                    Rules of <GoLink to={thingPath("web-acls", acl.scope, acl)} fontSize="inherit">{acl.Name}</GoLink>
                  </Header>
                }
              >
                <EditRules edit={edit} />
              </Container>
              <Container
                header={
                  <Header variant="h2" description={tries.done === undefined ? "Every request should stand in a cell with a tick." : `Trying: ${tries.done} of ${toTry.length}`}>
                    What comes of them
                  </Header>
                }
              >
                <ConfusionTable requests={requests.all} tries={tries} chosen={cell} onChoose={setCell} />
              </Container>
            </div>
          </div>
          {openAt !== undefined && (
            <section aria-label={`Rule ${rules[openAt].Name}`} data-testid="bench-editor">
              <RuleEditor
                text={draft.text ?? ""}
                onChange={(text) => change(typed(rules, openAt, text))}
                scope={acl.scope}
                kind="WEB_ACL"
                references={references.data}
                bodies={data.CustomResponseBodies}
                taken={rules.filter((_, at) => at !== openAt).map(({ Name }) => Name)}
              />
              {textProblem(draft.text ?? "") !== undefined && <p className="bench-wrong">{textProblem(draft.text ?? "")}</p>}
            </section>
          )}
          <EditBar edit={edit} acl={acl} changes={changes} working={tries.done !== undefined} />
          {changes && changes.length > 0 && (
            <ExpandableSection variant="container" defaultExpanded headerText={`Changed by your edit (${changes.length})`} headerDescription="Open one for its way before and after." data-testid="changed">
              <ChangesList acl={acl} type={type} changes={changes} before={{ rules: present, action: data.DefaultAction }} after={{ rules: edit.edit!.rules, action: edit.edit!.action, edit: edit.edit }} />
            </ExpandableSection>
          )}
          <SetTable requests={requests.all} own={own} tries={tries} acl={acl} cell={cell} onCell={setCell} onRename={setModal} onRemove={(ids) => requests.remove(ids)} />
        </div>
      )}
      {modal === "record" && <RecordModal requests={requests} onClose={() => setModal(undefined)} />}
      {typeof modal === "object" && <RenameModal request={modal} onSave={(part) => requests.change(modal.id, part)} onClose={() => setModal(undefined)} />}
    </SpaceBetween>
  );
}
