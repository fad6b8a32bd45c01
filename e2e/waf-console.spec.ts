import { bothThemes, choose, chooseItem, expect, field, openLesson, plainText, sideways, tabTo, terminalOf, test } from "./journey";
import type { Page } from "@playwright/test";

const at = (path: string): string => `/console/wafv2/${path}`;

/** Chooses in one of the console's fields with one choice of a few. */
async function pick(page: Page, id: string, name: string | RegExp): Promise<void> {
  await choose(page, page.getByTestId(id), name);
}

/** A web ACL with two rules, made by command. */
async function makeAcl(page: Page): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const rule = (name: string, priority: number, country: string) => ({
    Name: name,
    Priority: priority,
    Statement: { GeoMatchStatement: { CountryCodes: [country] } },
    Action: { Block: {} },
    VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name },
  });
  const visibility = "SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop";
  const made = await terminalOf(page).run(`aws wafv2 create-web-acl --name shop --scope REGIONAL --default-action Allow={} --visibility-config ${visibility} --rules '${JSON.stringify([rule("first", 0, "DE"), rule("second", 1, "FR")])}' --query Summary.Name --output text`);
  expect(made).toMatchObject({ out: expect.stringContaining("shop"), err: "" });
}

async function openAcl(page: Page, name: string): Promise<void> {
  await page.goto(at("web-acls"));
  await page.getByTestId("web-acls").getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("a web ACL from start to end: an IP set used, a rule by fields and as JSON, over a reload, and requests that it stops", async ({ page }) => {
  // Addresses first: the engine's own answer stands at the field.
  await page.goto(at("ip-sets"));
  await page.getByTestId("create-ip-set").click();
  await field(page, "set-name").fill("office");
  await field(page, "addresses").fill("192.0.2.7");
  await expect(page.getByText("192.0.2.7: say how long the block is, as in 192.0.2.7/32.")).toBeVisible();
  await page.getByTestId("create-set").click();
  await expect(page.getByTestId("aws-error-message")).toContainText("field: IP_ADDRESS, parameter: 192.0.2.7");
  await field(page, "addresses").fill("192.0.2.7/32\n198.51.100.0/24");
  await page.getByTestId("create-set").click();
  await expect(page.getByTestId("flashbar")).toContainText("The IP set office was created.");
  await expect(page.getByTestId("set-list")).toContainText("198.51.100.0/24");

  await page.goto(at("web-acls"));
  await page.getByTestId("create-web-acl").first().click();
  await field(page, "wizard-name").fill("shop");
  await expect(field(page, "wizard-metric")).toHaveValue("shop");
  await page.getByTestId("add-resource-section").getByRole("button", { name: "Add a resource to the lab" }).click();
  await field(page, "resource-name").fill("front");
  await page.getByTestId("add-resource").click();
  await expect(page.getByTestId("resources-to-choose").getByRole("row", { name: /front/ }).getByRole("checkbox")).toBeChecked();
  await page.getByTestId("acl-next").click();

  // A rule by fields: the JSON shows it at once.
  await page.getByTestId("add-rules").getByRole("button").click();
  await chooseItem(page, "Add regular rule");
  await field(page, "rule-name").fill("admin-from-office");
  await pick(page, "statement-mode", /AND/);
  await pick(page, "statement-1-kind", /^String match/);
  await pick(page, "statement-1-position", "Starts with string");
  await field(page, "statement-1-string").fill("/admin");
  await pick(page, "statement-1-transformation-1", /^Lowercase/);
  await pick(page, "statement-2-kind", /^Originates from an IP address in/);
  await pick(page, "statement-2-set", "office");
  await page.getByTestId("statement-2-negate").getByRole("checkbox").check();
  await expect(page.getByTestId("rule-units")).toHaveText("13 WCU");
  await expect(page.getByTestId("rule-problem")).toContainText("A rule that AWS WAF takes");
  const json = await plainText(page.getByTestId("rule-json"));
  await expect(json).toHaveValue(/"SearchString": "\/admin"/);
  await expect(json).toHaveValue(/"NotStatement": \{\s+"Statement": \{\s+"IPSetReferenceStatement"/);

  // And back: what the JSON says, the fields show. What they cannot show stays in it.
  await json.fill((await json.inputValue()).replace('"/admin"', '"/private"').replace('"Block": {}', '"Count": {}'));
  await expect(field(page, "statement-1-string")).toHaveValue("/private");
  await expect(page.getByRole("radio", { name: /^Count/ })).toBeChecked();
  await page.getByRole("radio", { name: /^Block/ }).check();
  await expect(json).toHaveValue(/"Block": \{\}/);

  // Nothing typed is lost.
  await page.reload();
  await expect(field(page, "statement-1-string")).toHaveValue("/private");
  await page.getByTestId("acl-next").click();
  await expect(page.getByText("Add the rule, or cancel it, before you go on.", { exact: true })).toBeVisible();
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /admin-from-office/ })).toContainText("Block");

  // A managed group, with one rule that only counts.
  await page.getByTestId("add-rules").getByRole("button").click();
  await chooseItem(page, "Add managed rule group");
  await pick(page, "managed-group", /^AWSManagedRulesCommonRuleSet/);
  await expect(field(page, "rule-name")).toHaveValue("AWS-AWSManagedRulesCommonRuleSet");
  await page.getByTestId("add-override").click();
  await pick(page, "override-1-rule", "NoUserAgent_HEADER");
  await expect(page.getByTestId("rule-units")).toHaveText("700 WCU");
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("wizard-units")).toContainText("713 of 5,000 WCU");
  await page.getByTestId("acl-next").click();

  await expect(page.getByTestId("rules-table").getByRole("row").nth(1)).toContainText("admin-from-office");
  await page.getByRole("button", { name: "Move AWS-AWSManagedRulesCommonRuleSet up" }).click();
  await expect(page.getByTestId("rules-table").getByRole("row").nth(1)).toContainText("AWS-AWSManagedRulesCommonRuleSet");
  await page.getByTestId("acl-next").click();
  await expect(field(page, "rule-admin-from-office-metric")).toHaveValue("admin-from-office");
  await page.getByTestId("acl-next").click();
  await expect(page.getByTestId("review-rules")).toContainText("uri path starts with string /private and not (from the IP set office)", { ignoreCase: true });
  await page.getByTestId("acl-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("The web ACL shop was created.");
  await expect(page.getByTestId("acl-details")).toContainText("713 of 5,000 WCU");

  // Requests to what it protects.
  await page.getByRole("tab", { name: "Overview" }).click();
  const send = async (uri: string, ip: string) => {
    await field(page, "request-uri").fill(uri);
    await field(page, "request-ip").fill(ip);
    await page.getByTestId("request-send").click();
  };
  await send("/private/keys", "203.0.113.5");
  await expect(page.getByTestId("request-outcome")).toHaveText("BLOCK");
  await send("/private/keys", "192.0.2.7");
  await expect(page.getByTestId("request-outcome")).toHaveText("ALLOW");
  await expect(page.getByTestId("counts").getByRole("row", { name: /admin-from-office/ }).getByRole("cell").nth(1)).toHaveText("1");
  await pick(page, "samples-of", "admin-from-office");
  await expect(page.getByTestId("samples")).toContainText("203.0.113.5");
  await page.getByTestId("request-why").click();
  await expect(page.getByTestId("why")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByTestId("edit-acl").click();
  await field(page, "edit-description").fill("The shop and its keys");
  await page.getByTestId("edit-holder-save").click();
  await expect(page.getByTestId("acl-details")).toContainText("The shop and its keys");

  // What it protects, and the set that it uses, cannot go.
  await page.getByRole("tab", { name: "Associated AWS resources" }).click();
  await expect(page.getByTestId("associated")).toContainText("front");
  await page.getByTestId("delete-acl").click();
  await field(page, "delete-thing-typed").fill("shop");
  await page.getByTestId("delete-thing-confirm").click();
  await expect(page.getByTestId("aws-error")).toContainText("WAFAssociatedItemException");
  await page.keyboard.press("Escape");
});

test("the order is changed in one place, and a stale lock token in another is told in AWS's words", async ({ page, context }) => {
  await makeAcl(page);
  await openAcl(page, "shop");
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByTestId("rules-table").getByRole("link", { name: "second" }).click();
  const json = await plainText(page.getByTestId("rule-json"));
  await json.fill((await json.inputValue()).replace('"FR"', '"IT"'));
  await expect(page.getByTestId("statement-1-countries")).toContainText("Italy");

  // Meanwhile, in another tab of the same lab.
  const other = await context.newPage();
  await openAcl(other, "shop");
  await other.getByRole("tab", { name: "Rules" }).click();
  await other.getByRole("button", { name: "Move second up" }).click();
  await expect(other.getByTestId("rules-table").getByRole("row").nth(1)).toContainText("second");
  await expect(other.getByTestId("flashbar")).toContainText("The rules run in another order now.");
  await other.close();

  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("aws-error")).toContainText("WAFOptimisticLockException");
  await expect(page.getByTestId("aws-error-message")).toContainText("someone changed the resource after you started to edit it");
  await expect(json).toHaveValue(/"IT"/);
  await page.getByTestId("take-token").click();
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("flashbar")).toContainText("The rule second was saved.");
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /second/ })).toContainText("From IT");
});

