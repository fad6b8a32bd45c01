"use client";
import { useState, type ReactNode } from "react";
import type { InspectionResult, RuleWalk } from "@/lib/engine/wafv2/inspect/result";
import type { Rule, RuleAction } from "../waf-types";
import { actionOf, actionWords } from "../rule/words";
import { inOrder } from "../rule/shape";
import { StatementTree } from "./walk-statement";
import "./walk.css";
import { endedBy, outcomeText, ruleLine, stateOf, sentence, type RuleState } from "./walk-words";

const signs: Record<RuleState, string> = { allow: "✓", block: "✕", count: "＋", other: "?", none: "–", unreached: "○" };

/**
 * The way of a request through a web ACL: every rule in its order, what it looked at and what came of it, and what was not
 * reached. `rules` and `action` are those that the walk was made with; where they are not known, what was not reached has no names.
 */
export function WalkView({ result, rules, action, without }: { result: InspectionResult; rules?: readonly Pick<Rule, "Name" | "Priority">[]; action?: RuleAction; without?: ReactNode }) {
  const walk = result.walk ?? [];
  const [ended] = endedBy(walk);
  const unreached = inOrder((rules ?? []) as Rule[]).filter(({ Name }) => ended && !walk.some(({ name }) => name === Name));
  const fallback = actionOf(action) ?? (result.action === "BLOCK" ? "Block" : "Allow");
  return (
    <div className="bench-way" data-testid="walk">
      <p className="bench-outcome" data-action={result.action} data-testid="walk-outcome" role="status">
        <span aria-hidden="true">{result.action === "ALLOW" ? "✓ " : result.action === "BLOCK" ? "✕ " : "? "}</span>
        {outcomeText(result)}
      </p>
      {without}
      {result.labels.length > 0 && (
        <p className="bench-labels">
          Labels: {result.labels.map(({ name }) => <code key={name}>{name}</code>)}
        </p>
      )}
      <ol className="bench-walk" aria-label="Rules in their order">
        {walk.map((rule) => (
          <RuleItem key={rule.name} walk={rule} />
        ))}
        {unreached.map(({ Name, Priority }) => (
          <li key={Name} data-state="unreached" data-testid="walk-unreached">
            <RuleHead state="unreached" priority={Priority} name={Name} line={`Not reached: ${ended.name} ended it`} />
          </li>
        ))}
        {ended && !rules && (
          <li data-state="unreached">
            <RuleHead state="unreached" name="Rules behind it, if any" line={`Not reached: ${ended.name} ended it`} />
          </li>
        )}
        <li data-state={ended ? "unreached" : fallback === "Block" ? "block" : "allow"}>
          <RuleHead state={ended ? "unreached" : fallback === "Block" ? "block" : "allow"} name="Default action" line={ended ? `Not reached: ${ended.name} ended it` : `${actionWords[fallback].label}: no rule ended it`} />
        </li>
      </ol>
    </div>
  );
}

function RuleHead({ state, priority, name, line }: { state: RuleState; priority?: number; name: string; line: string }) {
  return (
    <span className="bench-rule-head">
      <span className="bench-sign" data-state={state} aria-hidden="true">
        {signs[state]}
      </span>
      <span className="bench-rule-name">
        {priority !== undefined && <span className="bench-faint">{priority} </span>}
        <strong>{name}</strong>
      </span>
      <span className="bench-rule-line">{line}</span>
    </span>
  );
}

/** A rule; those that matched are open. What stands inside is made when it is opened: a managed group has many rules. */
function RuleItem({ walk, inside = false }: { walk: RuleWalk; inside?: boolean }) {
  const state = stateOf(walk);
  // Opened or closed by hand it stays so, until the rule says something else.
  const [chosen, setChosen] = useState<{ matched: boolean; open: boolean }>();
  const open = chosen?.matched === walk.matched ? chosen.open : walk.matched;
  const { group, statement, scopeDown, labels, overriddenAction, action } = walk;
  const matching = group?.rules.filter(({ matched }) => matched) ?? [];
  return (
    <li data-state={state}>
      <details open={open} onToggle={(event) => setChosen({ matched: walk.matched, open: event.currentTarget.open })} data-testid={`walk-rule-${walk.name}`}>
        <summary>
          <RuleHead state={state} priority={inside ? undefined : walk.priority} name={walk.name} line={ruleLine(walk)} />
        </summary>
        {open && (
          <div className="bench-rule-body">
            {(group || !walk.matched) && <p className="bench-why">{sentence(walk.why)}</p>}
            {overriddenAction && (
              <p className="bench-why">
                Its own action is {overriddenAction}; the override makes it {action}.
              </p>
            )}
            {labels.length > 0 && (
              <p className="bench-labels">
                Adds: {labels.map((name) => <code key={name}>{name}</code>)}
              </p>
            )}
            {scopeDown && (
              <>
                <p className="bench-why">Scope-down statement:</p>
                <StatementTree walk={scopeDown} />
              </>
            )}
            {statement && <StatementTree walk={statement} />}
            {group && group.rules.length > 0 && <Group group={group} matching={matching} />}
          </div>
        )}
      </details>
    </li>
  );
}

function Group({ group, matching }: { group: NonNullable<RuleWalk["group"]>; matching: readonly RuleWalk[] }) {
  const [all, setAll] = useState(false);
  const rules = all ? group.rules : matching;
  const others = group.rules.length - matching.length;
  return (
    <>
      {rules.length > 0 && (
        <ol className="bench-walk" aria-label={`Rules of ${group.name}`}>
          {rules.map((rule) => (
            <RuleItem key={rule.name} walk={rule} inside />
          ))}
        </ol>
      )}
      {others > 0 && (
        <button type="button" className="bench-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Hide" : "Show"} the {others === 1 ? "rule" : `${others} rules`} that {others === 1 ? "does" : "do"} not match
        </button>
      )}
      {group.notReached && group.notReached.length > 0 && <p className="bench-faint">Not reached in the group: {group.notReached.join(", ")}.</p>}
    </>
  );
}
