import type { Price, PriceSource } from "./pricing";

/**
 * What databases cost while they are there: classes by the hour, storage by the month; on demand, a few classes, us-east-1.
 * Apart from `pricing.ts`, since every page needs that and only bills need this.
 * Source: aws.amazon.com/rds/pricing, aws.amazon.com/rds/aurora/pricing, aws.amazon.com/documentdb/pricing, aws.amazon.com/redshift/pricing.
 */

const rds: PriceSource = { text: "Amazon RDS pricing", url: "https://aws.amazon.com/rds/pricing/", asOf: "November 2026" };
const aurora: PriceSource = { text: "Amazon Aurora pricing", url: "https://aws.amazon.com/rds/aurora/pricing/", asOf: "November 2026" };
const documentDb: PriceSource = { text: "Amazon DocumentDB pricing", url: "https://aws.amazon.com/documentdb/pricing/", asOf: "November 2026" };
const redshift: PriceSource = { text: "Amazon Redshift pricing", url: "https://aws.amazon.com/redshift/pricing/", asOf: "November 2026" };

const kept = (service: Price["service"], what: string, usd: number, unit: "month" | "hour", source: PriceSource, counted?: string): Price => ({ service, what, usd, per: 1, unit, source, ...(counted ? { counted } : {}) });
const perHour = (service: Price["service"], source: PriceSource, engine: string, title: string, classes: Record<string, number>): Record<string, Price> =>
  Object.fromEntries(Object.entries(classes).map(([name, usd]) => [`${service === "Redshift" ? "redshift:node" : `rds:instance:${engine}`}:${name}`, kept(service, `${title} ${name}`, usd, "hour", source)]));
const database = "Relational Database Service";
const smallClasses = { "db.t4g.micro": 0.016, "db.t4g.small": 0.032, "db.t4g.medium": 0.065 };
const mysqlClasses = { "db.t3.micro": 0.017, "db.t3.small": 0.034, "db.t3.medium": 0.068, ...smallClasses, "db.m6g.large": 0.152, "db.r6g.large": 0.215 };

/** By price item. */
export const databasePrices: Readonly<Record<string, Price>> = {
  ...perHour(database, rds, "mysql", "MySQL", mysqlClasses),
  ...perHour(database, rds, "mariadb", "MariaDB", mysqlClasses),
  ...perHour(database, rds, "postgres", "PostgreSQL", { "db.t3.micro": 0.018, "db.t3.small": 0.036, "db.t3.medium": 0.072, ...smallClasses, "db.m6g.large": 0.159, "db.r6g.large": 0.225 }),
  ...perHour(database, aurora, "aurora", "Aurora", { "db.t3.medium": 0.082, "db.t4g.medium": 0.073, "db.t4g.large": 0.146, "db.r6g.large": 0.26 }),
  ...perHour("DocumentDB", documentDb, "docdb", "DocumentDB", { "db.t3.medium": 0.078, "db.t4g.medium": 0.07566 }),
  ...perHour("Redshift", redshift, "redshift", "Redshift", { "dc2.large": 0.25, "ra3.large": 0.543, "ra3.xlplus": 1.086 }),
  "rds:storage:gp2": kept(database, "RDS storage, gp2", 0.115, "month", rds, "GB"),
  "rds:storage:gp3": kept(database, "RDS storage, gp3", 0.115, "month", rds, "GB"),
  "rds:storage:io1": kept(database, "RDS storage, io1", 0.125, "month", rds, "GB"),
  "rds:storage:io2": kept(database, "RDS storage, io2", 0.125, "month", rds, "GB"),
  "rds:storage:standard": kept(database, "RDS storage, magnetic", 0.1, "month", rds, "GB"),
};
