import type { Caller, JsonObject } from "../../engine/types";
import type { KeyholeWorld } from "./keyhole";
import { Wrong, read } from "./keyhole-args";

/** What web ACLs protect, by the words of this command; and what Shield and Firewall Manager look at besides. */
const kinds: Record<"traffic" | "estate", Record<string, string>> = {
  traffic: {
    alb: "APPLICATION_LOAD_BALANCER", apigateway: "API_GATEWAY", appsync: "APPSYNC", cognito: "COGNITO_USER_POOL", apprunner: "APP_RUNNER_SERVICE", "verified-access": "VERIFIED_ACCESS_INSTANCE", amplify: "AMPLIFY", cloudfront: "CLOUDFRONT",
  },
  estate: {
    "elastic-ip": "ELASTIC_IP", clb: "CLASSIC_LOAD_BALANCER", accelerator: "GLOBAL_ACCELERATOR", "hosted-zone": "HOSTED_ZONE", instance: "INSTANCE", "network-interface": "NETWORK_INTERFACE", "security-group": "SECURITY_GROUP",
  },
};
type Home = keyof typeof kinds;
const homeOf = (kind: string): Home | undefined => (Object.hasOwn(kinds.traffic, kind) ? "traffic" : Object.hasOwn(kinds.estate, kind) ? "estate" : undefined);
const words: Record<string, string> = Object.fromEntries(Object.values(kinds).flatMap((types) => Object.entries(types).map(([word, type]) => [type, word])));
/** What is no one Region's is kept in this one. */
const global: Record<string, string> = { cloudfront: "us-east-1", accelerator: "us-east-1", "hosted-zone": "us-east-1" };

type Env = Readonly<Record<string, string>>;
type Ask = (service: Home, operation: string, input: JsonObject, region?: string) => Promise<JsonObject>;

/** The lab's facts are not AWS's: they are told by whoever sits at the terminal, of the account that the page is in or another. */
function asker(options: Record<string, string>, world: KeyholeWorld, env: Env): Ask {
  const here = options["--region"] ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || world.region());
  const account = options["--account"];
  if (account !== undefined && !/^\d{12}$/.test(account)) throw new Wrong("--account wants an account's twelve digits");
  const caller: { caller?: Caller } = account === undefined ? {} : { caller: { account, root: true } };
  return async (service, operation, input, region = here) => {
    const reply = await world.call({ service, operation, input, region, ...caller });
    if (!reply.ok) throw new Wrong(reply.error.message ?? reply.error.code);
    return reply.output;
  };
}

/**
 * `keyhole resource`: what web ACLs and Shield protect and Firewall Manager looks at, since the services that these are of are not
 * in the lab. A distribution gets its web ACL here (as by CloudFront's UpdateDistribution), everything else by `aws wafv2 associate-web-acl`.
 */
export async function resource(args: string[], world: KeyholeWorld, env: Env): Promise<string> {
  const { words: [what, ...rest], options } = read(args, ["--region", "--web-acl", "--account"]);
  const ask = asker(options, world, env);
  switch (what) {
    case "list": {
      const lines = (await everything(ask)).map(({ Arn, ResourceType, WebACLArn }) => {
        const kind = words[String(ResourceType)] ?? String(ResourceType);
        return `${kind.padEnd(17)}${String(Arn)}${WebACLArn === undefined ? "" : `\n${" ".repeat(17)}web ACL ${String(WebACLArn).split("/").at(-2)}`}`;
      });
      return `${lines.length ? lines.join("\n") : "No resource is there. keyhole resource add makes one."}\n`;
    }
    case "add":
      return `${await add(rest, options, ask)}\n`;
    case "update": {
      const [arn] = rest;
      const webAcl = options["--web-acl"];
      if (!arn || webAcl === undefined) throw new Wrong("keyhole resource update wants a distribution's ARN, and --web-acl with a web ACL's ARN or nothing in quotes");
      await ask("traffic", "UpdateDistribution", { ResourceArn: arn, WebACLId: webAcl }, "us-east-1");
      return `${arn} ${webAcl === "" ? "has no web ACL" : `has the web ACL ${webAcl.split("/").at(-2) ?? webAcl}`}.\n`;
    }
    case "remove": {
      const [arn] = rest;
      if (!arn) throw new Wrong("keyhole resource remove wants the resource's ARN");
      const { Resources } = await ask("estate", "ListResources", {});
      if ((Resources as JsonObject[]).some(({ Arn }) => Arn === arn)) await ask("estate", "RemoveResource", { Arn: arn });
      else await ask("traffic", "RemoveResource", { ResourceArn: arn });
      return `${arn} is gone.\n`;
    }
    default:
      throw new Wrong(`there is no keyhole resource ${what ?? ""}`.trimEnd());
  }
}

/** Of this Region, and what is of none. */
async function everything(ask: Ask): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (const home of Object.keys(kinds) as Home[])
    for (const region of [undefined, "us-east-1"]) {
      const { Resources } = await ask(home, "ListResources", {}, region);
      for (const one of Resources as JsonObject[]) if ((region === undefined || Object.hasOwn(global, words[String(one.ResourceType)])) && !found.some(({ Arn }) => Arn === one.Arn)) found.push(one);
    }
  return found;
}

/** Gives the ARN. */
async function add([kind = "", Name]: string[], options: Record<string, string>, ask: Ask): Promise<string> {
  const home = homeOf(kind);
  if (!Name || !home) throw new Wrong(`keyhole resource add wants a kind (${Object.values(kinds).flatMap((types) => Object.keys(types)).join(", ")}) and a name`);
  const webAcl = options["--web-acl"];
  if (webAcl !== undefined && kind !== "cloudfront") throw new Wrong("--web-acl is for distributions: aws wafv2 associate-web-acl does it for everything else");
  const { Resource } = await ask(home, "AddResource", { ResourceType: kinds[home][kind], Name }, global[kind]);
  const { Arn } = Resource as { Arn: string };
  if (webAcl !== undefined) await ask("traffic", "UpdateDistribution", { ResourceArn: Arn, WebACLId: webAcl }, global[kind]);
  return Arn;
}

/** `keyhole config on|off`: AWS Config's recorder in one account and Region, which Firewall Manager needs and the lab has no service for. */
export async function config(args: string[], world: KeyholeWorld, env: Env): Promise<string> {
  const { words: [what, ...rest], options } = read(args, ["--region", "--account"]);
  const ask = asker(options, world, env);
  if (rest.length || (what !== undefined && what !== "on" && what !== "off")) throw new Wrong("keyhole config wants on or off, or nothing to ask");
  if (what) await ask("estate", "SetConfigRecorder", { Recording: what === "on" });
  const { Recording } = await ask("estate", "GetConfigRecorder", {});
  return `AWS Config ${Recording ? "records" : "does not record"} here.\n`;
}
