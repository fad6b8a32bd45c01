import type { Failure } from "../../errors";
import { isFailure } from "../errors";
import { alterUser, createUser, dropUser, grantOrRevoke, renameUser, setStatement, showGrants } from "./parse-users";
import { type Reader, Unreadable, readerOf } from "./reader";
import type { ColumnDefinition, Condition, Expression, Name, SelectStatement, Statement } from "./statement";
import type { Tongue } from "./tokens";

/** Reads one statement. Errors: the server's syntax error; NotSimulated, by name, for what a real server would have understood. */
export function parse(tongue: Tongue, sql: string, parameters: readonly string[] = []): Statement | Failure {
  const reader = readerOf(tongue, sql, parameters);
  if (isFailure(reader)) return reader;
  try {
    const statement = statementOf(reader);
    reader.end();
    return statement;
  } catch (error) {
    if (error instanceof Unreadable) return error.failure;
    throw error;
  }
}

/** Statements of real servers that this one cannot do, by their first word. */
const others = new Set("WITH EXPLAIN ANALYZE CALL DO COPY VACUUM LOCK UNLOCK TRUNCATE REPLACE LOAD PREPARE EXECUTE DEALLOCATE DECLARE FETCH CLOSE LISTEN NOTIFY COMMENT REINDEX CLUSTER REASSIGN SAVEPOINT RELEASE KILL RESET DISCARD UNLOAD OPTIMIZE REPAIR CHECK HANDLER MERGE TABLE VALUES".split(" "));

function statementOf(reader: Reader): Statement {
  const { word, sees, unexpected, tongue } = reader;
  const mysql = tongue.dialect === "mysql";
  if (sees("SELECT")) return select(reader);
  if (word("INSERT")) return (reader.expectWord("INTO"), insert(reader));
  if (word("UPDATE")) return update(reader);
  if (word("DELETE")) return (reader.expectWord("FROM"), { kind: "delete", table: nameOf(reader), where: where(reader) });
  if (word("CREATE")) return create(reader);
  if (word("ALTER")) return alterUser(reader);
  if (word("DROP")) return drop(reader);
  if (word("GRANT")) return grantOrRevoke(reader, "grant");
  if (word("REVOKE")) return grantOrRevoke(reader, "revoke");
  if (mysql && word("RENAME", "USER")) return renameUser(reader);
  if (word("SET")) return setStatement(reader);
  if (word("SHOW")) return show(reader);
  if (mysql && (word("DESCRIBE") || word("DESC"))) return { kind: "describe", table: nameOf(reader) };
  if (mysql && word("USE")) return { kind: "use", database: reader.name() };
  if (word("START", "TRANSACTION")) return { kind: "begin", tag: "START TRANSACTION" };
  if (word("BEGIN")) {
    if (!word("TRANSACTION")) word("WORK");
    return { kind: "begin", tag: "BEGIN" };
  }
  if (word("COMMIT") || (!mysql && word("END"))) return (word("WORK"), { kind: "commit" });
  if (word("ROLLBACK") || (!mysql && word("ABORT"))) return (word("WORK"), { kind: "rollback" });
  if (mysql && word("FLUSH", "PRIVILEGES")) return { kind: "nothing", status: "" };
  const first = reader.peek().kind === "word" ? reader.peek().text.toUpperCase() : "";
  if (others.has(first)) reader.notSimulated(`the statement ${first}`);
  return unexpected();
}

// ---------------------------------------------------------------- queries

export function nameOf(reader: Reader): Name {
  const name = reader.name();
  return reader.symbol(".") ? { schema: name, name: reader.name(true) } : { name };
}

function list<T>(reader: Reader, one: () => T): T[] {
  const out = [one()];
  while (reader.symbol(",")) out.push(one());
  return out;
}

