import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEndpoint } from "./endpoint";

/** The unmodified AWS CLI and boto3 make rules, send events, and read them from a queue and a log group. */
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => void (endpoint = await startEndpoint({ port: 0 })));
afterAll(() => endpoint.close());
beforeEach(async () => void (await fetch(`${endpoint.url}/_keyhole/reset`, { method: "POST" })));

const has = (program: string, ...args: string[]): string | undefined => {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
};
const version = has("aws", "--version");
if (!version) console.log("AWS CLI: not installed, so its checks are skipped (apt-get install awscli gives one).");
const boto3 = has("python3", "-c", "import boto3; print(boto3.__version__)");

const folder = mkdtempSync(join(tmpdir(), "keyhole-events-"));
const run = (program: string, args: string[]): Promise<{ stdout: string; stderr: string; code: number }> =>
  new Promise((resolve) =>
    execFile(program, args, { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "", ENDPOINT: endpoint.url } }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, code: error ? Number(error.code ?? 1) : 0 }),
    ),
  );
const A = "111122223333";

describe.skipIf(!version)(`AWS CLI (${version ?? "not installed"})`, () => {
  const aws = (line: string) => run("bash", ["-c", line.replaceAll("aws ", `aws --endpoint-url ${endpoint.url} `)]);
  const said = async (line: string): Promise<any> => {
    const { stdout, stderr, code } = await aws(line);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    return stdout && JSON.parse(stdout);
  };

  test("a rule, its queue and its log group: put-events, receive-message, tail", async () => {
    expect(await said(`aws events put-rule --name orders --event-pattern '{"source":["shop"]}'`)).toEqual({ RuleArn: `arn:aws:events:us-east-1:${A}:rule/orders` });
    const { QueueUrl } = await said("aws sqs create-queue --queue-name inbox");
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: `arn:aws:sqs:us-east-1:${A}:inbox` }] });
    writeFileSync(join(folder, "attributes.json"), JSON.stringify({ Policy }));
    await said(`aws sqs set-queue-attributes --queue-url ${QueueUrl} --attributes file://attributes.json`);
    await said("aws logs create-log-group --log-group-name /aws/events/orders");
    writeFileSync(join(folder, "policy.json"), JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }] }));
    await said("aws logs put-resource-policy --policy-name events --policy-document file://policy.json");
    expect(await said(`aws events put-targets --rule orders --targets Id=q,Arn=arn:aws:sqs:us-east-1:${A}:inbox Id=l,Arn=arn:aws:logs:us-east-1:${A}:log-group:/aws/events/orders`)).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    writeFileSync(join(folder, "entries.json"), JSON.stringify([{ Source: "shop", DetailType: "Order", Detail: '{"n":1}' }, { Source: "shop", DetailType: "Order", Detail: "[" }]));
    expect(await said("aws events put-events --entries file://entries.json")).toEqual({ FailedEntryCount: 1, Entries: [{ EventId: expect.any(String) }, { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." }] });
    const { Messages } = await said(`aws sqs receive-message --queue-url ${QueueUrl} --attribute-names All --wait-time-seconds 1`);
    expect(JSON.parse(Messages[0].Body)).toMatchObject({ source: "shop", detail: { n: 1 } });
    expect(Messages[0].Attributes.SenderId).toBe("events.amazonaws.com");
    await said(`aws sqs delete-message --queue-url ${QueueUrl} --receipt-handle '${Messages[0].ReceiptHandle}'`);
    expect((await said("aws logs filter-log-events --log-group-name /aws/events/orders")).events).toHaveLength(1);
    expect(await said("aws events list-rules --query Rules[].Name")).toEqual(["orders"]);
    expect(await said(`aws events test-event-pattern --event-pattern '{"source":["shop"]}' --event '{"id":"1","account":"1","source":"shop","detail-type":"d","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail":{}}'`)).toEqual({ Result: true });
  }, 120_000);

  test.each([
    ["aws events describe-rule --name none", "An error occurred (ResourceNotFoundException) when calling the DescribeRule operation: Rule none does not exist on EventBus default."],
    ["aws events put-rule --name x --event-pattern '{\"source\":\"x\"}'", 'An error occurred (InvalidEventPatternException) when calling the PutRule operation: Event pattern is not valid. Reason: "source" must be an object or an array'],
    ["aws events create-archive --archive-name a --event-source-arn arn:aws:events:us-east-1:111122223333:event-bus/default", "An error occurred (NotSimulated) when calling the CreateArchive operation"],
    ["aws sqs get-queue-url --queue-name none", "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation"],
    ["aws sqs create-queue --queue-name 'a b'", "An error occurred (InvalidParameterValue) when calling the CreateQueue operation: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"],
    ["aws sqs create-queue --queue-name a.fifo --attributes FifoQueue=true", "An error occurred (NotSimulated) when calling the CreateQueue operation"],
  ])("%s", async (line, message) => expect(await aws(line)).toMatchObject({ stderr: expect.stringContaining(message) }), 60_000);
});

