import type { Service } from "../types";

export const sts: Service = { name: "sts", global: true, operations: [], deniedCode: "AccessDenied" };