function select(reader: Reader): SelectStatement {
  const { word } = reader;
  reader.expectWord("SELECT");
  if (reader.sees("DISTINCT")) reader.notSimulated("SELECT DISTINCT");
  // PostgreSQL has rows without columns.
  const items = reader.tongue.dialect === "postgres" && reader.peek().kind === "end" ? [] : list(reader, () => {
    const expression = expressionOf(reader);
    const as = word("AS") ? (reader.peek().kind === "text" ? reader.text() : reader.name(true)) : isAlias(reader) ? reader.name() : undefined;
    return as === undefined ? { expression } : { expression, as };
  });
  const statement: SelectStatement = { kind: "select", items, where: [], order: [] };
  if (word("FROM")) {
    statement.from = nameOf(reader);
    if (word("AS") || isAlias(reader)) reader.name();
    if (reader.symbol(",") || ["JOIN", "INNER", "LEFT", "RIGHT", "CROSS", "NATURAL"].some((one) => reader.sees(one))) reader.notSimulated("joins");
  }
  statement.where = where(reader);
  for (const clause of ["GROUP", "HAVING", "UNION", "INTERSECT", "EXCEPT", "WINDOW"]) if (reader.sees(clause)) reader.notSimulated(clause);
  if (word("ORDER", "BY")) statement.order = list(reader, () => ({ column: columnOf(reader), descending: word("DESC") || (word("ASC"), false) }));
  if (word("LIMIT")) {
    statement.limit = reader.number();
    if (reader.tongue.dialect === "mysql" && reader.symbol(",")) [statement.offset, statement.limit] = [statement.limit, reader.number()];
  }
  if (word("OFFSET")) statement.offset = reader.number();
  if (word("FOR", "UPDATE")) reader.notSimulated("row locks");
  return statement;
}

const clauses = ["SET", "FROM", "WHERE", "ORDER", "LIMIT", "GROUP", "HAVING", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "FOR", "JOIN", "INNER", "LEFT", "RIGHT", "CROSS", "NATURAL"];
const isAlias = (reader: Reader): boolean => (reader.peek().kind === "word" || reader.peek().kind === "quoted") && !clauses.some((clause) => reader.sees(clause));

function columnOf(reader: Reader): string {
  const name = reader.name();
  return reader.symbol(".") ? reader.name(true) : name;
}

