import type { Node } from "acorn";

/** Who means what in a parsed text: names that are bound, and the places that mean a name of the top level. */

interface Any {
  type: string;
  start: number;
  end: number;
  // Nodes are read by their names; acorn's own types are a union of a hundred.
  [member: string]: any;
}

export type Found =
  | { kind: "name"; name: string; start: number; end: number; /** `{ name }` */ shorthand: boolean; /** `name()`, or `name?.()`. */ called?: "surely" | "perhaps" }
  /** `import.meta` */
  | { kind: "meta"; start: number; end: number }
  /** `import()` */
  | { kind: "import"; start: number; end: number }
  /** `await`, outside of every function. */
  | { kind: "await"; start: number; end: number };

/** Names that a pattern binds: `{ a, b: [c = 1, ...d] }`. */
export function patternNames(pattern: Node | null): string[] {
  const node = pattern as Any | null;
  switch (node?.type) {
    case "Identifier":
      return [node.name as string];
    case "ObjectPattern":
      return (node.properties as Any[]).flatMap((one) => patternNames((one.type === "RestElement" ? one.argument : one.value) as Node));
    case "ArrayPattern":
      return (node.elements as (Node | null)[]).flatMap(patternNames);
    case "AssignmentPattern":
      return patternNames(node.left as Node);
    case "RestElement":
      return patternNames(node.argument as Node);
    default:
      return [];
  }
}

const isFunction = ({ type }: Any): boolean => type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
const children = (node: Any): Any[] => {
  const found: Any[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const one of value as unknown[]) if (isNode(one)) found.push(one);
    if (isNode(value)) found.push(value);
  }
  return found;
};
const isNode = (value: unknown): value is Any => typeof value === "object" && value !== null && typeof (value as Any).type === "string" && typeof (value as Any).start === "number";

/** What statements of one block bind there: let, const, class, function, using. */
const lexicalNames = (body: readonly Any[]): string[] =>
  body.flatMap((node) => (node.type === "VariableDeclaration" && node.kind !== "var" ? (node.declarations as Any[]).flatMap(({ id }) => patternNames(id as Node)) : node.type === "ClassDeclaration" || node.type === "FunctionDeclaration" ? [node.id?.name as string] : []));

/** What `var` binds in a function, wherever in it. */
function varNames(node: Any): string[] {
  if (isFunction(node)) return [];
  const own = node.type === "VariableDeclaration" && node.kind === "var" ? (node.declarations as Any[]).flatMap(({ id }) => patternNames(id as Node)) : [];
  return [...own, ...children(node).flatMap(varNames)];
}

/** What a node binds for all that stands in it. */
function bindings(node: Any): string[] {
  if (isFunction(node)) {
    const body = node.body as Any;
    const inside = body.type === "BlockStatement" ? [...lexicalNames(body.body as Any[]), ...(body.body as Any[]).flatMap(varNames)] : [];
    return [...(node.params as Node[]).flatMap(patternNames), ...(node.type === "FunctionExpression" && node.id ? [node.id.name as string] : []), ...inside];
  }
  switch (node.type) {
    case "BlockStatement":
      return lexicalNames(node.body as Any[]);
    case "StaticBlock":
      return [...lexicalNames(node.body as Any[]), ...(node.body as Any[]).flatMap(varNames)];
    case "SwitchStatement":
      return (node.cases as Any[]).flatMap(({ consequent }) => lexicalNames(consequent as Any[]));
    case "ForStatement":
      return node.init ? lexicalNames([node.init as Any]) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return lexicalNames([node.left as Any]);
    case "CatchClause":
      return patternNames(node.param as Node | null);
    case "ClassExpression":
    case "ClassDeclaration":
      return node.id ? [node.id.name as string] : [];
    default:
      return [];
  }
}

/** Places that mean one of these names of the top level, and what only a module has. Patterns that assign mean names too. */
export function referencesTo(program: Node, names: ReadonlySet<string>): Found[] {
  const found: Found[] = [];

  function visit(node: Any, hidden: ReadonlySet<string>, inFunction: boolean, called?: "surely" | "perhaps"): void {
    switch (node.type) {
      case "Identifier":
        if (names.has(node.name as string) && !hidden.has(node.name as string)) found.push({ kind: "name", name: node.name as string, start: node.start, end: node.end, shorthand: false, ...(called ? { called } : {}) });
        return;
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return;
      case "ExportNamedDeclaration":
        if (node.declaration) visit(node.declaration as Any, hidden, inFunction);
        return;
      case "MetaProperty":
        if (node.meta.name === "import") found.push({ kind: "meta", start: node.start, end: node.end });
        return;
      case "ImportExpression":
        found.push({ kind: "import", start: node.start, end: node.end });
        break;
      case "AwaitExpression":
        if (!inFunction) found.push({ kind: "await", start: node.start, end: node.end });
        break;
      case "ForOfStatement":
        if (node.await && !inFunction) found.push({ kind: "await", start: node.start, end: node.end });
        break;
      case "VariableDeclaration":
        if (node.kind === "await using" && !inFunction) found.push({ kind: "await", start: node.start, end: node.end });
        break;
      case "LabeledStatement":
        return visit(node.body as Any, hidden, inFunction);
      case "BreakStatement":
      case "ContinueStatement":
        return;
      case "MemberExpression":
        visit(node.object as Any, hidden, inFunction);
        if (node.computed) visit(node.property as Any, hidden, inFunction);
        return;
      case "CallExpression":
        visit(node.callee as Any, hidden, inFunction, node.optional ? "perhaps" : "surely");
        for (const argument of node.arguments as Any[]) visit(argument, hidden, inFunction);
        return;
      case "TaggedTemplateExpression":
        visit(node.tag as Any, hidden, inFunction, "surely");
        visit(node.quasi as Any, hidden, inFunction);
        return;
      case "Property": {
        if (node.computed) visit(node.key as Any, hidden, inFunction);
        const value = node.value as Any;
        const name = (value.type === "AssignmentPattern" ? value.left : value) as Any;
        if (node.shorthand && name.type === "Identifier") {
          if (names.has(name.name as string) && !hidden.has(name.name as string)) found.push({ kind: "name", name: name.name as string, start: name.start, end: name.end, shorthand: true });
          if (value.type === "AssignmentPattern") visit(value.right as Any, hidden, inFunction);
        } else visit(value, hidden, inFunction);
        return;
      }
      case "MethodDefinition":
      case "PropertyDefinition":
      case "AccessorProperty":
        if (node.computed) visit(node.key as Any, hidden, inFunction);
        if (node.value) visit(node.value as Any, hidden, node.type === "MethodDefinition" ? inFunction : true);
        return;
      default:
    }
    const bound = bindings(node).filter((name) => names.has(name));
    const within = bound.length ? new Set([...hidden, ...bound]) : hidden;
    for (const child of children(node)) visit(child, within, inFunction || isFunction(node) || node.type === "StaticBlock");
  }

  for (const node of (program as Any).body as Any[]) visit(node, new Set(), false);
  return found;
}
