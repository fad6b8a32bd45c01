"use client";
import { useMemo, useState, type ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { JsonObject } from "@/lib/engine/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useLoad, type Ask, type Refusal } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { askWaf, loadIpSet, loadPatternSet } from "../load-waf";
import { listPath, type Kind } from "../place-of";
import { Line } from "../shared/choose";
import { DeleteThing } from "../shared/delete-thing";
import { fieldProblem } from "../shared/field-problem";
import { useScopeWords } from "../shared/scope-tabs";
import { WafTags } from "../shared/waf-tags";
import { descriptionProblem, type IpSet, type Locked, type PatternSet, type Scope } from "../waf-types";
import { AddressLines } from "./ip-set-form";
import { PatternLines } from "./pattern-set-form";

interface Thing {
  Name: string;
  Id: string;
  ARN: string;
  Description?: string;
}

export interface SetPageProps {
  scope: Scope;
  name: string;
  id: string;
}

interface WholeProps<T extends Thing> extends SetPageProps {
  kind: Kind;
  what: string;
  load(ask: Ask, scope: Scope, named: { Name: string; Id: string }): Promise<Locked<T>>;
  update: string;
  remove: string;
  facts(set: T): KeyValuePairsProps.Item[];
  listOf(set: T): string[];
  input(list: string[]): JsonObject;
  editor(set: T, list: string[], onChange: (list: string[]) => void, refused: Refusal | undefined): ReactNode;
  listTitle: string;
}

/** A set: what is in it, and its change as a whole, with the lock token that the change began with. */
function SetPage<T extends Thing>({ scope, name, id, kind, what, load, update, remove, facts, listOf, input, editor, listTitle }: WholeProps<T>) {
  const { narrow, navigate } = usePlace();
  const words = useScopeWords();
  const flash = useFlash();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [editing, setEditing] = useState(false);
  const { busy, refused, run, clear: forget } = useMutation();
  const loaded = useLoad(gone ? undefined : `${kind}|${scope}|${name}|${id}`, (ask) => load(ask, scope, { Name: name, Id: id }));
  const set = loaded.data;
  const initial = useMemo(() => ({ list: set ? listOf(set) : [], description: set?.Description ?? "", token: set?.LockToken ?? "" }), [set, listOf]);
  const [draft, change, clear, begun] = useFormDraft(`wafv2/set/${id}`, initial);
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!set) return <Spinner size="large" />;
  const open = editing || begun;
  const close = () => {
    forget();
    clear();
    setEditing(false);
  };
  const save = async () => {
    const done = await run(
      async (ask) => void (await askWaf(ask, scope, update, { Name: name, Id: id, Scope: scope, LockToken: draft.token, ...(draft.description ? { Description: draft.description } : {}), ...input(draft.list) })),
    );
    if (!done) return;
    flash.success(`The ${what} ${name} was saved.`);
    close();
  };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button onClick={() => setDeleting(true)} data-testid="delete-set">
            Delete
          </Button>
        }
      >
        <span className="copyable-text">{name}</span>
      </Header>
      <Container header={<Header variant="h2">Details</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Description", value: set.Description || "-" },
            { label: "Scope", value: words[scope] },
            ...facts(set),
            { label: "ID", value: <Copyable text={set.Id} what="ID" /> },
            { label: "ARN", value: <Copyable text={set.ARN} what="ARN" /> },
          ]}
        />
      </Container>
      <Container
        data-testid="set-list"
        header={
          <Header
            variant="h2"
            counter={`(${listOf(set).length.toLocaleString("en")})`}
            actions={
              !open && (
                <Button onClick={() => setEditing(true)} data-testid="edit-set">
                  Edit
                </Button>
              )
            }
          >
            {listTitle}
          </Header>
        }
        footer={
          open && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={close}>Cancel</Button>
              <Button variant="primary" loading={busy} disabled={descriptionProblem(draft.description) !== undefined} onClick={() => void save()} data-testid="save-set">
                Save
              </Button>
            </SpaceBetween>
          )
        }
      >
        {open ? (
          <SpaceBetween size="m">
            {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
            {refused?.reply.error.code === "WAFOptimisticLockException" && (
              <Button
                iconName="refresh"
                onClick={() => {
                  forget();
                  change({ token: set.LockToken });
                }}
              >
                Keep what is typed, and go on from what is there now
              </Button>
            )}
            <Line label="Description - optional" value={draft.description} onChange={(description) => change({ description })} errorText={descriptionProblem(draft.description)} stretch />
            {editor(set, draft.list, (list) => change({ list }), refused)}
          </SpaceBetween>
        ) : listOf(set).length ? (
          <ul className="plain-list">
            {listOf(set).map((entry) => (
              <li key={entry}>
                <code className="aws-words">{entry}</code>
              </li>
            ))}
          </ul>
        ) : (
          "Nothing is in this set: statements that refer to it match nothing."
        )}
      </Container>
      <WafTags of={`this ${what}`} arn={set.ARN} scope={scope} />
      {deleting && (
        <DeleteThing
          what={what}
          operation={remove}
          thing={set}
          scope={scope}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate(listPath(kind, scope));
          }}
        >
          AWS WAF refuses this as long as a rule refers to it.
        </DeleteThing>
      )}
    </SpaceBetween>
  );
}

const addressesOf = ({ Addresses }: IpSet): string[] => Addresses;
const patternsOf = ({ RegularExpressionList }: PatternSet): string[] => RegularExpressionList.map(({ RegexString = "" }) => RegexString);

export const IpSetPage = (props: SetPageProps) => (
  <SetPage<IpSet>
    {...props}
    kind="ip-sets"
    what="IP set"
    load={loadIpSet}
    update="UpdateIPSet"
    remove="DeleteIPSet"
    facts={({ IPAddressVersion }) => [{ label: "IP version", value: IPAddressVersion === "IPV4" ? "IPv4" : "IPv6" }]}
    listOf={addressesOf}
    listTitle="IP addresses"
    input={(Addresses) => ({ Addresses })}
    editor={({ IPAddressVersion }, list, onChange, refused) => <AddressLines version={IPAddressVersion} addresses={list} onChange={onChange} errorText={fieldProblem(refused, "IP_ADDRESS")} />}
  />
);

export const PatternSetPage = (props: SetPageProps) => (
  <SetPage<PatternSet>
    {...props}
    kind="regex-pattern-sets"
    what="regex pattern set"
    load={loadPatternSet}
    update="UpdateRegexPatternSet"
    remove="DeleteRegexPatternSet"
    facts={() => []}
    listOf={patternsOf}
    listTitle="Regular expressions"
    input={(list) => ({ RegularExpressionList: list.map((RegexString) => ({ RegexString })) })}
    editor={(_, list, onChange, refused) => <PatternLines patterns={list} onChange={onChange} errorText={fieldProblem(refused, "REGEX_PATTERN_SET")} />}
  />
);
