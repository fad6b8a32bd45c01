import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** Lambda. */
export const lambda: Service = { name: "lambda", deniedCode: "AccessDeniedException", operations };
