import type { Service } from "../types";

export const organizations: Service = { name: "organizations", global: true, operations: [], deniedCode: "AccessDeniedException" };
