import type { Service } from "../types";
import { ConnectNow, DeleteApplication, DescribeApplication, ListApplications, StopApplication } from "./operations/applications";
import { StartApplication } from "./operations/start-application";
import { jobs } from "./tick";

/**
 * Programs that the lab plays: they log in to a database again and again with what a secret says. No AWS API: it has no
 * endpoint, no IAM actions and no CloudTrail records of its own; what the programs call has them, as their role's calls.
 */
export const application: Service = {
  name: "application",
  deniedCode: "AccessDeniedException",
  operations: [ConnectNow, DeleteApplication, DescribeApplication, ListApplications, StartApplication, StopApplication],
  jobs,
};
