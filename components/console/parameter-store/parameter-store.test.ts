import { describe, expect, test } from "vitest";
import { parameterFilters } from "./parameter-filters";
import { formOf, policiesOf, policiesText, type PolicyForm } from "./parameter-policies";
import { folderIds, parameterTree, type TreeNode } from "./parameter-tree";

const tree = (...names: string[]) => parameterTree(names.map((Name) => ({ Name })));
const draw = (nodes: TreeNode<unknown>[], depth = 0): string[] =>
  nodes.flatMap((node) => [
    `${" ".repeat(depth)}${node.label}${node.kind === "folder" ? `(${node.count})` : ""}`,
    ...draw(node.children, depth + 1),
  ]);

describe("tree by path", () => {
  test("folders first, each counting what is in it", () =>
    expect(draw(tree("/my-app/prod/db-url", "/my-app/dev/db-url", "/my-app/dev/db-password", "plain", "/top"))).toEqual([
      "my-app/(3)",
      " dev/(2)",
      "  db-password",
      "  db-url",
      " prod/(1)",
      "  db-url",
      "plain",
      "top",
    ]));

  test("a parameter that is also a folder is both, with ids of their own", () => {
    const nodes = tree("/a/b", "/a/b/c");
    expect(draw(nodes)).toEqual(["a/(2)", " b/(1)", "  c", " b"]);
    expect(folderIds(nodes)).toEqual(["/a/", "/a/b/"]);
  });

  test("hostile names are only names", () =>
    expect(draw(tree("__proto__", "/__proto__/constructor"))).toEqual(["__proto__/(1)", " constructor", "__proto__"]));
  test("nothing", () => expect(tree()).toEqual([]));
});

test.each([
  [[{ value: "db" }], [{ Key: "Name", Option: "Contains", Values: ["db"] }]],
  [[{ propertyKey: "Name", operator: "^", value: "/my" }], [{ Key: "Name", Option: "BeginsWith", Values: ["/my"] }]],
  [
    [
      { propertyKey: "Type", operator: "=", value: "String" },
      { propertyKey: "Type", operator: "=", value: "SecureString" },
    ],
    [{ Key: "Type", Option: "Equals", Values: ["String", "SecureString"] }],
  ],
  [[{ propertyKey: "Path", operator: "^", value: "/my-app" }], [{ Key: "Path", Option: "Recursive", Values: ["/my-app"] }]],
  [[{ propertyKey: "Path", operator: "=", value: "/my-app" }], [{ Key: "Path", Option: "OneLevel", Values: ["/my-app"] }]],
  [[{ value: "  " }], []],
])("%j asks %j", (tokens, filters) => expect(parameterFilters(tokens)).toEqual(filters));

describe("parameter policies", () => {
  const form: PolicyForm = {
    expiration: "2027-01-01T00:00:00Z",
    expirationNotification: { before: "15", unit: "Days" },
    noChangeNotification: { after: "20", unit: "Hours" },
  };

  test("as PutParameter takes them", () =>
    expect(JSON.parse(policiesText(form)!)).toEqual([
      { Type: "Expiration", Version: "1.0", Attributes: { Timestamp: "2027-01-01T00:00:00Z" } },
      { Type: "ExpirationNotification", Version: "1.0", Attributes: { Before: "15", Unit: "Days" } },
      { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "20", Unit: "Hours" } },
    ]));

  test("none at all is no text", () => expect(policiesText({})).toBeUndefined());

  test("stored policies come back into the form; what has no place in it is not lost", () => {
    const stored = policiesOf(form).map((policy) => ({
      PolicyText: JSON.stringify(policy),
      PolicyType: policy.Type,
      PolicyStatus: "Pending",
    }));
    expect(formOf(stored)).toEqual({ form, others: [] });
    const broken = { PolicyText: "{", PolicyType: "Expiration", PolicyStatus: "Pending" };
    expect(formOf([...stored, stored[1], broken]).others).toEqual([stored[1], broken]);
  });
});
