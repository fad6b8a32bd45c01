import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate/browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromBase64, toBase64, utf8, utf8Text } from "../../engine/crypto/bytes";
import { loadServices } from "../../engine/catalog";
import { createLab, type Lab } from "../../engine/lab";
import type { Caller, JsonObject } from "../../engine/types";
import { nodePorts } from "../endpoint";
import { closePython, pythonProcesses } from "./python";

/** Functions in Python that really run, in processes of Node. In the page: `e2e/lambda-python.spec.ts`. */

const account = "111122223333";
const admin: Caller = { account, user: "admin" };
let lab: Lab;

async function done(service: string, operation: string, input: JsonObject = {}): Promise<any> {
  const reply = await lab.call({ service, operation, input, caller: admin });
  if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
  return reply.output;
}

let made = 0;
/** Makes a function of this code; answers its name. */
async function create(code: string, more: JsonObject = {}): Promise<string> {
  const FunctionName = `f${++made}`;
  const ZipFile = toBase64(zipSync({ "lambda_function.py": strToU8(code) }));
  await done("lambda", "CreateFunction", { FunctionName, Role: `arn:aws:iam::${account}:role/app`, Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Code: { ZipFile }, ...more });
  await lab.advance(2_000);
  return FunctionName;
}

interface Invoked {
  payload: any;
  failed: boolean;
  /** What it printed, and what Lambda wrote of it. */
  log: string;
  report: string;
}
async function invoke(FunctionName: string, event: unknown = {}): Promise<Invoked> {
  const output = await done("lambda", "Invoke", { FunctionName, Payload: toBase64(utf8(JSON.stringify(event))), LogType: "Tail" });
  const lines = utf8Text(fromBase64(output.LogResult)).split("\n");
  return {
    payload: JSON.parse(utf8Text(fromBase64(output.Payload))),
    failed: output.FunctionError !== undefined,
    log: lines.filter((line) => !/^(START|END|REPORT) /.test(line)).join("\n"),
    report: lines.find((line) => line.startsWith("REPORT "))!,
  };
}
const run = async (code: string, more: JsonObject = {}, event: unknown = {}): Promise<Invoked> => invoke(await create(code, more), event);
const handler = (body: string): string => `def lambda_handler(event, context):\n${body.split("\n").map((line) => `    ${line}`).join("\n")}\n`;

