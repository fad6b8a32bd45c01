import type { Service } from "../types";

export const ssm: Service = { name: "ssm", operations: [], deniedCode: "AccessDeniedException" };
