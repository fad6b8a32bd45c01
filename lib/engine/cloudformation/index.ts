import type { Operation, Service } from "../types";

const operations: Operation[] = [];

/** CloudFormation. */
export const cloudFormation: Service = { name: "cloudformation", deniedCode: "AccessDenied", operations };
