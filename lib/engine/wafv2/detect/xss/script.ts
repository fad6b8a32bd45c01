/**
 * Fragments of scripts that need no tag, because the page puts the value into a script or a template: a value that
 * closes the string it stands in and calls something, a template's braces with a call in them, or a call alone.
 */

const sinks = new Set("alert confirm prompt eval settimeout setinterval execscript atob fromcharcode unescape write writeln constructor fetch importscripts print".split(" "));
/** What a value may begin with and call: of the sinks those that are no words of other trades. */
const alone = new Set("alert confirm prompt eval execscript atob fromcharcode".split(" "));
/** Of these the ones that run a string. */
const timers = new Set(["settimeout", "setinterval", "function"]);
const objects = new Set("document window self top parent globalthis frames location".split(" "));
const members = new Set("cookie location domain write writeln eval alert confirm prompt opener defaultview".split(" "));

const isName = (code: number): boolean => (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122) || code === 95 || code === 36;
const isBlank = (code: number): boolean => code <= 32 || code === 160;
/** `;+-*\/|&^,)}]:?=%<>` and a new line: what goes on after a string that was closed. */
const goesOn = new Set("; + - * / | & ^ , ) } ] : ? = % < >".split(" ").map((char) => char.charCodeAt(0)));

let steps = 0;
/** Characters looked at since the start. */
export const scriptSteps = (): number => steps;

/** Longest name that we know. */
const NAME = 24;

/**
 * The name, in lower case, that is called at `end`, where a parenthesis or a back-quote stands. A back-quote calls only
 * what it touches, and has something in it: "`alert` and" is prose about code.
 */
function nameBefore(text: string, end: number): string {
  let to = end;
  steps += NAME;
  if (text.charCodeAt(end) === 96) {
    const next = text[end + 1];
    if (next === undefined || isBlank(next.charCodeAt(0)) || ".,;:!?)]".includes(next)) return "";
  } else while (to > 0 && end - to < 8 && (isBlank(text.charCodeAt(to - 1)) || text.charCodeAt(to - 1) === 41)) to--;
  let from = to;
  while (from > 0 && to - from < NAME && isName(text.charCodeAt(from - 1))) from--;
  return text.slice(from, to).toLowerCase();
}

function nameAt(text: string, from: number): string {
  let to = from;
  while (to < text.length && to - from < NAME && isName(text.charCodeAt(to))) to++;
  return text.slice(from, to).toLowerCase();
}

/** Where something known is called, from `from` on and before `limit`; -1 if nowhere. */
function sinkCall(text: string, from: number, limit: number): number {
  steps += limit - from;
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if ((code === 40 || code === 96) && sinks.has(nameBefore(text, i))) return i;
  }
  return -1;
}

/** A string closed by the value's first quote, then an operator, then a call. */
function breakout(text: string): number {
  for (const quote of ["'", '"']) {
    const at = text.indexOf(quote);
    if (at < 0 || at > 40) continue;
    let i = at + 1;
    while (i < text.length && isBlank(text.charCodeAt(i))) i++;
    if (goesOn.has(text.charCodeAt(i)) && sinkCall(text, i, text.length) >= 0) return at;
  }
  return -1;
}

/** A call that stands after the end of another statement, or takes a template: `;alert(1)`, `x.call\`\``. */
function inside(text: string): number {
  steps += text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 40 && code !== 96) continue;
    const name = nameBefore(text, i);
    if (code === 96 && (name === "call" || name === "apply") && text[i - name.length - 1] === ".") return i;
    if (!alone.has(name)) continue;
    let before = i;
    while (before > 0 && i - before < 2 * NAME && (isBlank(text.charCodeAt(before - 1)) || isName(text.charCodeAt(before - 1)))) before--;
    const last = text.charCodeAt(before - 1);
    if (before > 0 && (last === 59 || last === 125 || last === 62)) return i;
  }
  return -1;
}

/** `{{ }}`, `${ }`, `#{ }` with a call in them. */
function template(text: string): number {
  for (let i = text.indexOf("{"); i >= 0 && i + 1 < text.length; i = text.indexOf("{", i + 1)) {
    const [before, after] = [text.charCodeAt(i - 1), text.charCodeAt(i + 1)];
    if (after !== 123 && before !== 36 && before !== 35) continue;
    const end = text.indexOf("}", i);
    if (sinkCall(text, i, end < 0 ? text.length : end) >= 0) return i;
    if (end < 0) return -1;
    i = end;
  }
  return -1;
}

/** A call or a look at the page's own objects with which the value begins. */
function beginning(text: string): number {
  let i = 0;
  while (i < text.length && i < 16 && (isBlank(text.charCodeAt(i)) || "(;}])/*+-!~,".includes(text[i]))) i++;
  const name = nameAt(text, i);
  if (!name) return -1;
  let after = i + name.length;
  while (after < text.length && (isBlank(text.charCodeAt(after)) || text.charCodeAt(after) === 41) && after - i < 40) after++;
  const next = text[after];
  if (alone.has(name)) {
    // With something in its parentheses, or with nothing after them: "alert() was called" is prose.
    const empty = text[after + 1] === ")";
    if ((next === "(" || next === "`") && text.length > after + 1 && (!empty || after + 2 === text.length || text[after + 2] === ";")) return i;
    if (next === "." && /^(call|apply|bind)$/.test(nameAt(text, after + 1))) return i;
  }
  if (timers.has(name) && next === "(" && /["'`]/.test(text[after + 1] ?? "")) return i;
  if (objects.has(name)) {
    if (next === "[" && /["'`/\\+]/.test(text.slice(after + 1, after + 4))) return i;
    if (next === "." && members.has(nameAt(text, after + 1))) return i;
  }
  return -1;
}

/** Where a fragment of a script begins, -1 if there is none. */
export function scriptFragment(text: string): number {
  if (steps > 5e8) steps = 0;
  const start = beginning(text);
  if (start >= 0) return start;
  const left = breakout(text);
  if (left >= 0) return left;
  const braces = template(text);
  return braces >= 0 ? braces : inside(text);
}
