/**
 * Functions that every host must run the same: the table that the endpoint's interpreter and the page's sandbox are held against. Places in
 * stack traces are compared by their lines; a request's id and a moment are written as ID and TIME.
 */
export interface Case {
  name: string;
  files: Record<string, string>;
  handler?: string;
  runtime?: "nodejs20.x" | "nodejs22.x" | "nodejs24.x";
  /** Seconds. */
  timeout?: number;
  environment?: Record<string, string>;
  /** Events, one invocation each; `{}` unless given. */
  events?: unknown[];
  /** What the last one answers. */
  payload: unknown;
  error?: boolean;
  /** What stands in the log of the last one, between START and END. */
  log?: (string | RegExp)[];
  /** Words of the REPORT line. */
  report?: RegExp;
}

const esm = (text: string): Record<string, string> => ({ "index.mjs": text });
const cjs = (text: string): Record<string, string> => ({ "index.js": text });
const arn = "arn:aws:lambda:us-east-1:111122223333:function:";

/** A document, with the frames of its trace that must stand there. */
const document = (errorType: string, errorMessage: string, frames?: string[]): unknown => ({ errorType, errorMessage, ...(frames ? { trace: [`${errorType}: ${errorMessage}`, ...frames] } : {}) });
const by = "    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173)";

