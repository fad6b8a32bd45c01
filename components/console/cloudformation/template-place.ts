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
  const path = /\[\/([\w/-]+)\]/.exec(message)?.[1].split("/");
  const name = path?.findLast((part) => /[A-Za-z]/.test(part)) ?? /(?:property|parameter|Resource name|types?: \[?)\s*'?([\w:-]+)'?/.exec(message)?.[1];
  const line = name === undefined ? -1 : lines.findIndex((each) => new RegExp(`(^|[\\s"'{,])${name.replace(/[^\w]/g, "\\$&")}["']?\\s*(:|$)`).test(each) || each.includes(name));
  return line < 0 ? undefined : at(line + 1, lines[line].indexOf(name!) + 1, name!.length);
}
