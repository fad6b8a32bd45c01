"use client";
import { useState } from "react";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import type { Rule, RuleAction } from "../../waf-types";
import { isStopped, type Change } from "./compare-tries";
import { located } from "../located";
import type { AclRef } from "../place";
import type { Edit } from "../try-requests";
import { sender, useWalk } from "../use-tries";
import { deciderText, kindWords, VerdictText } from "../verdict-words";
import { WalkView } from "../../walk/walk-view";

export interface Side {
  rules: readonly Rule[];
  action: RuleAction | undefined;
  edit?: Edit;
}

/** How many are shown before one asks for more. */
const first = 12;

/** The requests that an edit changes, each with its way before and after. */
export function ChangesList({ acl, type, changes, before, after }: { acl: AclRef; type: string; changes: readonly Change<SavedRequest>[]; before: Side; after: Side }) {
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, first);
  return (
    <div data-testid="changes">
      <ul className="bench-changes">
        {shown.map((change) => (
          <ChangeItem key={change.request.id} change={change} acl={acl} type={type} before={before} after={after} />
        ))}
      </ul>
      {changes.length > shown.length && (
        <button type="button" className="bench-more" onClick={() => setAll(true)}>
          Show the other {changes.length - shown.length}
        </button>
      )}
    </div>
  );
}

function ChangeItem({ change: { request, before: was, after: is }, acl, type, before, after }: { change: Change<SavedRequest>; acl: AclRef; type: string; before: Side; after: Side }) {
  const [open, setOpen] = useState(false);
  const turned = isStopped(was.outcome) !== isStopped(is.outcome);
  const better = turned && isStopped(is.outcome) === request.harmful;
  return (
    <li data-turn={turned ? (better ? "better" : "worse") : "same"}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} data-testid={`change-${request.id}`}>
        <summary>
          <span className="bench-change-title">
            <strong>{request.title}</strong> <span className="bench-faint">{request.harmful ? "harmful" : "harmless"}, {kindWords[request.kind]}</span>
          </span>
          <span className="bench-change-way">
            <VerdictText tried={was} harmful={request.harmful} />
            <span className="bench-faint">{deciderText(was)}</span>
          </span>
          <span aria-hidden="true">→</span>
          <span className="waf-hidden">becomes</span>
          <span className="bench-change-way">
            <VerdictText tried={is} harmful={request.harmful} />
            <span className="bench-faint">{deciderText(is)}</span>
          </span>
        </summary>
        {open && <BothWalks request={request} acl={acl} type={type} before={before} after={after} />}
      </details>
    </li>
  );
}

function BothWalks({ request, acl, type, before, after }: { request: SavedRequest; acl: AclRef; type: string; before: Side; after: Side }) {
  const [client] = useState(() => located(request.client ?? sender));
  return (
    <div className="bench-both">
      {[
        { title: "As it is", side: before },
        { title: "With your edit", side: after },
      ].map(({ title, side }) => (
        <section key={title} aria-label={title}>
          <h4>{title}</h4>
          <OneWalk request={request} client={client} acl={acl} type={type} side={side} />
        </section>
      ))}
    </div>
  );
}

function OneWalk({ request, client, acl, type, side }: { request: SavedRequest; client: ReturnType<typeof located>; acl: AclRef; type: string; side: Side }) {
  const { result, refused } = useWalk(acl, type, side.edit, request.message, client);
  if (refused) return <p className="bench-faint">{refused.message ?? refused.code}</p>;
  return result ? <WalkView result={result} rules={side.rules} action={side.action} /> : <p className="bench-faint">Trying it</p>;
}
