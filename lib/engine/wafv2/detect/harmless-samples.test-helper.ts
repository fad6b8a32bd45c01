import { Maker, seeded, type Sample } from "./samples.test-helper";

/** Harmless text that looks like trouble: quotes, signs, and words that SQL and HTML have too. */
const parts: Record<string, (m: Maker) => string> = {
  n: (m) => String(1 + m.below(m.one([9, 99, 2100]))),
  first: (m) => m.one(["Anna", "Zoë", "José", "Noah", "Aoife", "Søren", "Mei", "Mary-Jane", "D'Arcy", "Ayşe"]),
  last: (m) => m.one(["O'Brien", "O’Connor", "D'Angelo", "N'Diaye", "Smith", "van der Berg", "Drop", "Null", "Union", "Set", "Ó Súilleabháin", "Select"]),
  street: (m) => m.one(["Rue de l'Université", "King's Road", "Union Street", "Av. d'Italie", "Main St", "Unter den Linden", "Drop Lane", "St. John's Sq."]),
  noun: (m) => m.one(["table", "union", "group", "order", "index", "view", "key", "case", "user", "database", "script", "style", "object", "link", "frame", "base", "like", "values", "sleep", "trigger"]),
  thing: (m) => m.one(["dress", "lamp", "book", "chair", "phone", "bag", "ring", "poster", "shoes", "card"]),
  verb: (m) => m.one(["select", "insert", "update", "delete", "drop", "create", "declare", "execute", "join", "merge", "alter", "grant"]),
  join: (m) => m.one(["and", "or", "and", "not", "where", "from", "into", "having", "as", "by", "with", "between"]),
  text: (m) => m.one(["the {noun} was not there", "we {verb} the {noun} from our {thing}", "please {verb} a {thing} and a {noun}", "it's {n} or {n} days", "she said that it was {n}", "a {noun} is like a {thing}"]),
};

const families: Record<string, string[]> = {
  name: ["{first} {last}", "{last}, {first}", "{first} {last}-{last}", "Mr. {first} {last} (and {first})", "{first} \"the {noun}\" {last}"],
  address: ["{n} {street}, Apt #{n}", "{n}/{n} {street}", "{n} 1/2 {street} -- back door", "{street} {n}; {last}", "c/o {last}, {n} {street}"],
  prose: [
    "{text}", "{text}, {text}.", "\"{text},\" said {first}; \"{text}.\"", "{verb} {noun} {join} {thing}", "I don't know; {text} -- {text}", "Can't {verb} '{noun}' {join} '{thing}'?", "{first}'s {thing} or {first}'s {noun}",
    "The students' {noun} {verb}s {n} {thing}s from {n} {noun}s where they like", "{text} (see {noun} {n})", "rock 'n' roll and {n} {thing}s", "the boys' {thing} and the girls' {noun}", "{n} of {n} people {verb} the {noun}; {text}", "'{text}' {join} \"{text}\"",
  ],
  shopping: ["{n}\" x {n}\" {thing}", "5'{n}\" tall {thing}", "{thing} & {thing} {join} {noun}", "{n}% off -- {thing}s only!", "\"{thing}\" -{noun} +{thing}", "size {n} or {n}, {thing}", "{thing} #{n} / {noun} #{n}", "$5 - ${n}", "{n} {join} {n} {thing}", "{thing};{thing};{noun}"],
  query: ["sort={noun}&order=desc&filter={noun}", "q=\"{thing} {noun}\"&page={n}", "filter={noun}%20{join}%20{thing}&from={n}", "a={n}&b={n}&union=yes", "select={n}&from={noun}&where={thing}", "/search?q={thing}+{join}+{noun}&on={n}", "online=1&one=2&once={n}", "style={thing}&type={noun}", "href={thing}.html&src={noun}", "filter:{noun} {join} -{thing}"],
  code: [
    "if (a < b && c > {n}) return x;", "for (let i = 0; i < {n}; i++) {noun}(i);", "const {noun} = (x) => x * {n};", "x -= 1; // {text}", "def {noun}(self): return {n}", "git commit -m '{text}'", "fix({noun}): {text} (#{n})", "`{noun}` and `{thing}` are {n}",
    "{noun}.{thing}({n}, '{thing}');", "SELECT is a {noun}", "grep -r '{noun}' src/*.ts", "ls -la | sort", "a || b ? c : d", "int {noun}[{n}] = {0};", "x = y == {n}", "{noun}::{thing}", "*/5 * * * *", "Array<{noun}>", "std::vector<int> {thing};", "font-family: 'A B', {noun};",
  ],
  json: ["{\"id\": {n}, \"name\": \"{first} {last}\", \"tags\": [\"{noun}\", \"or\"]}", "{\"note\":\"{text}\",\"ok\":null}", "[{n}, {n}, \"{thing}\"]", "{'{noun}': '{thing}', 'n': {n}}", "{\"q\":\"{verb} {noun} {join} {thing}\"}"],
  markdown: ["# {noun}\n\n- {thing}\n- {verb} `{noun}`", "[{thing}](https://example.com/{noun}?id={n}#{thing})", "**{thing}**: {text}", "| {noun} | {thing} |\n|---|---|\n| {n} | {n} |", "> {text}\n\n{text}", "1. {text}\n2. {text}", "see [`{noun}`](#{noun}) -- {text}"],
  css: [".{noun} { color: red; width: {n}px; }", "@media (min-width: {n}px) { a { top: 0 } }", "#{thing} > a::before { content: '{noun}'; }", "/* {text} */ a { margin: -{n}px }"],
  mail: ["{thing}.{noun}+{n}@example.com", "\"{first}\" <{thing}@example.org>", "mailto:{noun}@example.com", "Dear {first},\n\n{text}. It's {n}.\n\nRegards -- {first}"],
  mathematics: ["{n} + {n} = {n}", "x < {n} and y > {n}", "2*(3+{n})/{n}", "f(x) = x^2 - {n}", "{n} < {n} <= {n}", "a<b", "<3 you", "p(a|b) = {n}%", "sin(x)/x", "{n}x{n}", "|x| < {n}", "<{n} or >{n}"],
  other: ["https://example.com/{noun}/{thing}.php?id={n}&q={thing}", "Mozilla/5.0 (X11; Linux x86_64) {thing}/{n}.0", "{n}-{n}-{n}T10:00:00Z", "~/.{noun}rc; {thing}", "C:\\{noun}\\{thing}.txt", "{noun}_{thing}_{n}", "<- back | next ->", "<<< sale >>>", ">:-( {text}", "@{thing} #{noun} lol", "javascript: the good {thing}s", "{n}:{n}:{n}"],
};

/** `count` harmless values. */
export function harmless(seed: number, count: number): Sample[] {
  const m = new Maker(seeded(seed));
  return Array.from({ length: count }, () => {
    const family = m.one(Object.keys(families));
    const value = m.fill(m.one(families[family]), parts);
    return { family, value: m.chance(0.1) ? value.toUpperCase() : value };
  });
}
