/**
 * The declared capacities (WCU) of the managed rule groups that the lab lists.
 * Source: AWS WAF Developer Guide, AWS Managed Rules rule groups list (each group's first line).
 */
export const managedCapacities: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesATPRuleSet: 50,
  AWSManagedRulesACFPRuleSet: 50,
  AWSManagedRulesAntiDDoSRuleSet: 50,
};

/** The declared capacity of a vendor's group, undefined for one that the lab does not list. */
export const managedCapacity = (vendor: string, name: string): number | undefined =>
  vendor === "AWS" && Object.hasOwn(managedCapacities, name) ? managedCapacities[name] : undefined;
