import type { Place } from "./protocol";

/**
 * From a place in the JavaScript that ran back to the learner's text. Only what TypeScript writes is read: one source.
 * Source of the format: ECMA-426, Source Map, "Mappings".
 */

/** Of one generated line: generated column, source line, source column, all from 0, in the order of the columns. */
type Segment = readonly [column: number, sourceLine: number, sourceColumn: number];

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The numbers of one segment: base64 digits of five bits, least first; the sixth bit says that more follow, the lowest is the sign. */
function numbersOf(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = digits.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}

/** Reads the `mappings` of a source map into its lines. */
export function readMappings(mappings: string): Segment[][] {
  let line = 0;
  let column = 0;
  return mappings.split(";").map((text) => {
    let generated = 0;
    return text.split(",").flatMap((segment): Segment[] => {
      const [step, source, lines, columns] = numbersOf(segment);
      if (step === undefined) return [];
      generated += step;
      if (source === undefined) return [];
      line += lines;
      column += columns;
      return [[generated, line, column]];
    });
  });
}

/** Where a place (from 1) in the generated text comes from; undefined before the first mapping. */
export function sourcePlace(lines: readonly (readonly Segment[])[], { line, column }: Place): Place | undefined {
  const found = lines[line - 1]?.findLast(([from]) => from <= column - 1);
  return found && { line: found[1] + 1, column: found[2] + 1 };
}
