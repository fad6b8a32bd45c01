import { ACCOUNT, OTHER_ACCOUNT, fails, ok, refused, returns } from "@/lib/lessons/proof";
import type { Claim, ProofHand } from "@/lib/lessons/types";
import type { JsonObject } from "@/lib/engine/types";
import { policyOf } from "./firewall-manager-parts";
import { fmsApi, wafGuide } from "./sources";

const minute = 60_000;

const put = (more: JsonObject = {}) => ({ service: "fms", operation: "PutPolicy", input: policyOf(more) });
const recorder = (account: string) => ({ service: "estate", operation: "SetConfigRecorder", input: { Recording: true }, account });

/** Two accounts in an organization, the first its management account and Firewall Manager's administrator. */
async function organization(lab: ProofHand, recorded: readonly string[] = [ACCOUNT, OTHER_ACCOUNT]): Promise<void> {
  await lab.call("An organization", { service: "organizations", operation: "CreateOrganization" });
  const { Handshake } = await lab.call("Invite the other account", { service: "organizations", operation: "InviteAccountToOrganization", input: { Target: { Type: "ACCOUNT", Id: OTHER_ACCOUNT } } });
  await lab.call("It accepts", { service: "organizations", operation: "AcceptHandshake", input: { HandshakeId: Handshake.Id }, account: OTHER_ACCOUNT });
  await lab.call("Name the administrator", { service: "fms", operation: "AssociateAdminAccount", input: { AdminAccount: ACCOUNT } });
  for (const account of recorded) await lab.call(`AWS Config records in ${account}`, recorder(account));
}

