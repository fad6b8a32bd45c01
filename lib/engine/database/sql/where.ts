import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, notSimulated, postgresErrors } from "../errors";
import { isMysql, type Session } from "../session";
import { evaluate } from "./evaluate";
import { isLike } from "./like";
import type { Condition } from "./statement";

/** Conditions, all of which a row must meet. */

type Columns = readonly { name: string; type: string }[];

const at = (session: Session, columns: Columns, name: string): number => columns.findIndex((column) => (isMysql(session) ? column.name.toLowerCase() === name.toLowerCase() : column.name === name));

/** Columns that are not there, values that cannot be read; undefined if every condition can be asked. */
export function whereProblem(session: Session, columns: Columns, where: readonly Condition[]): Failure | undefined {
  for (const { column, values } of where) {
    const place = at(session, columns, column);
    if (place < 0) return isMysql(session) ? mysqlErrors.unknownColumn(column, "where clause") : postgresErrors.noColumn(column);
    const { type } = columns[place];
    for (const value of values) {
      if (value.kind === "column") return notSimulated("comparisons of columns");
      const result = evaluate(session, value);
      if (isFailure(result)) return result;
      // MySQL takes what can be read of it as a number, PostgreSQL nothing.
      if (!isMysql(session) && result.value !== null && (type === "int" || type === "decimal") && !/^\s*-?\d+(\.\d+)?\s*$/.test(result.value)) return postgresErrors.badValue(type === "int" ? "integer" : "numeric", result.value);
    }
  }
  return undefined;
}

export const matches = (session: Session, columns: Columns, row: readonly (string | null)[], where: readonly Condition[]): boolean =>
  where.every(({ column, operator, values }) => {
    const place = at(session, columns, column);
    const left = row[place];
    const { type } = columns[place];
    if (operator === "is null") return left === null;
    if (operator === "is not null") return left !== null;
    if (left === null) return false;
    const rights = values.flatMap((value) => {
      const result = evaluate(session, value);
      return isFailure(result) || result.value === null ? [] : [isMysql(session) ? result.value : written(type, result.value)];
    });
    if (operator === "in") return rights.some((right) => compare(session, type, left, right) === 0);
    if (!rights.length) return false;
    const [right] = rights;
    if (operator === "like") return isLike(right, left, isMysql(session) && type !== "name");
    const order = compare(session, type, left, right);
    return { "=": order === 0, "<>": order !== 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0 }[operator];
  });

/** A value as the column's own are written. */
const written = (type: string, value: string): string => (type === "bool" && /^(t|true|yes|on|1)$/i.test(value) ? "t" : type === "bool" && /^(f|false|no|off|0)$/i.test(value) ? "f" : value);

/** Below, at or above 0. MySQL's texts are compared without regard to case, but for those of its own tables (`name`). */
export function compare(session: Session, type: string, a: string, b: string): number {
  if (type === "int" || type === "decimal" || (type === "bool" && isMysql(session))) return (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0);
  const [left, right] = isMysql(session) && type === "text" ? [a.toLowerCase(), b.toLowerCase()] : [a, b];
  return left < right ? -1 : left > right ? 1 : 0;
}
