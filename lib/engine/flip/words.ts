import { parseArn } from "../arn";
import type { Caller, Decision, Principal } from "../types";

/** Names of people and things, short enough for a sentence. */

/** `user app`, `role app`, `the root user of 111122223333`. */
export function who(principal: Principal): string {
  switch (principal.type) {
    case "User":
      return `user ${principal.name}`;
    case "AssumedRole":
      return `role ${principal.name}`;
    case "FederatedUser":
      return `federated user ${principal.arn.split("/").at(-1)}`;
    case "Service":
      return principal.service ?? principal.arn;
    case "Root":
      return `the root user of ${principal.account}`;
  }
}

/** With the account where it is another one than that of what is asked about: `user bo of 444455556666`. */
export const whoFrom = (principal: Principal, decision: Decision): string =>
  decision.crossAccount && principal.type !== "Root" ? `${who(principal)} of ${principal.account}` : who(principal);

/** `the key …1a2b`, `the parameter /a/b`, `the secret a/b`, `the web ACL shop`, `role app`; `anything` for `*`. */
export function thing(resource: string): string {
  if (resource === "*") return "anything";
  const parsed = parseArn(resource);
  if (!parsed) return resource;
  if (parsed.service === "secretsmanager") return `the secret ${nameInArn(parsed.resource)}`;
  const [type, ...rest] = parsed.resource.split("/");
  if (parsed.service === "wafv2" && rest[1]) return rest[1] === "*" ? `every ${wafKinds[rest[0]] ?? rest[0]}` : `the ${wafKinds[rest[0]] ?? rest[0]} ${rest[1]}`;
  if (parsed.service === "elasticloadbalancing" && rest[0] === "app") return `the load balancer ${rest[1]}`;
  if (parsed.service === "s3") return "an object in S3";
  if (!rest.length) return parsed.resource;
  if (type === "key") return `the key …${rest[0].slice(-4)}`;
  if (type === "parameter") return `the parameter ${rest.length > 1 || rest[0] === "" ? "/" : ""}${rest.join("/")}`;
  return `${type} ${rest.join("/")}`;
}

const wafKinds: Record<string, string | undefined> = { webacl: "web ACL", rulegroup: "rule group", ipset: "IP set", regexpatternset: "regex pattern set", managedruleset: "managed rule group" };

/** The name of a secret by the last part of its ARN, `secret:a/b-AbCdEf`. */
export const nameInArn = (resource: string): string => resource.replace(/^secret:/, "").replace(/-[A-Za-z0-9?]{6}$/, "");

/** Who makes an edit: `admin of 111122223333`. */
export const editorName = (caller: Caller): string =>
  "root" in caller
    ? `root of ${caller.account}`
    : "user" in caller
      ? `${caller.user} of ${caller.account}`
      : "role" in caller
        ? `role ${caller.role} of ${caller.account}`
        : caller.accessKeyId;

/** The name under which policies speak of a principal: a role rather than one session of it. */
export const policyName = (principal: Principal): string => principal.roleArn ?? principal.arn;

export const list = (words: readonly string[], and = "and"): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** `kms:Decrypt` as a name may have it: `KmsDecrypt`. */
export const bareAction = (action: string): string =>
  action
    .split(":")
    .map(upperFirst)
    .join("")
    .replace(/[^0-9A-Za-z]/g, "");
