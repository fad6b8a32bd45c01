import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** RDS, Aurora and DocumentDB, which share one API. */
export const rds: Service = { name: "rds", deniedCode: "AccessDenied", operations };
