import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function tokensOf(selector: string): Record<string, string> {
  const body = css
    .slice(css.indexOf(`${selector} {`))
    .split("{")[1]
    .split("}")[0];
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2].trim()]));
}

const light = tokensOf(":root");
const dark = { ...light, ...tokensOf(".dark") };

type Rgb = [number, number, number];

const clip = (x: number) => Math.min(1, Math.max(0, x));
const toLinear = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);

function fromHex(hex: string): Rgb {
  expect(hex).toMatch(/^#[0-9a-f]{6}$/);
  return [1, 3, 5].map((i) => toLinear(parseInt(hex.slice(i, i + 2), 16) / 255)) as Rgb;
}

/** OKLCH to linear sRGB, clipped to what a screen can show (CSS Color 4). */
function fromOklch(l: number, c: number, hue: number): Rgb {
  const a = c * Math.cos((hue * Math.PI) / 180);
  const b = c * Math.sin((hue * Math.PI) / 180);
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clip(4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S),
    clip(-1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S),
    clip(-0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S),
  ];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2 contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["paper", "paper-raised", "paper-sunk"];

/** Text and the grounds it may stand on: at least 4.5. */
const text: [string, string[]][] = [
  ["ink", [...grounds, "brass-tint", "allow-tint", "deny-tint", "implicit-tint", "unevaluated-tint"]],
  ["ink-soft", [...grounds, "brass-tint", "allow-tint", "deny-tint", "implicit-tint", "unevaluated-tint"]],
  ["ink-faint", grounds],
  ["brass", [...grounds, "brass-tint"]],
  ["on-brass", ["brass-fill", "brass-fill-hover"]],
  ["allow", [...grounds, "allow-tint"]],
  ["deny", [...grounds, "deny-tint"]],
  ["implicit", [...grounds, "implicit-tint"]],
  ["unevaluated", [...grounds, "unevaluated-tint"]],
];

/** Lines that carry meaning and the edges of controls: at least 3. */
const marks: [string, string[]][] = [
  ["rule-strong", grounds],
  ["brass-mark", ["paper", "paper-raised"]],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_, tokens) => {
  test.each(text.flatMap(([ink, on]) => on.map((ground) => [ink, ground])))("text %s on %s is at least 4.5:1", (ink, ground) => {
    expect(contrast(fromHex(tokens[ink]), fromHex(tokens[ground]))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks.flatMap(([ink, on]) => on.map((ground) => [ink, ground])))("mark %s on %s is at least 3:1", (ink, ground) => {
    expect(contrast(fromHex(tokens[ink]), fromHex(tokens[ground]))).toBeGreaterThanOrEqual(3);
  });

  const key = (part: string, hue: number, chroma = 1) =>
    fromOklch(Number(tokens[`key-${part}-l`]), Number(tokens[`key-${part}-c`]) * chroma, hue);
  // Every hue, and the grey of an AWS owned key.
  const hues = [...Array.from({ length: 360 }, (_, hue) => ({ hue, chroma: 1 })), { hue: 0, chroma: 0 }];

  test("a key's ink can be read on its tint and on every ground, whatever the hue", () => {
    for (const { hue, chroma } of hues) {
      for (const ground of [key("tint", hue, chroma), ...grounds.map((g) => fromHex(tokens[g]))]) {
        expect(contrast(key("ink", hue, chroma), ground), `hue ${hue}`).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(fromHex(tokens.ink), key("tint", hue, chroma)), `ink on hue ${hue}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("a key's mark can be told from every ground, whatever the hue", () => {
    for (const { hue, chroma } of hues) {
      for (const ground of [key("tint", hue, chroma), ...grounds.map((g) => fromHex(tokens[g]))]) {
        expect(contrast(key("mark", hue, chroma), ground), `hue ${hue}`).toBeGreaterThanOrEqual(3);
      }
    }
  });
});
