import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** Secrets Manager. */
export const secretsManager: Service = { name: "secretsmanager", deniedCode: "AccessDeniedException", operations };
