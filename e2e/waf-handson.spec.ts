import type { Page } from "@playwright/test";
import { choose, chooseItem, expect, field, openLesson, terminalOf, test } from "./journey";

// What the notes do by hand in AWS WAF's console, and each kind of request that a web ACL is to stop.

const at = (path: string): string => `/console/wafv2/${path}`;
const pick = (page: Page, id: string, name: string | RegExp): Promise<void> => choose(page, page.getByTestId(id), name);

async function addRule(page: Page, kind: "Add regular rule" | "Add rate-based rule" | "Add managed rule group"): Promise<void> {
  await page.getByTestId("add-rules").getByRole("button").click();
  await chooseItem(page, kind);
}

test("the notes' web ACL from start to end: for CloudFront, with four managed groups, default Allow, priorities, metrics; then sets, groups and the Marketplace", async ({ page }) => {
  await page.goto(at("web-acls"));
  await page.getByTestId("create-web-acl").first().click();
  await page.getByTestId("wizard-scope").getByRole("radio", { name: /CloudFront/ }).check();
  await field(page, "wizard-name").fill("site");
  await field(page, "wizard-description").fill("In front of the CDN");
  await expect(field(page, "wizard-metric")).toHaveValue("site");
  await page.getByTestId("add-resource-section").getByRole("button", { name: "Add a resource to the lab" }).click();
  await field(page, "resource-name").fill("cdn");
  await page.getByTestId("add-resource").click();
  await expect(page.getByTestId("resources-to-choose").getByRole("row", { name: /cdn/ }).getByRole("checkbox")).toBeChecked();
  await page.getByTestId("acl-next").click();

  const groups = ["AWSManagedRulesAdminProtectionRuleSet", "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];
  for (const group of groups) {
    await addRule(page, "Add managed rule group");
    await pick(page, "managed-group", new RegExp(`^${group}`));
    await page.getByTestId("rule-save").click();
    await expect(page.getByTestId("rules-table").getByRole("row", { name: new RegExp(group) })).toBeVisible();
  }
  // 100 + 25 + 700 + 200
  await expect(page.getByTestId("wizard-units")).toContainText("1,025 of 5,000 WCU");
  await expect(page.getByRole("radio", { name: /^Allow/ }).first()).toBeChecked();
  await page.getByTestId("acl-next").click();
  await page.getByRole("button", { name: "Move AWS-AWSManagedRulesAmazonIpReputationList up" }).click();
  await expect(page.getByTestId("rules-table").getByRole("row").nth(1)).toContainText("AmazonIpReputationList");
  await page.getByTestId("acl-next").click();
  await expect(field(page, "rule-AWS-AWSManagedRulesCommonRuleSet-metric")).toHaveValue("AWS-AWSManagedRulesCommonRuleSet");
  await page.getByTestId("acl-next").click();
  await page.getByTestId("acl-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("The web ACL site was created.");

  // It protects: somebody looks for the file where passwords stand, and for a page that is there.
  await page.getByRole("tab", { name: "Overview" }).click();
  await field(page, "request-headers").fill("Host: shop.example\nUser-Agent: Mozilla/5.0");
  await send(page, { uri: "/", outcome: "ALLOW" });
  await send(page, { uri: "/?file=../../../../etc/passwd", outcome: "BLOCK", by: "AWS-AWSManagedRulesCommonRuleSet, GenericLFI_QUERYARGUMENTS" });
  await page.getByRole("tab", { name: "Associated AWS resources" }).click();
  await expect(page.getByTestId("associated")).toContainText("cdn");

  // What stands beside web ACLs.
  for (const [link, made] of [["IP sets", "Create IP set"], ["Regex pattern sets", "Create regex pattern set"], ["Rule groups", "Create rule group"]]) {
    await page.getByRole("link", { name: link, exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(link);
    await expect(page.getByRole("button", { name: made }).or(page.getByRole("link", { name: made })).first()).toBeVisible();
  }
  await page.getByRole("link", { name: "Managed rule groups", exact: true }).first().click();
  await expect(page.getByTestId("managed-groups")).toContainText("AWSManagedRulesAdminProtectionRuleSet");
  await expect(page.getByTestId("marketplace-groups").getByRole("row").nth(1)).toBeVisible();
});

interface Sent {
  uri?: string;
  ip?: string;
  country?: string;
  method?: "GET" | "POST";
  body?: string;
  times?: string;
  outcome: "ALLOW" | "BLOCK";
  by?: string;
}

/** Sends from the web ACL's page, and waits for this answer. */
async function send(page: Page, { uri = "/", ip = "192.0.2.44", country, method = "GET", body, times = "1", outcome, by }: Sent): Promise<void> {
  await field(page, "request-uri").fill(uri);
  await field(page, "request-ip").fill(ip);
  await pick(page, "request-method", method);
  if (country) await pick(page, "request-country", country);
  if (body !== undefined) await field(page, "request-body").fill(body);
  await field(page, "request-times").fill(times);
  await page.getByTestId("request-send").click();
  await expect(page.getByTestId("request-outcome")).toHaveText(outcome);
  if (by) await expect(page.getByTestId("send-request")).toContainText(by);
}

/** A web ACL in front of a load balancer, without a rule; and an IP set. The page shows its rules. */
async function protectedShop(page: Page): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  const run = async (line: string) => expect((await terminal.run(line)).err).toBe("");
  await run("FRONT=$(keyhole resource add alb front)");
  await run("aws wafv2 create-ip-set --name guests --scope REGIONAL --ip-address-version IPV4 --addresses 198.51.100.0/24 --query Summary.Name");
  await run("ACL=$(aws wafv2 create-web-acl --name shop --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop --query Summary.ARN --output text)");
  await run("aws wafv2 associate-web-acl --web-acl-arn $ACL --resource-arn $FRONT");
  await page.goto(at("web-acls"));
  await page.getByTestId("web-acls").getByRole("link", { name: "shop", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "shop" })).toBeVisible();
}

/** Opens a tab of the web ACL and waits for what it shows. */
async function tab(page: Page, name: "Overview" | "Rules"): Promise<void> {
  await page.getByRole("tab", { name }).click();
  await expect(page.getByTestId(name === "Rules" ? "add-rules" : "send-request")).toBeVisible();
}

/** Begins a rule of the web ACL on the screen; ends with `save`. */
async function rule(page: Page, name: string, fill: () => Promise<void>, kind: "Add regular rule" | "Add rate-based rule" = "Add regular rule"): Promise<void> {
  await tab(page, "Rules");
  await addRule(page, kind);
  await field(page, "rule-name").fill(name);
  await fill();
  await expect(page.getByTestId("rule-problem")).toContainText("A rule that AWS WAF takes");
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: new RegExp(name) })).toBeVisible();
  await tab(page, "Overview");
}

