import { expect, test } from "vitest";
import { A, shieldLab } from "./shield.test-helper";

/** A protected balancer with a web ACL, and a flood of requests that begins now and takes ten minutes. */
async function world() {
  const w = shieldLab();
  const [balancer, acl] = [await w.resource.balancer(), await w.webAcl()];
  await w.must("wafv2", "AssociateWebACL", { WebACLArn: acl, ResourceArn: balancer });
  await w.must("shield", "CreateSubscription");
  await w.must("shield", "CreateProtection", { Name: "p", ResourceArn: balancer });
  const properties = (path: string) => [
    { AttackLayer: "APPLICATION", AttackPropertyIdentifier: "DESTINATION_URL", TopContributors: [{ Name: path, Value: 9 }], Unit: "REQUESTS", Total: 9 },
    { AttackLayer: "APPLICATION", AttackPropertyIdentifier: "SOURCE_USER_AGENT", TopContributors: [{ Name: "flood/1.0", Value: 9 }], Unit: "REQUESTS", Total: 9 },
  ];
  const flood = async (path = "/search", more: object = { DurationSeconds: 600 }): Promise<string> =>
    (await w.must("estate", "RecordAttack", { ResourceArn: balancer, StartTime: w.lab.now() / 1000, SubResources: [{ Type: "URL", Id: path, AttackVectors: [{ VectorType: "REQUEST_FLOOD" }] }], AttackProperties: properties(path), ...more } as never)).AttackId;
  const outcome = async (Uri: string, agent: string): Promise<string> => (await w.must("traffic", "Inspect", { ResourceArn: balancer, Requests: [{ Uri, ClientIp: "192.0.2.1", Headers: [{ Name: "User-Agent", Value: agent }] }] })).Outcomes[0].Action;
  /** Actions of the rules in Shield's group, as the account itself reads it. */
  const rules = async (): Promise<string[]> => {
    const { WebACL } = await w.must("wafv2", "GetWebACL", { ARN: acl });
    const { RuleGroup } = await w.must("wafv2", "GetRuleGroup", { ARN: WebACL.Rules.at(-1).Statement.RuleGroupReferenceStatement.ARN });
    return RuleGroup.Rules.map(({ Action }: { Action: object }) => Object.keys(Action)[0]);
  };
  const respond = (operation: "Enable" | "Update", action: "Count" | "Block") => w.must("shield", `${operation}ApplicationLayerAutomaticResponse`, { ResourceArn: balancer, Action: { [action]: {} } });
  return { ...w, balancer, acl, flood, outcome, rules, respond };
}

test("during a flood Shield's rules count or block its requests, and nobody else's; with its end they go", async () => {
  const { lab, flood, outcome, rules, respond } = await world();
  await respond("Enable", "Count");
  expect(await rules()).toEqual([]);
  const AttackId = await flood();
  expect(await rules()).toEqual(["Count"]);
  expect(await outcome("/search", "flood/1.0")).toBe("ALLOW");
  await respond("Update", "Block");
  expect(await rules()).toEqual(["Block"]);
  expect([await outcome("/search", "flood/1.0"), await outcome("/search", "Mozilla/5.0"), await outcome("/", "flood/1.0")]).toEqual(["BLOCK", "ALLOW", "ALLOW"]);
  await lab.advance(600_000);
  expect(await rules()).toEqual([]);
  expect(await outcome("/search", "flood/1.0")).toBe("ALLOW");
  expect(AttackId).toMatch(/^[0-9a-f-]{36}$/);
});

test("enabled in the middle of a flood; many at a time stay within 150 units; disabled, nothing is left", async () => {
  const { must, balancer, acl, flood, rules, respond, outcome } = await world();
  await flood();
  await respond("Enable", "Block");
  expect(await rules()).toEqual(["Block"]);
  for (let i = 0; i < 40; i++) await flood(`/${i}`, {});
  expect(await rules()).toHaveLength(30);
  expect(await outcome("/search", "flood/1.0")).toBe("BLOCK");
  await must("shield", "DisableApplicationLayerAutomaticResponse", { ResourceArn: balancer });
  expect((await must("wafv2", "GetWebACL", { ARN: acl })).WebACL.Rules).toEqual([]);
  expect(await outcome("/search", "flood/1.0")).toBe("ALLOW");
});

test("an attack's time: ended by the clock, by its own record, or refused", async () => {
  const { lab, must, fails, flood, balancer } = await world();
  const AttackId = await flood();
  const start = lab.now() / 1000;
  const end = async () => (await must("shield", "DescribeAttack", { AttackId })).Attack.EndTime;
  await lab.advance(599_000);
  expect(await end()).toBeUndefined();
  await lab.advance(2_000);
  expect(await end()).toBe(start + 600);
  expect(await fails("estate", "RecordAttack", { ResourceArn: balancer, StartTime: start, EndTime: start + 1, DurationSeconds: 1, SubResources: [{ Type: "IP", Id: "a", AttackVectors: [{ VectorType: "SYN_FLOOD" }] }] } as never)).toMatch(/^InvalidAttack/);
});

test("an address says what it is on; a Network Load Balancer is protected by it alone", async () => {
  const { must, fails, resource } = await world();
  const balancer = await resource.of("NETWORK_LOAD_BALANCER", "game");
  expect(balancer).toMatch(new RegExp(`^arn:aws:elasticloadbalancing:us-east-1:${A}:loadbalancer/net/game/[0-9a-f]{16}$`));
  expect(await fails("shield", "CreateProtection", { Name: "p", ResourceArn: balancer })).toBe("InvalidResourceException: Unrecognized resource 'loadbalancer' of service 'elasticloadbalancing'.");
  const address = await resource.of("ELASTIC_IP", "front", { AttachedTo: balancer });
  await must("shield", "CreateProtection", { Name: "p", ResourceArn: address });
  const on = async () => (await must("estate", "ListResources")).Resources.find(({ Arn }: { Arn: string }) => Arn === address).AttachedTo;
  expect(await on()).toBe(balancer);
  await must("estate", "UpdateResource", { Arn: address, AttachedTo: "" });
  expect(await on()).toBeUndefined();
});
