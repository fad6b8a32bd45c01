import { describe, expect, test } from "vitest";
import { appendAt, removeAt, replaceAt, setMember } from "./json-text";

const lines = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect":   "Allow",
            "Action": "kms:Encrypt",
            "Resource": ["a", "b"]
        }
    ]
}`;
const one = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:Encrypt"],"Resource":"*"}]}';
const spaced = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}}';

describe("what is not changed stays as its author wrote it", () => {
  test.each<[string, string, string]>([
    [
      "a single value becomes a list, on lines",
      appendAt(lines, ["Statement", 0, "Action"], "kms:Decrypt"),
      lines.replace('"kms:Encrypt"', '[\n                "kms:Encrypt",\n                "kms:Decrypt"\n            ]'),
    ],
    ["a list on one line stays there", appendAt(lines, ["Statement", 0, "Resource"], "c"), lines.replace('"b"]', '"b", "c"]')],
    [
      "one more in a compact list",
      appendAt(one, ["Statement", 0, "Action"], "kms:Decrypt"),
      one.replace('Encrypt"]', 'Encrypt","kms:Decrypt"]'),
    ],
    [
      "a single value in a spaced line",
      appendAt(spaced, ["Statement", "Action"], "x:Y"),
      spaced.replace('"kms:Encrypt"', '["kms:Encrypt", "x:Y"]'),
    ],
    [
      "a member at the end, on lines",
      setMember(lines, ["Statement", 0], "Condition", { Bool: { k: "true" } }),
      lines.replace(
        '["a", "b"]',
        '["a", "b"],\n            "Condition": {\n                "Bool": {\n                    "k": "true"\n                }\n            }',
      ),
    ],
    ["a member that is there", setMember(one, ["Statement", 0], "Resource", "arn"), one.replace('"*"', '"arn"')],
    ["a compact member", setMember(one, ["Statement", 0], "Sid", "S"), one.replace('"*"}', '"*","Sid":"S"}')],
    ["the first of two away", removeAt(lines, ["Statement", 0, "Resource", 0]), lines.replace('["a", "b"]', '["b"]')],
    ["the last of two away", removeAt(lines, ["Statement", 0, "Resource", 1]), lines.replace('["a", "b"]', '["a"]')],
    ["the last member away", removeAt(one, ["Statement", 0, "Resource"]), one.replace(',"Resource":"*"', "")],
    ["the only one away", removeAt(one, ["Statement", 0]), one.replace(/\[\{.*\}\]/, "[]")],
    ["another value", replaceAt(lines, ["Statement", 0, "Resource", 1], "z"), lines.replace('"b"', '"z"')],
    ["nothing there, nothing done", removeAt(one, ["Statement", 7, "Resource"]), one],
  ])("%s", (_, got, wanted) => {
    expect(got).toBe(wanted);
    JSON.parse(got);
  });

  test("a statement between and after others, then away again: the same text", () => {
    const more = appendAt(lines, ["Statement"], { Effect: "Deny", Action: "*", Resource: "*" });
    expect(JSON.parse(more).Statement).toHaveLength(2);
    expect(more.startsWith(lines.slice(0, lines.indexOf("\n    ]")))).toBe(true);
    expect(removeAt(more, ["Statement", 1])).toBe(lines);
  });

  test("a statement that stands alone becomes a list", () => {
    const more = appendAt(spaced, ["Statement"], { Effect: "Deny" });
    expect(more).toBe(
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}, {"Effect": "Deny"}]}',
    );
  });

  test("line ends of Windows, names with quotes and names written twice", () => {
    const crlf = lines.replaceAll("\n", "\r\n");
    expect(appendAt(crlf, ["Statement", 0, "Action"], "kms:Decrypt")).not.toMatch(/[^\r]\n/);
    expect(setMember('{"a\\"b":{},"c":1,"c":2}', ['a"b'], "d", [])).toBe('{"a\\"b":{"d":[]},"c":1,"c":2}');
    expect(replaceAt('{"c":1,"c":2}', ["c"], 3)).toBe('{"c":1,"c":3}');
  });
});
