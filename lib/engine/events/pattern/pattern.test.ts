import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../types";
import { compile } from "./compile";
import { couldBe, explain, matches } from "./match";
import { millionths } from "./numbers";
import { fits, piecesOf } from "./wildcard";

/** Pages of the EventBridge User Guide that rows are taken from: what fits and what does not is theirs, the events are ours. */
const event: JsonObject = {
  version: "0",
  id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "Parameter Store Change",
  source: "aws.ssm",
  account: "111122223333",
  time: "2026-11-24T16:43:48Z",
  region: "us-east-1",
  resources: ["arn:aws:ssm:us-east-1:111122223333:parameter/app/db", "arn:aws:ssm:us-east-1:111122223333:parameter/app/url"],
  detail: {
    operation: "Update",
    name: "/app/db",
    type: "SecureString",
    description: "",
    nothing: null,
    on: true,
    count: 5,
    price: 301.8,
    negative: -0.5,
    large: 123456789012,
    "source-ip": "10.0.0.33",
    ip6: "2001:db8:1234:1a00::1",
    empty: [],
    tags: ["red", "green"],
    path: "C:\\keys\\*.pem",
    people: [
      { first: "Anna", last: "Jones", pets: [{ kind: "cat", name: "Mia" }, { kind: "dog", name: "Rex" }] },
      { first: "Peter", last: "Smith", pets: [{ kind: "dog", name: "Mia" }] },
    ],
    grid: [[{ x: 1, y: 2 }], [{ x: 3, y: 4 }]],
    "a.b": { c: "dotted" },
  },
};

const answer = (pattern: unknown, of: JsonObject = event): boolean | string => {
  const compiled = compile(typeof pattern === "string" ? pattern : JSON.stringify(pattern));
  return compiled.ok ? matches(compiled.pattern, of) : compiled.reason;
};
const inDetail = (detail: unknown) => ({ detail });

