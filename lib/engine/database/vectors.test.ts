import { describe, expect, test } from "vitest";
import { server } from "./database.test-helper";
import postgres15 from "./vectors/postgres-15.json";

/** What a real server answered to the same statements in the same connections, in order. */
interface Step {
  who: string;
  sql: string;
  status?: string;
  columns?: string[];
  rows?: (string | null)[][];
  error?: { state: string; message: string; detail?: string; hint?: string; position?: number };
  notices?: string[];
}

/** Errors whose place is known here; of others the client shows none. */
const pointed = /^(42601 (syntax error|unterminated)|42P01|42703|42883|22P02)/;

describe.each(Object.entries(postgres15.scenarios as unknown as Record<string, Step[]>))("PostgreSQL: %s", (_, steps) => {
  test("as recorded", async () => {
    const { open } = await server("postgres15");
    const connections = new Map<string, Awaited<ReturnType<typeof open>>>();
    for (const { who, sql, ...recorded } of steps) {
      const user = who.split("/")[0];
      if (!connections.has(who)) connections.set(who, await open(user, user === "boss" ? undefined : "pw"));
      const said = await connections.get(who)!.say(sql);
      const { SqlState, Detail, Hint, Position } = said.error?.fields ?? {};
      const ours = said.error
        ? { error: { state: SqlState, message: said.error.message, ...(Detail ? { detail: Detail } : {}), ...(Hint ? { hint: Hint } : {}), ...(Position ? { position: Position } : {}) } }
        : { status: said.status, ...(said.columns.length ? { columns: said.columns, rows: said.rows } : {}) };
      // RDS has a database of its own beside; hints about names that are like others are not given.
      const own = (rows: (string | null)[][] = []): (string | null)[][] => rows.filter(([name]) => name !== "rdsadmin");
      const plain = (answer: any): unknown => ({ ...answer, ...(answer.rows ? { rows: own(answer.rows), status: answer.status.startsWith("SELECT") ? `SELECT ${own(answer.rows).length}` : answer.status } : {}), ...(answer.error ? { error: { ...answer.error, hint: /^Perhaps/.test(answer.error.hint ?? "") ? undefined : answer.error.hint, ...(pointed.test(`${answer.error.state} ${answer.error.message}`) ? {} : { position: undefined }) } } : {}) });
      expect(plain({ ...ours, ...(said.notices.length ? { notices: said.notices } : {}) }), `${who}: ${sql}`).toEqual(plain(recorded));
    }
  });
});
