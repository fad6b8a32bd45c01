import { afterAll, describe, expect, test } from "vitest";
import { codeOf } from "../../engine/lambda/templates/code";
import { type DatabaseEngine, type Language, type Strategy, rotationTemplates, templateFor } from "../../engine/lambda/templates/list";
import { SECOND, database, rotationLab } from "../../engine/secretsmanager/rotation/rotation.test-helper";
import { runFunction } from ".";
import { closeInterpreters } from "./javascript";
import { closePython } from "./python";

/** Rotation functions made from the templates, run by the interpreters of the endpoint. */
afterAll(() => {
  closePython();
  closeInterpreters();
});

const rows = (["python", "javascript"] as Language[]).flatMap((language) => rotationTemplates.flatMap(({ engine, strategy }) => (engine && strategy ? [[language, engine, strategy] as [Language, DatabaseEngine, Strategy]] : [])));

describe("each template rotates a login, and once more", () => {
  test.each(rows)("%s: %s, %s", { timeout: 120_000 }, async (language, engine, strategy) => {
    const w = await rotationLab({}, runFunction);
    const { login, accepts } = await database(w, engine);
    const { runtime, handler, file, text } = codeOf(templateFor(engine, strategy)!, language);
    const RotationLambdaARN = await w.makeFunction("rotate", text, true, { Runtime: runtime, Handler: handler, file });
    const alternating = strategy === "alternating-users";

    expect(await w.rotate("app/db", { RotationLambdaARN })).toMatchObject({ ok: true });
    await w.lab.advance(10 * SECOND);
    expect(w.row("app/db").rotation?.failure).toBeUndefined();
    const first = await w.value("app/db");
    expect(first).toEqual({ ...login, username: alternating ? "app_clone" : "app", password: expect.stringMatching(/^.{32}$/) });
    expect([await accepts(first), await accepts(login)]).toEqual([true, alternating]);

    await w.rotate("app/db");
    await w.lab.advance(10 * SECOND);
    expect(w.row("app/db").rotation?.failure).toBeUndefined();
    const second = await w.value("app/db");
    expect(second.username).toBe("app");
    expect([await accepts(second), await accepts(first), await accepts(login)]).toEqual([true, alternating, false]);
  });
});
