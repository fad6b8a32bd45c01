import { describe, expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { FunctionAnswer, Ports } from "../engine/types";
import { createShell } from "./shell";

/** The terminal with what functions and stacks need: packages, answers that go to a file, waiters, and commands that are several operations. */
const account = "111122223333";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
const logs = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] });

async function terminal() {
  const answer: FunctionAnswer = { outcome: "returned", payload: '{"hello":"é"}', output: "said\n", duration: 3, memoryUsed: 30 };
  const ports: Ports = { ...seededPorts(6), functions: () => Promise.resolve(answer) };
  const lab = createLab({ ports });
  const shell = await createShell({
    call: (request) => lab.call({ service: request.service, operation: request.operation, input: request.input, region: request.region, caller: request.caller ?? { account, user: "admin" } }),
    identity: () => ({ region: "us-east-1", account }),
    now: () => lab.now(),
    columns: () => 80,
  });
  const run = async (line: string, signal?: AbortSignal): Promise<{ out: string; err: string; code: number }> => {
    let out = "";
    let err = "";
    const code = await shell.run(line, { signal, onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)) });
    return { out, err, code };
  };
  return { lab, run };
}

describe("packages", () => {
  test("are made, looked into and unpacked", async () => {
    const { run } = await terminal();
    await run(`mkdir -p app/lib; printf '%0200d' 1 > app/index.mjs; printf x > app/lib/a.mjs`);
    expect((await run("cd app && zip -r ../app.zip . && cd ..")).out).toMatch(/^ {2}adding: index\.mjs \(deflated \d\d%\)\n {2}adding: lib\/a\.mjs \(stored 0%\)\n$/);
    expect((await run("unzip -l app.zip")).out).toContain("      200  index.mjs\n        1  lib/a.mjs\n");
    expect((await run("unzip app.zip -d there && cat there/lib/a.mjs")).out).toBe("Archive:  app.zip\n  inflating: there/index.mjs\n  inflating: there/lib/a.mjs\nx");
    expect(await run("unzip app.zip -d there")).toMatchObject({ code: 1, err: expect.stringContaining("there/lib/a.mjs is there already") });
    expect((await run("printf yy > app/lib/a.mjs; zip -j app.zip app/lib/a.mjs; unzip -l app.zip")).out).toContain("        2  a.mjs");
  });

  test.each([
    ["zip app.zip nothing", 12, "name not matched: nothing"],
    ["zip", 16, "usage: zip"],
    ["printf no > a.zip; unzip a.zip", 9, "cannot find zipfile directory in a.zip"],
    ["unzip none.zip", 9, "cannot find or open none.zip"],
    ["printf no > a.zip; printf 1 > f; zip a.zip f", 3, "Zip file structure invalid"],
  ])("%s: %d", async (line, code, err) => {
    const { run } = await terminal();
    expect(await run(line)).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});

test("a function from its file to its answer", async () => {
  const { run, lab } = await terminal();
  await run(`printf 'export const handler = async () => 1;' > index.mjs; zip -q f.zip index.mjs`);
  await run(`aws iam create-role --role-name app --assume-role-policy-document '${trust}'; aws iam put-role-policy --role-name app --policy-name p --policy-document '${logs}'`);
  const create = (zip: string) => run(`aws lambda create-function --function-name f --runtime nodejs22.x --handler index.handler --role arn:aws:iam::${account}:role/app ${zip} --query State --output text`);
  expect(await create("--zip-file fileb://index.mjs")).toMatchObject({ code: 255, err: expect.stringContaining("--zip-file must be a zip file with the fileb:// prefix.") });
  expect(await create("--code ZipFile=fileb://f.zip")).toMatchObject({ code: 255, err: expect.stringContaining("Please use the '--zip-file' option instead") });
  expect(await create("")).toMatchObject({ code: 252, err: expect.stringContaining('Missing required parameter in input: "Code"') });
  expect(await create("--zip-file fileb://f.zip")).toEqual({ code: 0, out: "Pending\n", err: "" });
  await lab.advance(2_000);
  expect(await run("aws lambda wait function-active-v2 --function-name f")).toEqual({ out: "", err: "", code: 0 });
  expect(await run("aws lambda invoke --function-name f out.json; cat out.json")).toEqual({ code: 0, err: "", out: '{\n    "StatusCode": 200,\n    "ExecutedVersion": "$LATEST"\n}\n{"hello":"é"}' });
  expect(await run("aws lambda invoke --function-name f")).toMatchObject({ code: 252, err: expect.stringContaining("the following arguments are required: outfile") });
  expect((await run("aws lambda update-function-code --function-name f --zip-file fileb://f.zip --query LastUpdateStatus")).out).toBe('"InProgress"\n');
  expect((await run("aws logs tail /aws/lambda/f --format short")).out).toMatch(/^2026-01-01T00:00:0\d INIT_START [\s\S]*T\S+ said\n/m);
});

describe("waiters", () => {
  test("fail with the real command's words, and Ctrl-C ends them", async () => {
    const { run } = await terminal();
    expect(await run("aws iam wait user-exists --user-name admin")).toEqual({ out: "", err: "", code: 0 });
    expect(await run("aws cloudformation wait stack-create-complete --stack-name none")).toMatchObject({ code: 255, err: expect.stringContaining("Waiter StackCreateComplete failed: Waiter encountered a terminal failure state: Matched expected service error code: ValidationError") });
    expect(await run("aws iam wait nothing")).toMatchObject({ code: 252, err: expect.stringContaining("Found invalid choice") });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    expect(await run("aws iam wait user-exists --user-name nobody", stop.signal)).toMatchObject({ code: 130 });
    expect((await run("aws lambda wait help")).out).toContain("function-active");
  });
});

test("cloudformation deploy makes a stack, updates it, and says when there is nothing to do", async () => {
  const { run, lab } = await terminal();
  const parameter = (value: string) => `printf 'Parameters:\\n  Value: {Type: String, Default: ${value}}\\nResources:\\n  P:\\n    Type: AWS::SSM::Parameter\\n    Properties: {Name: /from/stack, Type: String, Value: !Ref Value}\\n' > t.yaml`;
  await run(parameter("one"));
  // The lab's clock stands still in tests: it is moved while the command waits.
  const clock = setInterval(() => void lab.advance(5_000), 200);
  try {
    expect(await run("aws cloudformation deploy --template-file t.yaml --stack-name s")).toEqual({ code: 0, err: "", out: "\nWaiting for changeset to be created..\nWaiting for stack create/update to complete\nSuccessfully created/updated stack - s\n" });
    expect((await run("aws ssm get-parameter --name /from/stack --query Parameter.Value")).out).toBe('"one"\n');
    expect(await run("aws cloudformation deploy --template-file t.yaml --stack-name s --parameter-overrides Value=two")).toMatchObject({ code: 0 });
    expect((await run("aws ssm get-parameter --name /from/stack --query Parameter.Value")).out).toBe('"two"\n');
    expect(await run("aws cloudformation deploy --template-file t.yaml --stack-name s")).toEqual({ code: 0, err: "", out: "\nWaiting for changeset to be created..\n\nNo changes to deploy. Stack s is up to date\n" });
    expect(await run("aws cloudformation deploy --template-file none.yaml --stack-name s")).toMatchObject({ code: 255, err: expect.stringContaining("Invalid template path none.yaml") });
    expect((await run("aws cloudformation deploy help")).out).toContain("--parameter-overrides");
  } finally {
    clearInterval(clock);
  }
}, 30_000);

describe("keyhole", () => {
  async function own() {
    const lab = createLab({ ports: seededPorts(6) });
    const shell = await createShell({
      call: (request) => lab.call({ service: request.service, operation: request.operation, input: request.input, region: request.region, caller: request.caller ?? { account, user: "admin" } }),
      identity: () => ({ region: "us-east-1", account }),
      now: () => lab.now(),
      advance: async (ms) => (await lab.advance(ms)).flatMap(({ kind, trace }) => (kind === "job" ? [`${trace.operation}.`] : [])),
    });
    const run = async (line: string): Promise<{ out: string; err: string; code: number }> => {
      let out = "";
      let err = "";
      const code = await shell.run(line, { onOutput: ({ stream, text }) => (stream === "stdout" ? (out += text) : (err += text)) });
      return { out, err, code };
    };
    return { run };
  }

  test("moves the clock and says what happened", async () => {
    const { run } = await own();
    expect((await run("keyhole clock")).out).toBe("2026-01-01 00:00:00 UTC\n");
    expect((await run("keyhole clock 90s")).out).toBe("Nothing happened on the way.\nIt is 2026-01-01 00:01:30 UTC.\n");
    await run("aws kms schedule-key-deletion --pending-window-in-days 7 --key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)");
    expect((await run("keyhole clock 8d")).out).toBe("kms:deletion.\nIt is 2026-01-09 00:01:30 UTC.\n");
  });

  test("starts an application and tells how it goes", async () => {
    const { run } = await own();
    await run(`aws iam create-role --role-name web --assume-role-policy-document '${trust}'`);
    expect(await run("keyhole app start shop --secret none --role web --every 10")).toEqual({ code: 0, err: "", out: "shop is running. keyhole app status shop shows how its connections go.\n" });
    await run("keyhole clock 1m");
    expect((await run("keyhole app status shop")).out).toMatch(/^shop: running, secret none, refreshes-on-refusal\n0 connections, \d+ refused\.\n[\s\S]*not authorized to perform: secretsmanager:GetSecretValue[\s\S]*Outage from 2026-01-01 00:00:00 UTC, and it goes on: \d+ connections refused\.\n$/);
    expect((await run("export AWS_DEFAULT_REGION=eu-west-3; keyhole app list; keyhole app list --region eu-west-1; unset AWS_DEFAULT_REGION")).out).toBe("No application is there. keyhole app start makes one.\n".repeat(2));
    expect((await run("keyhole app list")).out).toMatch(/^shop {2}running {2}0 connections, \d+ refused\n$/);
    expect((await run("keyhole app stop shop && keyhole app delete shop && keyhole app list")).out).toBe("shop has stopped.\nshop is gone.\nNo application is there. keyhole app start makes one.\n");
  });

  test("adds what web ACLs protect", async () => {
    const { run } = await own();
    expect((await run("keyhole resource list")).out).toBe("No resource is there. keyhole resource add makes one.\n");
    const { out } = await run("keyhole resource add alb shop");
    expect(out).toMatch(/^arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer\/app\/shop\/[0-9a-f]{16}\n$/);
    const create = "--default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=m --query Summary.ARN --output text";
    expect(await run(`aws wafv2 associate-web-acl --resource-arn ${out.trim()} --web-acl-arn $(aws wafv2 create-web-acl --name w --scope REGIONAL ${create})`)).toEqual({ code: 0, out: "", err: "" });
    const world = await run(`keyhole resource add cloudfront world --web-acl $(aws wafv2 create-web-acl --name g --scope CLOUDFRONT ${create})`);
    expect((await run("keyhole resource list")).out).toBe(`cloudfront       ${world.out.trim()}\n                 web ACL g\nalb              ${out.trim()}\n                 web ACL w\n`);
    expect((await run(`keyhole resource remove ${out.trim()}`)).out).toBe(`${out.trim()} is gone.\n`);
    expect((await run(`keyhole resource update ${world.out.trim()} --web-acl ''; keyhole resource list --region eu-west-2`)).out).toBe(`${world.out.trim()} has no web ACL.\ncloudfront       ${world.out.trim()}\n`);
    expect((await run(`keyhole resource update ${world.out.trim()} --web-acl $(aws wafv2 list-web-acls --scope CLOUDFRONT --query 'WebACLs[0].ARN' --output text)`)).out).toBe(`${world.out.trim()} has the web ACL g.\n`);
    await run(`keyhole resource remove ${world.out.trim()}`);
    expect((await run("keyhole resource list --region eu-west-2")).out).toBe("No resource is there. keyhole resource add makes one.\n");
  });

  test("adds what Shield protects, and turns AWS Config on, in another account too", async () => {
    const { run } = await own();
    for (const [kind, arn] of [["elastic-ip", "ec2:eu-west-2:111122223333:eip-allocation/eipalloc-"], ["clb", "elasticloadbalancing:eu-west-2:111122223333:loadbalancer/x"], ["accelerator", "globalaccelerator::111122223333:accelerator/"], ["hosted-zone", "route53:::hostedzone/Z"], ["cloudfront", "cloudfront::111122223333:distribution/"]])
      expect((await run(`keyhole resource add ${kind} x --region eu-west-2`)).out).toContain(`arn:aws:${arn}`);
    expect((await run("keyhole resource list --region eu-west-2")).out.trim().split("\n").map((line) => line.split(" ")[0])).toEqual(["cloudfront", "elastic-ip", "clb", "accelerator", "hosted-zone"]);
    expect(await run("keyhole resource remove $(keyhole resource list | awk '/hosted-zone/ {print $2}')")).toMatchObject({ code: 0, out: expect.stringMatching(/hostedzone\/Z\w+ is gone\.\n$/) });
    expect((await run("keyhole config; keyhole config on; keyhole config --account 444455556666; keyhole config --region eu-west-2")).out).toBe("AWS Config does not record here.\nAWS Config records here.\nAWS Config does not record here.\nAWS Config does not record here.\n");
    expect((await run("keyhole resource add alb theirs --account 444455556666")).out).toContain(":444455556666:loadbalancer/app/theirs/");
  });

  test("attacks what Shield looks at", async () => {
    const { run } = await own();
    const arn = (await run("keyhole resource add alb shop")).out.trim();
    await run(`aws shield create-subscription && aws shield create-protection --name shop --resource-arn ${arn}`);
    expect((await run(`keyhole attack http-flood ${arn} --minutes 5`)).out).toBe("HTTP flood: up to 100,000 requests/s, for 5 minutes.\n");
    expect((await run(`keyhole attack syn-flood ${arn} --size 2g --minutes 1`)).out).toBe("SYN flood: up to 2,000,000,000 bit/s, for 1 minute.\n");
    const list = async () => JSON.parse((await run("aws shield list-attacks --query 'AttackSummaries[].[AttackVectors[0].VectorType,EndTime!=null]'")).out).sort();
    expect(await list()).toEqual([["REQUEST_FLOOD", false], ["SYN_FLOOD", false]]);
    await run("keyhole clock 10m");
    expect(await list()).toEqual([["REQUEST_FLOOD", true], ["SYN_FLOOD", true]]);
    expect(await run(`keyhole attack udp-flood ${arn}`)).toMatchObject({ code: 1, err: "keyhole: UDP flood does not reach that kind of resource; these do: syn-flood, http-flood\n" });
  });

  test("sends what a curl command would send, and says what the web ACL made of it", async () => {
    const { run } = await own();
    const arn = (await run("keyhole resource add alb shop")).out.trim();
    expect((await run("keyhole curl https://example.com/")).out).toBe("ALLOW: shop gets the request\nshop has no web ACL: nothing looked at the request.\n");
    const visible = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "m" };
    const none = [{ Priority: 0, Type: "NONE" }];
    const rules = [
      { Name: "from-de", Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, Action: { Count: {} } },
      { Name: "size", Statement: { SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling: "CONTINUE" } }, ComparisonOperator: "GE", Size: 8192, TextTransformations: none } }, Action: { Block: { CustomResponse: { ResponseCode: 413 } } } },
      { Name: "umlaut", Statement: { ByteMatchStatement: { SearchString: "w7w=", FieldToMatch: { Body: {} }, PositionalConstraint: "CONTAINS", TextTransformations: none } }, Action: { Block: {} }, RuleLabels: [{ Name: "umlaut" }] },
      { Name: "core", Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet", RuleActionOverrides: [{ Name: "SizeRestrictions_BODY", ActionToUse: { Count: {} } }] } }, OverrideAction: { None: {} } },
      { Name: "rate", Statement: { RateBasedStatement: { Limit: 10, EvaluationWindowSec: 60, AggregateKeyType: "IP" } }, Action: { Block: {} } },
    ].map((rule, Priority) => ({ ...rule, Priority, VisibilityConfig: { ...visible, MetricName: rule.Name } }));
    const acl = (await run(`aws wafv2 create-web-acl --name w --scope REGIONAL --default-action Allow={} --visibility-config '${JSON.stringify(visible)}' --rules '${JSON.stringify(rules)}' --query Summary.ARN --output text`)).out.trim();
    await run(`aws wafv2 associate-web-acl --web-acl-arn ${acl} --resource-arn ${arn}`);
    expect((await run("keyhole curl --from 192.0.2.17 https://example.com/")).out).toMatch(/^ALLOW by the default action: shop gets the request\n +0 {2}from-de {2}COUNT\. .*\n +1 {2}size .*\n[\s\S]*labels {2}awswaf:clientip:geo:country:DE/);
    expect((await run("keyhole curl --country=DE https://example.com/")).out).toMatch(/0 {2}from-de {2}COUNT/);
    expect((await run("keyhole curl 'https://example.com/?q=%3Cscript%3Ealert(1)%3C/script%3E'")).out).toMatch(/^BLOCK by core, its rule CrossSiteScripting_QUERYARGUMENTS: the client gets 403\n/);
    expect((await run("keyhole curl --to shop https://example.com/ -d 'ü=1'")).out).toMatch(/^BLOCK by umlaut: the client gets 403\n[\s\S]*:webacl:w:umlaut\n$/);
    // A file's bytes, at the limit of what a load balancer hands over and beyond it.
    await run("printf '%08191d' 0 > below; printf '%08192d\\n' 0 > at; printf 'a\\nü' > text");
    expect((await run("keyhole curl https://example.com/ --data-binary @below")).out).toMatch(/^ALLOW/);
    for (const data of ["--data-binary @at", "-d @at", "-d@at", "--json @at", "--data @at"]) expect((await run(`keyhole curl --to ${arn} https://example.com/ ${data}`)).out, data).toMatch(/^BLOCK by size: the client gets 413\n/);
    expect((await run("keyhole curl https://example.com/ -d @text")).out).toMatch(/^BLOCK by umlaut/);
    await run("keyhole clock 5m");
    expect((await run("keyhole curl https://example.com/ --times 1500")).out).toBe("  1500 × ALLOW by the default action: shop gets the request\n");
    await run("keyhole clock 10s");
    expect((await run("keyhole curl https://example.com/ --times 3")).out).toBe("     3 × BLOCK by rate: the client gets 403\n");
    // A distribution is found from everywhere.
    await run("keyhole resource add cloudfront world");
    expect((await run("keyhole curl --region eu-west-2 https://example.com/")).out).toMatch(/^ALLOW: world gets the request/);
    expect(await run("keyhole curl https://example.com/")).toMatchObject({ code: 1, err: "keyhole: say where it goes, with --to and a name: world, shop\n" });
  }, 30_000);

  test("lets traffic come to what web ACLs protect, and tells what they make of it", async () => {
    const { run } = await own();
    expect((await run("keyhole traffic list")).out).toBe("No traffic is there. keyhole traffic start begins some.\n");
    expect((await run("keyhole traffic presets")).out).toMatch(/^quiet-day {12}A day of customers/);
    const arn = (await run("keyhole resource add alb shop")).out.trim();
    const rules = '[{"Name":"limit","Priority":0,"Statement":{"RateBasedStatement":{"Limit":10,"EvaluationWindowSec":60,"AggregateKeyType":"IP"}},"Action":{"Block":{}},"VisibilityConfig":{"SampledRequestsEnabled":true,"CloudWatchMetricsEnabled":true,"MetricName":"limit"}}]';
    await run(`aws wafv2 associate-web-acl --resource-arn ${arn} --web-acl-arn $(aws wafv2 create-web-acl --name w --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=m --query Summary.ARN --output text --rules '${rules}')`);
    const flood = '{"version":1,"id":"f","title":"A flood","what":"A flood.","host":"h","sources":[{"kind":"users","id":"users","name":"Customers","startSec":0,"endSec":300,"rate":1,"clients":60,"day":false},{"kind":"http-flood","id":"bots","name":"Bots","startSec":0,"endSec":60,"rate":20,"clients":4,"path":"/","random":true}]}';
    const { out } = await run(`echo '${flood}' > flood.json; keyhole traffic start --scenario flood.json --to shop --seed 1`);
    expect(out).toMatch(/^traffic-[0-9a-f]{8}\n$/);
    const table = (await run("keyhole traffic run --for 30 --every 10")).out.split("\n");
    expect(table[0]).toMatch(/^time +requests +allowed +counted +blocked +challenged +harmless stopped +limiting$/);
    expect(table[1]).toMatch(/^00:00:10  limit tripped: it limits 4\.$/);
    expect(table[3]).toMatch(/^00:00:20 +\d+ +\d+ +0 +\d{3} +0 +0  limit: 4$/);
    expect((await run("keyhole traffic run --for 300 --every 60")).out).toMatch(/limit released all \(4 at the last\)\.[\s\S]*The traffic has ended\.\n$/);
    expect((await run("keyhole traffic status")).out).toMatch(/^traffic-\w+: A flood, ended, [\d,]+ requests to shop\n[\s\S]*Customers: all \d+ requests came through\.\nBots: [\d,]+ of [\d,]+ requests were stopped/);
    expect((await run(`keyhole traffic stop ${out.trim()} && keyhole traffic list`)).out).toMatch(/has stopped\.\ntraffic-\w+  stopped  [\d,]+ requests  A flood\n$/);
  }, 20_000);

  test("prints the code of rotation functions", async () => {
    const { run } = await own();
    expect((await run("keyhole template")).out).toContain("SecretsManagerRDSMySQLRotationSingleUser");
    expect((await run("keyhole template MySQLSingleUser")).out).toContain("def lambda_handler(event, context):");
    expect((await run("keyhole template SecretsManagerRotationTemplate --language javascript")).out).toContain("export");
  });

  test.each([
    ["keyhole", 2, "usage: keyhole clock"],
    ["keyhole clock yesterday", 1, '"yesterday" is no time such as 10m, 4h or 29d'],
    ["keyhole app start", 1, "keyhole app start wants the application's name"],
    ["keyhole app start x --secret s --role none", 1, "There is no role none in this account."],
    ["keyhole app start x --every soon", 1, "--every wants a number of seconds"],
    ["keyhole app status none", 1, "none"],
    ["keyhole app dance x", 1, "there is no keyhole app dance"],
    ["keyhole resource add server x", 1, "keyhole resource add wants a kind (alb, "],
    ["keyhole resource add alb x --web-acl y", 1, "--web-acl is for distributions"],
    ["keyhole resource remove arn:aws:appsync:us-east-1:111122223333:apis/none", 1, "There is no resource"],
    ["keyhole resource add elastic-ip x --account me", 1, "--account wants an account's twelve digits"],
    ["keyhole resource update x", 1, "keyhole resource update wants a distribution's ARN"],
    ["keyhole config maybe", 1, "keyhole config wants on or off"],
    ["keyhole attack", 1, "keyhole attack wants a kind (syn-flood, "],
    ["keyhole attack syn-flood arn:aws:s3:::bucket", 1, "is nothing that Shield looks at"],
    ["keyhole attack http-flood arn:aws:cloudfront::111122223333:distribution/E1 --size lots", 1, "is no rate such as 50G"],
    ["keyhole attack http-flood arn:aws:cloudfront::111122223333:distribution/E1 --minutes 0", 1, "--minutes wants a number from 1 to 1,440"],
    ["keyhole curl", 1, "keyhole curl wants an address"],
    ["keyhole curl --to", 1, "--to wants a value"],
    ["keyhole curl --teapot https://example.com/", 1, "--teapot"],
    ["keyhole curl https://example.com/", 1, "there is nothing in us-east-1 that a request could go to"],
    ["keyhole curl --from here https://example.com/", 1, "is no IP address"],
    ["keyhole curl --times 0 https://example.com/", 1, "--times wants a number from 1 to 10,000"],
    ["keyhole curl -d @none https://example.com/", 1, "there is no file none"],
    ["keyhole resource add alb a && keyhole curl --to b https://example.com/", 1, "there is no resource b in us-east-1"],
    ["keyhole resource dance", 1, "there is no keyhole resource dance"],
    ["keyhole traffic start", 1, "keyhole traffic start wants a preset"],
    ["keyhole traffic start scan", 1, "there is nothing in us-east-1 that requests could go to"],
    ["keyhole traffic start --scenario none.json", 1, "there is no file none.json"],
    ["keyhole traffic start scan --seed x", 1, "--seed wants a whole number"],
    ["keyhole traffic run", 1, "there is no traffic: keyhole traffic start begins some"],
    ["keyhole traffic run x --for 0", 1, "--for wants a number of seconds from 1 to 7,200"],
    ["keyhole traffic run x --for 7200 --every 10", 1, "that makes more than 60 rows"],
    ["keyhole traffic status none", 1, "There is no stream of traffic none here."],
    ["keyhole traffic dance", 1, "there is no keyhole traffic dance"],
    ["keyhole template none", 1, "there is no template none"],
    ["keyhole template MySQLSingleUser --language cobol", 1, "--language is python or javascript"],
    ["keyhole clock --now", 1, "there is no option --now"],
  ])("%s", async (line, code, err) => {
    const { run } = await own();
    expect(await run(line)).toMatchObject({ code, err: expect.stringContaining(err) });
  });
});