describe("what fits", () => {
  test.each<[string, unknown, boolean]>([
    // Creating event patterns: exact values, lists, null and empty
    ["a value of the list", { source: ["aws.kms", "aws.ssm"] }, true],
    ["no value of the list", { source: ["aws.kms"] }, false],
    ["all fields must fit", { source: ["aws.ssm"], "detail-type": ["KMS CMK Rotation"] }, false],
    ["letters' case counts", { source: ["AWS.SSM"] }, false],
    ["names' case counts", { Source: ["aws.ssm"] }, false],
    ["a list of the event has one of them", { resources: ["arn:aws:ssm:us-east-1:111122223333:parameter/app/url"] }, true],
    ["the empty text", inDetail({ description: [""] }), true],
    ["the empty text is not absence", inDetail({ missing: [""] }), false],
    ["null", inDetail({ nothing: [null] }), true],
    ["null is not absence", inDetail({ missing: [null] }), false],
    ["null is not the empty text", inDetail({ description: [null] }), false],
    ["a truth value", inDetail({ on: [true] }), true],
    ["a truth value is no text", inDetail({ on: ["true"] }), false],
    ["a number", inDetail({ count: [5] }), true],
    ["a number however it is written", inDetail({ price: [3.018e2] }), true],
    ["a number is no text", inDetail({ count: ["5"] }), false],
    ["a number beyond what is compared, by its digits", inDetail({ large: [123456789012] }), true],
    ["an address, however it is written", inDetail({ ip6: ["2001:0db8:1234:1a00:0:0:0:1"] }), true],

    // Comparison operators: prefix, suffix, equals-ignore-case, wildcard
    ["prefix", { time: [{ prefix: "2026-11-24" }] }, true],
    ["prefix, not", { time: [{ prefix: "2027" }] }, false],
    ["prefix of a number", inDetail({ count: [{ prefix: "5" }] }), false],
    ["prefix, any case", { source: [{ prefix: { "equals-ignore-case": "AWS." } }] }, true],
    ["suffix", inDetail({ name: [{ suffix: "/db" }] }), true],
    ["suffix, any case", inDetail({ name: [{ suffix: { "equals-ignore-case": "/DB" } }] }), true],
    ["equals-ignore-case", { "detail-type": [{ "equals-ignore-case": "parameter store change" }] }, true],
    ["equals-ignore-case, whole", { "detail-type": [{ "equals-ignore-case": "parameter store" }] }, false],
    ["wildcard", { resources: [{ wildcard: "arn:aws:ssm:*:parameter/app/*" }] }, true],
    ["wildcard for nothing", { source: [{ wildcard: "aws.*ssm" }] }, true],
    ["wildcard, not", { resources: [{ wildcard: "arn:aws:kms:*" }] }, false],
    ["wildcard: an asterisk and a backslash themselves", inDetail({ path: [{ wildcard: "C:\\\\*\\\\\\*.pem" }] }), true],
    ["wildcard: the same, not", inDetail({ name: [{ wildcard: "/app/\\*" }] }), false],

    // anything-but
    ["anything-but", inDetail({ operation: [{ "anything-but": "Delete" }] }), true],
    ["anything-but, not", inDetail({ operation: [{ "anything-but": "Update" }] }), false],
    ["anything-but a list", inDetail({ operation: [{ "anything-but": ["Create", "Update"] }] }), false],
    ["anything-but a number", inDetail({ count: [{ "anything-but": 6 }] }), true],
    ["anything-but numbers", inDetail({ count: [{ "anything-but": [4, 5.0] }] }), false],
    ["anything-but a text fits null", inDetail({ nothing: [{ "anything-but": "x" }] }), true],
    ["anything-but does not fit absence", inDetail({ missing: [{ "anything-but": "x" }] }), false],
    ["anything-but of a list: one other value is enough", inDetail({ tags: [{ "anything-but": "red" }] }), true],
    ["anything-but prefix", inDetail({ operation: [{ "anything-but": { prefix: "Del" } }] }), true],
    ["anything-but prefixes", inDetail({ operation: [{ "anything-but": { prefix: ["Del", "Up"] } }] }), false],
    ["anything-but prefix fits a number", inDetail({ count: [{ "anything-but": { prefix: "x" } }] }), true],
    ["anything-but suffix", inDetail({ name: [{ "anything-but": { suffix: ["/db", "/x"] } }] }), false],
    ["anything-but, any case", inDetail({ operation: [{ "anything-but": { "equals-ignore-case": ["UPDATE", "x"] } }] }), false],
    ["anything-but wildcard", inDetail({ name: [{ "anything-but": { wildcard: "*/url" } }] }), true],
    ["anything-but wildcards", inDetail({ name: [{ "anything-but": { wildcard: ["*/url", "/app/*"] } }] }), false],

    // numeric
    ["a range", inDetail({ count: [{ numeric: [">", 0, "<=", 5] }] }), true],
    ["a range that leaves its end out", inDetail({ count: [{ numeric: [">", 0, "<", 5] }] }), false],
    ["equal", inDetail({ price: [{ numeric: ["=", 3.018e2] }] }), true],
    ["below zero", inDetail({ negative: [{ numeric: ["<", 0] }] }), true],
    ["six places", inDetail({ negative: [{ numeric: [">=", -0.500001] }] }), true],
    ["a text is no number", inDetail({ name: [{ numeric: [">", 0] }] }), false],
    ["beyond five billion nothing is compared", inDetail({ large: [{ numeric: [">", 0] }] }), false],

    // cidr
    ["an address of the block", inDetail({ "source-ip": [{ cidr: "10.0.0.0/24" }] }), true],
    ["another block", inDetail({ "source-ip": [{ cidr: "10.0.1.0/24" }] }), false],
    ["IPv6", inDetail({ ip6: [{ cidr: "2001:db8:1234:1a00::/64" }] }), true],
    ["what is no address", inDetail({ name: [{ cidr: "0.0.0.0/0" }] }), false],

    // exists: leaves alone
    ["is there", inDetail({ count: [{ exists: true }] }), true],
    ["is there, as null", inDetail({ nothing: [{ exists: true }] }), true],
    ["is not there", inDetail({ missing: [{ exists: true }] }), false],
    ["absent", inDetail({ missing: [{ exists: false }] }), true],
    ["absent, but it is there", inDetail({ count: [{ exists: false }] }), false],
    ["a field with fields is no leaf", inDetail({ "a.b": [{ exists: false }] }), true],
    ["an empty list has no value", inDetail({ empty: [{ exists: false }] }), true],
    ["absent or a value", inDetail({ missing: ["x", { exists: false }] }), true],
    ["absent or a value, and neither", inDetail({ count: [6, { exists: false }] }), false],

    // $or
    ["one of two", { $or: [{ source: ["aws.kms"] }, { "detail-type": [{ prefix: "Parameter" }] }] }, true],
    ["neither", { $or: [{ source: ["aws.kms"] }, { source: ["aws.s3"] }] }, false],
    ["beside other fields", { source: ["aws.ssm"], detail: { $or: [{ count: [1] }, { price: [{ numeric: [">", 300] }] }] } }, true],
    ["beside a field that does not fit", { source: ["aws.kms"], $or: [{ region: ["us-east-1"] }, { region: ["x"] }] }, false],
    ["one in another", { $or: [{ source: ["x"] }, { source: ["aws.ssm"], $or: [{ account: ["x"] }, { region: ["us-east-1"] }] }] }, true],
    ["two, side by side", { $or: [{ source: ["aws.ssm"] }, { source: ["x"] }], detail: { $or: [{ count: [6] }, { on: [false] }] } }, false],

    // lists of objects, names with points (github.com/aws/event-ruler: JSON Array Matching; Compiled rules and JSON keys with dots)
    ["a member of a list", inDetail({ people: { first: ["Anna"] } }), true],
    ["two fields of the same member", inDetail({ people: { first: ["Peter"], last: ["Smith"] } }), true],
    ["two fields of different members", inDetail({ people: { first: ["Anna"], last: ["Smith"] } }), false],
    ["lists in lists, the same member all the way", inDetail({ people: { first: ["Anna"], pets: { kind: ["dog"], name: ["Rex"] } } }), true],
    ["lists in lists, not the same", inDetail({ people: { first: ["Anna"], pets: { kind: ["dog"], name: ["Mia"] } } }), false],
    ["the same through $or and beside it", { detail: { people: { last: ["Smith"] }, $or: [{ people: { first: ["Anna"] } }, { count: [6] }] } }, false],
    ["lists of lists", inDetail({ grid: { x: [3], y: [4] } }), true],
    ["lists of lists, not the same", inDetail({ grid: { x: [1], y: [4] } }), false],
    ["a name with a point in the pattern", inDetail({ "people.first": ["Anna"] }), true],
    ["a name with a point in the event", inDetail({ a: { b: { c: ["dotted"] } } }), true],
  ])("%s", (_, pattern, expected) => expect(answer(pattern)).toBe(expected));
});

