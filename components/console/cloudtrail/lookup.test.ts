import { expect, test } from "vitest";
import type { LookedUpEvent } from "./lookup";
import { eventsAsCsv, eventsAsJson } from "./event-file";
import { initialForm, lookupInput } from "./lookup";

const now = Date.UTC(2026, 10, 24, 12);

test.each([
  ["as the console begins", {}, { LookupAttributes: [{ AttributeKey: "ReadOnly", AttributeValue: "false" }] }],
  ["either, of the last hour", { value: "", range: "60" }, { StartTime: now / 1000 - 3600 }],
  ["a name, its spaces cut off", { attribute: "EventName" as const, value: " Decrypt " }, { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "Decrypt" }] }],
  ["a range of one's own: the last minute counts whole", { value: "", range: "own", from: "2026-11-24T09:30", to: "2026-11-24T09:31" }, { StartTime: Date.UTC(2026, 10, 24, 9, 30) / 1000, EndTime: Date.UTC(2026, 10, 24, 9, 31, 59) / 1000 }],
  ["what is no time is left out", { value: "", range: "own", from: "yesterday" }, {}],
])("%s", (_, form, input) => expect(lookupInput({ ...initialForm, ...form }, now)).toEqual(input));

const record = { eventTime: "2026-11-24T12:00:00Z", sourceIPAddress: "203.0.113.10", requestID: "r", awsRegion: "eu-west-2" };
const event = (more: Partial<LookedUpEvent>): LookedUpEvent => ({ EventId: "e", EventName: "Encrypt", ReadOnly: "true", EventTime: now / 1000, EventSource: "kms.amazonaws.com", Resources: [], CloudTrailEvent: JSON.stringify(record), ...more });

test("CSV: commas and quotes are quoted, and nothing is a formula", () => {
  const [head, first, second] = eventsAsCsv([
    event({ Username: 'a,"b"', Resources: [{ ResourceType: "AWS::KMS::Key", ResourceName: "k" }] }),
    event({ Username: "=HYPERLINK(1)" }),
  ]).split("\r\n");
  expect(head).toMatch(/^Event ID,Event time,User name,/);
  expect(first).toBe('e,2026-11-24T12:00:00Z,"a,""b""",,203.0.113.10,true,Encrypt,kms.amazonaws.com,"[{""resourceType"":""AWS::KMS::Key"",""resourceName"":""k""}]",r,eu-west-2,');
  expect(second).toContain(",'=HYPERLINK(1),");
});

test("JSON is the records themselves", () => expect(JSON.parse(eventsAsJson([event({})]))).toEqual({ Records: [record] }));
