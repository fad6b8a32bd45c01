import { bothThemes, choose, clockAhead, expect, field, openLesson, sideways, tabTo, terminalOf, test } from "./journey";
import type { Locator, Page } from "@playwright/test";

const at = (path: string): string => `/console/shield/${path}`;

async function run(page: Page, ...lines: string[]): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  for (const line of lines) expect(await terminalOf(page).run(line)).toMatchObject({ err: "" });
}

const WEB_ACL = "aws wafv2 create-web-acl --name front --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=front";

/** Adds a resource to the lab, where the page offers it. */
async function addResource(page: Page, type: string, name: string): Promise<void> {
  const section = page.getByTestId("add-resource-section");
  const head = section.getByRole("button", { name: "Add a resource to the lab" });
  if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
  await choose(page, page.getByTestId("resource-type"), type);
  await field(page, "resource-name").fill(name);
  await page.getByTestId("add-resource").click();
  await expect(field(page, "resource-name")).toHaveValue("");
}

const pick = (page: Page, name: string): Locator => page.getByTestId("resources-to-choose").getByRole("checkbox", { name: `Select ${name}`, exact: true });

/** Goes to a page by the console's own navigation. */
const nav = (page: Page, name: string): Promise<void> => page.locator(".console-nav").getByRole("link", { name, exact: true }).click();

