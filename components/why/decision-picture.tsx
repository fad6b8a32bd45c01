"use client";

import type { ConditionContext, Decision, LayerTrace, PartTrace, PolicyTrace, StatementTrace } from "@/lib/engine/types";
import { DecisionMark, type Verdict, verdictLook } from "../ui/decision";
import { RightGlyph, RingGlyph } from "../ui/glyphs";
import { decisionSentence, layerName, layerSentence, leavesToIam, lowerFirst, partSentence, statementName, upperFirst } from "./sentences";

/**
 * A question to the policies, with all who had a say in one picture: control policies, the key policy, grants, IAM,
 * boundary and session in the order in which they were asked; the one that decided is marked. Below, each opens down to the
 * parts of its statements. The encryption context stands with the request, since statements look at it there.
 * `folded`: the sentence alone, until it is opened; for a yes on the way to somebody else's no.
 */
export function DecisionPicture({ decision, folded = false }: { decision: Decision; folded?: boolean }) {
  if (!folded)
    return (
      <div data-testid="decision" data-effect={decision.effect}>
        <p>{decisionSentence(decision)}</p>
        <Picture decision={decision} />
      </div>
    );
  return (
    <details data-testid="decision" data-effect={decision.effect} className="group/decision">
      <summary className="flex items-start gap-1 rounded-sm">
        <RightGlyph size={14} className="mt-1 text-faint transition-transform group-open/decision:rotate-90" />
        <span>{decisionSentence(decision)}</span>
      </summary>
      <Picture decision={decision} />
    </details>
  );
}

function Picture({ decision }: { decision: Decision }) {
  // What had no say is named in one line; the rest keeps the order in which it was asked.
  const asked = decision.layers
    .map((layer, i) => ({ layer, i }))
    .filter(({ layer, i }) => layer.outcome !== "NotApplicable" || decision.because.layer === i);
  const silent = decision.layers.filter((_, i) => asked.every((each) => each.i !== i));
  const encryption = Object.entries(decision.context).filter(([key]) => key.startsWith("kms:EncryptionContext:"));
  return (
    <>
      {encryption.length ? (
        <p className="mt-1 text-[0.8125rem] text-soft">
          Encryption context:{" "}
          <code className="[overflow-wrap:anywhere]">
            {encryption.map(([key, value]) => `${key.slice("kms:EncryptionContext:".length)}=${value}`).join(", ")}
          </code>
        </p>
      ) : null}
      <ol className="mt-3 divide-y divide-rule border-y border-rule">
        {asked.map(({ layer, i }) => (
          <LayerRow
            key={i}
            layer={layer}
            decision={decision}
            decided={decision.because.layer === i}
            needed={decision.missing?.includes(layer.kind) ?? false}
          />
        ))}
        {silent.length ? (
          <li className="flex items-start gap-2 py-2 pl-[18px] text-[0.8125rem] text-faint">
            <RingGlyph size={13} className="mt-1" />
            <span>
              Had no say:{" "}
              {silent
                .map((layer) => `${layerName(layer.kind, decision.action)}${layer.remark ? ` (${lowerFirst(layer.remark)})` : ""}`)
                .join(", ")}
              .
            </span>
          </li>
        ) : null}
      </ol>
      <details className="group mt-2 text-[0.8125rem]">
        <summary className="inline-flex items-center gap-1 rounded-sm text-faint hover:text-ink">
          <RightGlyph size={14} className="transition-transform group-open:rotate-90" />
          What the request said of itself
        </summary>
        <ContextTable context={decision.context} />
      </details>
    </>
  );
}

