import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** EventBridge. */
export const events: Service = { name: "events", deniedCode: "AccessDeniedException", operations };