const at = (message: string, source: string, column: number, line = 1): string => `${message}\n at [Source: (String)"${source}"; line: ${line}, column: ${column}]`;

describe("what is refused, and where", () => {
  // Recorded from AWS: github.com/localstack/localstack, tests/aws/services/events, test_events_patterns.snapshot.json
  test.each<[string, string, number | undefined]>([
    ['{"int": 42}', '"int" must be an object or an array', 11],
    ['{"string": "my-value"}', '"string" must be an object or an array', 13],
    ['{"resources": []}', "Empty arrays are not allowed", 17],
    ['{"my_key": [{"EXISTS": true}]}', "Unrecognized match type EXISTS", 28],
    ['{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}', "Unrecognized match type NUMERIC", 36],
    ['{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}', "Bad numeric range operator: >", 49],
    ['{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}', "Value of < must be numeric", 50],
    ['{"detail-type": [{"equals-ignore-case": ["ec2 instance state-change notification"]}]}', "equals-ignore-case match pattern must be a string", 42],
    ['{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}', "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.", 66],
    ['{"EventBusArn": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]}', "Consecutive wildcard characters at pos 26", 72],
    ['{"EventBusArn": [{"wildcard": 123}]}', "wildcard match pattern must be a string", 34],
    ['{"detail": {"FilePath": [{"anything-but": {"wildcard": 123}}]}}', "wildcard match pattern must be a string", 59],
    ['{"time": [{"prefix": ["2022-07-13"]}]}', "prefix match pattern must be a string", 23],
    ['{"FileName": [{"suffix": 123}]}', "suffix match pattern must be a string", 29],
    ['{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}', "Value of anything-but must be an array or single string/number value.", 55],
    ['{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}', "prefix match pattern must be a string", 43],
    ['{"detail": {"sourceIPAddress": [{"cidr": "10.0.0.0"}]}}', "Malformed CIDR, one '/' required", undefined],
    ['{"detail": {"sourceIPAddress": [{"cidr": "10.0.0.0/x"}]}}', "Malformed CIDR, mask bits must be an integer", undefined],
    ['{"detail": {"sourceIPAddress": [{"cidr": "xx.11.xx/8"}]}}', "Nonstandard IP address: xx.11.xx", undefined],
    ['{"EventBusArn": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}', "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character", undefined],
    ["this is valid json but not a dict", "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 5],
    ["{'bad': 'quotation'}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2],
    ['{"not": closed mark"', "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", 15],
    ['["not", "a", "dict", "but valid json"]', "Filter is not an object", 2],
  ])("%s", (source, message, column) => expect(answer(source)).toBe(column === undefined ? message : at(message, source, column)));

  test("inside a list the place is told twice", () => {
    const source = '{"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}}';
    const once = at("prefix/suffix match pattern must be a string", source, 55);
    expect(answer(source)).toBe(`${once}${once.slice(once.indexOf("\n at"))}`);
  });

  // github.com/aws/event-ruler, JsonRuleCompiler
  test.each([
    ["{}", /^Empty objects are not allowed/],
    ['{"detail": {}}', /^Empty objects are not allowed/],
    ['{"a": [["b"]]}', /^Match value must be String, number, true, false, or null/],
    ['{"a": [{}]}', /^Match expression name not found/],
    ['{"a": [{"prefix": "x", "suffix": "y"}]}', /^Only one key allowed in match expression/],
    ['{"a": [{"anything-but": ["x", 1]}]}', /^Inside anything but list, either all values are number or string/],
    ['{"a": [{"anything-but": [null]}]}', /^Inside anything but list, start\|null\|boolean is not supported/],
    ['{"a": [{"anything-but": {"prefix": ""}}]}', /^Null prefix\/suffix not allowed/],
    ['{"a": [{"anything-but": {"numeric": [">", 1]}}]}', /^Unsupported anything-but pattern: numeric/],
    ['{"a": [{"numeric": ["~", 1]}]}', /^Unrecognized numeric range operator: ~/],
    ['{"a": [{"numeric": ["=", 5000000001]}]}', /^Value must be between -5.0E9 and 5.0E9, inclusive/],
    ['{"a": [{"numeric": [">", 5, "<", 5]}]}', /^Bottom must be less than top/],
    ['{"a": [{"exists": "yes"}]}', /^exists match pattern must be either true or false\./],
    ['{"a": [{"wildcard": "a\\\\b"}]}', /^Invalid escape character at pos 2/],
    ['{"$or": [{"a": ["x"]}]}', /^There must have at least 2 Objects in \$or relationship\./],
    ['{"$or": {"a": ["x"]}}', /^It must be an Array followed with \$or\./],
    ['{"$or": ["x", "y"]}', /^Only JSON object is allowed in array of \$or relationship\./],
    ['{"$or": [{"prefix": ["x"]}, {"a": ["y"]}]}', /^prefix is Ruler reserved fieldName which cannot be used inside \$or\./],
    ['{"a": ["x"', /^Unexpected end-of-input: expected close marker for Array \(start marker at \[Source:/],
    ['{"a" ["x"]}', /^Unexpected character \('\[' \(code 91\)\): was expecting a colon to separate field name and value/],
    ['{"a": ["x" "y"]}', /^Unexpected character \('"' \(code 34\)\): was expecting comma to separate Array entries/],
    ["", /^Filter is not an object|^Unexpected/],
  ])("%s", (source, reason) => expect(answer(source)).toMatch(reason));

  test("a long source is cut where AWS cuts it, and lines are counted", () => {
    const source = `{\n"a": ["${"x".repeat(600)}"],\n "b": 1}`;
    expect(answer(source)).toContain(`"[truncated ${source.length - 500} chars]; line: 3, column: 8]`);
  });

  test("what comes after the pattern's end is not read", () => expect(answer('{"source": ["aws.ssm"]} and so on')).toBe(true));
});

describe("hostile patterns and events take no time", () => {
  const timed = (work: () => unknown): number => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };

  test("a wildcard bomb: time grows with the text, not with its square", () => {
    const pieces = piecesOf(`*${"a".repeat(200)}b*${"a".repeat(200)}b*c`);
    fits("a".repeat(20_000), pieces);
    const short = timed(() => fits("a".repeat(200_000), pieces));
    const long = timed(() => fits("a".repeat(1_600_000), pieces));
    expect(long).toBeLessThan(Math.max(200, short * 40));
  });

  test("wildcards that could be anywhere are refused before they are tried", () => {
    const source = JSON.stringify({ a: [{ wildcard: "*a".repeat(1_500) }] });
    expect(timed(() => expect(answer(source)).toMatch(/too complex/))).toBeLessThan(1_000);
  });

  test("$or upon $or: branches are counted before they are made", () => {
    const detail = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, { $or: [{ a: [1] }, { b: [2] }] }]));
    expect(timed(() => expect(answer({ detail })).toMatch(/more than 1000 combinations/))).toBeLessThan(1_000);
  });

  test("deep patterns and deep events", () => {
    const deep = (depth: number): string => `${'{"a":'.repeat(depth)}["x"]${"}".repeat(depth)}`;
    expect(answer(deep(800))).toBe(false);
    let nested: any = "x";
    for (let i = 0; i < 990; i++) nested = i % 2 ? [nested] : { a: nested };
    expect(answer(deep(495), { a: nested } as JsonObject)).toBe(false);
    expect(answer(deep(496), { a: nested } as JsonObject)).toBe(true);
  });

  test("many fields over a list of many members", () => {
    const fields = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, [1]]));
    const list = Array.from({ length: 2_000 }, (_, i) => Object.fromEntries(Array.from({ length: 20 }, (_, j) => [`f${j}`, j === i % 20 ? 0 : 1])));
    expect(timed(() => expect(answer({ list: fields }, { list })).toBe(false))).toBeLessThan(1_000);
  });
});

