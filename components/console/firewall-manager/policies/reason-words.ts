import type { Violator } from "../fm-types";
import type { PolicyType } from "../fm-types";
import { nameOfArn } from "../../waf/place-of";

/**
 * What there is to do about a violation, by the reason that the evaluation gave and whether the policy acts by itself.
 * Source: AWS Firewall Manager API Reference, ViolationReason.
 */
export function remedyOf({ ViolationReason, Metadata = {} }: Violator, remediates: boolean, type: PolicyType): string {
  switch (ViolationReason) {
    case "RESOURCE_INCORRECT_WEB_ACL":
      return "The account’s own web ACL stays: let the policy replace or retrofit such web ACLs, or associate the policy’s.";
    case "WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE":
      return Metadata.others ? "Take the web ACL off what is out of scope, or bring that into the policy’s scope." : "Give the resource a web ACL of its own, or make room in this one.";
    case "RESOURCE_MISSING_SHIELD_PROTECTION":
      return remediates ? "Protected as soon as the account, or the administrator’s own, is subscribed to Shield Advanced." : "Turn on automatic remediation, with a Shield Advanced subscription in the account or the administrator’s.";
    default:
      return remediates ? "The policy mends this at its next evaluation; what keeps it from that stands under issues." : type === "SECURITY_GROUPS_CONTENT_AUDIT" ? "Change the security group’s rules, or turn on automatic remediation." : "Turn on automatic remediation, or do it in the account.";
  }
}

/** What the evaluation noted beside the reason. */
export function notesOf({ Metadata = {} }: Violator): string[] {
  const { webAcl, sameAs, primary, why, others } = Metadata;
  return [...(why ? [why] : []), ...(webAcl ? [`Web ACL: ${nameOfArn(webAcl)}`] : []), ...(others ? [`Also protects: ${others}`] : []), ...(sameAs ? [`Same rules as ${sameAs}`] : []), ...(primary ? [`Copy of ${primary}`] : [])];
}
