import type { DiffLine } from "./types";

/** Lines that stay, around each change. */
const around = 2;

/** JSON on one line is shown on several: nobody reads it otherwise. */
function unfold(text: string): string {
  if (!text || text.includes("\n")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Line by line from `before` to `after`, with two lines around each change and gaps between. */
export function diffOf(before: string, after: string): { lines: DiffLine[]; unfolded: boolean } {
  const unfolded = (before + after).length > 0 && ![before, after].some((text) => text.includes("\n"));
  const [was, is] = (unfolded ? [unfold(before), unfold(after)] : [before, after]).map((text) => (text ? text.split(/\r?\n/) : []));
  return { lines: folded(linesOf(was, is)), unfolded };
}

/** The longest common subsequence decides; policies have a few hundred lines at most. */
function linesOf(was: string[], is: string[]): DiffLine[] {
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < was.length - head && tail < is.length - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
  const [a, b] = [was.slice(head, was.length - tail), is.slice(head, is.length - tail)];
  const length: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const middle: DiffLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;)
    if (i < a.length && j < b.length && a[i] === b[j]) {
      middle.push({ kind: "same", text: a[i++] });
      j++;
    } else if (i < a.length && (j === b.length || length[i + 1][j] >= length[i][j + 1])) middle.push({ kind: "removed", text: a[i++] });
    else middle.push({ kind: "added", text: b[j++] });
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: "same", text }));
  return [...same(was.slice(0, head)), ...middle, ...same(was.slice(was.length - tail))];
}

function folded(lines: DiffLine[]): DiffLine[] {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - around), i + around + 1).some(({ kind }) => kind !== "same"));
  const out: DiffLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (near[i]) out.push(lines[i]);
    // A gap that hides one line only would be no shorter.
    else if (!near[i - 1] && i > 0) continue;
    else if (near[i + 1] || (i === 0 && near[1])) out.push(lines[i]);
    else if (i < lines.length) out.push({ kind: "gap", text: "" });
  }
  return out.some(({ kind }) => kind === "added" || kind === "removed") ? out : [];
}