beforeAll(async () => {
  await loadServices();
  lab = createLab({ ports: nodePorts() });
  const statement = (more: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
  await done("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: statement({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }) });
  await done("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: statement({ Action: ["ssm:*", "lambda:*"], Resource: "*" }) });
}, 120_000);
afterAll(closePython);

describe("a function", { timeout: 120_000 }, () => {
  test("keeps its module between invocations, in one process; its environment, context and clock are the lab's", async () => {
    const name = await create(
      `import os, time, random\nn = 0\n${handler(`global n
n += 1
print('call', n)
context_says = [context.function_name, context.memory_limit_in_mb, context.function_version, context.aws_request_id == os.environ.get('x', context.aws_request_id), context.log_group_name, context.invoked_function_arn]
return {'n': n, 'event': event, 'stage': os.environ['STAGE'], 'region': os.environ['AWS_REGION'], 'cwd': os.getcwd(), 'time': time.time(), 'zone': time.tzname[0], 'left': context.get_remaining_time_in_millis(), 'context': context_says, 'chance': random.random()}`)}`,
      { Environment: { Variables: { STAGE: "dev" } }, Timeout: 10 },
    );
    await lab.advance(365 * 86_400_000);
    const at = lab.now();
    const first = await invoke(name, { a: [1, "ü"] });
    expect(first.payload).toMatchObject({ n: 1, event: { a: [1, "ü"] }, stage: "dev", region: "us-east-1", cwd: "/var/task", zone: "UTC", context: [name, "128", "$LATEST", true, `/aws/lambda/${name}`, `arn:aws:lambda:us-east-1:${account}:function:${name}`] });
    expect(Math.abs(first.payload.time * 1000 - at)).toBeLessThan(20_000);
    expect(first.payload.left).toBeGreaterThan(9_000);
    expect(first.payload.left).toBeLessThanOrEqual(10_000);
    expect(first.report).toMatch(/Max Memory Used: \d\d MB\tInit Duration: [\d.]+ ms\t$/);
    const second = await invoke(name);
    expect(second.payload.n).toBe(2);
    expect(second.payload.chance).not.toBe(first.payload.chance);
    expect(second.log.trim()).toBe("call 2");
    expect(second.report).not.toContain("Init Duration");
  });

  test("may wait, and its clock goes on without anybody waiting", async () => {
    const began = performance.now();
    const { payload } = await run(handler("import asyncio, time\nt, m = time.time(), time.monotonic()\ntime.sleep(600)\nasync def both():\n    await asyncio.gather(asyncio.sleep(30), asyncio.sleep(60))\nasyncio.run(both())\nreturn [round(time.time() - t), round(time.monotonic() - m), context.get_remaining_time_in_millis() // 1000]"), { Timeout: 900 });
    expect(payload).toEqual([660, 660, 239]);
    expect(performance.now() - began).toBeLessThan(30_000);
    const late = await run(handler("import time\nprint('before')\ntime.sleep(5)\nprint('after')"));
    expect(late.payload.errorMessage).toMatch(/Task timed out after 3\.00 seconds$/);
    expect(late.log).toMatch(/^before\n\d{4}-.*Task timed out/);
    expect(late.report).toMatch(/Duration: 3000\.00 ms.*Status: timeout/);
  });

  test("calls AWS as its role; what it invokes runs beside it and is charged to its time", async () => {
    const slow = await create(handler("import time\ntime.sleep(2)\nreturn event['n'] + 1"));
    const { payload, report, log } = await run(
      `import boto3, json\nclient = boto3.client('lambda')\n${handler(`boto3.client('ssm').put_parameter(Name='/by-python', Value='v', Type='String')
try:
    boto3.client('iam').list_users()
except Exception as problem:
    print(type(problem).__name__, problem)
answer = client.invoke(FunctionName='${slow}', Payload=json.dumps({'n': 1}))
return json.loads(answer['Payload'].read())`)}`,
      { Timeout: 10 },
    );
    expect(payload).toBe(2);
    expect(log).toMatch(/^ClientError An error occurred \(AccessDenied\) when calling the ListUsers operation: User: arn:aws:sts::111122223333:assumed-role\/app\/\S+ is not authorized to perform: iam:ListUsers/);
    expect(Number(/Duration: ([\d.]+)/.exec(report)![1])).toBeGreaterThan(2_000);
    expect((await done("ssm", "GetParameter", { Name: "/by-python" })).Parameter.Value).toBe("v");
  });

  test("speaks to databases by keyhole_db, in the words of their servers", async () => {
    const { payload } = await run(handler("import keyhole_db\ntry:\n    keyhole_db.connect('nowhere.example', 3306, 'u', 'p')\nexcept keyhole_db.DatabaseError as problem:\n    return [problem.code, str(problem)]"));
    expect(payload).toEqual(["UnknownHost", "No such host is known: nowhere.example"]);

    await done("rds", "CreateDBInstance", { DBInstanceIdentifier: "shop", DBInstanceClass: "db.t3.micro", Engine: "mysql", AllocatedStorage: 20, MasterUsername: "admin", MasterUserPassword: "first-password", DBName: "shop" });
    await lab.advance(3_600_000);
    const { Address, Port } = (await done("rds", "DescribeDBInstances", { DBInstanceIdentifier: "shop" })).DBInstances[0].Endpoint;
    const rotated = await run(
      handler(`import keyhole_db
connect = lambda password: keyhole_db.connect(event['host'], event['port'], 'admin', password, database='shop')
with connect('first-password') as connection:
    rows = connection.execute('SELECT CURRENT_USER() AS who')
    connection.execute("ALTER USER CURRENT_USER() IDENTIFIED BY 'second-password'")
    still = connection.execute('SELECT 1 AS one')
try:
    connect('first-password')
except keyhole_db.DatabaseError as problem:
    refused = [problem.number, problem.sqlstate, str(problem).split(' (')[0].split("'@")[0]]
return [rows, still, refused, connect('second-password').engine]`),
      { Timeout: 20 },
      { host: Address, port: Port },
    );
    expect(rotated.payload).toEqual([[{ who: "admin@%" }], [{ one: "1" }], [1045, "28000", "Access denied for user 'admin"], "mysql"]);
  });
});

describe("answers and errors", { timeout: 120_000 }, () => {
  test("what is returned is JSON as Lambda writes it", async () => {
    const code = `import collections, datetime, decimal\nP = collections.namedtuple('P', 'a b')\n${handler(`return {'values': lambda: {'n': decimal.Decimal('1.10'), 't': (1, 2), 'p': P(1, 'é'), 'b': b'x', 'f': 1e100, 'k': {1: True, None: None}}, 'none': lambda: None, 'text': lambda: 'a"b',
  'date': lambda: datetime.datetime(2026, 1, 1), 'set': lambda: {1}, 'nan': lambda: float('nan'), 'key': lambda: {(1, 2): 3}, 'circle': lambda: (lambda x: (x.append(x), x)[1])([])}[event]()`)}`;
    const name = await create(code);
    expect((await invoke(name, "values")).payload).toEqual({ n: 1.1, t: [1, 2], p: { a: 1, b: "é" }, b: "x", f: 1e100, k: { 1: true, null: null } });
    expect((await invoke(name, "none")).payload).toBe(null);
    expect((await invoke(name, "text")).payload).toBe('a"b');
    const refused = async (event: string): Promise<string[]> => {
      const { payload, failed } = await invoke(name, event);
      return [String(failed), payload.errorType, payload.errorMessage];
    };
    expect(await refused("date")).toEqual(["true", "Runtime.MarshalError", "Unable to marshal response: Object of type datetime is not JSON serializable"]);
    expect(await refused("set")).toEqual(["true", "Runtime.MarshalError", "Unable to marshal response: Object of type set is not JSON serializable"]);
    expect(await refused("nan")).toEqual(["true", "Runtime.MarshalError", "Unable to marshal response: Out of range float values are not JSON compliant: nan"]);
    expect(await refused("key")).toEqual(["true", "Runtime.MarshalError", "Unable to marshal response: keys must be str, int, float, bool or None, not tuple"]);
    expect(await refused("circle")).toEqual(["true", "Runtime.MarshalError", "Unable to marshal response: Circular reference detected"]);
  });

  test("an exception has its document, its traceback in one event of the log, and does not end the environment", async () => {
    const name = await create(`n = 0\ndef inner(x):\n    raise ValueError(f'no {x}')\n\ndef lambda_handler(event, context):\n    global n\n    n += 1\n    if n == 1: inner('good')\n    return n\n`);
    const { payload, failed, log } = await invoke(name);
    expect(failed).toBe(true);
    expect(payload).toEqual({
      errorMessage: "no good", errorType: "ValueError", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stackTrace: ['  File "/var/task/lambda_function.py", line 8, in lambda_handler\n    if n == 1: inner(\'good\')\n', '  File "/var/task/lambda_function.py", line 3, in inner\n    raise ValueError(f\'no {x}\')\n'],
    });
    expect(log.replaceAll("\u00a0", "_").trim().split("\n")).toEqual([
      "[ERROR] ValueError: no good", "Traceback (most recent call last):",
      '__File "/var/task/lambda_function.py", line 8, in lambda_handler', "____if n == 1: inner('good')",
      '__File "/var/task/lambda_function.py", line 3, in inner', "____raise ValueError(f'no {x}')",
    ]);
    expect((await invoke(name)).payload).toBe(2);
  });

  test("logging writes as Lambda's handler does; without a level only warnings", async () => {
    const { log } = await run(handler("import logging\nlogging.info('not shown')\nlogging.warning('shown')\nlogging.getLogger().setLevel(logging.DEBUG)\nlogging.getLogger('mine').debug('two\\nlines')\nimport sys\nprint('to stderr', file=sys.stderr)"));
    expect(log.trim().split("\n")).toEqual([
      expect.stringMatching(/^\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\tshown$/),
      expect.stringMatching(/^\[DEBUG\]\t.*\ttwo$/), "lines", "to stderr",
    ]);
  });

  test.each([
    ["a module that is not there", "import requests\n", {}, "Runtime.ImportModuleError", "Unable to import module 'lambda_function': No module named 'requests'", []],
    ["a handler's module that is not there", handler("pass"), { Handler: "app.handler" }, "Runtime.ImportModuleError", "Unable to import module 'app': No module named 'app'", []],
    ["no handler", "x = 1\n", {}, "Runtime.HandlerNotFound", "Handler 'lambda_handler' missing on module 'lambda_function'", []],
    ["a handler's name without a module", handler("pass"), { Handler: "nope" }, "Runtime.MalformedHandlerName", "Bad handler 'nope': not enough values to unpack (expected 2, got 1)", []],
    ["a module of the interpreter", handler("pass"), { Handler: "sys.exit" }, "Runtime.BuiltInModuleConflict", "Cannot use built-in module sys as a handler module", []],
    ["a text that is no Python", "def lambda_handler(event, context)\n    pass\n", {}, "Runtime.UserCodeSyntaxError", "Syntax error in module 'lambda_function': expected ':' (lambda_function.py, line 1)", ['  File "/var/task/lambda_function.py" Line 1\n    def lambda_handler(event, context)\n']],
  ])("before any handler: %s", async (_name, code, more, errorType, errorMessage, stackTrace) => {
    const { payload, failed, log } = await run(code, more);
    expect(failed).toBe(true);
    expect(payload).toEqual({ errorMessage, errorType, requestId: "", stackTrace });
    expect(log).toContain(`[ERROR] ${errorType}: ${errorMessage}\nTraceback (most recent call last):`);
  });

  test("an exception while the module loads has the frames of its import", async () => {
    const { payload } = await run(`import os\nstage = os.environ['DEV_OR_PROD']\n${handler("pass")}`);
    expect(payload).toMatchObject({ errorMessage: "'DEV_OR_PROD'", errorType: "KeyError", requestId: "" });
    expect(payload.stackTrace[0]).toMatch(/^ {2}File "\/var\/lang\/lib\/python3\.14\/importlib\/__init__\.py", line \d+, in import_module\n/);
    expect(payload.stackTrace).toContainEqual('  File "/var/task/lambda_function.py", line 2, in <module>\n    stage = os.environ[\'DEV_OR_PROD\']\n');
  });
});

describe("what is stopped", { timeout: 120_000 }, () => {
  test.each([
    ["an endless loop", "print('before')\nwhile True: pass", { Timeout: 1 }, "Sandbox.Timedout", /Task timed out after 1\.00 seconds$/],
    ["a loop that nothing catches", "while True:\n    try:\n        while True: pass\n    except BaseException: pass", { Timeout: 1 }, "Sandbox.Timedout", /Task timed out/],
    ["a gigabyte", "x = bytearray(10 ** 9)", {}, "Runtime.OutOfMemory", /Runtime exited with error: signal: killed$/],
    ["memory by and by", "x = []\nwhile True: x.append('y' * 1_000_000)", {}, "Runtime.OutOfMemory", /signal: killed$/],
    ["sys.exit(3)", "import sys\nsys.exit(3)", {}, "Runtime.ExitError", /Runtime exited with error: exit status 3$/],
    ["sys.exit()", "import sys\nsys.exit()", {}, "Runtime.ExitError", /Runtime exited without providing a reason$/],
    ["os._exit(7)", "import os\nos._exit(7)", {}, "Runtime.ExitError", /exit status 7$/],
    ["KeyboardInterrupt", "raise KeyboardInterrupt()", {}, "Runtime.ExitError", /exit status 1$/],
    ["recursion", "def f(n): return f(n + 1)\nf(0)", {}, "RecursionError", /^maximum recursion depth exceeded/],
  ])("%s", async (_name, body, more, errorType, message) => {
    const { payload, failed } = await run(handler(body), more);
    expect([failed, payload.errorType]).toEqual([true, errorType]);
    expect(payload.errorMessage).toMatch(message);
  });

  test("a flood of output is cut, and says so; the lab and the next function are as before", async () => {
    const flood = await run(handler("while True: print('flood ' * 1000)"), { Timeout: 1 });
    expect(flood.payload.errorType).toBe("Sandbox.Timedout");
    expect(flood.log).toContain("[Keyhole keeps 256 KB of what an invocation prints. The rest is left out.]");
    const { payload } = await run(handler("return 'still here'"));
    expect(payload).toBe("still here");
    expect((await done("sts", "GetCallerIdentity")).Account).toBe(account);
  });

  test("a process that computes ends with the endpoint", async () => {
    const name = `busy-${process.pid}`;
    const program = `const { startEndpoint } = await import("../lib/wire/endpoint");
const { pythonProcesses } = await import("../lib/wire/functions/python");
const { toBase64, utf8 } = await import("../lib/engine/crypto/bytes");
const { zipSync } = await import("fflate");
const { lab } = await startEndpoint({ port: 0 });
const call = (service: string, operation: string, input: object) => lab().call({ service, operation, input: input as never, caller: { account: "${account}", user: "admin" } });
await call("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }) });
await call("lambda", "CreateFunction", { FunctionName: "loop", Role: "arn:aws:iam::${account}:role/app", Runtime: "python3.13", Handler: "m.f", Timeout: 60, Code: { ZipFile: toBase64(zipSync({ "m.py": utf8("def f(e, c):\\n    while True: pass") })) } });
await lab().advance(5000);
void call("lambda", "Invoke", { FunctionName: "loop" });
const look = setInterval(() => { const found = pythonProcesses(); if (found.length) { clearInterval(look); setTimeout(() => { console.log(JSON.stringify(found)); process.exit(0); }, 4000); } }, 50);
`;
    const file = join(".ci", `.${name}.ts`);
    writeFileSync(file, program);
    try {
      const { stdout, stderr } = spawnSync(process.execPath, [".ci/bundle.mjs", file], { encoding: "utf8" });
      expect(stderr).toBe("");
      const pids = JSON.parse(stdout) as number[];
      expect(pids.length).toBeGreaterThan(0);
      await expect.poll(() => pids.filter(isThere), { timeout: 20_000 }).toEqual([]);
    } finally {
      rmSync(file);
    }
  });

  test("processes are few, and gone when they are closed", async () => {
    const before = pythonProcesses();
    expect(before.length).toBeLessThanOrEqual(5);
    closePython();
    expect(pythonProcesses()).toEqual([]);
    await expect.poll(() => before.filter(isThere), { timeout: 20_000 }).toEqual([]);
    expect((await run(handler("return 1"))).payload).toBe(1);
  });
});

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("what is out of reach", { timeout: 120_000 }, () => {
  /** Each line is tried in Python; what comes of it is its value or its error. */
  const attempts = async (lines: string[]): Promise<Record<string, string>> => {
    const body = `found = {}\nfor line in event:\n    try:\n        scope = {}\n        exec(line, scope)\n        found[line] = repr(scope.get('x'))[:300]\n    except BaseException as problem:\n        found[line] = f'{type(problem).__name__}: {problem}'[:300]\nreturn found`;
    return (await run(handler(body), {}, lines)).payload as Record<string, string>;
  };

  test("JavaScript, and with it Node: no modules, and no text becomes code", async () => {
    const found = await attempts([
      "import js; x = js.process", "import pyodide_js; x = pyodide_js.FS", "from pyodide.code import run_js; x = run_js('process')", "import _pyodide_core; x = _pyodide_core",
      "from pyodide.http import pyfetch; x = pyfetch", "import micropip; x = micropip",
      "from _keyhole import host; x = host._doors['ask'].constructor('return process')()",
      "from _keyhole import host; x = host._doors['ask'].constructor.constructor('return globalThis')()",
      "from _keyhole import host; x = host._doors['write'].__proto__.constructor('return this.process')()",
    ]);
    for (const [line, result] of Object.entries(found)) expect([line, result]).toEqual([line, expect.stringMatching(/^(ModuleNotFoundError: No module named|JsException: EvalError: Code generation from strings disallowed|AttributeError)/)]);
    // By the C functions of its own memory: the interpreter ends, and only it.
    const { payload } = await run(handler("import ctypes\nctypes.CDLL(None).emscripten_run_script(b'globalThis.process')"), { Timeout: 60 });
    expect(payload.errorType).toBe("Runtime.ExitError");
  });

  test("the host's files, network, processes and threads", async () => {
    const found = await attempts([
      "x = open('/etc/passwd').read()", `x = open(${JSON.stringify(process.cwd())} + '/package.json').read()`, "x = open('/proc/self/environ').read()",
      "import os; x = os.listdir('/work')", "import subprocess; x = subprocess.run(['ls'])", "import os; x = os.system('ls')", "import os; x = os.fork()",
      "import urllib.request; x = urllib.request.urlopen('https://example.com')", "import socket; s = socket.socket(); x = s.connect(('127.0.0.1', 80))", "import socket; x = socket.getaddrinfo('example.com', 80)",
      "import threading; x = threading.Thread(target=print).start()", "x = open('/var/task/lambda_function.py', 'a')", "import os; x = os.remove('/var/task/lambda_function.py')",
    ]);
    for (const [line, result] of Object.entries(found)) expect([line, result]).toEqual([line, expect.stringMatching(/^(FileNotFoundError|OSError|RuntimeError|URLError|gaierror|NotADirectoryError)/)]);
    expect(Object.values(found).filter((result) => result.includes("functions in Keyhole have no network"))).toHaveLength(3);
    expect((await attempts(["import os; x = sorted(k for k in os.environ if not k.startswith('AWS_'))", "open('/tmp/a', 'w').write('1'); x = open('/tmp/a').read()"]))).toEqual({
      "import os; x = sorted(k for k in os.environ if not k.startswith('AWS_'))": "['LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT', 'LANG', 'PATH', 'TZ', '_HANDLER', '_X_AMZN_TRACE_ID']",
      "open('/tmp/a', 'w').write('1'); x = open('/tmp/a').read()": "'1'",
    });
  });

  test("other people's keys, and services that are not here", async () => {
    const found = await attempts([
      "import boto3; x = boto3.client('sts', aws_access_key_id='AKIAIOSFODNN7EXAMPLE', aws_secret_access_key='x').get_caller_identity()",
      "import boto3; x = boto3.client('s3').list_buckets()", "import boto3; x = boto3.client('ssm', endpoint_url='http://localhost:4566').get_parameter(Name='x')",
      "import boto3; x = boto3.client('ssm', region_name='us-east-99').get_parameter(Name='x')",
      "import os; [os.environ.pop(k) for k in ('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN')]; import boto3; x = boto3.session.Session().client('sts').get_caller_identity()",
    ]);
    expect(Object.values(found)).toEqual([
      "ClientError: An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
      "ClientError: An error occurred (NotSimulated) when calling the ListBuckets operation: Keyhole does not simulate s3. AWS has this service; this lab does not.",
      'EndpointConnectionError: Could not connect to the endpoint URL: "http://localhost:4566/"',
      'EndpointConnectionError: Could not connect to the endpoint URL: "https://ssm.us-east-99.amazonaws.com/"',
      "NoCredentialsError: Unable to locate credentials",
    ]);
  });
});
