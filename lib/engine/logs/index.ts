import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** CloudWatch Logs: groups, streams and their events. */
export const logs: Service = { name: "logs", deniedCode: "AccessDeniedException", operations };
