import type { Service } from "../types";
import { accountOperations } from "./operations/account";
import { boundaryOperations, tagOperations } from "./operations/boundaries-and-tags";
import { accessKeyOperations, loginProfileOperations } from "./operations/credentials";
import { entityPolicyOperations } from "./operations/entity-policies";
import { groupOperations } from "./operations/groups";
import { policyOperations } from "./operations/policies";
import { roleOperations } from "./operations/roles";
import { simulationOperations } from "./operations/simulate";
import { userOperations } from "./operations/users";

/** Identity and Access Management: one set of records per account, for all Regions. */
export const iam: Service = {
  name: "iam",
  global: true,
  deniedCode: "AccessDenied",
  operations: [
    ...userOperations,
    ...groupOperations,
    ...roleOperations,
    ...policyOperations,
    ...entityPolicyOperations,
    ...boundaryOperations,
    ...tagOperations,
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...accountOperations,
    ...simulationOperations,
  ],
};