describe.skipIf(!boto3)(`boto3 (${boto3 ?? "not installed"})`, () => {
  const python = async (code: string): Promise<any> => {
    const { stdout, stderr, code: status } = await run("python3", ["-c", `import boto3, json, os\nclient = lambda name: boto3.client(name, endpoint_url=os.environ["ENDPOINT"])\n${code}`]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    return JSON.parse(stdout);
  };

  test("queues: batches, attributes, modelled exceptions", async () => {
    expect(
      await python(`
sqs = client("sqs")
url = sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "5"}, tags={"k": "v"})["QueueUrl"]
sent = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "MessageBody": "m%d" % i, "MessageAttributes": {"b": {"DataType": "Binary", "BinaryValue": b"\\x00\\xff"}}} for i in range(3)])
got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"])["Messages"]
done = sqs.delete_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(got)])
errors = []
for call in (lambda: sqs.send_message(QueueUrl=url + "x", MessageBody="m"), lambda: sqs.create_queue(QueueName="jobs", Attributes={"VisibilityTimeout": "6"}), lambda: sqs.delete_message(QueueUrl=url, ReceiptHandle="x")):
    try:
        call()
    except (sqs.exceptions.QueueDoesNotExist, sqs.exceptions.QueueNameExists, sqs.exceptions.ReceiptHandleIsInvalid) as error:
        errors.append([type(error).__name__, error.response["Error"]["Code"]])
print(json.dumps({"sent": len(sent["Successful"]), "bodies": [m["Body"] for m in got], "bytes": list(got[0]["MessageAttributes"]["b"]["Value" if False else "BinaryValue"]), "done": len(done["Successful"]), "errors": errors, "queues": sqs.list_queues()["QueueUrls"], "tags": sqs.list_queue_tags(QueueUrl=url)["Tags"]}))
`),
    ).toEqual({
      sent: 3, bodies: ["m0", "m1", "m2"], bytes: [0, 255], done: 3, queues: [`https://sqs.us-east-1.amazonaws.com/${A}/jobs`], tags: { k: "v" },
      errors: [["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"], ["QueueNameExists", "QueueAlreadyExists"], ["ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid"]],
    });
  }, 60_000);

  test("a megabyte of events, pages of rules", async () => {
    expect(
      await python(`
events = client("events")
for i in range(5):
    events.put_rule(Name="r%d" % i, ScheduleExpression="rate(1 day)")
names = []
for page in [events.list_rules(Limit=3)]:
    while True:
        names += [rule["Name"] for rule in page["Rules"]]
        if "NextToken" not in page:
            break
        page = events.list_rules(Limit=3, NextToken=page["NextToken"])
big = events.put_events(Entries=[{"Source": "shop", "DetailType": "d", "Detail": json.dumps({"x": "y" * 1000000})}])
print(json.dumps({"names": names, "failed": big["FailedEntryCount"], "created": events.describe_rule(Name="r0")["CreatedBy"]}))
`),
    ).toEqual({ names: ["r0", "r1", "r2", "r3", "r4"], failed: 0, created: A });
  }, 60_000);
});