test("statements that are nested deeper stay with the JSON; a rate rule by keys; a refusal has its Why", async ({ page }) => {
  await makeAcl(page);
  await openAcl(page, "shop");
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByTestId("rules-table").getByRole("link", { name: "first" }).click();
  const json = await plainText(page.getByTestId("rule-json"));
  const nested = { NotStatement: { Statement: { OrStatement: { Statements: [{ GeoMatchStatement: { CountryCodes: ["DE"] } }, { GeoMatchStatement: { CountryCodes: ["AT"] } }] } } } };
  await json.fill(JSON.stringify({ ...(JSON.parse(await json.inputValue()) as object), Statement: nested }, null, 2));
  await expect(page.getByTestId("statement-too-deep")).toContainText("The visual editor cannot show this statement");
  await page.getByRole("radio", { name: /^Count/ }).check();
  await expect(json).toHaveValue(/"AT"/);
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /first/ })).toContainText("Nested statements, see the JSON");

  await page.getByTestId("add-rules").getByRole("button").click();
  await chooseItem(page, "Add rate-based rule");
  await field(page, "rule-name").fill("logins");
  await field(page, "rate-limit").fill("5");
  await pick(page, "rate-aggregate", /^Custom keys/);
  await expect(page.getByTestId("rule-problem")).toContainText("field: RATE_BASED_STATEMENT, parameter: Limit");
  await field(page, "key-1-of").fill("x-api-key");
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("aws-error-message")).toContainText("Member must have value greater than or equal to 10");
  await page.getByTestId("aws-error").getByTestId("why").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await field(page, "rate-limit").fill("50");
  await expect(page.getByTestId("rule-units")).toHaveText("32 WCU");
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /logins/ })).toContainText("More than 50 requests in 5 min");
});

