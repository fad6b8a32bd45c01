import { describe, expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { JsonObject } from "../engine/types";
import { handle, maxBody } from "./handle";
import { sign } from "./sigv4";
import { type WireClient, wireClient } from "./wire.test-helper";

const key = { service: "kms", target: "TrentService.DescribeKey" };
const state = (client: WireClient): string => JSON.stringify(client.lab.snapshot().records);

describe("AWS JSON", () => {
  test("an answer: type, request id, body", async () => {
    const client = wireClient();
    const { raw } = await client.call("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" });
    expect(raw).toMatchObject({ status: 200, headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": expect.stringMatching(/^[0-9a-f]{8}-/) } });
    expect(JSON.parse(raw.body)).toEqual({ Version: 1, Tier: "Standard" });
  });

  test("an operation without output has an empty body", async () => {
    const client = wireClient();
    const made = await client.call("kms", "CreateKey", {});
    const { KeyId } = (made as { output: JsonObject }).output.KeyMetadata as { KeyId: string };
    expect((await client.call("kms", "DisableKey", { KeyId })).raw).toMatchObject({ status: 200, body: "" });
  });

  test.each([
    ["malformed JSON", { ...key, body: '{"KeyId":' }, 400, "SerializationException"],
    ["not an object", { ...key, body: "[1]" }, 400, "SerializationException"],
    ["invalid UTF-8", { ...key, body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) }, 400, "SerializationException"],
    ["nested beyond reading", { ...key, body: `{"KeyId":${"[".repeat(200_000)}` }, 400, "SerializationException"],
    ["nested beyond sense", { ...key, body: `{"KeyId":${"[".repeat(5_000)}${"]".repeat(5_000)}}` }, 400, "SerializationException"],
    ["wrong type", { ...key, body: '{"KeyId":7}' }, 400, "SerializationException"],
    ["an operation that AWS does not have", { service: "kms", target: "TrentService.Nope", body: "{}" }, 400, "UnknownOperationException"],
    ["no operation", { service: "kms", body: "{}" }, 404, "UnknownOperationException"],
    ["an operation that is not simulated", { service: "kms", target: "TrentService.ConnectCustomKeyStore", body: '{"CustomKeyStoreId":"c"}' }, 400, "NotSimulated"],
    ["a service that is not simulated", { service: "dynamodb", target: "DynamoDB_20120810.ListTables", body: "{}" }, 400, "NotSimulated"],
    ["no such service", { service: "nope", target: "Nope.Do", body: "{}" }, 400, "UnknownService"],
    ["GET", { ...key, method: "GET", body: "" }, 404, "UnknownOperationException"],
    ["too large", { ...key, body: new Uint8Array(maxBody + 1) }, 413, "RequestEntityTooLargeException"],
    ["4,097 bytes of plaintext", { service: "kms", target: "TrentService.Encrypt", body: JSON.stringify({ KeyId: "alias/x", Plaintext: Buffer.alloc(4097).toString("base64") }) }, 400, "ValidationException"],
  ])("bad input: %s", async (_, request, status, code) => {
    const client = wireClient();
    const before = state(client);
    const answer = await client.post(request);
    expect([answer.status, JSON.parse(answer.body).__type]).toEqual([status, code]);
    expect(state(client)).toBe(before);
  });

  test("members that nobody knows are left alone, whatever they are called", async () => {
    const client = wireClient();
    const answer = await client.post({ service: "ssm", target: "AmazonSSM.PutParameter", body: '{"__proto__":{"Name":"x"},"constructor":1,"Name":"__proto__","Value":"v","Type":"String"}' });
    expect(answer.status).toBe(200);
    const got = await client.post({ service: "ssm", target: "AmazonSSM.GetParameter", body: '{"Name":"__proto__"}' });
    expect(JSON.parse(got.body).Parameter).toMatchObject({ Name: "__proto__", Value: "v" });
  });
});

describe("Query", () => {
  test("GetCallerIdentity as AWS writes it", async () => {
    const { raw } = await wireClient().call("sts", "GetCallerIdentity", {});
    expect(raw.headers["content-type"]).toBe("text/xml");
    expect(raw.body).toMatch(
      /^<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><UserId>AIDA\w+<\/UserId><Account>111122223333<\/Account><Arn>arn:aws:iam::111122223333:user\/admin<\/Arn><\/GetCallerIdentityResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/GetCallerIdentityResponse>$/,
    );
  });

  test("lists go in and come out in order, markup stays text", async () => {
    const client = wireClient();
    const tags = Array.from({ length: 12 }, (_, i) => ({ Key: `k${String(i + 1).padStart(2, "0")}`, Value: `a b-${i}` }));
    expect(await client.call("iam", "CreateUser", { UserName: "alice", Tags: tags })).toMatchObject({ ok: true, output: { User: { UserName: "alice" } } });
    expect(await client.call("iam", "ListUserTags", { UserName: "alice" })).toMatchObject({ ok: true, output: { Tags: tags } });
    const bad = await client.call("iam", "GetUser", { UserName: "<b>&\"x\"" });
    expect(bad.ok).toBe(false);
    expect(bad.raw.body).not.toContain("<b>");
  });

  test.each([
    ["no action", "Version=2010-05-08", 400, "MissingAction"],
    ["unknown action", "Action=Nope&Version=2010-05-08", 400, "InvalidAction"],
    ["user that is not there", "Action=GetUser&UserName=none&Version=2010-05-08", 404, "NoSuchEntity"],
    ["missing parameter", "Action=CreateUser&Version=2010-05-08", 400, "ValidationError"],
  ])("bad input: %s", async (_, body, status, code) => {
    const answer = await wireClient().post({ service: "iam", body });
    expect([answer.status, /<Code>(\w+)<\/Code>/.exec(answer.body)?.[1]]).toEqual([status, code]);
  });
});

describe("services that are not simulated answer by name, as their clients read it", () => {
  const json = { "content-type": "application/x-amz-json-1.0" };
  const named = (name: string): string => `Keyhole does not simulate ${name}. AWS has this service; this lab does not.`;
  test.each([
    ["s3", "GET", "/", {}, /^<\?xml[^>]+>\n<Error><Code>NotSimulated<\/Code><Message>(.*?)<\/Message>/, named("s3")],
    ["s3", "PUT", "/bucket/key", {}, /^<\?xml[^>]+>\n<Error><Code>NotSimulated<\/Code><Message>(.*?)<\/Message>/, named("s3")],
    ["ec2", "POST", "/", {}, /<Response><Errors><Error><Code>NotSimulated<\/Code><Message>(.*?)<\/Message>/, named("ec2")],
    ["sns", "POST", "/", {}, /<ErrorResponse><Error><Type>Sender<\/Type><Code>NotSimulated<\/Code><Message>(.*?)<\/Message>/, named("sns")],
    ["elasticache", "POST", "/", {}, /<Message>(.*?)<\/Message>/, named("elasticache")],
    ["elasticloadbalancing", "POST", "/", {}, /<Message>(.*?)<\/Message>/, named("elb or elbv2")],
    ["route53", "GET", "/2013-04-01/hostedzone", {}, /<ErrorResponse><Error>.*<Message>(.*?)<\/Message>/, named("route53")],
    ["mq", "GET", "/v1/brokers", json, /"__type":"NotSimulated","message":"(.*?)"/, named("mq")],
    ["dynamodb", "POST", "/", json, /"__type":"NotSimulated","message":"(.*?)"/, named("dynamodb")],
    ["nope", "POST", "/", {}, /<Code>UnknownService<\/Code><Message>(.*?)<\/Message>/, "There is no AWS service with the signing name nope."],
  ] as const)("%s %s %s", async (service, method, url, headers, form, text) => {
    const client = wireClient();
    const before = state(client);
    const answer = await client.post({ service, method, url, headers, body: "" });
    expect([answer.status, form.exec(answer.body)?.[1]]).toEqual([400, text]);
    expect(state(client)).toBe(before);
  });

  test("HEAD has no body to say it in: 501", async () => expect(await wireClient().post({ service: "s3", method: "HEAD", url: "/b", body: "" })).toMatchObject({ status: 501, body: "" }));

  test.each(["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"])("%s comes unsigned", async (action) => {
    const lab = createLab({ ports: seededPorts(1) });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await handle(new Request("http://localhost/", { method: "POST", headers, body: `Action=${action}&Version=2011-06-15` }), { lab: () => lab });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(`<Code>NotSimulated</Code><Message>Keyhole does not simulate ${action} of AWS Security Token Service.`)]);
    const other = await handle(new Request("http://localhost/", { method: "POST", headers, body: "Action=GetCallerIdentity&Version=2011-06-15" }), { lab: () => lab });
    expect([other.status, await other.text()]).toEqual([403, expect.stringContaining("<Code>MissingAuthenticationToken</Code>")]);
  });
});

