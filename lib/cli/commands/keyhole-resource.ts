import type { JsonObject } from "../../engine/types";
import type { KeyholeWorld } from "./keyhole";
import { Wrong, read } from "./keyhole-args";

const kinds: Record<string, string> = {
  alb: "APPLICATION_LOAD_BALANCER", apigateway: "API_GATEWAY", appsync: "APPSYNC", cognito: "COGNITO_USER_POOL", apprunner: "APP_RUNNER_SERVICE", "verified-access": "VERIFIED_ACCESS_INSTANCE", amplify: "AMPLIFY", cloudfront: "CLOUDFRONT",
};
const nameOf = (type: string): string => Object.keys(kinds).find((kind) => kinds[kind] === type) ?? type;

/**
 * `keyhole resource`: what web ACLs protect, since the services that these are of are not in the lab. A distribution gets its
 * web ACL here (as by CloudFront's UpdateDistribution), everything else by `aws wafv2 associate-web-acl`.
 */
export async function resource(args: string[], world: KeyholeWorld, env: Readonly<Record<string, string>>): Promise<string> {
  const { words, options } = read(args, ["--region", "--web-acl"]);
  const region = options["--region"] ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || world.region());
  const [what, ...rest] = words;
  const ask = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const reply = await world.call({ service: "traffic", operation, input, region });
    if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
    return reply.output;
  };
  switch (what) {
    case "list": {
      const { Resources } = await ask("ListResources", {});
      const lines = (Resources as JsonObject[]).map(({ Arn, ResourceType, WebACLArn }) => `${nameOf(String(ResourceType)).padEnd(16)} ${String(Arn)}${WebACLArn === undefined ? "" : `\n${" ".repeat(17)}web ACL ${String(WebACLArn).split("/").at(-2)}`}`);
      return `${lines.length ? lines.join("\n") : "No resource is there. keyhole resource add makes one."}\n`;
    }
    case "add": {
      const [kind, Name] = rest;
      if (!Name || !Object.hasOwn(kinds, kind)) throw new Wrong(`keyhole resource add wants a kind (${Object.keys(kinds).join(", ")}) and a name`);
      const webAcl = options["--web-acl"];
      if (webAcl !== undefined && kind !== "cloudfront") throw new Wrong("--web-acl is for distributions: aws wafv2 associate-web-acl does it for everything else");
      const { Resource } = await ask("AddResource", { ResourceType: kinds[kind], Name });
      const ResourceArn = (Resource as JsonObject).Arn as string;
      if (webAcl !== undefined) await ask("UpdateDistribution", { ResourceArn, WebACLId: webAcl });
      return `${ResourceArn}\n`;
    }
    case "remove":
      if (!rest[0]) throw new Wrong("keyhole resource remove wants the resource's ARN");
      await ask("RemoveResource", { ResourceArn: rest[0] });
      return `${rest[0]} is gone.\n`;
    default:
      throw new Wrong(`there is no keyhole resource ${what ?? ""}`.trimEnd());
  }
}
