import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloudTrailEvents } from "../engine/cloudtrail/records";
import { startEndpoint } from "./endpoint";
import { wireClient } from "./wire.test-helper";

/** The event history over HTTP: by a signed request, and by the AWS CLI where it is installed. */
test("LookupEvents by its JSON 1.1 target, and its errors as a client reads them", async () => {
  const { call, lab } = wireClient();
  await call("kms", "CreateKey", { Description: "payroll" });
  await call("kms", "ListKeys", {});
  const found = await call("cloudtrail", "LookupEvents", { LookupAttributes: [{ AttributeKey: "ReadOnly", AttributeValue: "false" }] });
  expect(found).toMatchObject({ ok: true, status: 200, output: { Events: [{ EventName: "CreateKey", CloudTrailEvent: JSON.stringify(cloudTrailEvents(lab.journal[0])[0]) }] } });
  for (const [input, code] of [
    [{ MaxResults: 51 }, "InvalidMaxResultsException"],
    [{ NextToken: "x" }, "InvalidNextTokenException"],
    [{ StartTime: 2, EndTime: 1 }, "InvalidTimeRangeException"],
  ] as const)
    expect(await call("cloudtrail", "LookupEvents", input)).toMatchObject({ ok: false, status: 400, error: { code: expect.stringContaining(code) } });
});

const aws = ((): string | undefined => {
  try {
    return execFileSync("sh", ["-c", "command -v aws"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
})();

describe.skipIf(!aws)("the AWS CLI", () => {
  let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
  const home = mkdtempSync(join(tmpdir(), "keyhole-test-"));
  const run = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, HOME: home, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "eu-west-2", AWS_EC2_METADATA_DISABLED: "true" };
    const { stdout } = await promisify(execFile)(aws!, ["--endpoint-url", endpoint.url, "--output", "json", ...args], { env });
    return stdout;
  };
  beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
  afterAll(() => endpoint.close());

  test("lookup-events: all pages, an attribute, a time", async () => {
    const { KeyMetadata } = JSON.parse(await run("kms", "create-key")) as { KeyMetadata: { Arn: string } };
    for (let i = 0; i < 2; i++) await run("kms", "describe-key", "--key-id", KeyMetadata.Arn);
    const by = `AttributeKey=ResourceName,AttributeValue=${KeyMetadata.Arn}`;
    const { Events } = JSON.parse(await run("cloudtrail", "lookup-events", "--lookup-attributes", by, "--page-size", "1", "--start-time", "2026-01-01")) as { Events: { EventName: string; EventTime: string; CloudTrailEvent: string }[] };
    expect(Events.map(({ EventName }) => EventName)).toEqual(["DescribeKey", "DescribeKey", "CreateKey"]);
    expect(JSON.parse(Events[2].CloudTrailEvent)).toMatchObject({ eventName: "CreateKey", awsRegion: "eu-west-2", userAgent: expect.stringContaining("aws-cli/") });
    await expect(run("cloudtrail", "describe-trails")).rejects.toThrow(/NotSimulated/);
  }, 120_000);
});
