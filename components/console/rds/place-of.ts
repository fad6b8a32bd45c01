import { pathTo } from "../frame/place";

interface Named {
  kind: "instance" | "cluster";
  id: string;
}

/** `databases/<instance|cluster>/<identifier>[/<tab>|/modify]` */
export const databasePath = ({ kind, id }: Named, ...rest: string[]): string => pathTo("databases", kind, id, ...rest);
/** The query editor, with a database chosen where one is given. */
export const queryPath = (of?: Named): string => (of ? pathTo("query-editor", of.kind, of.id) : "query-editor");
/** Of `arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1b2c-AbCdEf`, `rds!db-1b2c`. */
export const secretNameOf = (arn: string): string => (arn.split(":secret:")[1] ?? arn).replace(/-\w{6}$/, "");
export const secretAddress = (arn: string): string => `/console/secretsmanager/${pathTo("secrets", secretNameOf(arn))}`;
export const keyIdOf = (arn: string): string => arn.split("/").at(-1) ?? arn;
