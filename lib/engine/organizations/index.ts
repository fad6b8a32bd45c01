import type { Service } from "../types";

export const organizations: Service = { name: "organizations", global: true, deniedCode: "AccessDeniedException", operations: [] };
