import { expect, test } from "vitest";
import { terminal } from "./databases.test-helper";
import { statementsOf } from "./mongosh";
import { inspect, readLiterals } from "./relaxed";

test.each([
  ["{ a: 1, 'b c': [true, null, \"x\"], }", [{ a: 1, "b c": [true, null, "x"] }]],
  ["'it\\'s', -1.5, {}", ["it's", -1.5, {}]],
  ["", []],
  ['{"__proto__": 1}', [JSON.parse('{"__proto__": 1}')]],
])("reads %s", (text, values) => expect(readLiterals(text)).toEqual(values));

test.each([["{a: b}", "b is not defined"], ["{a: 1", "Unexpected end of input"], ["{a 1}", "Unexpected token '1'"], ["[1 2]", "Unexpected token '2'"], ["'open", "Unexpected end of input"], ["[".repeat(200), "too deep"], ["process.exit()", "is not defined"], ["1;", "Unexpected token ';'"]])("does not read %s", (text, words) => expect(() => readLiterals(text)).toThrow(words));

test("shows values as mongosh does", () => {
  expect(inspect({ ok: 1, names: ["a'b"], "x y": null, none: {} })).toBe("{ ok: 1, names: [ 'a\\'b' ], 'x y': null, none: {} }");
  expect(inspect({ a: "x".repeat(50), b: "y".repeat(50) })).toBe(`{\n  a: '${"x".repeat(50)}',\n  b: '${"y".repeat(50)}'\n}`);
});

test("cuts its input", () => expect(statementsOf("db.a({x: ';\\n'}); db.b(\n1)\n// no\nexit")).toEqual(["db.a({x: ';\\n'})", "db.b(\n1)", "exit"]));

test("logs in to DocumentDB and keeps its users", async () => {
  const { run, host, password, enter } = await terminal("docdb");
  const at = `mongosh 'mongodb://boss:${password}@${host}:27017/?tls=true&retryWrites=false'`;
  const shows = async (line: string, answers?: string[]): Promise<string> => {
    const { out, err, code } = await run(line, answers);
    return `${out}${err}${code ? `[${code}]` : ""}`;
  };
  expect(await shows(`${at} --eval 'db.createUser({user: "app", pwd: "one-one", roles: [{ role: "readWrite", db: "shop" }]})'`)).toMatch(/^\{ ok: 1/);
  expect(await enter("app", "one-one")).toBe("ok");
  expect(await shows(`${at} --eval 'db.changeUserPassword("app", "two-two"); db.getUser("app")'`)).toMatch(/^\{ ok: 1[^]*user: 'app'/);
  expect(await enter("app", "two-two")).toBe("ok");
  expect(await shows(`mongosh --host ${host} --port 27017 -u app -ptwo-two --tls --quiet --eval 'db.hello()' --json`)).toMatch(/^\{"/);
  expect(await shows(`mongosh --host ${host} --username app --password one-one --eval 'db.hello()'`)).toBe("MongoServerError: Authentication failed.\n[1]".replace("MongoServerError", (await run(`mongosh --host ${host} --username app --password one-one --eval 'db.hello()'`)).err.split(":")[0]));
  expect(await shows(`mongosh --host ${host} -u app -p --eval 'db.runCommand({ connectionStatus: 1 })'`, ["two-two"])).toContain("user: 'app'");
  expect(await shows(`${at} --eval 'db.createUser({user: "app", pwd: "x", roles: []})'`)).toMatch(/^MongoServerError[^]*\[1\]$/);
  expect(await shows(`${at} --eval 'db.shop.find({})'`)).toMatch(/is not simulated[^]*\[1\]$/);
  expect(await shows(`${at} --eval 'process.exit()'`)).toBe("ReferenceError: process is not defined\n[1]");
  expect(await shows(`${at} --eval 'db.dropUser("app")'`)).toMatch(/^\{ ok: 1/);
  expect(await shows("mongosh --host nowhere -u a -p b --eval 'db.hello()'")).toBe("MongoNetworkError: getaddrinfo ENOTFOUND nowhere\n[1]");
  expect(await shows(`mongosh --host ${host} --port 1 -u a -p b --eval 'db.hello()'`)).toMatch(/^MongoNetworkError: connect ECONNREFUSED 10\.[\d.]+:1\n/);
  expect(await shows("mongosh http://x --eval 1")).toContain("MongoParseError");
  expect(await shows("mongosh --nonsense")).toContain("unrecognized option: --nonsense");
  expect(await shows("mongosh --help")).toContain("--eval");
  const session = await run(at, ["show users", "db.version()", "db.nothing()", "exit"]);
  expect(session.out).toMatch(/^Connecting to:[^]*user: 'boss'[^]*'5\.0\.0'/);
  expect(session).toMatchObject({ err: expect.stringContaining("db.nothing is not simulated"), code: 0 });
});