test("a rule group with its capacity, edited, and used in a web ACL", async ({ page }) => {
  await makeAcl(page);
  await page.goto(at("create/rule-group/regional"));
  await field(page, "wizard-name").fill("common");
  await page.getByTestId("group-next").click();
  await field(page, "group-capacity").fill("10");
  await page.getByTestId("add-rules").getByRole("button").click();
  await chooseItem(page, "Add regular rule");
  await field(page, "rule-name").fill("long-queries");
  await pick(page, "statement-1-kind", /^Size comparison/);
  await pick(page, "statement-1-field", "Query string");
  await expect(page.getByTestId("rule-units")).toHaveText("1 WCU");
  await page.getByTestId("rule-save").click();
  for (let step = 0; step < 3; step++) await page.getByTestId("group-next").click();
  await page.getByTestId("group-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("The rule group common was created.");
  await page.getByTestId("edit-group").click();
  await field(page, "edit-description").fill("Shared by all shops");
  await page.getByTestId("edit-holder-save").click();
  await expect(page.getByTestId("group-details")).toContainText("Shared by all shops");
  await expect(page.getByTestId("group-details")).toContainText("1 of 10 WCU");

  await openAcl(page, "shop");
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByTestId("add-rules").getByRole("button").click();
  await chooseItem(page, "Add own rule group");
  await field(page, "rule-name").fill("common");
  await pick(page, "own-group", /^common/);
  await page.getByTestId("add-override").click();
  await expect(page.getByTestId("override-1-rule")).toContainText("long-queries");
  await expect(page.getByTestId("rule-units")).toHaveText("10 WCU");
  await page.getByTestId("rule-save").click();
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /common/ })).toContainText("Rule group common");
});

