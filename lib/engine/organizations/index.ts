import type { Service } from "../types";
import { accountOperations } from "./operations/accounts";
import { handshakeOperations } from "./operations/handshakes";
import { organizationOperations } from "./operations/organization";
import { policyOperations } from "./operations/policies";
import { unitOperations } from "./operations/units";

/** AWS Organizations, the part that control policies need. */
export const organizations: Service = {
  name: "organizations",
  global: true,
  deniedCode: "AccessDeniedException",
  operations: [...organizationOperations, ...accountOperations, ...unitOperations, ...policyOperations, ...handshakeOperations],
};
