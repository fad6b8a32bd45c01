import type { DatabaseEngine } from "./list";

/** What both languages' templates say of an engine. */
export const engineWords: Readonly<Record<DatabaseEngine, { title: string; port: number; database: string | null; query: string }>> = {
  mysql: { title: "MySQL", port: 3306, database: null, query: "SELECT NOW()" },
  mariadb: { title: "MariaDB", port: 3306, database: null, query: "SELECT NOW()" },
  postgres: { title: "PostgreSQL", port: 5432, database: "postgres", query: "SELECT NOW()" },
  redshift: { title: "Amazon Redshift", port: 5439, database: "dev", query: "SELECT CURRENT_USER" },
  mongo: { title: "Amazon DocumentDB", port: 27017, database: null, query: '{"ping": 1}' },
};

/** How a secret's value must look. */
export function secretForm(engine: DatabaseEngine, alternating: boolean): string[] {
  const { port, database } = engineWords[engine];
  return [
    `"engine": "${engine}"`,
    '"host": the server\'s host name',
    '"username", "password": who logs in',
    ...(engine === "mongo" ? [] : [`"dbname": optional, the database${database === null ? "" : ` (${database})`}`]),
    `"port": optional (${port})`,
    ...(alternating ? ['"masterarn": the ARN of the secret of a user who may create users'] : []),
  ];
}
