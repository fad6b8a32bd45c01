import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../engine/catalog";
import { createLab, type Lab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { FunctionRun, JsonObject } from "../engine/types";
import { wholeModels } from "../engine/whole-models";
import { readRest, routeOf } from "./rest-json";
import { type WireClient, wireClient } from "./wire.test-helper";

const { lambda } = wholeModels;
const arn = "arn:aws:lambda:us-east-1:111122223333:function:f";
const bytes = (text = ""): Uint8Array => new TextEncoder().encode(text);

beforeAll(() => loadServices());

describe("where an operation is found", () => {
  test.each<[string, string, string | undefined, JsonObject?]>([
    ["POST", "/2015-03-31/functions", "CreateFunction"],
    ["POST", "/2015-03-31/functions/", "CreateFunction"],
    ["GET", "/2015-03-31/functions", "ListFunctions"],
    ["GET", "/2015-03-31/functions/f", "GetFunction", { FunctionName: "f" }],
    ["POST", "/2015-03-31/functions/f/invocations", "Invoke", { FunctionName: "f" }],
    ["POST", `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`, "Invoke", { FunctionName: arn }],
    ["POST", `/2015-03-31/functions/${arn}/invocations`, "Invoke", { FunctionName: arn }],
    ["DELETE", "/2015-03-31/functions/f/policy/s1", "RemovePermission", { FunctionName: "f", StatementId: "s1" }],
    ["GET", `/2017-03-31/tags/${encodeURIComponent(arn)}`, "ListTags", { Resource: arn }],
    // A fixed word is more than a label.
    ["GET", "/2019-09-25/functions/f/event-invoke-config/list", "ListFunctionEventInvokeConfigs", { FunctionName: "f" }],
    ["GET", "/2015-03-31/event-source-mappings", "ListEventSourceMappings"],
    ["PATCH", "/2015-03-31/functions/f", undefined],
    ["GET", "/2015-03-31/functions//configuration", undefined],
    ["GET", "/2015-03-31/functions/%FF/configuration", undefined],
    ["GET", "/", undefined],
    ["GET", "/../../etc/passwd", undefined],
  ])("%s %s", (method, path, operation, labels = {}) => {
    const found = routeOf(lambda, method, path);
    expect(found?.operation).toBe(operation);
    if (operation) expect({ ...found!.labels }).toEqual(labels);
  });

  test("every operation of every REST model by its own path", () => {
    for (const model of Object.values(wholeModels).filter(({ metadata }) => metadata.protocol === "rest-json"))
      for (const [name, { http }] of Object.entries(model.operations)) expect(routeOf(model, http.method, http.requestUri.replace(/\{\w+\+?\}/g, "x"))?.operation, name).toBe(name);
  });
});

describe("members", () => {
  test.each<[string, string, string, Record<string, string>, string, JsonObject]>([
    ["from path, query, headers and bytes", "POST", "/2015-03-31/functions/f/invocations?Qualifier=%24LATEST", { "x-amz-invocation-type": "Event", "x-amz-log-type": "Tail" }, '{"a":1}', { FunctionName: "f", Qualifier: "$LATEST", InvocationType: "Event", LogType: "Tail", Payload: "eyJhIjoxfQ==" }],
    ["no body is no payload", "POST", "/2015-03-31/functions/f/invocations", {}, "", { FunctionName: "f" }],
    ["numbers in a query", "GET", "/2015-03-31/functions?MaxItems=7&Marker=x%2B", {}, "", { MaxItems: 7, Marker: "x+" }],
    ["what is no number stays a text", "GET", "/2015-03-31/functions?MaxItems=seven", {}, "", { MaxItems: "seven" }],
    ["lists in a query", "DELETE", `/2017-03-31/tags/${arn}?tagKeys=a&tagKeys=b%26`, {}, "", { Resource: arn, TagKeys: ["a", "b&"] }],
    ["the rest from JSON; a body cannot name the path's", "PUT", "/2015-03-31/functions/f/configuration", {}, '{"Timeout":9,"FunctionName":"other","Nonsense":1}', { FunctionName: "f", Timeout: 9 }],
  ])("%s", (_, method, url, headers, body, input) => {
    const read = readRest(lambda, { method, url, headers, body: bytes(body) });
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && read.output.input).toEqual(input);
  });

  test.each(["[1]", "{", "\u0000", '"x"'])("a body that is no JSON object: %j", (body) => {
    expect(readRest(lambda, { method: "POST", url: "/2015-03-31/functions", headers: {}, body: bytes(body) })).toMatchObject({ ok: false, error: { code: "SerializationException" } });
  });
});