function LayerRow({ layer, decision, decided, needed }: { layer: LayerTrace; decision: Decision; decided: boolean; needed: boolean }) {
  const verdict: Verdict = layer.outcome;
  const name = upperFirst(layerName(layer.kind, decision.action));
  const head = (
    <>
      <span className={`w-44 shrink-0 font-medium ${layer.outcome === "NotApplicable" ? "text-faint" : ""}`}>{name}</span>
      <DecisionMark verdict={verdict}>
        {leavesToIam(layer, decision.action) ? "leaves it to IAM" : verdict === "ImplicitDeny" && !needed ? "does not allow it" : undefined}
      </DecisionMark>
      {decided ? (
        <span className="rounded-sm bg-brass-tint px-1.5 py-0.5 text-[0.8125rem] font-medium leading-tight text-brass">this decided</span>
      ) : null}
    </>
  );
  const more = layer.policies.length > 0 || (layer.grants?.length ?? 0) > 0;
  return (
    <li data-layer={layer.kind} data-outcome={layer.outcome} className={decided ? "-ml-2 border-l-2 border-l-brass-mark pl-1.5" : ""}>
      {more ? (
        <details open={decided || needed || layer.outcome === "ExplicitDeny"} className="group py-2">
          <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-sm">
            <RightGlyph size={14} className="-mr-1.5 text-faint transition-transform group-open:rotate-90" />
            {head}
          </summary>
          <div className="ml-[18px] mt-1.5 space-y-3">
            <p className="text-soft">{layerSentence(layer, decision.action)}</p>
            {layer.policies.map((policy, i) => (
              <Policy
                key={i}
                policy={policy}
                deciding={decided && decision.because.policy === i ? decision.because.statement : undefined}
              />
            ))}
            {layer.grants?.map((grant) => (
              <p key={grant.id} className="text-[0.8125rem]">
                <DecisionMark verdict={grant.matched ? "Allow" : "NotApplicable"}>
                  {grant.matched ? "matches" : "does not match"}
                </DecisionMark>{" "}
                grant <code>{grant.id.slice(0, 12)}…</code> to <code className="[overflow-wrap:anywhere]">{grant.grantee}</code>:{" "}
                {grant.why}
              </p>
            ))}
          </div>
        </details>
      ) : (
        <div className="py-2 pl-[18px]">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">{head}</div>
          {layer.outcome === "NotApplicable" && !layer.remark ? null : (
            <p className="mt-1 text-soft">{layerSentence(layer, decision.action)}</p>
          )}
        </div>
      )}
    </li>
  );
}

function Policy({ policy, deciding }: { policy: PolicyTrace; deciding: number | undefined }) {
  return (
    <div>
      <p className="text-[0.8125rem]">
        <span className="font-medium">{policy.name}</span>
        {policy.from ? <span className="text-faint"> on {policy.from}</span> : null}
      </p>
      {policy.problem ? <p className="text-[0.8125rem] text-deny">It could not be read: {policy.problem}</p> : null}
      <ul className="mt-1 space-y-1.5">
        {policy.statements.map((statement) => (
          <Statement key={statement.index} statement={statement} deciding={statement.index === deciding} />
        ))}
      </ul>
    </div>
  );
}

function Statement({ statement, deciding }: { statement: StatementTrace; deciding: boolean }) {
  const verdict: Verdict = !statement.matched
    ? statement.parts.some(({ notEvaluated }) => notEvaluated)
      ? "NotEvaluated"
      : "NotApplicable"
    : statement.Effect === "Allow"
      ? "Allow"
      : "ExplicitDeny";
  return (
    <li
      data-statement={statement.Sid ?? statement.index}
      data-matched={statement.matched}
      className={`border-l-2 pl-3 ${deciding ? "border-brass-mark" : "border-rule"}`}
    >
      <p className="flex flex-wrap items-center gap-2 text-[0.8125rem]">
        <span>
          {upperFirst(statementName(statement))}, {statement.Effect}
        </span>
        <DecisionMark verdict={verdict}>
          {statement.matched ? "matches" : verdict === "NotEvaluated" ? undefined : "does not match"}
        </DecisionMark>
      </p>
      <ul className="mt-1 space-y-0.5">
        {statement.parts.map((part, i) => (
          <Part key={i} part={part} />
        ))}
      </ul>
    </li>
  );
}

function Part({ part }: { part: PartTrace }) {
  const { Glyph, ink } = verdictLook(part.notEvaluated ? "NotEvaluated" : part.matched ? "Allow" : "ExplicitDeny");
  return (
    <li className="flex items-start gap-1.5 text-[0.8125rem] leading-snug">
      <Glyph size={13} className={`mt-[3px] ${part.matched && !part.notEvaluated ? ink : part.notEvaluated ? ink : "text-soft"}`} />
      <span className={`min-w-0 [overflow-wrap:anywhere] ${part.matched ? "text-soft" : ""}`}>
        {partSentence(part)}
        {part.variables && Object.keys(part.variables).length ? (
          <span className="text-faint">
            {" "}
            Read with{" "}
            {Object.entries(part.variables)
              .map(([name, value]) => `${name} = ${value}`)
              .join(", ")}
            .
          </span>
        ) : null}
      </span>
    </li>
  );
}

function ContextTable({ context }: { context: ConditionContext }) {
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 font-mono text-xs leading-5">
      {Object.entries(context)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => (
          <div key={key} className="contents">
            <dt className="text-faint">{key}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{Array.isArray(value) ? value.join(", ") : value}</dd>
          </div>
        ))}
    </dl>
  );
}
