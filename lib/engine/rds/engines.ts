import type { Failure } from "../errors";
import { rdsErrors } from "./errors";
import type { DbEngine } from "./state";

/**
 * Engines, versions and instance classes of the lab: a selection of AWS's, as of November 2026. What is left out is refused as
 * not simulated, not as unknown.
 * Sources: Amazon RDS User Guide, "MySQL on Amazon RDS versions", "PostgreSQL versions", "DB instance classes"; Aurora User Guide,
 * "Supported DB engines for DB instance classes"; DocumentDB Developer Guide, "Managing instance classes".
 */
interface EngineKind {
  title: string;
  /** Oldest first. */
  versions: string[];
  usual: string;
  license: string;
  clustered: boolean;
  classes: string[];
  /** The family of parameter groups of a version. */
  family(version: string): string;
  /** Most characters of a master password, of the user's name, and of a database's. */
  password: number;
  username: number;
  database: number;
  reserved: string[];
}

const burstable = ["db.t3.micro", "db.t3.small", "db.t3.medium", "db.t4g.micro", "db.t4g.small", "db.t4g.medium"];
const large = ["db.m6g.large", "db.r6g.large"];
const auroraClasses = ["db.t3.medium", "db.t4g.medium", "db.t4g.large", "db.r6g.large"];
const major = (version: string): string => version.split(".")[0];
const majorMinor = (version: string): string => version.split(".").slice(0, 2).join(".");
const mysqlReserved = ["rdsadmin", "root", "mysql", "select", "insert", "update", "delete", "create", "drop", "grant", "user", "table"];
const postgresReserved = ["rdsadmin", "rds_superuser", "admin", "user", "table", "select", "public", "replication", "grant", "create"];

export const engineKinds: Readonly<Record<DbEngine, EngineKind>> = {
  mysql: { title: "MySQL Community Edition", versions: ["8.0.42", "8.0.43", "8.4.5", "8.4.6", "8.4.7"], usual: "8.4.7", license: "general-public-license", clustered: false, classes: [...burstable, ...large], family: (version) => `mysql${majorMinor(version)}`, password: 41, username: 16, database: 64, reserved: mysqlReserved },
  mariadb: { title: "MariaDB Community Edition", versions: ["10.6.23", "10.11.14", "11.4.8"], usual: "11.4.8", license: "general-public-license", clustered: false, classes: [...burstable, ...large], family: (version) => `mariadb${majorMinor(version)}`, password: 41, username: 16, database: 64, reserved: mysqlReserved },
  postgres: { title: "PostgreSQL", versions: ["14.19", "15.14", "16.10", "17.5", "17.6"], usual: "17.6", license: "postgresql-license", clustered: false, classes: [...burstable, ...large], family: (version) => `postgres${major(version)}`, password: 128, username: 16, database: 63, reserved: postgresReserved },
  "aurora-mysql": { title: "Aurora MySQL", versions: ["8.0.mysql_aurora.3.08.2", "8.0.mysql_aurora.3.10.1"], usual: "8.0.mysql_aurora.3.10.1", license: "general-public-license", clustered: true, classes: auroraClasses, family: () => "aurora-mysql8.0", password: 41, username: 16, database: 64, reserved: mysqlReserved },
  "aurora-postgresql": { title: "Aurora PostgreSQL", versions: ["15.13", "16.9", "17.5"], usual: "17.5", license: "postgresql-license", clustered: true, classes: auroraClasses, family: (version) => `aurora-postgresql${major(version)}`, password: 41, username: 16, database: 63, reserved: postgresReserved },
  docdb: { title: "Amazon DocumentDB (with MongoDB compatibility)", versions: ["4.0.0", "5.0.0"], usual: "5.0.0", license: "na", clustered: true, classes: ["db.t3.medium", "db.t4g.medium"], family: (version) => `docdb${majorMinor(version)}`, password: 100, username: 16, database: 64, reserved: ["rdsadmin", "admin", "root", "docdb", "serviceadmin", "user"] },
};

/** GiB of memory. Source: Amazon RDS User Guide, "Hardware specifications for DB instance classes". */
export const memoryOf: Readonly<Record<string, number>> = {
  "db.t3.micro": 1, "db.t3.small": 2, "db.t3.medium": 4, "db.t4g.micro": 1, "db.t4g.small": 2, "db.t4g.medium": 4, "db.t4g.large": 8, "db.m6g.large": 8, "db.r6g.large": 16,
};

/** How many connections a server keeps. Sources: Amazon RDS User Guide, "Maximum number of database connections"; DocumentDB Developer Guide, "Instance limits". */
export function connectionsOf(engine: DbEngine, dbClass: string): number {
  const bytes = (memoryOf[dbClass] ?? 1) * 1024 ** 3;
  if (engine === "docdb") return bytes >= 8 * 1024 ** 3 ? 1_500 : 500;
  return Math.min(5_000, Math.floor(bytes / (engine.includes("postgres") ? 9_531_392 : 12_582_880)));
}

export const isEngine = (name: string): name is DbEngine => Object.hasOwn(engineKinds, name);

const elsewhere = /^(oracle-|sqlserver-|custom-|db2-|neptune$|aurora$)/;

/** Errors: an engine that RDS does not have (InvalidParameterValue), or that the lab does not (NotSimulated). */
export function engineOf(name: string): DbEngine | Failure {
  if (isEngine(name)) return name;
  return elsewhere.test(name) ? rdsErrors.notSimulated(`the engine ${name}`) : rdsErrors.value("Invalid DB engine");
}

/** A version as it was asked for: whole, or its beginning (`8.4`), of which the newest counts. */
export function versionOf(engine: DbEngine, asked: string | undefined): string | Failure {
  const { versions, usual } = engineKinds[engine];
  if (asked === undefined) return usual;
  const found = versions.includes(asked) ? asked : asked === major(usual) || asked === majorMinor(usual) ? usual : versions.findLast((version) => version.startsWith(`${asked}.`));
  return found ?? rdsErrors.combination(`Cannot find version ${asked} for ${engine}`);
}

/** Errors: what is no class, what the lab does not have, what the engine does not run on. */
export function classProblem(engine: DbEngine, version: string, dbClass: string): Failure | undefined {
  const { classes, license } = engineKinds[engine];
  if (classes.includes(dbClass)) return undefined;
  if (!/^db\.([a-z0-9-]+\.[a-z0-9.]+|serverless)$/.test(dbClass)) return rdsErrors.value(`Invalid DB Instance class: ${dbClass}`);
  if (!Object.hasOwn(memoryOf, dbClass) && !/^db\.(t1|t2|m1|m2|m3|m4|r3|r4)\./.test(dbClass)) return rdsErrors.notSimulated(`the instance class ${dbClass}`);
  return rdsErrors.combination(`RDS does not support creating a DB instance with the following combination: DBInstanceClass=${dbClass}, Engine=${engine}, EngineVersion=${version}, LicenseModel=${license}. For supported combinations of instance class and database engine version, see the documentation.`);
}
