import { expect, test } from "vitest";
import { hueOf, keyStyle, keyTail } from "./hue";

const id = "1234abcd-12ab-34cd-56ef-1234567890ab";

test("a key's hue is the same by id and by ARN, in every Region", () => {
  expect(hueOf(`arn:aws:kms:us-east-1:111122223333:key/${id}`)).toBe(hueOf(id));
  expect(hueOf(`arn:aws:kms:eu-west-2:444455556666:key/${id}`)).toBe(hueOf(id));
});

test("hues stand for ever: these are the ones that learners have seen", () => {
  expect([id, "0987dcba-09fe-87dc-65ba-ab0987654321", "mrk-1234abcd12ab34cd56ef1234567890ab"].map(hueOf)).toMatchInlineSnapshot(`
    [
      45,
      150,
      225,
    ]
  `);
});

test("hues are multiples of 15 below 360 and all of them are used", () => {
  const seen = new Set(
    Array.from({ length: 2_000 }, (_, n) =>
      hueOf(`${n.toString(16).padStart(8, "0")}-12ab-34cd-56ef-${(n * 7919).toString(16).padStart(12, "0")}`),
    ),
  );
  expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, n) => n * 15));
});

test("the tail is the id's last four characters, and AWS owned keys have no colour", () => {
  expect(keyTail(`arn:aws:kms:us-east-1:111122223333:key/${id}`)).toBe("90ab");
  expect(keyStyle(id, { awsOwned: true })["--chroma"]).toBe(0);
  expect(keyStyle(undefined)["--chroma"]).toBe(0);
});
