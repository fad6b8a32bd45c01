import type { Service } from "../types";

export const iam: Service = { name: "iam", global: true, deniedCode: "AccessDenied", operations: [] };
