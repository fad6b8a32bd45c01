/**
 * What Shield Advanced says about the cost of an attack, for consoles and lessons to show. It is a promise of credits, so nothing is
 * taken off a bill here.
 * Sources: AWS WAF Developer Guide, "Requesting a credit in AWS Shield Advanced after an attack", "Deciding whether to subscribe to AWS
 * Shield Advanced and apply additional protections".
 */
export const costProtection = {
  how: "You ask AWS for service credits after the attack; nothing is waived by itself.",
  when: "Ask by the 15th day after the end of the billing month in which the attack was.",
  before: "The resource must have had a protection before the attack, and a web ACL with a rate-based rule where it is a CloudFront distribution or an Application Load Balancer.",
  covers: ["CloudFront", "Route 53", "Global Accelerator", "Elastic Load Balancing", "EC2 instances with a protected Elastic IP address"],
  included: "The subscription covers AWS WAF's web ACLs, rules and requests of protected resources, up to 1,500 WCU and the default body size, and the fee of Firewall Manager's policies. Data transfer out is paid for by the gigabyte besides.",
  from: "https://docs.aws.amazon.com/waf/latest/developerguide/request-refund.html",
} as const;
