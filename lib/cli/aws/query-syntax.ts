import { JsonError, type Value, parseJson, pythonRepr, pythonText } from "./python";

/** What is wrong with an expression, in the real command's words. */
export class QueryError extends Error {}

interface Token {
  type: string;
  value: Value;
  at: number;
}

const single: Record<string, string> = { ".": "dot", "*": "star", "]": "rbracket", ",": "comma", ":": "colon", "@": "current", "(": "lparen", ")": "rparen", "{": "lbrace", "}": "rbrace" };
/** `<=`, `||`: the first character alone is another token. */
const paired: Record<string, [second: string, both: string, alone: string]> = {
  "|": ["|", "or", "pipe"],
  "&": ["&", "and", "expref"],
  "<": ["=", "lte", "lt"],
  ">": ["=", "gte", "gt"],
  "!": ["=", "ne", "not"],
};

/** How strongly a token holds on to what stands before it; those that are not here do not. */
const power: Record<string, number> = { pipe: 1, or: 2, and: 3, eq: 5, gt: 5, lt: 5, gte: 5, lte: 5, ne: 5, flatten: 9, star: 20, filter: 21, dot: 40, not: 45, lbrace: 50, lbracket: 55, lparen: 60 };
/** Below this a token ends a projection. */
const projectionEnd = 10;

/**
 * Checks a JMESPath expression as the real command's library reads it, and throws QueryError with its message and place:
 * the expression itself is evaluated by another library, whose messages are its own and which takes more than AWS does.
 * Source: JMESPath specification, Grammar; messages compared with the installed command's.
 */
export function checkQuery(expression: string): void {
  if (!expression) throw new QueryError("Invalid JMESPath expression: cannot be empty.");
  const chars = Array.from(expression);
  parse(tokens(chars), expression, chars.length);
}

function tokens(chars: string[]): Token[] {
  const out: Token[] = [];
  let at = 0;
  const bad = (message: string, place: number): never => {
    throw new QueryError(`Bad jmespath expression: ${message}:\n${chars.join("")}\n${" ".repeat(place)}^`);
  };
  const run = (pattern: RegExp): string => {
    const from = at;
    while (at < chars.length && pattern.test(chars[at])) at++;
    return chars.slice(from, at).join("");
  };
  /** What stands up to the closing mark; a backslash keeps the character after it. */
  const delimited = (mark: string): string => {
    const start = at++;
    let text = "";
    while (chars[at] !== mark) {
      if (chars[at] === "\\") text += chars[at++];
      if (at >= chars.length) bad(`Unclosed ${mark} delimiter`, start);
      text += chars[at++];
    }
    at++;
    return text;
  };
  while (at < chars.length) {
    const char = chars[at];
    const start = at;
    const add = (type: string, value: Value): void => void out.push({ type, value, at: start });
    if (" \t\n\r".includes(char)) at++;
    else if (Object.hasOwn(single, char)) {
      at++;
      add(single[char], char);
    } else if (/[A-Za-z_]/.test(char)) add("unquoted_identifier", run(/[A-Za-z0-9_]/));
    else if (char === "[") {
      const next = chars[++at];
      if (next === "]" || next === "?") at++;
      add(next === "]" ? "flatten" : next === "?" ? "filter" : "lbracket", next === "]" || next === "?" ? char + next : char);
    } else if (Object.hasOwn(paired, char)) {
      const [second, both, alone] = paired[char];
      const pair = chars[++at] === second;
      if (pair) at++;
      add(pair ? both : alone, pair ? char + second : char);
    } else if (char === "=") {
      if (chars[at + 1] !== "=") bad("Unknown token '='", start);
      at += 2;
      out.push({ type: "eq", value: "==", at: Math.min(start, chars.length - 2) });
    } else if (/[0-9-]/.test(char)) {
      at++;
      const digits = run(/[0-9]/);
      if (char === "-" && !digits) bad("Unknown token '-'", start);
      add("number", String(BigInt(char === "-" ? `-${digits}` : char + digits)));
    } else if (char === "'") add("literal", delimited("'").replaceAll("\\'", "'"));
    else if (char === "`") add("literal", literal(delimited("`").replaceAll("\\`", "`"), (message) => bad(message, start)));
    else if (char === '"') {
      try {
        add("quoted_identifier", parseJson(`"${delimited('"')}"`));
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        bad(error.message.split(":")[0], start);
      }
    } else bad(`Unknown token ${char}`, start);
  }
  out.push({ type: "eof", value: "", at: chars.length });
  return out;
}

/** A literal that is no JSON is text. */
function literal(text: string, bad: (message: string) => never): Value {
  for (const candidate of [text, `"${text.trimStart()}"`])
    try {
      return parseJson(candidate);
    } catch {
      continue;
    }
  return bad(`Bad token ${text}`);
}

/** Reads the tokens; what an expression is matters only where a function's name may stand. */
type Kind = "field" | "other";

