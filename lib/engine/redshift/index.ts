import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** Redshift. */
export const redshift: Service = { name: "redshift", deniedCode: "AccessDenied", operations };