describe("reasons", () => {
  const reasons = (pattern: unknown) => {
    const compiled = compile(JSON.stringify(pattern));
    if (!compiled.ok) throw new Error(compiled.reason);
    return explain(compiled.pattern, event);
  };

  test("each field says what it wants, what there is, and whether that fits", () => {
    expect(reasons({ source: ["aws.ssm"], detail: { operation: ["Delete", { prefix: "Cre" }], missing: [{ exists: true }] } })).toEqual({
      matched: false,
      branches: [{
        matched: false,
        fields: [
          { path: "source", wanted: ['"aws.ssm"'], got: ['"aws.ssm"'], matched: true },
          { path: "detail.operation", wanted: ['"Delete"', '{"prefix":"Cre"}'], got: ['"Update"'], matched: false },
          { path: "detail.missing", wanted: ['{"exists":true}'], got: [], matched: false },
        ],
      }],
    });
  });

  test("a value that stands in another member of a list is told apart", () => {
    const { branches } = reasons({ detail: { people: { first: ["Anna"], last: ["Smith"] } } });
    expect(branches[0].fields.filter(({ matched }) => !matched)).toEqual([{ path: "detail.people.last", wanted: ['"Smith"'], got: ['"Jones"', '"Smith"'], matched: false, elsewhere: true }]);
  });

  test("of $or the branch that matched, or all of them", () => {
    const or = (region: string) => ({ $or: [{ region: [region] }, { region: ["eu-west-2"] }] });
    expect(reasons(or("us-east-1")).branches).toHaveLength(1);
    expect(reasons(or("x")).branches).toHaveLength(2);
  });
});

