import type { Node, Seen } from "./seen";
import type { LabelMatchStatement } from "./types";

/**
 * Label match. A key that begins with `awswaf:` is meant whole; another one has the prefix of the rule's own web ACL or rule group.
 * Source: AWS WAF Developer Guide, Label match rule statement; Label syntax and naming requirements.
 */

/** `namespace` is the prefix of the rule's context, with its colon. */
export function matchesLabel({ Scope, Key }: LabelMatchStatement, namespace: string): (label: string) => boolean {
  const whole = Key.startsWith("awswaf:");
  if (Scope === "NAMESPACE") {
    if (whole) return (label) => label.length > Key.length && label.startsWith(Key);
    return (label) => {
      if (!label.startsWith(namespace)) return false;
      const namespaces = label.slice(namespace.length, label.lastIndexOf(":") + 1);
      return `:${namespaces}`.includes(`:${Key}`);
    };
  }
  if (whole) return (label) => label === Key;
  return (label) => label.startsWith(namespace) && (label.length === namespace.length + Key.length ? label.endsWith(Key) : label.length > namespace.length + Key.length && label.endsWith(`:${Key}`));
}

export function labelNode(statement: LabelMatchStatement, namespace: string): Node {
  const matches = matchesLabel(statement, namespace);
  const find = (seen: Seen): string | undefined => seen.labels.find(({ name }) => matches(name))?.name;
  return {
    test: (seen) => find(seen) !== undefined,
    explain(seen) {
      const label = find(seen);
      const [matched, there] = [label !== undefined, seen.labels.length];
      const why = matched ? `Match: an earlier rule added ${label}.` : `No match: none of the ${there} labels of earlier rules is ${statement.Key}.`;
      return { statement: "LabelMatchStatement", evaluated: true, matched, why };
    },
  };
}
