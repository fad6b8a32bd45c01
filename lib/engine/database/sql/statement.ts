/** Statements as they were understood. Names are in the server's own case: PostgreSQL folds what is not quoted. */

export interface Name {
  schema?: string;
  name: string;
}

/** An account as it was named: MySQL's has an address, `current` is CURRENT_USER. */
export type Who = { current: true } | { current?: undefined; name: string; from?: string };

export type Expression =
  | { kind: "value"; value: string | null; type: "text" | "int" | "decimal" | "bool" }
  | { kind: "column"; name: string; of?: string }
  | { kind: "call"; name: string; args: Expression[] }
  | { kind: "all" }
  /** DEFAULT, in place of a value. */
  | { kind: "default" };

export interface ColumnDefinition {
  name: string;
  type: string;
  length?: number;
  /** Digits behind the point. */
  scale?: number;
  notNull?: true;
  /** `own`: said at the column itself. */
  primary?: true | "own";
  serial?: true;
  default?: Expression;
}

export interface Condition {
  column: string;
  operator: "=" | "<>" | "<" | ">" | "<=" | ">=" | "like" | "in" | "is null" | "is not null";
  values: Expression[];
}

export interface SelectStatement {
  kind: "select";
  items: { expression: Expression; as?: string }[];
  from?: Name;
  where: Condition[];
  order: { column: string; descending: boolean }[];
  limit?: number;
  offset?: number;
}

/** What CREATE and ALTER say of a user. */
export interface UserOptions {
  /** null: no password any more. */
  password?: string | null;
  /** Given as a hash that the server keeps as it is. */
  hashed?: boolean;
  login?: boolean;
  superuser?: boolean;
  createRole?: boolean;
  createDb?: boolean;
  validUntil?: string | null;
  inRole?: string[];
  plugin?: "caching_sha2_password" | "mysql_native_password";
  /** MySQL: `now`, a number of days, or never. */
  expire?: "now" | "never" | number;
}

export type Statement =
  | SelectStatement
  | { kind: "insert"; table: Name; columns?: string[]; rows: Expression[][] }
  | { kind: "update"; table: Name; set: { column: string; value: Expression }[]; where: Condition[] }
  | { kind: "delete"; table: Name; where: Condition[] }
  | { kind: "create-table"; table: Name; ifNotExists: boolean; columns: ColumnDefinition[] }
  | { kind: "drop-table"; tables: Name[]; ifExists: boolean }
  | { kind: "create-database"; name: string; ifNotExists: boolean }
  | { kind: "create-user"; word: "USER" | "ROLE" | "GROUP"; users: { who: Who; options: UserOptions }[]; ifNotExists: boolean }
  | { kind: "alter-user"; word: "USER" | "ROLE"; users: { who: Who; options: UserOptions }[]; ifExists: boolean }
  | { kind: "alter-group"; group: string; add: boolean; members: string[] }
  | { kind: "drop-user"; word: "USER" | "ROLE" | "GROUP"; users: Who[]; ifExists: boolean }
  | { kind: "rename-user"; pairs: [Who, Who][] }
  | { kind: "set-password"; who: Who; password: string }
  /** `on` absent: membership of roles. */
  | { kind: "grant" | "revoke"; privileges: string[]; on?: GrantObject; who: Who[]; withOption: boolean }
  | { kind: "show-grants"; who: Who }
  | { kind: "show"; what: "databases" | "tables" | "parameter"; like?: string }
  | { kind: "describe"; table: Name }
  | { kind: "use"; database: string }
  | { kind: "begin"; tag: "BEGIN" | "START TRANSACTION" }
  | { kind: "commit" | "rollback" }
  | { kind: "set"; name: string; value: string }
  | { kind: "nothing"; status: string };

export interface GrantObject {
  kind: "table" | "all-tables" | "schema" | "database" | "everything";
  /** Tables, or the schema or database; MySQL: database. */
  names: Name[];
}
