import type { Service } from "../types";

export const kms: Service = { name: "kms", operations: [], deniedCode: "AccessDeniedException" };
