import type { Service } from "../types";
import { changeSetOperations, computeChangeSet } from "./operations/change-sets";
import { driftOperations } from "./operations/drift";
import { readOperations } from "./operations/read";
import { stackOperations } from "./operations/stacks";
import { templateOperations } from "./operations/templates";
import { detectStack } from "./stack/drift";
import { stackStep } from "./stack/run";

/**
 * CloudFormation: stacks whose resources are made by the lab's other services, as the caller or the stack's role, one at a
 * time by the lab's clock. Nested stacks, stack sets, macros, hooks, imports and custom resources are not simulated and say so by name.
 */
export const cloudFormation: Service = {
  name: "cloudformation",
  deniedCode: "AccessDenied",
  operations: [...stackOperations, ...readOperations, ...templateOperations, ...changeSetOperations, ...driftOperations],
  jobs: { "stack-step": stackStep, "change-set": computeChangeSet, "drift-detection": detectStack },
};