describe("who signed", () => {
  const identity = async (client: WireClient): Promise<unknown> => {
    const reply = await client.call("sts", "GetCallerIdentity", {});
    return reply.ok ? reply.output.Arn : reply.error.code;
  };
  /** A lab with a user that has an access key. */
  async function withKey(): Promise<{ lab: WireClient["lab"]; accessKeyId: string; secret: string }> {
    const admin = wireClient();
    await admin.call("iam", "CreateUser", { UserName: "alice" });
    const made = await admin.call("iam", "CreateAccessKey", { UserName: "alice" });
    const { AccessKeyId, SecretAccessKey } = (made as { output: JsonObject }).output.AccessKey as Record<string, string>;
    return { lab: admin.lab, accessKeyId: AccessKeyId, secret: SecretAccessKey };
  }

  test("any key is admin of the default account; twelve digits name an account", async () => {
    expect(await identity(wireClient())).toBe("arn:aws:iam::111122223333:user/admin");
    expect(await identity(wireClient({ account: "444455556666" }))).toBe("arn:aws:iam::444455556666:user/admin");
    expect(await identity(wireClient({ accessKeyId: "777788889999" }))).toBe("arn:aws:iam::777788889999:user/admin");
  });

  test("keys of the lab's IAM are their users, and signatures are checked", async () => {
    const { lab, accessKeyId, secret } = await withKey();
    expect(await identity(wireClient({ theLab: lab, accessKeyId, secret }))).toBe("arn:aws:iam::111122223333:user/alice");
    expect(await identity(wireClient({ theLab: lab, accessKeyId, secret: "wrong" }))).toBe("SignatureDoesNotMatch");
    const kms = await wireClient({ theLab: lab, accessKeyId, secret: "wrong" }).call("kms", "ListKeys", {});
    expect(kms).toMatchObject({ ok: false, error: { code: "InvalidSignatureException", message: expect.stringMatching(/^The request signature we calculated does not match/) } });
    const denied = await wireClient({ theLab: lab, accessKeyId, secret }).call("kms", "ListKeys", {});
    expect(denied).toMatchObject({ ok: false, status: 400, error: { code: "AccessDeniedException" } });
  });

  test("a role session needs its token", async () => {
    const admin = wireClient();
    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }] });
    await admin.call("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust });
    const assumed = await admin.call("sts", "AssumeRole", { RoleArn: "arn:aws:iam::111122223333:role/app", RoleSessionName: "s1" });
    const { AccessKeyId, SecretAccessKey, SessionToken } = (assumed as { output: JsonObject }).output.Credentials as Record<string, string>;
    const as = { theLab: admin.lab, accessKeyId: AccessKeyId, secret: SecretAccessKey };
    expect(await identity(wireClient({ ...as, sessionToken: SessionToken }))).toBe("arn:aws:sts::111122223333:assumed-role/app/s1");
    expect(await identity(wireClient(as))).toBe("InvalidClientTokenId");
  });

  test("strict: unknown keys and stale dates are refused", async () => {
    expect(await identity(wireClient({ strict: true }))).toBe("InvalidClientTokenId");
    expect(await wireClient({ strict: true }).call("kms", "ListKeys", {})).toMatchObject({ status: 400, error: { code: "UnrecognizedClientException", message: "The security token included in the request is invalid." } });
    const { lab, accessKeyId, secret } = await withKey();
    const at = Date.UTC(2026, 0, 1);
    const late = { theLab: lab, accessKeyId, secret, strict: true, at, clock: () => at + 6 * 60_000 };
    expect(await wireClient(late).call("sts", "GetCallerIdentity", {})).toMatchObject({ error: { code: "SignatureDoesNotMatch", message: "Signature expired: 20260101T000000Z is now earlier than 20260101T000100Z (20260101T000600Z - 5 min.)" } });
    expect(await identity(wireClient({ ...late, clock: () => at + 4 * 60_000 }))).toBe("arn:aws:iam::111122223333:user/alice");
  });

  test.each([
    [{}, 400, "MissingAuthenticationTokenException"],
    [{ authorization: "AWS4-HMAC-SHA256 nonsense" }, 400, "IncompleteSignatureException"],
  ])("no or half an authorization: %j", async (headers, status, code) => {
    const lab = createLab({ ports: seededPorts(1) });
    const response = await handle(new Request("http://localhost/", { method: "POST", headers: { ...headers, "x-amz-target": "TrentService.ListKeys" }, body: "{}" }), { lab: () => lab });
    expect([response.status, (await response.json()).__type]).toEqual([status, code]);
  });

  test("the Region is the credential scope's", async () => {
    const client = wireClient();
    const made = await client.call("kms", "CreateKey", {}, "eu-west-2");
    expect(((made as { output: JsonObject }).output.KeyMetadata as JsonObject).Arn).toMatch(/^arn:aws:kms:eu-west-2:111122223333:key\//);
  });

  test("Web requests go the same way", async () => {
    const lab = createLab({ ports: seededPorts(1) });
    const body = "{}";
    const headers = sign({ method: "POST", url: "/", headers: { host: "localhost", "content-type": "application/x-amz-json-1.1", "x-amz-target": "TrentService.ListKeys" }, body: new TextEncoder().encode(body) }, { accessKeyId: "x", secret: "y", region: "us-east-1", service: "kms", at: Date.now() });
    const response = await handle(new Request("http://localhost/", { method: "POST", headers, body }), { lab: () => lab });
    expect(await response.json()).toEqual({ Keys: [], Truncated: false });
  });
});
