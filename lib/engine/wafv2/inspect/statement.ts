import { addressNode, listNode, type Referred } from "./addresses";
import { labelNode } from "./labels";
import { componentNode, matchNode, patternMatcher } from "./match";
import { rateNode } from "./rate";
import type { StatementWalk } from "./result";
import type { Node } from "./seen";
import type { Sources } from "./sources";
import type { FieldToMatch, Statement, TextTransformation } from "./types";

/** A managed group's statement: AWS's kinds, and two whose inside AWS keeps to itself. */
export type ManagedStatement =
  | Statement
  | { Pattern: { FieldToMatch: FieldToMatch; TextTransformations: TextTransformation[]; pattern: RegExp } }
  | { AddressList: readonly string[] }
  | { AllOf: ManagedStatement[] }
  | { AnyOf: ManagedStatement[] };

export interface Scope extends Referred {
  sources: Sources;
  patternsOf(arn: string): readonly string[];
  /** The label prefix of the web ACL or rule group that the statement stands in. */
  namespace: string;
  /** For rate-based statements: which use of which rule. */
  place: { key: string; ruleName: string };
}

const notNeeded = (node: Pick<StatementWalk, "statement">): StatementWalk => ({ ...node, evaluated: false, matched: false, why: "Not evaluated: the decision had fallen." });
const nameOf = (statement: ManagedStatement): StatementWalk["statement"] => {
  const name = Object.keys(statement)[0];
  return name === "AllOf" ? "AndStatement" : name === "AnyOf" ? "OrStatement" : (name as StatementWalk["statement"]);
};

/** And (`all`) and Or: parts in order, until one decides. */
function several(statements: readonly ManagedStatement[], all: boolean, scope: Scope): Node {
  const nodes = statements.map((each) => compileStatement(each, scope));
  const names = statements.map(nameOf);
  return {
    test: all ? (seen) => nodes.every((node) => node.test(seen)) : (seen) => nodes.some((node) => node.test(seen)),
    explain(seen) {
      let decided = false;
      const children = nodes.map((node, at) => {
        if (decided) return notNeeded({ statement: names[at] });
        const walk = node.explain(seen);
        decided = walk.matched !== all;
        return walk;
      });
      const matched = decided !== all;
      const count = children.filter((each) => each.matched).length;
      const why = all ? (matched ? "All parts match." : `Part ${count + 1} of ${nodes.length} does not match.`) : matched ? `Part ${children.findIndex((each) => each.matched) + 1} matches.` : `None of ${nodes.length} parts matches.`;
      return { statement: all ? "AndStatement" : "OrStatement", evaluated: true, matched, why, children };
    },
  };
}

function not(statement: Statement, scope: Scope): Node {
  const node = compileStatement(statement, scope);
  return {
    test: (seen) => !node.test(seen),
    explain(seen) {
      const inner = node.explain(seen);
      return { statement: "NotStatement", evaluated: true, matched: !inner.matched, why: inner.matched ? "The part matches, so NOT does not." : "The part does not match, so NOT does.", children: [inner] };
    },
  };
}

const never: Node = { test: () => false, explain: () => ({ statement: "AndStatement", evaluated: true, matched: false, why: "This kind of statement is not inspected here." }) };

/** A statement as a node. Statements of groups are not among them: see rules.ts. */
export function compileStatement(statement: ManagedStatement, scope: Scope): Node {
  if ("Pattern" in statement) {
    const { FieldToMatch, TextTransformations, pattern } = statement.Pattern;
    return matchNode("Pattern", scope.sources.of(FieldToMatch, TextTransformations), patternMatcher(pattern));
  }
  if ("AddressList" in statement) return listNode(statement.AddressList);
  if ("AllOf" in statement) return several(statement.AllOf, true, scope);
  if ("AnyOf" in statement) return several(statement.AnyOf, false, scope);
  if (statement.AndStatement) return several(statement.AndStatement.Statements, true, scope);
  if (statement.OrStatement) return several(statement.OrStatement.Statements, false, scope);
  if (statement.NotStatement) return not(statement.NotStatement.Statement, scope);
  if (statement.LabelMatchStatement) return labelNode(statement.LabelMatchStatement, scope.namespace);
  if (statement.RateBasedStatement) {
    const { ScopeDownStatement } = statement.RateBasedStatement;
    return rateNode(statement.RateBasedStatement, ScopeDownStatement && compileStatement(ScopeDownStatement, scope), scope);
  }
  return addressNode(statement, scope) ?? componentNode(statement, scope.sources, scope.patternsOf) ?? never;
}
