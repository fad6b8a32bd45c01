import type { Service } from "../../types";
import { RecordAttack, attackEnds } from "./attacks";
import { AddResource, GetConfigRecorder, ListResources, RemoveResource, SetConfigRecorder, TagResource, UpdateResource } from "./resources";

/**
 * Facts about the world that Shield and Firewall Manager look at: plain resources of services that the lab has not, AWS Config's
 * recorder, attacks. No AWS API: it has no endpoint, no IAM actions and no CloudTrail records of its own.
 */
export const estate: Service = {
  name: "estate",
  deniedCode: "AccessDeniedException",
  operations: [AddResource, GetConfigRecorder, ListResources, RecordAttack, RemoveResource, SetConfigRecorder, TagResource, UpdateResource],
  jobs: { "attack-ends": attackEnds },
};
