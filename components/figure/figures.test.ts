import { describe, expect, test } from "vitest";
import { playFigure } from "./play";
import { figures } from "./registry";
import type { Figure, Scene, Settings } from "@/lib/lessons/figure";

const all = await Promise.all(Object.entries(figures).map(async ([id, load]) => [id, (await load()).default] as const));
const words = (scenes: Scene[]): string => scenes.map(({ caption }) => caption).join("\n");

/** Everything that a learner can choose, one at a time. */
function choices({ controls, breaks, start }: Figure): Settings[] {
  return [
    {},
    ...breaks.map(({ id }) => ({ [id]: true })),
    ...controls.flatMap((control): Settings[] =>
      control.kind === "choice" ? control.options.map(({ value }) => ({ [control.id]: value })) : control.kind === "toggle" ? [{ [control.id]: !start[control.id] }] : [{ [control.id]: "" }, { [control.id]: "Grüße, 🔑".repeat(9) }],
    ),
  ];
}

describe.each(all)("%s", (id, figure) => {
  test("is whole: its id, at least two things to break, actors on the stage, wires between actors", () => {
    expect(figure.id).toBe(id);
    expect(figure.breaks.length).toBeGreaterThanOrEqual(2);
    const ids = new Set(figure.actors.map((actor) => actor.id));
    for (const { from, to } of figure.wires) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    for (const layout of ["wide", "narrow"] as const)
      for (const actor of figure.actors) {
        const [x, y] = actor[layout];
        expect(x > 0 && y > 0 && x < figure[layout].width && y < figure[layout].height, `${actor.id} in ${layout}`).toBe(true);
      }
  });

  test.each(choices(figure).map((chosen) => [JSON.stringify(chosen), chosen] as const))("plays with %s", async (_name, chosen) => {
    const scenes = await playFigure(figure, chosen);
    const ids = new Set(figure.actors.map((actor) => actor.id));
    expect(scenes.length).toBeGreaterThan(1);
    for (const scene of scenes) {
      expect(scene.caption.length).toBeGreaterThan(8);
      expect(scene.caption).not.toMatch(/undefined|\[object|NaN/);
      const places = [...scene.lit, ...scene.tokens.flatMap((token) => [token.at, token.from ?? token.at]), ...scene.marks.map(({ actor }) => actor)];
      expect(places.filter((place) => !ids.has(place))).toEqual([]);
      expect(new Set(scene.tokens.map((token) => token.id)).size).toBe(scene.tokens.length);
      expect(JSON.parse(JSON.stringify(scene))).toEqual(scene);
    }
  });

  test("breaking it takes another branch", async () => {
    const whole = words(await playFigure(figure, {}));
    for (const each of figure.breaks) expect(words(await playFigure(figure, { [each.id]: true })), each.label).not.toBe(whole);
  });

  test("plays the same twice", async () => {
    expect(await playFigure(figure, {})).toEqual(await playFigure(figure, {}));
  });
});

describe("SSMPS says what the engine did", () => {
  const play = async (chosen: Settings) => words(await playFigure(all.find(([id]) => id === "SSMPS")![1], chosen));
  test.each([
    // setting                                   says                                       does not say
    [{}, "The application has the plaintext", "refuses"],
    [{ decrypt: false }, "has the ciphertext", "kms:Decrypt"],
    [{ type: "String" }, "KMS had nothing to do", "kms:Decrypt"],
    [{ noKms: true }, "may not kms:Decrypt", "has the plaintext"],
    [{ noKms: true, key: "default" }, "The application has the plaintext", "refuses"],
    [{ noSsm: true }, "may not ssm:GetParameter", "kms:Decrypt"],
    [{ denyPath: true }, "denied by statement “NotDev”", "kms:Decrypt"],
    [{ keyOff: true }, "InvalidKeyId", "has the plaintext"],
  ] as [Settings, string, string][])("%o", async (chosen, says, not) => {
    const said = await play(chosen);
    expect(said).toContain(says);
    expect(said).not.toContain(not);
  });
});