export const cases: Case[] = [
  // ---------------------------------------------------------------- modules
  { name: "an ES module", files: esm("export const handler = async (event) => ({ got: event });"), events: [{ a: [1, "ü"] }], payload: { got: { a: [1, "ü"] } }, log: [] },
  { name: "a CommonJS module", files: cjs("exports.handler = async ({ n }) => n + 1;"), events: [{ n: 41 }], payload: 42 },
  { name: "module.exports", files: cjs("module.exports = { handler: async () => [module.id, __filename, __dirname, this === exports] };"), payload: ["/var/task/index.js", "/var/task/index.js", "/var/task", true] },
  { name: "type module", files: { "index.js": "import { a } from './lib/a.js';\nexport const handler = async () => a;", "lib/a.js": "export const a = 'a';", "package.json": '{ "type": "module" }' }, payload: "a" },
  { name: "a handler in a folder, nested in an object", files: { "src/app.js": "exports.main = { handler: async () => 'deep' };" }, handler: "src/app.main.handler", payload: "deep" },
  {
    name: "bindings are live, circles resolve, functions are hoisted",
    files: {
      "index.mjs": "import * as all from './count.mjs';\nimport def, { count, add as increase } from './count.mjs';\nimport { isEven } from './even.mjs';\nexport async function handler() {\n  increase();\n  increase();\n  const { [String('count')]: n } = all;\n  return { count, n, def, names: Object.keys(all), even: isEven(10), tag: Object.prototype.toString.call(all), shadow: ((count) => count)(7), short: { count } };\n}",
      "count.mjs": "export let count = 0;\nexport const add = () => { count++; };\nexport default class Named {\n  static x = 1;\n}\nexport { add as more };\nexport * from './extra.mjs';",
      "extra.mjs": "export const extra = 1;\nexport * as self from './extra.mjs';",
      "even.mjs": "import { isOdd } from './odd.mjs';\nexport function isEven(n) { return n === 0 || isOdd(n - 1); }\nexport const early = isOdd(3);",
      "odd.mjs": "import { isEven } from './even.mjs';\nexport function isOdd(n) { return n !== 0 && isEven(n - 1); }",
    },
    payload: { count: 2, n: 2, names: ["add", "count", "default", "extra", "more", "self"], even: true, tag: "[object Module]", shadow: 7, short: { count: 2 } },
  },
  {
    name: "statements without semicolons, and calls of what is imported",
    files: { "index.mjs": "import tag, { me, Made } from './b.mjs'\nconst a = 1\nme()\nconst self = me()\nexport const handler = async () => [a, self === undefined, new Made(3).n, tag`x${a}y`, me?.() === undefined]\n", "b.mjs": "export function me() { return this }\nexport class Made { constructor(n) { this.n = n } }\nexport default (texts, ...values) => texts.join('|') + values" },
    payload: [1, true, 3, "x|y1", true],
  },
  { name: "default exports of every kind", files: { "index.mjs": "import a from './a.mjs';\nimport b from './b.mjs';\nimport c from './c.mjs';\nexport const handler = async () => [a.name, a(), b.name, b(), c];", "a.mjs": "export default function () { return 1 }", "b.mjs": "export default () => 2;", "c.mjs": "export default (1, 3)" }, payload: ["default", 1, "default", 2, 3] },
  { name: "ES and CommonJS together", files: { "index.mjs": "import pkg, { named } from './old.cjs';\nimport { createRequire } from 'node:module';\nimport data from './data.json' with { type: 'json' };\nconst require = createRequire(import.meta.url);\nexport const handler = async () => [pkg.named, named, data.a, require('./data.json').a, import.meta.filename, (await import('./late.mjs')).late];", "old.cjs": "exports.named = 'n'; exports.later = import('./late.mjs');", "data.json": '{ "a": 1 }', "late.mjs": "export const late = 'late';" }, payload: ["n", "n", 1, 1, "/var/task/index.mjs", "late"] },
  { name: "require: folders, json, cache", files: { "index.js": "const a = require('./lib');\nconst { v } = require('./data');\nexports.handler = async () => [a.name, v, require('./lib') === a, require.resolve('./lib'), typeof require('./lib/plain')];", "lib/index.js": "module.exports = { name: 'lib' };", "lib/plain.js": "module.exports = () => 1;", "data.json": '{ "v": 2 }' }, payload: ["lib", 2, true, "/var/task/lib/index.js", "function"] },
  { name: "a package of its own", files: { "index.mjs": "import { where } from 'pkg';\nimport sub from 'pkg/sub';\nexport const handler = async () => [where, sub];", "node_modules/pkg/package.json": '{ "name": "pkg", "exports": { ".": { "require": "./main.cjs", "import": "./main.mjs" }, "./*": "./lib/*.mjs" } }', "node_modules/pkg/main.mjs": "export const where = 'import';", "node_modules/pkg/main.cjs": "exports.where = 'require';", "node_modules/pkg/lib/sub.mjs": "export default 'sub';" }, payload: ["import", "sub"] },
  { name: "top-level await", files: { "index.mjs": "import { ready } from './slow.mjs';\nconst more = await Promise.resolve('more');\nexport const handler = async () => [ready, more];", "slow.mjs": "await new Promise((resolve) => setTimeout(resolve, 30));\nexport const ready = 'ready';" }, payload: ["ready", "more"] },
  { name: "state stays warm", files: esm("let calls = 0;\nconsole.log('loaded');\nexport const handler = async () => ++calls;"), events: [{}, {}, {}], payload: 3, log: [] },
  { name: "a .js file with the syntax of ES modules, on Node.js 24", files: cjs("export const handler = async () => 'found out';"), runtime: "nodejs24.x", payload: "found out" },

  // ---------------------------------------------------------------- handlers
  { name: "undefined is null", files: esm("export const handler = async () => {};"), payload: null },
  { name: "what is not a promise counts for nothing", files: esm("export const handler = () => 'lost';"), payload: null },
  { name: "what is not a promise counts on Node.js 24", files: esm("export const handler = () => 'kept';"), runtime: "nodejs24.x", payload: "kept" },
  { name: "a callback", files: cjs("exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { event }), 20); };"), events: [1], payload: { event: 1 } },
  { name: "a callback with an error", files: cjs("exports.handler = (event, context, callback) => {\n  callback(new RangeError('too far'));\n};"), payload: document("RangeError", "too far", ["    at Runtime.handler (/var/task/index.js:2)", by]), error: true },
  { name: "a callback waits for what is left to do", files: cjs("exports.handler = (event, context, callback) => { setTimeout(() => console.log('late'), 50); callback(null, 'first'); };"), payload: "first", log: ["TIME\tID\tINFO\tlate"] },
  { name: "unless it is told not to", files: cjs("let n = 0;\nexports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => console.log('late', ++n), 50); callback(null, n); };"), payload: 0, log: [] },
  { name: "context.done, succeed and fail", files: cjs("exports.handler = (event, context) => { if (event === 1) context.succeed('s'); else context.fail('f'); };"), events: [1, 2], payload: { errorType: "string", errorMessage: "f", trace: [] }, error: true },
  { name: "a callback on Node.js 24", files: cjs("exports.handler = (event, context, callback) => callback(null, 1);"), runtime: "nodejs24.x", payload: document("Runtime.CallbackHandlerDeprecated", "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html."), error: true, report: /Status: error\tError Type: Runtime\.CallbackHandlerDeprecated/ },
  {
    name: "the context",
    files: esm("export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() <= 3000 && context.getRemainingTimeInMillis() > 1000, awsRequestId: context.awsRequestId.length, logStreamName: typeof context.logStreamName });"),
    payload: { callbackWaitsForEmptyEventLoop: true, functionVersion: "$LATEST", functionName: "FUNCTION", memoryLimitInMB: "128", logGroupName: "/aws/lambda/FUNCTION", logStreamName: "string", invokedFunctionArn: `${arn}FUNCTION`, awsRequestId: 36, left: true },
  },
  { name: "the environment", files: esm("process.env.ADDED = 7;\nexport const handler = async () => [process.env.STAGE, process.env.ADDED, process.env.NONE ?? 'none', process.env.AWS_REGION, process.env.AWS_EXECUTION_ENV, 'STAGE' in process.env, process.env.PATH.includes('/opt/bin'), process.cwd(), process.version.slice(0, 4), process.platform]"), environment: { STAGE: "dev" }, payload: ["dev", "7", "none", "us-east-1", "AWS_Lambda_nodejs22.x", true, true, "/var/task", "v22.", "linux"] },

  // ---------------------------------------------------------------- errors
  {
    name: "an error, its trace and its log line",
    files: esm("class Refused extends Error {\n  constructor(message) { super(message); this.name = 'Refused'; this.code = 'E1'; this.at = { depth: 1 }; }\n}\nconst inner = () => {\n  throw new Refused('no');\n};\nexport const handler = async () => inner();"),
    payload: document("Refused", "no", ["    at inner (file:///var/task/index.mjs:5)", "    at Runtime.handler (file:///var/task/index.mjs:7)", by]),
    error: true,
    log: [/^TIME\tID\tERROR\tInvoke Error \t\{"errorType":"Refused","errorMessage":"no","code":"E1","name":"Refused","at":\{"depth":1\},"stack":\["Refused: no"/],
  },
  { name: "a property of null", files: cjs("exports.handler = async (event) => {\n  const user = event.user;\n  return user.name;\n};"), payload: document("TypeError", "Cannot read properties of undefined (reading 'name')", ["    at Runtime.handler (/var/task/index.js:3)", by]), error: true },
  { name: "what is no function", files: esm("const tool = {};\nexport const handler = async () => {\n  return tool.use();\n};"), payload: document("TypeError", "tool.use is not a function", ["    at Runtime.handler (file:///var/task/index.mjs:3)", by]), error: true },
  { name: "what is imported and no function", files: { "index.mjs": "import { x } from './x.mjs';\nexport const handler = async () => x();", "x.mjs": "export const x = 1;" }, payload: { errorType: "TypeError", errorMessage: "x is not a function", trace: expect_any() }, error: true },
  { name: "a name that is not there", files: esm("export const handler = async () => nothing;"), payload: document("ReferenceError", "nothing is not defined", ["    at Runtime.handler (file:///var/task/index.mjs:1)", by]), error: true },
  { name: "a constant", files: esm("const a = 1;\nexport const handler = async () => { a = 2; };"), payload: { errorType: "TypeError", errorMessage: "Assignment to constant variable.", trace: expect_any() }, error: true },
  { name: "JSON that is none", files: esm("export const handler = async () => JSON.parse('hello');"), payload: { errorType: "SyntaxError", errorMessage: "Unexpected token 'h', \"hello\" is not valid JSON", trace: expect_any() }, error: true },
  { name: "JSON that ends too soon", files: esm("export const handler = async () => JSON.parse('{');"), payload: { errorType: "SyntaxError", errorMessage: "Expected property name or '}' in JSON at position 1 (line 1 column 2)", trace: expect_any() }, error: true },
  { name: "a message is V8's for the program too", files: esm("export const handler = async () => {\n  try { null.x } catch (error) { return [error.message, error instanceof TypeError, error.stack.split('\\n')[0]]; }\n};"), payload: ["Cannot read properties of null (reading 'x')", true, "TypeError: Cannot read properties of null (reading 'x')"] },
  { name: "what is thrown and no error", files: esm("export const handler = async () => { throw 'just text'; };"), payload: { errorType: "string", errorMessage: "just text", trace: [] }, error: true },
  { name: "too deep", files: esm("export const handler = async () => { const f = () => f() + 1; return f(); };"), payload: { errorType: "RangeError", errorMessage: "Maximum call stack size exceeded", trace: expect_any() }, error: true },
  { name: "a result that is no JSON", files: esm("export const handler = async () => ({ big: 1n });"), payload: { errorType: "Error", errorMessage: "Unable to stringify response body", trace: expect_any() }, error: true },
  { name: "a circle, on Node.js 24", files: esm("export const handler = async () => { const a = {}; a.a = a; return a; };"), runtime: "nodejs24.x", payload: { errorType: "Runtime.JSONStringifyError", errorMessage: "Unable to stringify response body", trace: expect_any() }, error: true },
  {
    name: "a rejection that nobody catches ends the process, not the answer",
    files: esm("let n = 0;\nconst hello = async () => { throw new Error('HelloError'); };\nexport const handler = async () => { if (!n++) hello(); return n; };"),
    payload: 1,
    log: [/^TIME\tID\tERROR\tUnhandled Promise Rejection \t\{"errorType":"Runtime\.UnhandledPromiseRejection","errorMessage":"Error: HelloError","reason":\{"errorType":"Error","errorMessage":"HelloError","stack":\["Error: HelloError","    at hello \(file:\/\/\/var\/task\/index\.mjs:2\)"/],
  },
  { name: "after which it begins anew", files: esm("let n = 0;\nexport const handler = async () => { Promise.reject(new Error('x')); return ++n; };"), events: [{}, {}], payload: 1 },
  { name: "an error in a timer", files: esm("export const handler = () => new Promise(() => { setTimeout(() => { throw new Error('later'); }, 10); });"), payload: { errorType: "Error", errorMessage: "later", trace: expect_any() }, error: true, log: [/^TIME\tID\tERROR\tUncaught Exception \t\{"errorType":"Error","errorMessage":"later"/] },
  { name: "a promise that is never kept", files: esm("export const handler = async () => new Promise(() => {});"), payload: { errorType: "Runtime.NodeJsExit", errorMessage: /^The Lambda runtime client detected an unexpected Node\.js exit code\./, trace: expect_any() }, error: true },
  { name: "a promise that is never kept, on Node.js 24", files: esm("export const handler = async () => new Promise(() => {});"), runtime: "nodejs24.x", payload: { errorType: "Runtime.ExitError", errorMessage: "RequestId: ID Error: Runtime exited with error: exit status 13" }, error: true },
  { name: "process.exit", files: esm("export const handler = async () => { console.log('before'); process.exit(3); console.log('after'); };"), payload: { errorType: "Runtime.ExitError", errorMessage: "RequestId: ID Error: Runtime exited with error: exit status 3" }, error: true, log: ["TIME\tID\tINFO\tbefore", "RequestId: ID Error: Runtime exited with error: exit status 3\nRuntime.ExitError"] },
  { name: "an error while it is loaded", files: esm("throw new Error('at the start');"), payload: { errorType: "Error", errorMessage: "at the start", trace: ["Error: at the start", "    at file:///var/task/index.mjs:1"] }, error: true, log: [/^TIME\tundefined\tERROR\tUncaught Exception \t\{"errorType":"Error","errorMessage":"at the start"/] },

  // ---------------------------------------------------------------- what is not found
  { name: "no such file", files: { "app.mjs": "export const handler = async () => 1;" }, payload: { errorType: "Runtime.ImportModuleError", errorMessage: "Error: Cannot find module 'index'\nRequire stack:\n- /var/runtime/index.mjs", trace: expect_any() }, error: true, report: /Error Type: Runtime\.ImportModuleError/ },
  { name: "require of what is not there", files: cjs("const uuid = require('uuid');"), payload: { errorType: "Runtime.ImportModuleError", errorMessage: "Error: Cannot find module 'uuid'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs", trace: expect_any() }, error: true },
  { name: "import of what is not there", files: esm("import { v4 } from 'uuid';\nexport const handler = async () => v4();"), payload: { errorType: "Error", errorMessage: "Cannot find package 'uuid' imported from /var/task/index.mjs", trace: expect_any() }, error: true },
  { name: "import without its extension", files: { ...esm("import { a } from './a';"), "a.mjs": "export const a = 1;" }, payload: { errorType: "Error", errorMessage: "Cannot find module '/var/task/a' imported from /var/task/index.mjs", trace: expect_any() }, error: true },
  { name: "a name that a module has not", files: { ...esm("import { b } from './a.mjs';"), "a.mjs": "export const a = 1;" }, payload: { errorType: "Runtime.UserCodeSyntaxError", errorMessage: "SyntaxError: The requested module './a.mjs' does not provide an export named 'b'", trace: expect_any() }, error: true },
  { name: "no such handler", files: esm("export const main = async () => 1;"), payload: document("Runtime.HandlerNotFound", "index.handler is undefined or not exported"), error: true, report: /Error Type: Runtime\.HandlerNotFound/ },
  { name: "a handler that is no function", files: esm("export const handler = 1;"), payload: document("Runtime.HandlerNotFound", "index.handler is not a function"), error: true },
  { name: "a handler's name that leads out", files: esm("export const handler = 1;"), handler: "../index.handler", payload: document("Runtime.MalformedHandlerName", "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names."), error: true },
  { name: "a syntax error", files: esm("export const handler = async () => {\n  return { a: 1 ;\n};"), payload: { errorType: "Runtime.UserCodeSyntaxError", errorMessage: "SyntaxError: Unexpected token ';'", trace: expect_any() }, error: true, report: /Error Type: Runtime\.UserCodeSyntaxError/ },
  { name: "a text that ends too soon", files: cjs("exports.handler = async () => {"), payload: { errorType: "Runtime.UserCodeSyntaxError", errorMessage: "SyntaxError: Unexpected end of input", trace: expect_any() }, error: true },
  { name: "import outside a module", files: cjs("import { a } from './a.mjs';\nexports.handler = async () => a;"), payload: { errorType: "Runtime.UserCodeSyntaxError", errorMessage: "SyntaxError: Cannot use import statement outside a module", trace: expect_any() }, error: true },
  { name: "require of an ES module", files: { ...cjs("exports.handler = async () => require('./a.mjs').a;"), "a.mjs": "export const a = 1;" }, payload: { errorType: "Error", errorMessage: "require() of ES Module /var/task/a.mjs not supported.\nInstead change the require of a.mjs in /var/task/index.js to a dynamic import() which is available in all CommonJS modules.", trace: expect_any() }, error: true },
  { name: "require of an ES module, on Node.js 24", files: { ...cjs("exports.handler = async () => require('./a.mjs').a;"), "a.mjs": "export const a = 1;" }, runtime: "nodejs24.x", payload: 1 },
  { name: "a client that this lab has not", files: esm("import { S3Client } from '@aws-sdk/client-s3';"), payload: { errorType: "Runtime.ImportModuleError", errorMessage: /^Error: Cannot find module '@aws-sdk\/client-s3'\. The clients that this lab has: @aws-sdk\/client-/, trace: expect_any() }, error: true },

  // ---------------------------------------------------------------- output
  {
    name: "the console",
    files: esm("export const handler = async () => {\n  console.log('a', 1, { b: [1, 2], c: null }, 'x'.repeat(3));\n  console.info('%s is %d', 'x', 4);\n  console.debug(new Map([['k', 1]]));\n  console.warn('two\\nlines');\n  console.error(Buffer.from('hi'), Symbol('s'), 10n, [undefined, , 3]);\n  console.trace('here');\n  console.assert(1 === 2, 'not so');\n  console.table([{ a: 1 }]);\n  console.count(); console.count();\n  process.stdout.write('raw\\n');\n  console.dir({ deep: { er: { and: { more: 1 } } } });\n};"),
    payload: null,
    log: ["TIME\tID\tINFO\ta 1 { b: [ 1, 2 ], c: null } xxx", "TIME\tID\tINFO\tx is 4", "TIME\tID\tDEBUG\tMap(1) { 'k' => 1 }", "TIME\tID\tWARN\ttwo\nlines", "TIME\tID\tERROR\t<Buffer 68 69> Symbol(s) 10n [ undefined, <1 empty item>, 3 ]", "TIME\tID\tTRACE\there", "TIME\tID\tWARN\tAssertion failed: not so", "TIME\tID\tINFO\t┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘", "TIME\tID\tINFO\tdefault: 1", "TIME\tID\tINFO\tdefault: 2", "raw", "{ deep: { er: { and: [Object] } } }"],
  },
  { name: "a flood", files: esm("export const handler = async () => { for (let i = 0; i < 100000; i++) console.log('line', i, 'x'.repeat(40)); return 'done'; };"), timeout: 30, payload: "done", log: [/\[Keyhole keeps 256 KB of what an invocation prints\. The rest is left out\.\]$/] },

  // ---------------------------------------------------------------- time
  {
    name: "the order of things",
    files: esm("export const handler = () => new Promise((resolve) => {\n  const seen = [];\n  setTimeout(() => seen.push('timeout 5'), 5);\n  setTimeout(() => seen.push('timeout 0'), 0);\n  setImmediate(() => seen.push('immediate'));\n  process.nextTick(() => seen.push('tick'));\n  Promise.resolve().then(() => seen.push('promise'));\n  queueMicrotask(() => seen.push('microtask'));\n  const cleared = setTimeout(() => seen.push('never'), 1);\n  clearTimeout(cleared);\n  let n = 0;\n  const every = setInterval(() => { seen.push('every ' + ++n); if (n === 2) clearInterval(every); }, 100);\n  setTimeout(() => resolve(seen.filter((one) => one !== 'immediate' && one !== 'timeout 0').concat(seen.includes('immediate'), seen.includes('timeout 0'))), 2000);\n});"),
    payload: ["tick", "promise", "microtask", "timeout 5", "every 1", "every 2", true, true],
  },
  { name: "to sleep takes no time of the learner's", files: esm("import { setTimeout as sleep } from 'node:timers/promises';\nexport const handler = async (event, context) => {\n  const began = Date.now();\n  await sleep(20000);\n  const slept = Date.now() - began;\n  return [slept >= 20000 && slept < 21000, context.getRemainingTimeInMillis() < 10000];\n};"), timeout: 30, payload: [true, true], report: /Duration: 20\d{3}\./ },
  { name: "a timeout that is slept through", files: esm("console.log('up');\nexport const handler = async () => { console.log('waits'); await new Promise((resolve) => setTimeout(resolve, 60000)); };"), payload: { errorType: "Sandbox.Timedout", errorMessage: "RequestId: ID Error: Task timed out after 3.00 seconds" }, error: true, log: ["TIME\tundefined\tINFO\tup", "TIME\tID\tINFO\twaits", "TIME ID Task timed out after 3.00 seconds"], report: /Duration: 3000\.00 ms.*Status: timeout/ },
  { name: "an endless loop", files: esm("export const handler = async () => { console.log('round'); for (;;); };"), timeout: 1, payload: { errorType: "Sandbox.Timedout", errorMessage: "RequestId: ID Error: Task timed out after 1.00 seconds" }, error: true, log: ["TIME\tID\tINFO\tround", /Task timed out/] },
  { name: "an endless chain of promises", files: esm("export const handler = async () => { for (;;) await null; };"), timeout: 1, payload: { errorType: "Sandbox.Timedout", errorMessage: "RequestId: ID Error: Task timed out after 1.00 seconds" }, error: true },
  { name: "a loop that cannot be caught", files: esm("export const handler = async () => { try { for (;;); } catch { return 'caught'; } finally { console.log('finally'); } };"), timeout: 1, payload: { errorType: "Sandbox.Timedout", errorMessage: "RequestId: ID Error: Task timed out after 1.00 seconds" }, error: true, log: [/Task timed out/] },
  { name: "the lab's clock, in UTC", files: esm("export const handler = async () => { const d = new Date('2026-03-29T01:30:00'); return [d.getTimezoneOffset(), d.getHours(), d.toISOString(), new Date(2026, 0, 2).toISOString(), String(new Date(0)), Math.abs(Date.now() - new Date().getTime()) < 50, typeof performance.now()]; };"), payload: [0, 1, "2026-03-29T01:30:00.000Z", "2026-01-02T00:00:00.000Z", "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", true, "number"] },

  // ---------------------------------------------------------------- walls
  { name: "a gigabyte", files: esm("export const handler = async () => { const held = []; for (let i = 0; i < 10; i++) held.push(Buffer.alloc(100_000_000, 1)); return held.length; };"), timeout: 20, payload: { errorType: "Runtime.OutOfMemory", errorMessage: "RequestId: ID Error: Runtime exited with error: signal: killed" }, error: true, report: /Max Memory Used: 128 MB.*Error Type: Runtime\.OutOfMemory/ },
  { name: "a network", files: esm("export const handler = async () => {\n  const tries = [() => fetch('https://example.com/x'), () => new WebSocket('wss://example.com'), () => new XMLHttpRequest(), () => import('node:net'), () => import('https')];\n  return Promise.all(tries.map(async (go) => { try { return await go(); } catch (error) { return error.name + ': ' + error.message; } }));\n};"), payload: ["TypeError: fetch failed: https://example.com/x. A function in this lab has no network. The SDK's clients reach the lab's services, and keyhole-db its databases.", "Error: WebSocket wss://example.com: A function in this lab has no network. The SDK's clients reach the lab's services, and keyhole-db its databases.", /^(ReferenceError: XMLHttpRequest is not defined|TypeError: XMLHttpRequest is not a constructor)$/, /^Error: Cannot find module 'node:net'\. AWS Lambda has node:net\. A function in this lab has no network\./, /^Error: Cannot find module 'https'\. AWS Lambda has https\./] },
  {
    name: "ways out",
    files: esm("const look = (go) => { try { return String(go()); } catch (error) { return error.name; } };\nexport const handler = async () => [\n  look(() => globalThis.constructor.constructor('return process')() === process),\n  look(() => process.constructor.constructor('return this')() === globalThis),\n  look(() => process.binding('fs')),\n  look(() => typeof process.mainModule),\n  look(() => typeof require),\n  look(() => typeof module),\n  look(() => process.env.HOME ?? 'no home'),\n  look(() => process.pid),\n  look(() => typeof globalThis.keyholeHost + typeof globalThis.keyholeBegin),\n  look(() => typeof postMessage + typeof importScripts + typeof self),\n];"),
    payload: ["true", "true", "Error", "undefined", "undefined", "undefined", "no home", "8", "undefinedundefined", "undefinedundefinedundefined"],
  },
  { name: "files", files: { ...esm("import fs, { readFileSync } from 'node:fs';\nimport { readFile, writeFile } from 'node:fs/promises';\nconst say = (go) => { try { return go(); } catch (error) { return error.code; } };\nexport const handler = async () => {\n  await writeFile('/tmp/x.txt', 'tmp');\n  return [readFileSync('./data/a.txt', 'utf8'), readFileSync(new URL('./data/a.txt', import.meta.url)).length, await readFile('/tmp/x.txt', 'utf8'), fs.existsSync('/etc/passwd'), say(() => readFileSync('/etc/passwd')), say(() => readFileSync('../../../../../../../../etc/passwd')), say(() => fs.writeFileSync('/var/task/x', 'x')), fs.readdirSync('/var/task'), say(() => readFileSync('/proc/self/environ'))];\n};"), "data/a.txt": "text" }, payload: ["text", 4, "tmp", false, "ENOENT", "ENOENT", "EROFS", ["data", "index.mjs"], "ENOENT"] },

  // ---------------------------------------------------------------- Node
  {
    name: "crypto",
    files: esm("import { createHash, createHmac, randomBytes, randomUUID, randomInt, timingSafeEqual, createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto';\nexport const handler = async () => {\n  const key = Buffer.alloc(32, 7), iv = Buffer.alloc(12, 1);\n  const cipher = createCipheriv('aes-256-gcm', key, iv);\n  const sealed = Buffer.concat([cipher.update('secret', 'utf8'), cipher.final()]);\n  const open = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());\n  const back = open.update(sealed, undefined, 'utf8') + open.final('utf8');\n  const bad = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(Buffer.alloc(16));\n  let refused; try { bad.update(sealed); bad.final(); } catch (error) { refused = error.message; }\n  return [createHash('sha256').update('abc').digest('hex'), createHash('md5').update('abc').digest('base64'), createHmac('sha256', 'k').update('a').update('bc').digest('hex'), sealed.toString('hex'), back, refused, randomBytes(8).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(randomUUID()), randomInt(5) < 5, timingSafeEqual(Buffer.from('a'), Buffer.from('a')), pbkdf2Sync('p', 's', 10, 8, 'sha512').toString('hex'), crypto.randomUUID() !== crypto.randomUUID(), Math.random() !== Math.random()];\n};"),
    payload: ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "kAFQmDzST7DWlj99KOF/cg==", "342e519ce0ad6c03a36b98eeb3f1d130db4813b9df4d1160eda488d712dc78ee", "HEX", "secret", "Unsupported state or unable to authenticate data", 8, true, true, true, "HEX", true, true],
  },
  { name: "Web Crypto", files: esm("export const handler = async () => {\n  const bytes = new TextEncoder().encode('abc');\n  const digest = await crypto.subtle.digest('SHA-256', bytes);\n  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);\n  const iv = crypto.getRandomValues(new Uint8Array(12));\n  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes);\n  const open = await Promise.race([crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed), new Promise((resolve) => setTimeout(resolve, 1000, 'slow'))]);\n  return [Buffer.from(digest).toString('hex'), sealed.byteLength, new TextDecoder().decode(open)];\n};"), payload: ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 19, "abc"] },
  { name: "util, url, path, events, querystring", files: esm("import { format, promisify, inspect, isDeepStrictEqual } from 'node:util';\nimport { fileURLToPath } from 'node:url';\nimport path from 'node:path';\nimport { EventEmitter, once } from 'node:events';\nimport qs from 'node:querystring';\nimport assert from 'node:assert';\nexport const handler = async () => {\n  const bus = new EventEmitter();\n  setTimeout(() => bus.emit('go', 5), 1);\n  const [five] = await once(bus, 'go');\n  const url = new URL('https://a.example:8443/x/y?q=1&q=2#h');\n  let wrong; try { assert.strictEqual(1, 2); } catch (error) { wrong = error.code; }\n  return [format('%s-%j', 'a', { b: 1 }), await promisify((a, done) => done(null, a * 2))(4), inspect({ a: { b: { c: {} } } }), isDeepStrictEqual({ a: [1] }, { a: [1] }), fileURLToPath(import.meta.url), path.join('a', '..', 'b', './c.txt'), path.extname('x.tar.gz'), path.resolve('x'), path.relative('/a/b', '/a/c/d'), five, url.port, url.searchParams.getAll('q'), qs.stringify({ a: [1, 2] }), wrong, new TextDecoder().decode(new TextEncoder().encode('é')), structuredClone({ d: new Date(0) }).d.getTime(), Buffer.from('é').toString('base64'), atob(btoa('x'))];\n};"), payload: ["a-{\"b\":1}", 8, "{ a: { b: { c: {} } } }", true, "/var/task/index.mjs", "b/c.txt", ".gz", "/var/task/x", "../c/d", 5, "8443", ["1", "2"], "a=1&a=2", "ERR_ASSERTION", "é", 0, "w6k=", "x"] },
  { name: "aborting", files: esm("export const handler = async () => {\n  const control = new AbortController();\n  const seen = [];\n  control.signal.addEventListener('abort', () => seen.push('abort'));\n  control.abort();\n  const late = AbortSignal.timeout(10);\n  await new Promise((resolve) => setTimeout(resolve, 20));\n  return [seen, control.signal.aborted, control.signal.reason.name, late.aborted, late.reason.name];\n};"), payload: [["abort"], true, "AbortError", true, "TimeoutError"] },

  // ---------------------------------------------------------------- the lab
  { name: "who it is", files: esm("import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';\nconst sts = new STSClient();\nexport const handler = async () => (await sts.send(new GetCallerIdentityCommand({}))).Arn;"), payload: "arn:aws:sts::111122223333:assumed-role/app/FUNCTION" },
  { name: "a parameter, with CommonJS", files: cjs("const { SSMClient, PutParameterCommand, GetParameterCommand } = require('@aws-sdk/client-ssm');\nconst ssm = new SSMClient({});\nexports.handler = async (event) => {\n  await ssm.send(new PutParameterCommand({ Name: '/f/x', Value: event.value, Type: 'String', Overwrite: true }));\n  return (await ssm.send(new GetParameterCommand({ Name: '/f/x' }))).Parameter.Value;\n};"), events: [{ value: "v1" }, { value: "v2" }], payload: "v2" },
  { name: "a key", files: esm("import { KMSClient, CreateKeyCommand, EncryptCommand, DecryptCommand } from '@aws-sdk/client-kms';\nexport const handler = async () => {\n  const kms = new KMSClient({ region: process.env.AWS_REGION });\n  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));\n  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: KeyMetadata.KeyId, Plaintext: Buffer.from('hi') }));\n  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));\n  return [Buffer.from(Plaintext).toString(), KeyMetadata.CreationDate instanceof Date];\n};"), payload: ["hi", true] },
  { name: "a refusal", files: esm("import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';\nexport const handler = async () => {\n  await new IAMClient().send(new ListUsersCommand({}));\n};"), payload: { errorType: "AccessDenied", errorMessage: /^User: arn:aws:sts::111122223333:assumed-role\/app\/FUNCTION is not authorized to perform: iam:ListUsers/, trace: expect_any() }, error: true, log: [/"\$metadata":\{"httpStatusCode":403/] },
  { name: "wrong credentials", files: esm("import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';\nexport const handler = async () => {\n  try { await new STSClient({ credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'wrong', sessionToken: process.env.AWS_SESSION_TOKEN } }).send(new GetCallerIdentityCommand({})); } catch (error) { return error.name; }\n};"), payload: "SignatureDoesNotMatch" },
  { name: "many at once", files: esm("import { SSMClient, PutParameterCommand } from '@aws-sdk/client-ssm';\nexport const handler = async () => {\n  const ssm = new SSMClient();\n  const made = await Promise.all(Array.from({ length: 12 }, (_, i) => ssm.send(new PutParameterCommand({ Name: '/many/' + i, Value: String(i), Type: 'String' }))));\n  return made.map(({ Version }) => Version);\n};"), timeout: 10, payload: Array(12).fill(1) },
  { name: "no such database", files: esm("import { connect, DatabaseError } from 'keyhole-db';\nexport const handler = async () => {\n  try { await connect({ host: 'nowhere.example', port: 3306, user: 'a', password: 'b' }); } catch (error) { return [error instanceof DatabaseError, error.name, error.code, error.message]; }\n};"), payload: [true, "DatabaseError", "UnknownHost", "No such host is known: nowhere.example"] },
];

/** Anything at all. */
function expect_any(): RegExp {
  return /^/;
}

/** What differs between one run and another, written the same. */
export function plain(text: string, functionName: string): string {
  return text
    .replaceAll(functionName, "FUNCTION")
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "ID")
    .replace(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?=[\t ])/g, "TIME")
    .replace(/((?:file:\/\/)?\/var\/(?:task|runtime)\/[^\s:"]+:\d+):\d+/g, "$1");
}

/** Why an answer is not what it should be; undefined where it is. Patterns stand for texts, one for everything. */
export function difference(got: unknown, wanted: unknown, path = "payload"): string | undefined {
  if (wanted instanceof RegExp) return wanted.source === "^" || (typeof got === "string" && wanted.test(got)) ? undefined : `${path}: ${JSON.stringify(got)} is not ${String(wanted)}`;
  if (wanted === "HEX") return typeof got === "string" && /^[0-9a-f]+$/.test(got) ? undefined : `${path}: ${JSON.stringify(got)} is no hex`;
  if (typeof wanted !== "object" || wanted === null || typeof got !== "object" || got === null) return Object.is(got, wanted) ? undefined : `${path}: ${JSON.stringify(got)} is not ${JSON.stringify(wanted)}`;
  const keys = new Set([...Object.keys(got), ...Object.keys(wanted)]);
  // A document's trace counts where it is given.
  if (!Array.isArray(wanted) && "errorType" in wanted && !("trace" in wanted)) keys.delete("trace");
  for (const key of keys) {
    const found = difference((got as Record<string, unknown>)[key], (wanted as Record<string, unknown>)[key], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

/** The log of an invocation between START and END. `text` may begin in the middle of it. */
export function logOf(text: string): string {
  const end = text.lastIndexOf("\nEND RequestId: ");
  const start = text.lastIndexOf("START RequestId: ", end);
  return text.slice(start < 0 ? 0 : text.indexOf("\n", start) + 1, Math.max(0, end)).replace(/\n$/, "");
}

/** Why a log is not what it should be: texts are whole events, and where there are only texts they are all of it. */
export function logDifference(text: string, wanted: readonly (string | RegExp)[]): string | undefined {
  const isWhole = wanted.every((one) => typeof one === "string");
  if (isWhole) return text === wanted.join("\n") ? undefined : `log: ${JSON.stringify(text.slice(0, 2_000))} is not ${JSON.stringify(wanted)}`;
  for (const one of wanted) if (!(typeof one === "string" ? text.includes(one) : new RegExp(one.source, "m").test(text))) return `log: ${JSON.stringify(text.slice(0, 2_000))} has not ${String(one)}`;
  return undefined;
}
