import { programName, type Place } from "@/lib/store/code/protocol";
import { readMappings, sourcePlace } from "@/lib/store/code/source-map";

/** Stack traces in the learner's own lines. */
export interface Places {
  /** Where in the learner's text an error was made; undefined when none of its frames lies there. */
  placeOf(error: Error): Place | undefined;
  /** `Name: message`, and below it the frames that lie in the learner's text. */
  stackOf(error: Error): string;
}

const frame = new RegExp(`(?:at (?:async )?([^\\s(]+) \\(|^([^@\\n]*)@|at (?:async )?)${programName.replaceAll(".", "\\.")}:(\\d+):(\\d+)`);

export function makePlaces(offset: number, mappings: string): Places {
  const lines = readMappings(mappings);
  const framesOf = (error: Error): { name: string; place: Place }[] =>
    String(error.stack ?? "")
      .split("\n")
      .flatMap((text) => {
        const match = frame.exec(text);
        const place = match && sourcePlace(lines, { line: Number(match[3]) - offset, column: Number(match[4]) });
        if (!match || !place) return [];
        const name = (match[1] ?? match[2] ?? "").replace(/^(keyholeProgram|anonymous|eval)$/, "");
        return [{ name, place }];
      });
  return {
    placeOf: (error) => framesOf(error)[0]?.place,
    stackOf(error) {
      const name = String(error.name || "Error");
      const message = String(error.message ?? "");
      const head = message ? `${name}: ${message}` : name;
      const frames = framesOf(error).map(({ name: of, place: { line, column } }) =>
        of ? `\n    at ${of} (code.ts:${line}:${column})` : `\n    at code.ts:${line}:${column}`,
      );
      return [head, ...frames.slice(0, 8)].join("");
    },
  };
}