async function openProtection(page: Page, name: string): Promise<void> {
  await nav(page, "Protected resources");
  await page.getByTestId("protections").getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("Standard shows nothing; Advanced, what it refuses and protects, an attack with its event, the team, and the bill", async ({ page }) => {
  test.slow();
  await run(page, WEB_ACL);

  // With Standard an attack leaves nothing to see.
  await page.goto(at("events/launch"));
  await addResource(page, "Application Load Balancer", "shop");
  await expect(page.getByTestId("target")).toContainText("shop");
  await page.getByTestId("launch-attack").click();
  await expect(page.getByTestId("outcome")).toContainText("SYN flood at shop: there is no event to see");
  await expect(page.getByTestId("outcome")).toContainText("Shield Standard mitigates it by itself");
  await nav(page, "Events");
  await expect(page.getByTestId("event-table")).toContainText("Shield Standard shows no events");
  await nav(page, "Protected resources");
  await expect(page.getByTestId("not-subscribed")).toBeVisible();

  // The commitment is agreed to, point by point.
  await nav(page, "Getting started");
  await expect(page.getByTestId("plan-advanced")).toContainText("$3,000 a month");
  await page.getByTestId("subscribe").click();
  const dialog = page.getByTestId("subscribe-modal");
  await expect(dialog).toContainText("$36,000");
  await expect(dialog).toContainText("This account pays $3,000 a month");
  for (const point of [1, 2, 3]) {
    await expect(page.getByTestId("subscribe-confirm")).toBeDisabled();
    await dialog.getByTestId(`agree-${point}`).getByRole("checkbox").check();
  }
  await page.getByTestId("subscribe-confirm").click();
  await expect(page.getByTestId("subscription")).toContainText("Active");
  await page.getByTestId("auto-renew").click();
  await expect(page.getByTestId("aws-error")).toContainText("LockedSubscriptionException");
  await expect(page.getByTestId("subscription")).toContainText("Enabled; can be changed from");

  // An instance and a Network Load Balancer are refused in AWS's words; the address on it is taken.
  await page.goto(at("protected-resources/add"));
  await addResource(page, "EC2 instance", "worker");
  await addResource(page, "Network Load Balancer", "game");
  await page.getByRole("button", { name: "Give it an Elastic IP address: game" }).click();
  await expect(pick(page, "game-ip")).toBeChecked();
  await expect(page.getByTestId("resources-to-choose").getByRole("row", { name: /Network Load Balancer/ })).toContainText("by its Elastic IP address game-ip");
  await pick(page, "game-ip").uncheck();
  const refused = async (name: string, words: string) => {
    await pick(page, name).check();
    await page.getByTestId("protect-next").click();
    await page.getByTestId("protect-next").click();
    await expect(page.getByTestId("indirect")).toContainText(name);
    await page.getByTestId("protect-submit").click();
    await expect(page.getByTestId("aws-error-message")).toHaveText(words);
    await expect(page.getByTestId("aws-error")).toContainText("Protect the Elastic IP address on it");
    for (let back = 0; back < 2; back++) await page.getByTestId("protect-previous").click();
    await pick(page, name).uncheck();
  };
  await refused("worker", "Unrecognized resource 'instance' of service 'ec2'.");
  await refused("game", "Unrecognized resource 'loadbalancer' of service 'elasticloadbalancing'.");
  await pick(page, "shop").check();
  await pick(page, "game-ip").check();
  await page.getByTestId("protect-next").click();
  await page.getByTestId("protect-next").click();
  await page.getByTestId("protect-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("2 resources are protected by Shield Advanced.");
  await choose(page, page.getByTestId("type-filter"), "Elastic IP address");
  await expect(page.getByTestId("protections").getByRole("link", { name: "game-ip" })).toBeVisible();
  await expect(page.getByTestId("protections").getByRole("link", { name: "shop" })).toHaveCount(0);

  // Proactive engagement wants a health check first.
  await nav(page, "Response team");
  await page.getByTestId("team-create-role").click();
  await expect(page.getByTestId("team-access")).toContainText("role/AWSSRTAccess");
  await field(page, "contact-1-email").fill("oncall@example.com");
  await field(page, "contact-1-phone").fill("+441632960001");
  await page.getByTestId("engagement-enable").click();
  await expect(page.getByTestId("aws-error-message")).toContainText("needs a Route 53 health check");
  await openProtection(page, "game-ip");
  await expect(page.getByTestId("protection-details")).toContainText("game");
  await page.getByRole("button", { name: "Fill in an example for game-ip" }).click();
  await page.getByTestId("health-save").click();
  await expect(page.getByTestId("health-check")).toContainText("arn:aws:route53:::healthcheck/");
  await nav(page, "Response team");
  await expect(field(page, "contact-1-phone")).toHaveValue("+441632960001");
  await page.getByTestId("engagement-enable").click();
  await expect(page.getByTestId("engagement-status")).toContainText("Pending");

  // Automatic mitigation works in a web ACL, first in Count.
  await openProtection(page, "shop");
  await page.getByTestId("automatic-save").click();
  await expect(page.getByTestId("aws-error-message")).toContainText("has no web ACL");
  await choose(page, page.getByTestId("choose-acl"), "front");
  await page.getByTestId("associate-acl").click();
  await expect(page.getByTestId("web-acl").getByRole("link", { name: "front" })).toBeVisible();
  await page.getByTestId("automatic-save").click();
  await expect(page.getByTestId("automatic-mitigation")).toContainText("Enabled, Count");
  await expect(page.getByTestId("web-acl")).toContainText("ShieldMitigationRuleGroup_");
  await page.getByRole("link", { name: "Launch an attack (lab)" }).last().click();
  await page.getByRole("radio", { name: /^HTTP flood/ }).check();
  await page.getByTestId("launch-attack").click();
  await page.getByTestId("see-event").click();
  await expect(page.getByTestId("vectors")).toContainText("REQUEST_FLOOD");
  await expect(page.getByTestId("contributors")).toContainText("python-requests/2.32.3");
  await expect(page.getByTestId("timeline")).toContainText("count the attack’s requests and let them through");

  // Then in Block, as the web ACL itself shows it.
  await page.getByTestId("event-summary").getByRole("link", { name: /^shop/ }).click();
  await expect(page.getByTestId("shield-rules").getByRole("row", { name: /attack_/ })).toContainText("Count");
  await page.getByRole("radio", { name: /^Block/ }).check();
  await page.getByTestId("automatic-save").click();
  await expect(page.getByTestId("shield-rules").getByRole("row", { name: /attack_/ })).toContainText("Block");
  await page.getByRole("tab", { name: "Events" }).click();
  await page.getByTestId("event-table").getByRole("link", { name: "HTTP request flood" }).click();
  await expect(page.getByTestId("timeline")).toContainText("block the attack’s requests");
  await page.getByTestId("timeline").getByRole("link", { name: "front" }).click();
  await page.getByRole("tab", { name: "Rules" }).click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /ShieldMitigationRuleGroup_/ })).toBeVisible();

  // A day later: the attack is over, its rules are gone, the team has said yes, and the numbers of the year have both attacks.
  await clockAhead(page, "1 day");
  await page.goto(at("getting-started"));
  await openProtection(page, "shop");
  await expect(page.getByTestId("shield-rules")).toContainText("No rules");
  await nav(page, "Overview");
  await expect(page.getByTestId("set-up")).toContainText(/Proactive engagement\s*Enabled/);
  await expect(page.getByTestId("statistics")).toContainText(/Attacks\s*2/);
  await nav(page, "Cost protection");
  await choose(page, page.getByTestId("credit-event"), "HTTP request flood at shop");
  await expect(page.getByTestId("credit-ready")).toContainText("AWS would refuse a credit");

  // The fee is on the bill, and the web ACL on it for nothing.
  await page.goto("/console/billing/bills");
  const lines = page.getByTestId("bill-lines");
  await expect(lines).toContainText("Shield Advanced, all accounts of an organization");
  await expect(lines.getByTestId("why-shield:subscription")).toContainText("× $3,000.00");
  await expect(lines.getByTestId("usd-shield:subscription")).toHaveText(/^\$\d{2,3}\.\d{2}$/);
  await expect(lines).toContainText("Web ACL, covered by Shield Advanced");
  await expect(lines.getByTestId("usd-wafv2:web-acl:covered")).toHaveText("$0.00");
});