describe("against the lab", () => {
  const zip = Buffer.from(zipSync({ "lambda_function.py": strToU8("def lambda_handler(event, context): return event") })).toString("base64");
  const runs: FunctionRun[] = [];
  async function furnished(): Promise<{ client: WireClient; lab: Lab }> {
    const lab = createLab({
      ports: {
        ...seededPorts(1),
        functions: async (run) => {
          runs.push(run);
          const event = JSON.parse(run.event) as { fail?: boolean };
          return { outcome: event.fail ? "raised" : "returned", payload: event.fail ? '{"errorMessage":"é","errorType":"ValueError"}' : JSON.stringify({ got: event }), output: "hello\n", duration: 1.5, initDuration: 100, memoryUsed: 40 };
        },
      },
    });
    const client = wireClient({ theLab: lab });
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] };
    await client.call("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify(trust) });
    return { client, lab };
  }
  const create = { FunctionName: "f", Role: "arn:aws:iam::111122223333:role/app", Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Code: { ZipFile: zip } };

  test("a function's life: statuses, headers, bodies", async () => {
    const { client, lab } = await furnished();
    const made = await client.call("lambda", "CreateFunction", create);
    expect(made).toMatchObject({ ok: true, status: 201, output: { FunctionName: "f", State: "Pending", CodeSize: expect.any(Number), CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) } });
    expect(made.raw.headers).toMatchObject({ "content-type": "application/json", "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/) });
    await lab.advance(5_000);
    const invoked = await client.call("lambda", "Invoke", { FunctionName: "f", LogType: "Tail", Payload: btoa('{"n":1}') });
    expect(invoked).toMatchObject({ status: 200, raw: { body: '{"got":{"n":1}}', headers: { "x-amz-executed-version": "$LATEST" } } });
    expect(invoked.raw.headers["x-amz-function-error"]).toBeUndefined();
    expect(atob(invoked.raw.headers["x-amz-log-result"])).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST\nhello\nEND RequestId: .*\nREPORT RequestId: .*\tDuration: 1\.50 ms\tBilled Duration: 102 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\tInit Duration: 100\.00 ms\t\n$/);
    const failed = await client.call("lambda", "Invoke", { FunctionName: "f", Payload: btoa('{"fail":true}') });
    expect(failed.raw).toMatchObject({ status: 200, body: '{"errorMessage":"é","errorType":"ValueError"}', headers: { "x-amz-function-error": "Unhandled" } });
    expect((await client.call("lambda", "Invoke", { FunctionName: "f", InvocationType: "Event" })).raw).toMatchObject({ status: 202, body: "" });
    expect((await client.call("lambda", "Invoke", { FunctionName: "f", InvocationType: "DryRun" })).raw).toMatchObject({ status: 204, body: "" });
    expect((await client.call("lambda", "TagResource", { Resource: arn, Tags: { team: "a" } })).raw).toMatchObject({ status: 204, body: "" });
    expect(await client.call("lambda", "ListTags", { Resource: arn })).toMatchObject({ output: { Tags: { team: "a" } } });
    expect((await client.call("lambda", "UntagResource", { Resource: arn, TagKeys: ["team"] })).status).toBe(204);
    expect((await client.call("lambda", "DeleteFunction", { FunctionName: "f" })).raw).toMatchObject({ status: 204, body: "" });
  });

  test("errors: code in a header, status of the model, the message's member as modelled", async () => {
    const { client } = await furnished();
    const missing = await client.call("lambda", "GetFunction", { FunctionName: "none" });
    expect(missing.raw).toMatchObject({ status: 404, headers: { "x-amzn-errortype": "ResourceNotFoundException" } });
    expect(JSON.parse(missing.raw.body)).toEqual({ Type: "User", Message: "Function not found: arn:aws:lambda:us-east-1:111122223333:function:none" });
    const bad = await client.call("lambda", "CreateFunction", { ...create, Code: { ZipFile: btoa("no zip") } });
    expect(bad.raw.status).toBe(400);
    expect(JSON.parse(bad.raw.body)).toEqual({ Type: "User", message: "Could not unzip uploaded file. Please check your file, then try to upload again." });
    await client.call("lambda", "CreateFunction", create);
    expect(await client.call("lambda", "CreateFunction", create)).toMatchObject({ status: 409, error: { code: "ResourceConflictException", message: "Function already exist: f" } });
  });

  test("what is not simulated is refused by name, from its path alone", async () => {
    const { client } = await furnished();
    const raw = await client.post({ service: "lambda", method: "POST", url: "/2015-03-31/event-source-mappings", body: "{}", headers: { "content-type": "application/json" } });
    expect(raw).toMatchObject({ status: 400, headers: { "x-amzn-errortype": "NotSimulated" } });
    expect(raw.body).toContain("CreateEventSourceMapping of AWS Lambda");
    expect(await client.post({ service: "lambda", method: "GET", url: "/nothing/here", body: "" })).toMatchObject({ status: 404, headers: { "x-amzn-errortype": "UnknownOperationException" } });
  });

  test("a large package passes, one that is too large does not, and other services take no more than before", async () => {
    const { client } = await furnished();
    const random = new Uint8Array(3 * 1024 * 1024).map((_value, i) => (i * 2654435761) >>> 13);
    const large = Buffer.from(zipSync({ "index.mjs": [random, { level: 0 }] })).toString("base64");
    expect(await client.call("lambda", "CreateFunction", { ...create, Code: { ZipFile: large } })).toMatchObject({ status: 201 });
    expect((await client.post({ service: "lambda", method: "POST", url: "/2015-03-31/functions", body: new Uint8Array(8 * 1024 * 1024 + 1) })).status).toBe(413);
    expect((await client.post({ service: "kms", target: "TrentService.Encrypt", body: new Uint8Array(1024 * 1024 + 1) })).status).toBe(413);
  });

  test("nobody who is not known, nobody who is not allowed", async () => {
    const { client, lab } = await furnished();
    const strict = wireClient({ theLab: lab, strict: true });
    expect(await strict.call("lambda", "ListFunctions", {})).toMatchObject({ status: 403, error: { code: "UnrecognizedClientException" } });
    await client.call("iam", "CreateUser", { UserName: "eve" });
    const made = await client.call("iam", "CreateAccessKey", { UserName: "eve" });
    const { AccessKeyId, SecretAccessKey } = (made.ok ? made.output.AccessKey : {}) as { AccessKeyId: string; SecretAccessKey: string };
    const eve = wireClient({ theLab: lab, accessKeyId: AccessKeyId, secret: SecretAccessKey });
    const refused = await eve.call("lambda", "GetFunction", { FunctionName: arn });
    expect(refused.raw).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } });
    expect(JSON.parse(refused.raw.body)).toEqual({ Message: `User: arn:aws:iam::111122223333:user/eve is not authorized to perform: lambda:GetFunction on resource: ${arn} because no identity-based policy allows the lambda:GetFunction action` });
  });
});