const balancer = async (lab: ProofHand, account: string): Promise<string> =>
  (await lab.call(`A load balancer in ${account}`, { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" }, account })).Resource.Arn;

const statuses = (PolicyId: string) => ({ service: "fms", operation: "ListComplianceStatus", input: { PolicyId } });
const statusOf = (account: string, status: string | undefined) =>
  returns(`${account} is ${status ?? "not judged"}`, ({ PolicyComplianceStatusList }) => PolicyComplianceStatusList.some(({ MemberAccount, EvaluationResults }: any) => MemberAccount === account && EvaluationResults[0]?.ComplianceStatus === status));

export const firewallManagerClaims: Claim[] = [
  {
    id: "FMS-01", verdict: "holds",
    sentence: "It needs an organization with all features, an administrator account, and AWS Config in every account and Region.",
    source: wafGuide("AWS Firewall Manager prerequisites", "fms-prereq"),
    proof: async (lab) => {
      const admin = { service: "fms", operation: "AssociateAdminAccount", input: { AdminAccount: ACCOUNT } };
      await lab.call("An administrator without an organization", admin, fails("InvalidOperationException"));
      await lab.call("A policy without an administrator", put(), refused);
      await organization(lab, [ACCOUNT]);
      await balancer(lab, ACCOUNT);
      await balancer(lab, OTHER_ACCOUNT);
      const { Policy } = await lab.call("A policy", put(), ok());
      await lab.wait("Two minutes", 2 * minute);
      await lab.call("Where AWS Config records, it judges", statuses(Policy.PolicyId), statusOf(ACCOUNT, "NON_COMPLIANT"));
      await lab.call("Where not, it cannot", statuses(Policy.PolicyId), statusOf(OTHER_ACCOUNT, undefined), returns("and says why", ({ PolicyComplianceStatusList }) => PolicyComplianceStatusList.some(({ IssueInfoMap }: any) => "AWSCONFIG" in IssueInfoMap)));
    },
  },
  {
    id: "FMS-02", verdict: "holds",
    sentence: "A policy is for accounts, units, tags and kinds of resources; what is new is covered by itself, and repaired where the policy says so.",
    source: wafGuide("AWS Firewall Manager policy scope", "policy-scope"),
    proof: async (lab) => {
      await organization(lab);
      const first = await balancer(lab, OTHER_ACCOUNT);
      const { Policy } = await lab.call("A policy for the other account, with remediation", put({ RemediationEnabled: true, IncludeMap: { ACCOUNT: [OTHER_ACCOUNT] } }));
      await lab.wait("Two minutes", 2 * minute);
      const aclOf = (ResourceArn: string, account: string) => ({ service: "wafv2", operation: "GetWebACLForResource", input: { ResourceArn }, account });
      const managed = returns("the policy's web ACL is there", ({ WebACL }) => WebACL.Name.startsWith("FMManagedWebACLV2-core-rules-"));
      await lab.call("Its load balancer", aclOf(first, OTHER_ACCOUNT), managed);
      await lab.call("All is well", statuses(Policy.PolicyId), statusOf(OTHER_ACCOUNT, "COMPLIANT"));
      const second = await balancer(lab, OTHER_ACCOUNT);
      const outside = await balancer(lab, ACCOUNT);
      await lab.wait("Eleven minutes", 11 * minute);
      await lab.call("A load balancer that came later", aclOf(second, OTHER_ACCOUNT), managed);
      await lab.call("One outside the scope", aclOf(outside, ACCOUNT), returns("it has none", ({ WebACL }) => WebACL === undefined));
    },
  },
  {
    id: "FMS-03", verdict: "holds",
    sentence: "A policy for AWS WAF is about load balancers, API stages or distributions.",
    source: fmsApi("Policy"),
    proof: async (lab) => {
      await organization(lab);
      for (const ResourceType of ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::Stage", "AWS::CloudFront::Distribution"]) await lab.call(`For ${ResourceType}`, put({ ResourceType, PolicyName: ResourceType.split("::")[1] }), ok());
      await lab.call("For Elastic IP addresses", put({ ResourceType: "AWS::EC2::EIP" }), fails("InvalidInputException"));
    },
  },
  {
    id: "FMS-04", verdict: "holds",
    sentence: "A policy for Shield Advanced is about Application and Classic Load Balancers, Elastic IP addresses or distributions.",
    source: fmsApi("Policy"),
    proof: async (lab) => {
      await organization(lab);
      const shield = (ResourceType: string) => put({ ResourceType, PolicyName: ResourceType.replaceAll("::", "-"), SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } });
      for (const type of ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer", "AWS::EC2::EIP", "AWS::CloudFront::Distribution"]) await lab.call(`For ${type}`, shield(type), ok());
      await lab.call("For hosted zones", shield("AWS::Route53::HostedZone"), fails("InvalidInputException"));
    },
  },
  {
    id: "FMS-05", verdict: "changed",
    sentence: "Policies are for AWS WAF, Shield Advanced, security groups (common, content audit, usage audit), network ACLs, Network Firewall, DNS Firewall and firewalls of others.",
    source: fmsApi("SecurityServicePolicyData"),
    proof: async (lab) => {
      await organization(lab);
      const rules = (Cidr: string) => [{ Direction: "INGRESS", Protocol: "tcp", FromPort: 443, ToPort: 443, Cidr }];
      const group = async (Name: string, Cidr: string): Promise<string> => (await lab.call(`The security group ${Name}`, { service: "estate", operation: "AddResource", input: { ResourceType: "SECURITY_GROUP", Name, VpcId: "vpc-1", Rules: rules(Cidr) } })).Resource.Id;
      const primary = await group("primary", "10.0.0.0/8");
      const { Resource } = await lab.call("An instance without it", { service: "estate", operation: "AddResource", input: { ResourceType: "INSTANCE", Name: "web", VpcId: "vpc-1", SecurityGroups: [] } });
      const common = JSON.stringify({ type: "SECURITY_GROUPS_COMMON", securityGroups: [{ id: primary }], revertManualSecurityGroupChanges: false, exclusiveResourceSecurityGroupManagement: false });
      const { Policy } = await lab.call("Every instance has the group", put({ ResourceType: "AWS::EC2::Instance", SecurityServicePolicyData: { Type: "SECURITY_GROUPS_COMMON", ManagedServiceData: common } }), ok());
      await lab.wait("Two minutes", 2 * minute);
      await lab.call("Who has it not?", { service: "fms", operation: "GetComplianceDetail", input: { PolicyId: Policy.PolicyId, MemberAccount: ACCOUNT } }, returns("the instance", ({ PolicyComplianceDetail }) => PolicyComplianceDetail.Violators.some(({ ResourceId }: any) => Resource.Arn.endsWith(ResourceId) || ResourceId === Resource.Arn)));
    },
  },
  { id: "FMS-06", verdict: "holds", sentence: "A policy costs $100 a month in each Region, and AWS Config and what it makes beside; with Shield Advanced the policy itself is free.", source: { text: "AWS Firewall Manager pricing (as quoted by others; the page itself was not read)", date: "2026", url: "https://aws.amazon.com/firewall-manager/pricing/" } },
];