test("what a web ACL says for all its rules: times, domains, what its log hides; and an API key", async ({ page }) => {
  await makeAcl(page);
  await openAcl(page, "shop");
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByTestId("edit-settings").click();
  await field(page, "captcha-time").fill("30");
  await expect(page.getByText("60 to 259,200 seconds, or nothing for 300.")).toBeVisible();
  await expect(page.getByTestId("save-settings")).toBeDisabled();
  await field(page, "captcha-time").fill("120");
  await field(page, "token-domains").fill("co.uk");
  await page.getByTestId("add-protection").click();
  await field(page, "protect-1-keys").fill("authorization");
  await pick(page, "limit-API_GATEWAY", "64 KB");
  await page.getByTestId("save-settings").click();
  await expect(page.getByTestId("aws-error-message")).toContainText("You can't use a public suffix as a token domain.");
  await field(page, "token-domains").fill("shop.example.com");
  await page.getByTestId("save-settings").click();
  await expect(page.getByTestId("acl-settings")).toContainText("120 seconds");
  for (const words of ["300 seconds", "shop.example.com", "The first 64 KB", "Single header authorization: REDACTED"]) await expect(page.getByTestId("acl-settings")).toContainText(words);

  await page.getByRole("link", { name: "API keys" }).click();
  await page.getByTestId("create-api-key").click();
  await field(page, "api-key-domains").fill("shop.example.com");
  await page.getByTestId("save-api-key").click();
  await expect(page.getByTestId("api-keys").getByRole("row", { name: /shop\.example\.com/ })).toBeVisible();

  // AWS shows the three in one console: here each leads to the others.
  for (const [link, heading] of [["AWS Shield", "AWS Shield"], ["AWS Firewall Manager", "AWS Firewall Manager"], ["AWS WAF", "Web ACLs"]]) {
    await page.locator(".console-nav").getByRole("link", { name: link, exact: true }).last().click();
    await expect(page.getByRole("heading", { level: 1, name: new RegExp(heading) })).toBeVisible();
  }
});

test("a web ACL is made by keyboard alone", async ({ page }) => {
  await page.goto(at("create/web-acl/regional"));
  await tabTo(page, field(page, "wizard-name"));
  await page.keyboard.type("shop");
  const next = page.getByTestId("acl-next");
  await tabTo(page, next);
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByTestId("add-rules").getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Add managed rule group" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page, field(page, "rule-name"));
  await page.keyboard.type("no-germany");
  await tabTo(page, page.getByTestId("statement-1-countries").getByRole("combobox").or(page.getByTestId("statement-1-countries").getByRole("button")).first());
  await page.keyboard.press("Enter");
  await page.keyboard.type("Germany");
  await expect(page.getByRole("option", { name: /^Germany/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("statement-1-countries")).toContainText("Germany");
  await tabTo(page, page.getByTestId("rule-save"), { most: 200 });
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /no-germany/ })).toBeVisible();
  for (const what of ["rules", "order", "metrics"]) {
    await tabTo(page, next);
    await page.keyboard.press("Enter");
    if (what !== "metrics") await expect(next).toBeVisible();
  }
  await tabTo(page, page.getByTestId("acl-submit"));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("flashbar")).toContainText("The web ACL shop was created.");
  await expect(page.getByTestId("rules-table").getByRole("row", { name: /no-germany/ })).toContainText("From DE");
});

test("axe and 320 px", async ({ page }) => {
  test.slow();
  await makeAcl(page);
  await openAcl(page, "shop");
  await page.getByRole("tab", { name: "Rules" }).click();
  await expect(page.getByTestId("rules-table")).toContainText("second");
  await bothThemes(page, "a web ACL's rules");
  await page.getByTestId("rules-table").getByRole("link", { name: "second" }).click();
  await expect(page.getByTestId("rule-json")).toHaveAttribute("data-editor", "monaco");
  await bothThemes(page, "a rule");
  await page.goto(at("managed-rule-groups/regional/AWS/AWSManagedRulesCommonRuleSet"));
  await expect(page.getByTestId("managed-rules")).toContainText("NoUserAgent_HEADER");
  await bothThemes(page, "a managed rule group");
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [path, seen] of [
    ["web-acls", "shop"],
    ["managed-rule-groups", "AWSManagedRulesCommonRuleSet"],
    ["create/web-acl/regional", "Web ACL details"],
    ["create/ip-set/global", "IP addresses"],
  ]) {
    await page.goto(at(path));
    await expect(page.getByText(seen).first()).toBeVisible();
    expect(await sideways(page), path).toBe(0);
  }
  await openAcl(page, "shop");
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByTestId("rules-table").getByRole("link", { name: "second" }).click();
  await expect(page.getByTestId("rule-editor")).toBeVisible();
  expect(await sideways(page), "a rule").toBe(0);
});
