import type { Operation, Service } from "../types";
import { DescribeAttack, DescribeAttackStatistics, ListAttacks } from "./operations/attacks";
import { DisableApplicationLayerAutomaticResponse, EnableApplicationLayerAutomaticResponse, UpdateApplicationLayerAutomaticResponse } from "./operations/automatic-response";
import { AssociateProactiveEngagementDetails, DescribeEmergencyContactSettings, DisableProactiveEngagement, EnableProactiveEngagement, UpdateEmergencyContactSettings, engage } from "./operations/engagement";
import { AssociateHealthCheck, DisassociateHealthCheck } from "./operations/health-checks";
import { CreateProtectionGroup, DeleteProtectionGroup, DescribeProtectionGroup, ListProtectionGroups, ListResourcesInProtectionGroup, UpdateProtectionGroup } from "./operations/protection-groups";
import { CreateProtection, DeleteProtection, DescribeProtection, ListProtections } from "./operations/protections";
import { AssociateDRTLogBucket, AssociateDRTRole, DescribeDRTAccess, DisassociateDRTLogBucket, DisassociateDRTRole } from "./operations/response-team";
import { CreateSubscription, DeleteSubscription, DescribeSubscription, GetSubscriptionState, UpdateSubscription, endOfYear } from "./operations/subscription";
import { ListTagsForResource, TagResource, UntagResource } from "./operations/tags";

const operations: Operation[] = [
  AssociateDRTLogBucket,
  AssociateDRTRole,
  AssociateHealthCheck,
  AssociateProactiveEngagementDetails,
  CreateProtection,
  CreateProtectionGroup,
  CreateSubscription,
  DeleteProtection,
  DeleteProtectionGroup,
  DeleteSubscription,
  DescribeAttack,
  DescribeAttackStatistics,
  DescribeDRTAccess,
  DescribeEmergencyContactSettings,
  DescribeProtection,
  DescribeProtectionGroup,
  DescribeSubscription,
  DisableApplicationLayerAutomaticResponse,
  DisableProactiveEngagement,
  DisassociateDRTLogBucket,
  DisassociateDRTRole,
  DisassociateHealthCheck,
  EnableApplicationLayerAutomaticResponse,
  EnableProactiveEngagement,
  GetSubscriptionState,
  ListAttacks,
  ListProtectionGroups,
  ListProtections,
  ListResourcesInProtectionGroup,
  ListTagsForResource,
  TagResource,
  UntagResource,
  UpdateApplicationLayerAutomaticResponse,
  UpdateEmergencyContactSettings,
  UpdateProtectionGroup,
  UpdateSubscription,
];

/** AWS Shield. Standard is on for everybody and has no calls; these are Advanced's. One endpoint serves all Regions. Calls are free: the subscription costs. */
export const shield: Service = {
  name: "shield",
  global: true,
  deniedCode: "AccessDeniedException",
  operations: operations.map((operation) => ({ cost: () => [], ...operation })),
  jobs: { "end-of-year": endOfYear, engage },
};
