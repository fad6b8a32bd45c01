import { expect, test } from "vitest";
import { bills } from "../billing/bill";
import { A, DAY, shieldLab } from "./shield.test-helper";

/** A web ACL of one rule on a balancer, from the beginning of a month on, and `requests` to it. */
async function world() {
  const w = shieldLab();
  const start = Date.UTC(new Date(w.lab.now()).getUTCFullYear(), new Date(w.lab.now()).getUTCMonth() + 1);
  await w.lab.advance(start - w.lab.now());
  const [balancer, acl] = [await w.resource.balancer(), await w.webAcl()];
  const change = async (Rules: object[]) => {
    const [, , Name, Id] = acl.split("/");
    const { LockToken } = await w.must("wafv2", "GetWebACL", { ARN: acl });
    await w.must("wafv2", "UpdateWebACL", { Name, Id, Scope: "REGIONAL", LockToken, DefaultAction: { Allow: {} }, Rules, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "own" } } as never);
  };
  const geo = (Name: string, Priority: number) => ({ Name, Priority, Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, Action: { Count: {} }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: Name } });
  await change([geo("a", 0)]);
  await w.must("wafv2", "AssociateWebACL", { WebACLArn: acl, ResourceArn: balancer });
  const request = (to = balancer) => w.must("traffic", "Inspect", { ResourceArn: to, Requests: [{ Uri: "/", ClientIp: "192.0.2.1" }] });
  const protect = async (ResourceArn: string): Promise<string> => (await w.must("shield", "CreateProtection", { Name: "p", ResourceArn })).ProtectionId;
  /** Units that are kept now, and requests, by item. */
  const charged = () => Object.fromEntries(bills(w.lab.read, A, w.lab.now())[0].lines.filter(({ item }) => item.startsWith("wafv2")).map(({ item, kept, quantity }) => [item.slice(6), kept?.units ?? quantity] as const).filter(([, quantity]) => quantity));
  return { ...w, acl, balancer, change, geo, request, protect, charged };
}

const paid = { "web-acl": 1, rule: 1 };
const covered = { "web-acl:covered": 1, "rule:covered": 1 };

test("a web ACL on a protected resource costs nothing, its requests neither; without protection it is paid again", async () => {
  const { must, balancer, acl, request, protect, charged, change, geo } = await world();
  await request();
  expect(charged()).toEqual({ ...paid, request: 1 });
  await must("shield", "CreateSubscription");
  await request();
  expect(charged(), "a subscription alone protects nothing").toEqual({ ...paid, request: 2 });
  const ProtectionId = await protect(balancer);
  await request();
  expect(charged()).toEqual({ ...covered, request: 2, "request:covered": 1 });
  await change([geo("a", 0), geo("b", 1)]);
  expect(charged()).toMatchObject({ "web-acl:covered": 1, "rule:covered": 2 });
  await must("wafv2", "DisassociateWebACL", { ResourceArn: balancer });
  expect(charged()).toEqual({ "web-acl": 1, rule: 2, request: 2, "request:covered": 1 });
  await must("wafv2", "AssociateWebACL", { WebACLArn: acl, ResourceArn: balancer });
  expect(charged()).toEqual({ "web-acl:covered": 1, "rule:covered": 2, request: 2, "request:covered": 1 });
  await must("shield", "DeleteProtection", { ProtectionId });
  await request();
  expect(charged()).toEqual({ "web-acl": 1, rule: 2, request: 3, "request:covered": 1 });
});

test("on a protected and another resource: its month is covered, requests by their resource", async () => {
  const { must, resource, balancer, acl, request, protect, charged } = await world();
  const other = await resource.balancer("other");
  await must("wafv2", "AssociateWebACL", { WebACLArn: acl, ResourceArn: other });
  await must("shield", "CreateSubscription");
  await protect(balancer);
  await request();
  await request(other);
  expect(charged()).toEqual({ ...covered, request: 1, "request:covered": 1 });
  await must("traffic", "RemoveResource", { ResourceArn: balancer });
  expect(charged()).toEqual({ "web-acl": 1, rule: 1, request: 1, "request:covered": 1 });
});

test("a distribution's, and the end of the subscription's year", async () => {
  const { lab, must, resource, webAcl, protect, charged } = await world();
  const [site, acl] = [await resource.distribution(), await webAcl("CLOUDFRONT", "edge")];
  await must("shield", "CreateSubscription");
  await protect(site);
  await must("traffic", "UpdateDistribution", { ResourceArn: site, WebACLId: acl });
  expect(charged()).toMatchObject({ "web-acl": 1, "web-acl:covered": 1 });
  await lab.advance(340 * DAY);
  await must("shield", "UpdateSubscription", { AutoRenew: "DISABLED" });
  await lab.advance(30 * DAY);
  expect(charged()).toEqual({ "web-acl": 2, rule: 1 });
  await must("shield", "CreateSubscription");
  expect(charged()).toMatchObject({ "web-acl": 1, "web-acl:covered": 1 });
});

test("a whole month in dollars: 5 and 1 and 0.60 for a million without Shield Advanced; 3,000 with it, and nothing besides", async () => {
  const months = [];
  for (const advanced of [false, true]) {
    const { lab, must, balancer, request, protect } = await world();
    if (advanced) {
      await must("shield", "CreateSubscription");
      await protect(balancer);
    }
    for (let i = 0; i < 5; i++) await request();
    await lab.advance(32 * DAY);
    months.push(Object.fromEntries(bills(lab.read, A, lab.now())[1].lines.map(({ item, usd }) => [item, Number(usd.toFixed(9))])));
  }
  expect(months[0]).toMatchObject({ "wafv2:web-acl": 5, "wafv2:rule": 1, "wafv2:request": 0.000003 });
  expect(months[1]).toMatchObject({ "shield:subscription": 3_000, "wafv2:web-acl:covered": 0, "wafv2:rule:covered": 0, "wafv2:request:covered": 0 });
  expect(Object.values(months[1]).reduce((sum, usd) => sum + usd, 0)).toBe(3_000);
});