test.each<[string, string, boolean]>([
  ['{"source": ["aws.kms"]}', "AWS API Call via CloudTrail", true],
  ['{"detail-type": ["AWS API Call via CloudTrail"]}', "AWS API Call via CloudTrail", true],
  ['{"detail-type": [{"suffix": "via CloudTrail"}]}', "AWS Service Event via CloudTrail", true],
  ['{"detail-type": ["Parameter Store Change"]}', "AWS API Call via CloudTrail", false],
  ['{"detail-type": [{"anything-but": {"prefix": "AWS"}}]}', "AWS API Call via CloudTrail", false],
])("%s could be of %s: %s", (pattern, detailType, expected) => expect(couldBe(pattern, { "detail-type": [detailType] })).toBe(expected));

test.each<[string, number | undefined]>([
  ["0", 0], ["-0", 0], ["1", 1_000_000], ["-1.5", -1_500_000], ["301.8", 301_800_000], ["3.018e2", 301_800_000], ["0.000001", 1], ["1e-6", 1], ["0.0000001", undefined],
  ["5000000000", 5e15], ["-5e9", -5e15], ["5000000000.000001", undefined], ["5000000001", undefined], ["1e400", undefined], ["4999999999.999999", 4_999_999_999_999_999], ["100", 100_000_000],
])("%s is %s millionths", (text, expected) => expect(millionths(text)).toBe(expected));