test("an address and a country are kept out; a rule counts first, and then blocks", async ({ page }) => {
  await protectedShop(page);
  await tab(page, "Overview");
  await send(page, { ip: "198.51.100.7", outcome: "ALLOW" });

  // Count first: everybody still comes through, and the metric says how many it would have been.
  await rule(page, "no-guests", async () => {
    await pick(page, "statement-1-kind", /^Originates from an IP address in/);
    await pick(page, "statement-1-set", "guests");
    await page.getByRole("radio", { name: /^Count/ }).check();
  });
  await send(page, { ip: "198.51.100.7", outcome: "ALLOW" });
  await send(page, { ip: "192.0.2.44", outcome: "ALLOW" });
  await expect(page.getByTestId("counts").getByRole("row", { name: /no-guests/ })).toContainText("1");

  await tab(page, "Rules");
  await page.getByTestId("rules-table").getByRole("link", { name: "no-guests" }).click();
  await page.getByRole("radio", { name: /^Block/ }).check();
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /no-guests/ })).toContainText("Block");
  await tab(page, "Overview");
  await send(page, { ip: "198.51.100.7", outcome: "BLOCK", by: "no-guests" });
  await send(page, { ip: "192.0.2.44", outcome: "ALLOW" });

  await send(page, { country: "Brazil", outcome: "ALLOW" });
  await rule(page, "not-brazil", async () => {
    // A rule begins with a country.
    await pick(page, "statement-1-countries", /^Brazil/);
    await page.keyboard.press("Escape");
  });
  await send(page, { country: "Brazil", outcome: "BLOCK", by: "not-brazil" });
  await send(page, { country: "Portugal", outcome: "ALLOW" });
});

test("SQL injection, a script, a large body and a flood are stopped, each by its rule; what is harmless is not", async ({ page }) => {
  test.slow();
  await protectedShop(page);
  await tab(page, "Overview");
  const injection = "/items?id=1%27%20OR%20%271%27=%271";
  const script = "/search?q=%3Cscript%3Ealert(1)%3C/script%3E";
  await send(page, { uri: injection, outcome: "ALLOW" });
  await send(page, { uri: script, outcome: "ALLOW" });

  const decoded = async (kind: RegExp) => {
    await pick(page, "statement-1-kind", kind);
    await pick(page, "statement-1-field", "All query parameters");
    await pick(page, "statement-1-transformation-1", /^URL decode/);
  };
  await rule(page, "no-sqli", () => decoded(/^Contains SQL injection/));
  await rule(page, "no-xss", () => decoded(/^Contains XSS/));
  await send(page, { uri: injection, outcome: "BLOCK", by: "no-sqli" });
  await send(page, { uri: script, outcome: "BLOCK", by: "no-xss" });
  await send(page, { uri: "/items?id=1&note=It%27s%20one%20or%20two", outcome: "ALLOW" });

  // What a load balancer hands to AWS WAF ends at 8 KB: more than that is told by the oversize handling, never by a size of megabytes.
  const body = "x".repeat(9_000);
  await rule(page, "no-large-body", async () => {
    await pick(page, "statement-1-kind", /^Size comparison/);
    await pick(page, "statement-1-field", "Body");
    await pick(page, "statement-1-oversize", /^Match/);
    await pick(page, "statement-1-operator", "is more than");
    await field(page, "statement-1-size").fill("8192");
  });
  await send(page, { method: "POST", uri: "/notes", body, outcome: "BLOCK", by: "no-large-body" });
  await send(page, { method: "POST", uri: "/notes", body: "short", outcome: "ALLOW" });

  // Five a second is 300 in 60 seconds.
  await rule(
    page,
    "no-flood",
    async () => {
      await field(page, "rate-limit").fill("300");
      await pick(page, "rate-window", /^1 minute/);
    },
    "Add rate-based rule",
  );
  await send(page, { ip: "192.0.2.200", times: "400", outcome: "ALLOW" });
  // What was counted is looked at every ten seconds.
  await expect(async () => {
    await page.getByTestId("request-send").click();
    await expect(page.getByTestId("request-outcome")).toHaveText("BLOCK", { timeout: 1_000 });
  }).toPass({ intervals: [3_000] });
  await expect(page.getByTestId("send-request")).toContainText("no-flood");
  await send(page, { ip: "192.0.2.45", outcome: "ALLOW" });
});
