import type { Operation, Service } from "../types";
import { evaluate } from "./evaluate";
import { AssociateAdminAccount, DisassociateAdminAccount, GetAdminAccount, GetAdminScope, ListAdminAccountsForOrganization, ListAdminsManagingAccount, ListMemberAccounts, PutAdminAccount } from "./operations/admins";
import { DeleteNotificationChannel, GetNotificationChannel, PutNotificationChannel } from "./operations/channel";
import { GetComplianceDetail, GetViolationDetails, ListComplianceStatus } from "./operations/compliance";
import { listOperations } from "./operations/lists";
import { DeletePolicy, GetPolicy, ListPolicies, PutPolicy } from "./operations/policies";
import { ListTagsForResource, TagResource, UntagResource } from "./operations/tags";

const operations: Operation[] = [
  AssociateAdminAccount,
  DeleteNotificationChannel,
  DeletePolicy,
  DisassociateAdminAccount,
  GetAdminAccount,
  GetAdminScope,
  GetComplianceDetail,
  GetNotificationChannel,
  GetPolicy,
  GetViolationDetails,
  ListAdminAccountsForOrganization,
  ListAdminsManagingAccount,
  ListComplianceStatus,
  ListMemberAccounts,
  ListPolicies,
  ListTagsForResource,
  PutAdminAccount,
  PutNotificationChannel,
  PutPolicy,
  TagResource,
  UntagResource,
  ...listOperations,
];

/**
 * AWS Firewall Manager: policies of AWS WAF, Shield Advanced and security groups over all accounts of an organization. Resource sets,
 * third-party firewalls, and policies of Network Firewall, DNS Firewall, network ACLs and AWS WAF Classic are not simulated and say so by name.
 */
export const fms: Service = {
  name: "fms",
  deniedCode: "AccessDeniedException",
  operations: operations.map((operation) => ({ cost: () => [], ...operation })),
  jobs: { evaluate },
};