/** Functions that are called without parentheses. */
const bare = new Set(["CURRENT_USER", "SESSION_USER", "USER", "CURRENT_ROLE", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_DATABASE", "CURRENT_CATALOG", "CURRENT_SCHEMA", "LOCALTIMESTAMP"]);
/** MySQL has few of them, and a column called `User`. */
const isBare = (word: string, { tongue }: Reader): boolean => bare.has(word) && (tongue.dialect === "postgres" || ["CURRENT_USER", "CURRENT_TIMESTAMP", "CURRENT_DATE"].includes(word));

/** What a real server computes and this one does not. */
const operators = ["+", "-", "*", "/", "%", "||", "^"];

export function expressionOf(reader: Reader): Expression {
  const expression = reader.deeper(() => operand(reader));
  if (reader.peek().kind === "symbol" && operators.includes(reader.peek().text) && expression.kind !== "all") reader.notSimulated(`the operator ${reader.peek().text}`);
  return expression;
}

function operand(reader: Reader): Expression {
  const token = reader.peek();
  const value = (text: string | null, type: "text" | "int" | "decimal" | "bool" = "text"): Expression => {
    if (reader.symbol("::")) reader.name(true);
    return { kind: "value", value: text, type };
  };
  if (reader.symbol("*")) return { kind: "all" };
  if (token.kind === "text") return value(reader.text());
  if (token.kind === "number" || (token.text === "-" && reader.symbol("-"))) {
    const sign = token.text === "-" ? "-" : "";
    const { text } = reader.peek();
    reader.number();
    return value(sign + text, text.includes(".") ? "decimal" : "int");
  }
  if (reader.word("NULL")) return value(null);
  if (reader.word("TRUE")) return value("true", "bool");
  if (reader.word("FALSE")) return value("false", "bool");
  for (const word of ["CASE", "CAST", "EXISTS", "NOT", "INTERVAL"]) if (reader.sees(word)) reader.notSimulated(`${word} in expressions`);
  if (token.kind === "word" && (isBare(token.text.toUpperCase(), reader) || reader.peek(1).text === "(" || token.text.startsWith("@@"))) {
    const name = token.text.startsWith("@@") ? token.text : token.text.toUpperCase();
    reader.word(token.text.toUpperCase());
    if (!reader.symbol("(")) return { kind: "call", name, args: [] };
    const args = reader.symbol(")") ? [] : list(reader, () => expressionOf(reader));
    if (args.length) reader.expectSymbol(")");
    return { kind: "call", name, args };
  }
  const name = reader.name();
  if (!reader.symbol(".")) return { kind: "column", name };
  if (reader.symbol("*")) return { kind: "all" };
  // `pg_catalog.current_user()` and the like.
  if (reader.peek(1).text === "(") return expressionOf(reader);
  return { kind: "column", name: reader.name(true), of: name };
}

function where(reader: Reader): Condition[] {
  if (!reader.word("WHERE")) return [];
  const out: Condition[] = [];
  do out.push(condition(reader));
  while (reader.word("AND"));
  if (reader.sees("OR")) reader.notSimulated("OR in conditions");
  return out;
}

function condition(reader: Reader): Condition {
  for (const word of ["NOT", "EXISTS"]) if (reader.sees(word)) reader.notSimulated(`${word} in conditions`);
  const open = reader.symbol("(");
  if (["text", "number"].includes(reader.peek().kind) || reader.peek(1).text === "(") reader.notSimulated("conditions that do not begin with a column");
  const column = columnOf(reader);
  const done = (operator: Condition["operator"], values: Expression[]): Condition => {
    if (open && reader.sees("OR")) reader.notSimulated("OR in conditions");
    if (open && reader.sees("AND")) reader.notSimulated("conditions in parentheses");
    if (open) reader.expectSymbol(")");
    return { column, operator, values };
  };
  if (reader.word("IS", "NOT", "NULL")) return done("is not null", []);
  if (reader.word("IS", "NULL")) return done("is null", []);
  if (reader.word("LIKE")) return done("like", [expressionOf(reader)]);
  if (reader.word("IN")) {
    reader.expectSymbol("(");
    if (reader.sees("SELECT")) reader.notSimulated("subqueries");
    const values = list(reader, () => expressionOf(reader));
    reader.expectSymbol(")");
    return done("in", values);
  }
  for (const operator of ["=", "<>", "<=", ">=", "<", ">"] as const) if (reader.symbol(operator)) return done(operator, [compared(reader)]);
  if (reader.symbol("!=")) return done("<>", [compared(reader)]);
  for (const word of ["NOT", "BETWEEN", "ILIKE", "SIMILAR", "REGEXP", "RLIKE", "IS"]) if (reader.sees(word)) reader.notSimulated(`${word} in conditions`);
  if (reader.peek().kind === "symbol" && [...operators, "~", "!"].includes(reader.peek().text)) reader.notSimulated(`the operator ${reader.peek().text}`);
  return reader.unexpected();
}

function compared(reader: Reader): Expression {
  if (reader.peek().text === "(" && reader.peek(1).text.toUpperCase() === "SELECT") reader.notSimulated("subqueries");
  return expressionOf(reader);
}

// ---------------------------------------------------------------- tables

const valueOf = (reader: Reader): Expression => (reader.word("DEFAULT") ? { kind: "default" } : expressionOf(reader));

function insert(reader: Reader): Statement {
  const table = nameOf(reader);
  let columns: string[] | undefined;
  if (reader.symbol("(")) {
    columns = list(reader, () => reader.name());
    reader.expectSymbol(")");
  }
  if (reader.sees("SELECT")) reader.notSimulated("INSERT … SELECT");
  if (!reader.word("VALUE")) reader.expectWord("VALUES");
  const rows = list(reader, () => {
    reader.expectSymbol("(");
    const row = list(reader, () => valueOf(reader));
    reader.expectSymbol(")");
    return row;
  });
  for (const clause of ["ON", "RETURNING"]) if (reader.sees(clause)) reader.notSimulated(`INSERT … ${clause}`);
  return { kind: "insert", table, rows, ...(columns && { columns }) };
}

function update(reader: Reader): Statement {
  const table = nameOf(reader);
  if (reader.word("AS") || isAlias(reader)) reader.name();
  reader.expectWord("SET");
  const set = list(reader, () => {
    const column = columnOf(reader);
    reader.expectSymbol("=");
    return { column, value: valueOf(reader) };
  });
  return { kind: "update", table, set, where: where(reader) };
}

function create(reader: Reader): Statement {
  const { word } = reader;
  const ifNot = (): boolean => word("IF", "NOT", "EXISTS");
  if (word("TABLE")) return createTable(reader, ifNot());
  if (word("DATABASE") || (reader.tongue.dialect === "mysql" && word("SCHEMA"))) return { kind: "create-database", ifNotExists: ifNot(), name: reader.name() };
  const what = reader.oneOf(["USER", "ROLE", "GROUP"]);
  if (what) return createUser(reader, what as "USER", ifNot());
  for (const other of ["SCHEMA", "INDEX", "UNIQUE", "VIEW", "FUNCTION", "PROCEDURE", "TRIGGER", "EXTENSION", "SEQUENCE", "TYPE", "TEMPORARY", "TEMP", "OR"]) if (reader.sees(other)) reader.notSimulated(`CREATE ${other}`);
  return reader.unexpected();
}

/** Columns with their types; of constraints NOT NULL, DEFAULT and the primary key. */
function createTable(reader: Reader, ifNotExists: boolean): Statement {
  const table = nameOf(reader);
  reader.expectSymbol("(");
  const columns: ColumnDefinition[] = [];
  do {
    if (reader.word("PRIMARY", "KEY")) {
      reader.expectSymbol("(");
      for (const key of list(reader, () => reader.name())) {
        const column = columns.find(({ name }) => name === key) ?? reader.unexpected();
        column.primary = true;
      }
      reader.expectSymbol(")");
    } else if (["UNIQUE", "CONSTRAINT", "FOREIGN", "CHECK", "KEY", "INDEX", "LIKE"].some((one) => reader.sees(one))) reader.notSimulated("constraints of tables");
    else columns.push(columnDefinition(reader));
  } while (reader.symbol(","));
  reader.expectSymbol(")");
  for (const other of ["ENGINE", "CHARSET", "DEFAULT", "AUTO_INCREMENT", "COMMENT", "DISTKEY", "SORTKEY", "DISTSTYLE", "DISTRIBUTE", "INHERITS", "PARTITION", "TABLESPACE", "AS", "WITH"]) if (reader.sees(other)) reader.notSimulated(`${other} of tables`);
  return { kind: "create-table", table, ifNotExists, columns };
}

function columnDefinition(reader: Reader): ColumnDefinition {
  const { word } = reader;
  const column: ColumnDefinition = { name: reader.name(), type: reader.peek().kind === "word" ? reader.name(true).toLowerCase() : reader.unexpected() };
  word("PRECISION");
  if (word("VARYING")) column.type = "varchar";
  if (reader.symbol("(")) {
    column.length = reader.number();
    if (reader.symbol(",")) column.scale = reader.number();
    reader.expectSymbol(")");
  }
  if (reader.sees("WITH", "TIME", "ZONE") || reader.sees("WITHOUT", "TIME", "ZONE")) ["WITH", "WITHOUT", "TIME", "ZONE"].forEach((one) => word(one));
  for (;;) {
    if (word("NOT", "NULL")) column.notNull = true;
    else if (word("PRIMARY", "KEY")) column.primary = "own";
    else if (reader.tongue.dialect === "mysql" && word("AUTO_INCREMENT")) column.serial = true;
    else if (word("DEFAULT")) column.default = expressionOf(reader);
    else if (word("NULL") || (reader.tongue.dialect === "mysql" && word("UNSIGNED"))) continue;
    else if (["REFERENCES", "CHECK", "GENERATED", "UNIQUE", "KEY", "CONSTRAINT", "COLLATE", "CHARACTER", "COMMENT", "ON", "IDENTITY", "ENCODE", "DISTKEY", "SORTKEY"].some((one) => reader.sees(one))) reader.notSimulated(`${reader.peek().text.toUpperCase()} of columns`);
    else return column;
  }
}

function drop(reader: Reader): Statement {
  const { word } = reader;
  if (word("TABLE")) return { kind: "drop-table", ifExists: word("IF", "EXISTS"), tables: list(reader, () => nameOf(reader)) };
  const what = reader.oneOf(["USER", "ROLE", "GROUP"]);
  if (what) return dropUser(reader, what as "USER", word("IF", "EXISTS"));
  for (const other of ["DATABASE", "SCHEMA", "INDEX", "VIEW", "FUNCTION", "OWNED"]) if (reader.sees(other)) reader.notSimulated(`DROP ${other}`);
  return reader.unexpected();
}

function show(reader: Reader): Statement {
  if (reader.tongue.dialect === "mysql" && reader.word("GRANTS")) return showGrants(reader);
  if (reader.tongue.dialect === "postgres") return { kind: "show", what: "parameter", like: reader.name(true) };
  const what = reader.oneOf(["DATABASES", "SCHEMAS", "TABLES"]);
  if (!what) return reader.peek().kind === "end" ? reader.unexpected() : reader.notSimulated(`SHOW ${reader.peek().text.toUpperCase()}`);
  const like = reader.word("LIKE") ? reader.text() : undefined;
  return { kind: "show", what: what === "TABLES" ? "tables" : "databases", ...(like === undefined ? {} : { like }) };
}
