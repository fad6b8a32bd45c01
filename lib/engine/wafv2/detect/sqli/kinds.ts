/**
 * Kinds of SQL tokens. In the table of shapes a kind is written by its sign; to learners it is shown by the class
 * letter of its family: `=`, `*` and `+` are three kinds of the class `o`.
 */
export const NONE = 0;
export const NUMBER = 1;
export const STRING = 2;
/** A string that was open before the value began: the value closes it. */
export const OPENED = 3;
/** A string that is still open when the value ends. */
export const UNCLOSED = 4;
export const WORD = 5;
/** Several words in a row: prose, mostly. */
export const PHRASE = 6;
/** The name of a database's own table, package or procedure. */
export const INTERNAL = 7;
export const VARIABLE = 8;
/** `@@version`, or a word read like it: `current_user`. */
export const SERVER = 9;
/** A function of SQL; its parenthesis follows. */
export const FUNCTION = 10;
/** A function that waits, reads files, or tells by its errors; its parenthesis follows. */
export const DANGER = 11;
/** An unknown word with a parenthesis after it. */
export const CALL = 12;
export const SELECT = 13;
/** A statement known by two words: INSERT INTO, DROP TABLE. */
export const STATEMENT = 14;
/** A verb of a statement by itself: insert, drop. */
export const VERB = 15;
/** DECLARE, EXEC, IF, WAITFOR DELAY. */
export const TSQL = 16;
export const UNION = 17;
/** ORDER BY, GROUP BY. */
export const BY = 18;
/** FROM, WHERE, HAVING, INTO: what only follows something. */
export const CLAUSE = 19;
export const KEYWORD = 20;
export const TYPE = 21;
export const COLLATE = 22;
export const COMPARE = 23;
export const STAR = 24;
export const OPERATOR = 25;
/** An operator with one operand only: !, ~, NOT. */
export const UNARY = 26;
/** AND, OR, XOR. */
export const LOGIC = 27;
/** &&, ||. */
export const LOGIC_SIGN = 28;
export const COMMENT = 29;
/** A comment that cuts off what follows in the query, and says nothing itself. */
export const CUT = 30;
/** A versioned comment, which MySQL runs. */
export const EVIL = 31;
export const OPEN = 32;
export const CLOSE = 33;
export const BRACE = 34;
export const BRACE_END = 35;
export const COMMA = 36;
export const SEMICOLON = 37;
export const COLON = 38;
export const DOT = 39;
export const BACKSLASH = 40;
export const OTHER = 41;
/** A value computed by folding: `1+1`. */
export const COMPUTED = 42;
/** A comparison of constants, folded: `1=1`. */
export const TRUTH = 43;
/** Values between commas. */
export const LIST = 44;
/** A comparison with a name in it, folded: `price > 10`. */
export const CONDITION = 45;
/** A comparison of a variable, folded. */
export const VARIABLE_CONDITION = 46;
/** Like OPENED and UNCLOSED, with several words in it: prose rather than a field's content. */
export const OPENED_PROSE = 47;
export const UNCLOSED_PROSE = 48;
/** IF, WHILE, BEGIN, PRINT: verbs of T-SQL that are words of English too. */
export const WEAK_TSQL = 49;
/** SET of UPDATE. */
export const SET = 50;
/** A single `&`: bits in SQL, the next argument in a query string. */
export const AMPERSAND = 51;
/** A function that tells of the server, with nothing in its parentheses: version(), database(). */
export const INQUIRY = 52;
export const KINDS = 53;

/** Sign of each kind in the table of shapes, by number. */
export const signs = " 1sqQnpivgfFhEDdTUBrktA=*+!&|cCX(){},;:.\\_aylzwoOjS%I";
/** Class letter of each kind, by number. */
export const letters = " 1sssnnnvvffnEEETUBkktAoooo&&ccX(){},;:.\\?1111vssTkof";