function parse(list: Token[], expression: string, length: number): void {
  let index = 0;
  let depth = 0;
  const now = (): Token => list[index];
  const incomplete = (): never => {
    throw new QueryError(`Invalid jmespath expression: Incomplete expression:\n"${expression}"\n${" ".repeat(length + 1)}^`);
  };
  const wrong = ({ at, value, type }: Token, message: string): never => {
    throw new QueryError(`${message}: Parse error at column ${at}, token "${pythonText(value)}" (${type.toUpperCase()}), for expression:\n"${expression}"\n${" ".repeat(at + 1)}^`);
  };
  const expect = (...types: string[]): void => {
    if (!types.includes(now().type)) {
      if (now().type === "eof") incomplete();
      wrong(now(), `Expecting: ${types.length === 1 ? types[0] : pythonRepr(types)}, got: ${now().type}`);
    }
    index++;
  };

  function whole(least = 0): Kind {
    if (++depth > 400) throw new QueryError("maximum recursion depth exceeded");
    let kind = begin(list[index++]);
    while (least < (power[now().type] ?? 0)) {
      const token = list[index];
      if (token.type === "star" || token.type === "lbrace" || token.type === "not") wrong(token, "invalid token");
      index++;
      kind = goOn(token, kind);
    }
    depth--;
    return kind;
  }

  function begin(token: Token): Kind {
    switch (token.type) {
      case "literal":
      case "current":
        return "other";
      case "unquoted_identifier":
        return "field";
      case "quoted_identifier":
        if (now().type === "lparen") wrong({ ...now(), at: 0 }, "Quoted identifier not allowed for function names.");
        return "field";
      case "star":
        if (now().type !== "rbracket") projection(power.star);
        return "other";
      case "filter":
        return goOn(token, "other");
      case "flatten":
        projection(power.flatten);
        return "other";
      case "lbrace":
        return hash();
      case "lparen": {
        const kind = whole();
        expect("rparen");
        return kind;
      }
      case "not":
        whole(power.not);
        return "other";
      case "expref":
        whole();
        return "other";
      case "lbracket":
        if (now().type === "number" || now().type === "colon") return position();
        if (now().type === "star" && list[index + 1].type === "rbracket") {
          index += 2;
          projection(power.star);
          return "other";
        }
        return multi();
      case "eof":
        return incomplete();
      default:
        return wrong(token, "invalid token");
    }
  }

  function goOn(token: Token, left: Kind): Kind {
    switch (token.type) {
      case "dot":
        if (now().type === "star") {
          index++;
          projection(power.dot);
        } else afterDot(power.dot);
        return "other";
      case "lparen":
        if (left !== "field") wrong(list[index - 2], `Invalid function name '${pythonText(list[index - 2].value)}'`);
        while (now().type !== "rparen") {
          whole();
          if (now().type === "comma") index++;
        }
        index++;
        return "other";
      case "filter":
        whole();
        expect("rbracket");
        if (now().type !== "flatten") projection(power.filter);
        return "other";
      case "flatten":
        projection(power.flatten);
        return "other";
      case "lbracket":
        if (now().type === "number" || now().type === "colon") return position();
        expect("star");
        expect("rbracket");
        projection(power.star);
        return "other";
      default:
        // An operator between two sides.
        whole(power[token.type]);
        return "other";
    }
  }

  /** `[0]`, `[1:2]` */
  function position(): Kind {
    if (now().type !== "colon" && list[index + 1].type !== "colon") {
      index++;
      expect("rbracket");
      return "other";
    }
    let colons = 0;
    while (now().type !== "rbracket") {
      if (now().type === "colon") {
        if (++colons === 3) wrong(now(), "syntax error");
      } else if (now().type !== "number") wrong(now(), "syntax error");
      index++;
    }
    index++;
    projection(power.star);
    return "other";
  }

  function projection(least: number): void {
    const { type } = now();
    if ((power[type] ?? 0) < projectionEnd) return;
    if (type === "lbracket" || type === "filter") whole(least);
    else if (type === "dot") {
      index++;
      afterDot(least);
    } else wrong(now(), "syntax error");
  }

  function afterDot(least: number): void {
    const { type } = now();
    if (type === "quoted_identifier" || type === "unquoted_identifier" || type === "star") whole(least);
    else if (type === "lbracket") {
      index++;
      multi();
    } else if (type === "lbrace") {
      index++;
      hash();
    } else wrong(now(), `Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: ${type}`);
  }

  function multi(): Kind {
    for (;;) {
      whole();
      if (now().type === "rbracket") break;
      expect("comma");
    }
    index++;
    return "other";
  }

  function hash(): Kind {
    for (;;) {
      expect("quoted_identifier", "unquoted_identifier");
      expect("colon");
      whole();
      if (now().type === "comma") index++;
      else if (now().type === "rbrace") break;
    }
    index++;
    return "other";
  }

  whole();
  if (now().type !== "eof") wrong(now(), `Unexpected token: ${pythonText(now().value)}`);
}
