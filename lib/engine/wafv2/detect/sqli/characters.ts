import * as K from "./kinds";

/** What a character code below 128 begins. */
export const SPACE = 1, LETTER = 2, DIGIT = 3, QUOTE = 4, SIGN = 5, SINGLE = 6, HASH = 7, DOLLAR = 8, AT = 9, BACKQUOTE = 10, BRACKET = 11, POINT = 12, ESCAPE = 13;
export const begins = new Uint8Array(128).fill(SINGLE);
/** What a word goes on with: letters, digits, underscore, dollar. */
export const inWord = new Uint8Array(128);
/** Signs inside of names such as xp_cmdshell and v$version. */
export const inner = new Uint8Array(128);
inner[95] = inner[36] = 1;
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (code <= 32 || code === 127) begins[code] = SPACE;
  else if (/[A-Za-z_]/.test(char)) begins[code] = LETTER;
  else if (/[0-9]/.test(char)) begins[code] = DIGIT;
  else if (char === "'" || char === '"') begins[code] = QUOTE;
  else if ("+-*/%=<>!~^&|:".includes(char)) begins[code] = SIGN;
  else if (char in { "#": 1, "$": 1, "@": 1, "`": 1, "[": 1, ".": 1, "\\": 1 }) begins[code] = { "#": HASH, "$": DOLLAR, "@": AT, "`": BACKQUOTE, "[": BRACKET, ".": POINT, "\\": ESCAPE }[char]!;
  inWord[code] = Number(/[A-Za-z0-9_$]/.test(char));
}
const single: Record<string, number> = { "(": K.OPEN, ")": K.CLOSE, "{": K.BRACE, "}": K.BRACE_END, ",": K.COMMA, ";": K.SEMICOLON };
export const singles = Uint8Array.from({ length: 128 }, (_, code) => single[String.fromCharCode(code)] ?? K.OTHER);

/** Operators of two and three characters; what is one character is read by `oneSign`. */
export const signsOf: Record<string, number> = {
  "<=": K.COMPARE, ">=": K.COMPARE, "<>": K.COMPARE, "!=": K.COMPARE, "==": K.COMPARE, "!<": K.COMPARE, "!>": K.COMPARE, "^=": K.COMPARE, "<=>": K.COMPARE, "~*": K.COMPARE, "!~": K.COMPARE,
  "&&": K.LOGIC_SIGN, "||": K.LOGIC_SIGN,
  "<<": K.OPERATOR, ">>": K.OPERATOR, ":=": K.OPERATOR, "::": K.OPERATOR, "->": K.OPERATOR, "->>": K.OPERATOR, "=>": K.OPERATOR, "+=": K.OPERATOR, "-=": K.OPERATOR, "*=": K.OPERATOR, "/=": K.OPERATOR,
  "%=": K.OPERATOR, "&=": K.OPERATOR, "|=": K.OPERATOR, "===": K.OPERATOR, "!==": K.OPERATOR, "<@": K.COMPARE, "@>": K.COMPARE,
};
const oneSignOf: Record<string, number> = { "=": K.COMPARE, "<": K.COMPARE, ">": K.COMPARE, "*": K.STAR, "!": K.UNARY, "~": K.UNARY, ":": K.COLON, "&": K.AMPERSAND };
export const oneSign = Uint8Array.from({ length: 128 }, (_, code) => oneSignOf[String.fromCharCode(code)] ?? K.OPERATOR);
/** Kind of two signs together, by the code of the first times 128 and that of the second; 0 if they are no operator. */
export const twoSigns = new Uint8Array(128 * 128);
/** The same for signs that three begin with. */
export const threeBegin = new Uint8Array(128 * 128);
for (const [text, kind] of Object.entries(signsOf)) {
  const at = text.charCodeAt(0) * 128 + text.charCodeAt(1);
  if (text.length === 2) twoSigns[at] = kind;
  else threeBegin[at] = 1;
}

export const isSpace = (code: number): boolean => (code < 128 ? begins[code] === SPACE : code === 160 || (code >= 0x2000 && code <= 0x200b) || code === 0x3000 || code === 0xfeff);
export const isWord = (code: number): boolean => (code < 128 ? inWord[code] === 1 : !isSpace(code));
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isHex = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
