import type { Failure } from "../../errors";
import { isFailure, mysqlErrors, notSimulated, postgresErrors } from "../errors";
import { isMysql, type Session } from "../session";
import { evaluate } from "./evaluate";
import { like } from "./mysql-privileges";
import type { Condition } from "./statement";

/** Conditions, all of which a row must meet. */

type Columns = readonly { name: string; type: string }[];

const at = (session: Session, columns: Columns, name: string): number => columns.findIndex((column) => (isMysql(session) ? column.name.toLowerCase() === name.toLowerCase() : column.name === name));

/** Columns that are not there, values that cannot be read; undefined if every condition can be asked. */
export function whereProblem(session: Session, columns: Columns, where: readonly Condition[]): Failure | undefined {
  for (const { column, values } of where) {
    if (at(session, columns, column) < 0) return isMysql(session) ? mysqlErrors.unknownColumn(column, "where clause") : postgresErrors.noColumn(column);
    for (const value of values) {
      if (value.kind === "column") return notSimulated("comparisons of columns");
      const result = evaluate(session, value);
      if (isFailure(result)) return result;
    }
  }
  return undefined;
}

export const matches = (session: Session, columns: Columns, row: readonly (string | null)[], where: readonly Condition[]): boolean =>
  where.every(({ column, operator, values }) => {
    const place = at(session, columns, column);
    const left = row[place];
    if (operator === "is null") return left === null;
    if (operator === "is not null") return left !== null;
    if (left === null) return false;
    const rights = values.flatMap((value) => {
      const result = evaluate(session, value);
      return isFailure(result) || result.value === null ? [] : [result.value];
    });
    if (operator === "in") return rights.some((right) => compare(columns[place].type, left, right) === 0);
    if (!rights.length) return false;
    const [right] = rights;
    if (operator === "like") return (isMysql(session) ? like(right) : new RegExp(like(right).source)).test(left);
    const order = compare(columns[place].type, left, right);
    return { "=": order === 0, "<>": order !== 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0 }[operator];
  });

export function compare(type: string, a: string, b: string): number {
  if (type === "int" || type === "decimal") return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}
