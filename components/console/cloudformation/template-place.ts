import type { EditorLanguage, EditorMarker } from "../../editor/types";

/** JSON begins with a brace; everything else is YAML. */
export const languageOf = (template: string): EditorLanguage => (/^\s*\{/.test(template) ? "json" : "yaml");

/** Where AWS says that a template breaks: `… (line 3, column 5)`, or the path of a section, `[/Resources/A]`. Offsets into the text. */
export function placeOfProblem(template: string, message: string): EditorMarker | undefined {
  const found = /\(line (\d+), column (\d+)\)/.exec(message);
  const lines = template.split("\n");
  const at = (line: number, column: number, length: number): EditorMarker => ({
    offset: lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1,
    length,
    severity: "error",
    message,
  });
  if (found) {
    const line = Math.min(Math.max(1, Number(found[1])), lines.length);
    const column = Math.min(Math.max(1, Number(found[2])), lines[line - 1].length + 1);
    return at(line, column, Math.max(1, lines[line - 1].length - column + 1));
  }
  const name = NAMES.map((pattern) => pattern.exec(message)?.[1]).find((each) => each !== undefined)?.split("/").findLast((part) => /[A-Za-z]/.test(part));
  const line = name === undefined ? -1 : lines.findIndex((each) => new RegExp(`(^|[^\\w-])${name.replace(/[^\w]/g, "\\$&")}([^\\w-]|$)`).test(each));
  return line < 0 ? undefined : at(line + 1, lines[line].indexOf(name!) + 1, name!.length);
}

/** How AWS, and the lab where it has less, name what a template breaks on. */
const NAMES = [/\[\/([\w/-]+)\]/, /(?:properties|types):? \[([\w:-]+)/, /(?:resource type|transform|section) ([\w:-]+)/, /property '([^']+)'/, /Resource name (\S+) /, /parameter type: (\S+)/];
