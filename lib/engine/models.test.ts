import { expect, test } from "vitest";
import { catalog, loadServices, serviceNames } from "./catalog";
import { models } from "./models";
import { wholeModels } from "./whole-models";

await loadServices();

test.each(Object.keys(wholeModels))("%s: what the engine reads is cut from the whole model", (service) => {
  const [lean, whole] = [models[service], wholeModels[service]];
  expect(lean.metadata).toEqual(whole.metadata);
  expect(lean.notSimulated).toEqual(whole.notSimulated);
  expect(Object.keys(lean.operations)).toEqual(Object.keys(whole.operations));
  for (const [name, { input, output }] of Object.entries(whole.operations)) {
    expect(lean.operations[name].input).toEqual(input);
    if (lean.operations[name].output) expect(lean.operations[name].output).toEqual(output);
  }
  for (const [name, shape] of Object.entries(lean.shapes)) {
    expect(whole.shapes[name]).toMatchObject(shape);
    for (const ref of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value]) if (ref) expect(lean.shapes).toHaveProperty([ref.shape]);
  }
  // What is checked is checked by every rule: inputs keep theirs.
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    expect(lean.shapes[name], name).toEqual(whole.shapes[name]);
    const { members = {}, member, key, value } = whole.shapes[name];
    for (const ref of [...Object.values(members), member, key, value]) if (ref) visit(ref.shape);
  };
  for (const { input } of Object.values(whole.operations)) if (input) visit(input.shape);
});

test("every service of the catalog has both", () => {
  expect([...catalog.keys()].sort()).toEqual([...serviceNames].sort());
  expect(Object.keys(models).sort()).toEqual([...catalog.keys()].sort());
  expect(Object.keys(wholeModels).sort()).toEqual([...catalog.keys()].sort());
});