test("by keyboard alone: a subscription, one protected address, and a group that it is in", async ({ page }) => {
  test.slow();
  await page.goto(at("getting-started"));
  await tabTo(page, page.getByTestId("subscribe"));
  await page.keyboard.press("Enter");
  for (const point of [1, 2, 3]) {
    await tabTo(page, page.getByTestId(`agree-${point}`).getByRole("checkbox"));
    await page.keyboard.press("Space");
  }
  await tabTo(page, page.getByTestId("subscribe-confirm"));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("subscription")).toContainText("Active");

  await tabTo(page, page.getByRole("link", { name: "Add resources to protect" }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Choose resources to protect" })).toBeVisible();
  await tabTo(page, page.getByTestId("add-resource-section").getByRole("button", { name: "Add a resource to the lab" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByTestId("resource-type").getByRole("button"));
  await page.keyboard.press("Enter");
  // Down to the Elastic IP address, the third kind.
  await expect(page.getByRole("option", { name: "Elastic IP address" })).toBeVisible();
  for (let down = 0; down < 2; down++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("resource-type")).toContainText("Elastic IP address");
  await tabTo(page, field(page, "resource-name"));
  await page.keyboard.type("front");
  await tabTo(page, page.getByTestId("add-resource"));
  await page.keyboard.press("Enter");
  await expect(pick(page, "front")).toBeChecked();
  for (let step = 0; step < 2; step++) {
    await tabTo(page, page.getByTestId("protect-next"));
    await page.keyboard.press("Enter");
  }
  await tabTo(page, page.getByTestId("protect-submit"));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("flashbar")).toContainText("front is protected by Shield Advanced.");
  await expect(page.getByRole("heading", { level: 1, name: "front" })).toBeVisible({ timeout: 30_000 });

  await page.goto(at("protection-groups/create"));
  await tabTo(page, field(page, "group-id"));
  await page.keyboard.type("all");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("group-resources")).toContainText("front");
});

test("axe and 320 px", async ({ page }) => {
  test.slow();
  await page.goto(at("getting-started"));
  await expect(page.getByTestId("subscribe")).toBeVisible();
  await bothThemes(page, "getting started");
  await run(page, "aws shield create-subscription");
  await page.goto(at("events/launch"));
  await addResource(page, "Elastic IP address", "front");
  await page.goto(at("protected-resources/add"));
  await pick(page, "front").check();
  for (let step = 0; step < 2; step++) await page.getByTestId("protect-next").click();
  await page.getByTestId("protect-submit").click();
  await expect(page.getByTestId("health-check")).toBeVisible();
  await bothThemes(page, "a protection");
  await page.getByRole("link", { name: "Launch an attack (lab)" }).last().click();
  await page.getByTestId("launch-attack").click();
  await page.getByTestId("see-event").click();
  await expect(page.getByTestId("timeline")).toContainText("SYN proxy");
  await bothThemes(page, "an event");
  await page.goto(at("response-team"));
  await expect(page.getByTestId("engagement")).toBeVisible();
  await bothThemes(page, "the response team");
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [path, seen] of [
    ["getting-started", "plan-advanced"],
    ["overview", "set-up"],
    ["protected-resources", "protections"],
    ["protected-resources/add", "add-resource-section"],
    ["protection-groups/create", "group-pattern"],
    ["response-team", "engagement"],
    ["events/launch", "launch-attack"],
    ["cost-protection", "ask-credit"],
  ]) {
    await page.goto(at(path));
    await expect(page.getByTestId(seen)).toBeVisible();
    expect(await sideways(page), path).toBe(0);
  }
  await page.goto(at("events"));
  await page.getByTestId("event-table").getByRole("link", { name: "SYN flood" }).click();
  await expect(page.getByTestId("timeline")).toBeVisible();
  expect(await sideways(page), "an event").toBe(0);
});
