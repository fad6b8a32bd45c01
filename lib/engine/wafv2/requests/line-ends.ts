interface Line {
  text: string;
  end: string;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "\n" && text[at] !== "\r") continue;
    const end = text[at] === "\r" && text[at + 1] === "\n" ? "\r\n" : text[at];
    lines.push({ text: text.slice(from, at), end });
    at += end.length - 1;
    from = at + 1;
  }
  lines.push({ text: text.slice(from), end: "" });
  return lines;
}

/**
 * A text as a field gives it back, with the line ends that it had: fields of browsers turn every line end into a line feed.
 * Lines that were not touched keep theirs, a new line takes that of the line before it. `typed` without a line of `before`
 * that ended otherwise, and a text that has nothing of it, are answered as they are. Linear. Source: HTML, textarea (API value).
 */
export function keepLineEnds(before: string, typed: string): string {
  if (!before.includes("\r") || typed.includes("\r")) return typed;
  const [old, lines] = [linesOf(before), linesOf(typed)];
  const most = Math.min(old.length, lines.length);
  let head = 0;
  while (head < most && old[head].text === lines[head].text) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail].text === lines[lines.length - 1 - tail].text) tail++;
  // Another text in its place: its line ends are its own.
  if (head === 0 && !lines.slice(lines.length - tail).some(({ text }) => text)) return typed;
  let last = old[0].end || "\n";
  return lines.map(({ text, end }, at) => {
    if (end === "") return text;
    const fromEnd = lines.length - at;
    // As many lines as before: a line that was changed stays the line that it was.
    const kept = at < head || lines.length === old.length ? old[at]?.end : fromEnd <= tail ? old[old.length - fromEnd]?.end : undefined;
    last = kept || last;
    return text + last;
  }).join("");
}
