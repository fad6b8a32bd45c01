import { describe, expect, test } from "vitest";
import { server } from "./database.test-helper";

/** Codes and names: MongoDB Manual, "Error Codes"; commands, "User Management Commands"; DocumentDB Developer Guide, "Managing users". */

const command = (document: unknown): string => JSON.stringify(document);

describe("DocumentDB's users", () => {
  test("are made, changed and dropped, and log in", async () => {
    const { say, enter } = await server("docdb");
    const answer = async (document: unknown): Promise<any> => JSON.parse((await say(command(document))).rows[0][0]!);
    expect(await answer({ createUser: "app", pwd: "one", roles: [{ role: "readWrite", db: "shop" }, "read"] })).toEqual({ ok: 1 });
    expect(await answer({ usersInfo: "app" })).toEqual({ users: [{ _id: "app", user: "app", db: "admin", roles: [{ role: "readWrite", db: "shop" }, { role: "read", db: "admin" }] }], ok: 1 });
    expect(await enter("app", "one")).toBe("ok");
    expect(await answer({ updateUser: "app", pwd: "two" })).toEqual({ ok: 1 });
    expect([await enter("app", "one"), await enter("app", "two")]).toEqual(["18 Authentication failed.", "ok"]);
    expect((await answer({ usersInfo: 1 })).users.map(({ user }: any) => user)).toEqual(["app", "boss"]);
    expect(await answer({ dropUser: "app" })).toEqual({ ok: 1 });
    expect(await enter("app", "two")).toBe("18 Authentication failed.");
    expect(await answer({ ping: 1 })).toEqual({ ok: 1 });
    expect((await answer({ connectionStatus: 1 })).authInfo.authenticatedUsers).toEqual([{ user: "boss", db: "admin" }]);
  });

  test("a user changes its own password, and nothing else", async () => {
    const { say, enter } = await server("docdb");
    await say(command({ createUser: "app", pwd: "one", roles: [] }));
    const own = { as: "app", password: "one" };
    expect((await say(command({ updateUser: "app", roles: ["root"] }), own)).refused).toBe("13 not authorized on admin to execute command { updateUser: 1 }");
    expect((await say(command({ createUser: "x", pwd: "y", roles: [] }), own)).refused).toBe("13 not authorized on admin to execute command { createUser: 1 }");
    expect((await say(command({ dropUser: "boss" }), own)).refused).toBe("13 not authorized on admin to execute command { dropUser: 1 }");
    expect((await say(command({ usersInfo: "boss" }), own)).refused).toBe("13 not authorized on admin to execute command { usersInfo: 1 }");
    expect((await say(command({ updateUser: "app", pwd: "two" }), own)).refused).toBeUndefined();
    expect(await enter("app", "two")).toBe("ok");
  });
});

test.each<[string, string, string | RegExp]>([
  ["no document", "show dbs", "9 The command is not a document."],
  ["a list", "[1]", "9 The command is not a document."],
  ["null", "null", "9 The command is not a document."],
  ["an empty one", "{}", "59 no such command: ''"],
  ["a command that nobody has", command({ frobnicate: 1 }), "59 no such command: 'frobnicate'"],
  ["what every object has", command({ constructor: 1 }), "59 no such command: 'constructor'"],
  ["what every object has, again", '{"__proto__": 1}', /^59 no such command: '__proto__'$/],
  ["hasOwnProperty", command({ hasOwnProperty: 1 }), "59 no such command: 'hasOwnProperty'"],
  ["a command that is left out", command({ find: "things" }), "NotSimulated: Keyhole does not simulate the command find. A real server has it; this lab does not."],
  ["a user twice", command({ createUser: "boss", pwd: "x", roles: [] }), '51003 User "boss@admin" already exists'],
  ["a user without a password", command({ createUser: "x", roles: [] }), /^2 /],
  ["a password that is a number", command({ createUser: "x", pwd: 1, roles: [] }), /^2 /],
  ["roles that are none", command({ createUser: "x", pwd: "y", roles: "root" }), '2 "roles" must be an array'],
  ["a user that is not there", command({ updateUser: "nobody", pwd: "x" }), '11 Could not find user "nobody" for db "admin"'],
  ["a change of nothing", command({ updateUser: "boss" }), "2 Must specify at least one field to update in updateUser"],
  ["an empty password", command({ updateUser: "boss", pwd: "" }), "2 User passwords must not be empty"],
  ["a drop of nobody", command({ dropUser: "nobody" }), '11 Could not find user "nobody" for db "admin"'],
  ["a deep document", "[".repeat(30_000), "9 The command is not a document."],
])("%s", async (_, statement, refused) => {
  const { say, lab } = await server("docdb");
  const before = JSON.stringify(lab.snapshot().records);
  const got = (await say(statement)).refused;
  if (refused instanceof RegExp) expect(got).toMatch(refused);
  else expect(got).toBe(refused);
  expect(JSON.stringify(lab.snapshot().records)).toBe(before);
});
