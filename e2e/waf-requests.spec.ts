import { bothThemes, choose, expect, field, openLesson, plainText, sideways, terminalOf, test } from "./journey";
import type { Page } from "@playwright/test";

const at = (path = ""): string => `/console/wafv2/requests${path}`;
const visibility = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });
const decoded = [{ Priority: 0, Type: "URL_DECODE" }];

const allowOrders = (Priority: number) => ({
  Name: "allow-orders", Priority, Action: { Allow: {} }, VisibilityConfig: visibility("allow-orders"),
  Statement: { ByteMatchStatement: { SearchString: Buffer.from("/orders").toString("base64"), PositionalConstraint: "STARTS_WITH", FieldToMatch: { UriPath: {} }, TextTransformations: [{ Priority: 0, Type: "NONE" }] } },
});
const blockSqli = (Priority: number) => ({
  Name: "block-sqli", Priority, Action: { Block: {} }, VisibilityConfig: visibility("block-sqli"),
  Statement: { SqliMatchStatement: { FieldToMatch: { AllQueryArguments: {} }, TextTransformations: decoded } },
});

/** A web ACL `shop` in front of a load balancer, made by command. */
async function makeAcl(page: Page, rules: object[]): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const made = await terminalOf(page).run(
    `aws wafv2 create-web-acl --name shop --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop --rules '${JSON.stringify(rules)}' --query Summary.Name --output text`,
  );
  expect(made).toMatchObject({ out: expect.stringContaining("shop"), err: "" });
}

test("a request as raw HTTP, form and curl: blocked by the rule whose bytes are shown; kept, renamed, exported, over a reload", async ({ page }) => {
  await makeAcl(page, [blockSqli(0)]);
  await page.goto("/console/wafv2/web-acls");
  await page.getByTestId("web-acls").getByRole("link", { name: "shop", exact: true }).click();
  await page.getByTestId("try-requests").click();
  await page.getByTestId("write-request").click();
  const outcome = page.getByTestId("walk-outcome");
  await expect(outcome).toHaveText("✓ Let through by the default action: no rule ended it.");

  await field(page, "request-raw").fill("POST /items?id=7%27%20OR%20%271%27%3D%271 HTTP/1.1\nHost: shop.example.com\nUser-Agent: curl\n\na=b");
  await expect(outcome).toHaveText("✕ Blocked by the rule block-sqli: SQL injection in query parameter id after URL decode.");
  const rule = page.getByTestId("walk-rule-block-sqli");
  await expect(rule.locator("mark").first()).toHaveText("7' OR '1'='1");
  await expect(rule.getByTestId("walk-found")).toContainText("the whole text");
  await expect(rule.getByRole("list", { name: "Tokens" })).toContainText("OR logic");
  await expect(page.getByTestId("request-notes")).toContainText("Content-Length: 3 was added");

  // The same in the other forms; what is changed there is changed everywhere.
  const forms = page.getByTestId("request-forms");
  await forms.getByRole("tab", { name: "curl" }).click();
  await expect(field(page, "request-curl")).toHaveValue(/^curl 'https:\/\/shop\.example\.com\/items\?id=7%27/);
  await forms.getByRole("tab", { name: "Form" }).click();
  await expect(field(page, "form-path")).toHaveValue("/items");
  await field(page, "form-query").fill("id=7");
  await expect(outcome).toContainText("Let through");
  await field(page, "form-query").fill("id=7' OR 2=2--");
  await expect(outcome).toContainText("Blocked by the rule block-sqli");
  await forms.getByRole("tab", { name: "Raw HTTP" }).click();
  await expect(field(page, "request-raw")).toHaveValue(/^POST \/items\?id=7'%20OR%202=2-- HTTP\/1\.1/);

  // What cannot be read says where, is kept as typed, over a reload too, and other forms do not lose what they had.
  const bad = "GET / HTTP/1.1\nHost shop\n\n";
  await field(page, "request-raw").fill(bad);
  await expect(page.getByText('Line 2, column 1: "Host shop" has no colon')).toBeVisible();
  await forms.getByRole("tab", { name: "Form" }).click();
  await expect(page.getByTestId("request-apart")).toContainText("Raw HTTP cannot be read, so it is not written here.");
  await forms.getByRole("tab", { name: "Raw HTTP" }).click();
  await page.reload();
  await expect(field(page, "request-raw")).toHaveValue(bad);
  await field(page, "request-raw").fill("GET /<b>bold</b>?q=%3Cscript%3E HTTP/1.1\nHost: shop.example.com\nX: \u202e<img src=x>");
  await expect(outcome).toContainText("Let through");

  // Kept in the set, with a name.
  await page.getByTestId("request-keep").click();
  await field(page, "about-title").fill("Mine <i>");
  await choose(page, page.getByTestId("about-harmful"), /harmless/);
  await page.getByTestId("about-save").click();
  await expect(page.getByRole("heading", { level: 1, name: "Mine <i>" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Mine <i>" })).toBeVisible();
  await page.getByRole("link", { name: "Requests", exact: true }).first().click();
  const row = page.getByTestId("set").getByRole("row", { name: /Mine/ });
  await expect(row).toContainText("Let through");
  await row.getByRole("checkbox").check();
  await page.getByTestId("rename-request").click();
  await field(page, "about-title").fill("Bold path");
  await page.getByTestId("about-save").click();
  await expect(page.getByTestId("set").getByRole("row", { name: /Bold path/ })).toBeVisible();

  // Out as a file, away, and in again.
  await page.getByTestId("set-file").getByRole("button").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export your own" }).click()]);
  const file = await download.path();
  await page.getByTestId("remove-requests").click();
  await expect(page.getByTestId("set").getByRole("row", { name: /Bold path/ })).toHaveCount(0);
  await page.getByLabel("A file of requests").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("[".repeat(10_000)) });
  await expect(page.getByTestId("file-problem")).toContainText("The file is no JSON.");
  await page.getByLabel("A file of requests").setInputFiles({ name: "set.json", mimeType: "application/json", buffer: await (await import("node:fs/promises")).readFile(file) });
  await expect(page.getByTestId("set").getByRole("row", { name: /Bold path/ })).toBeVisible();
});

test("sent for good to what the web ACL protects: Why? has the same way, and what was sent is recorded", async ({ page }) => {
  await makeAcl(page, [blockSqli(0)]);
  await page.goto(at("/sqli-union"));
  await page.getByRole("link", { name: "Add a resource" }).click();
  await page.getByTestId("associate").click();
  const adding = page.getByTestId("associate-modal");
  await adding.getByRole("button", { name: "Add a resource to the lab" }).click();
  await field(adding, "resource-name").fill("front");
  await adding.getByTestId("add-resource").click();
  await expect(adding.getByRole("row", { name: /front/ }).getByRole("checkbox")).toBeChecked();
  await page.getByTestId("associate-submit").click();
  await expect(page.getByTestId("associated")).toContainText("front");
  await page.goto(at("/sqli-union"));
  await page.getByTestId("send").click();
  await expect(page.getByTestId("sent")).toContainText("Blocked by the rule block-sqli: SQL injection in query parameter category");
  await page.getByTestId("sent-why").click();
  const walk = page.getByTestId("why-walk");
  await walk.getByText("Its way through the rules").click();
  await expect(walk.getByTestId("walk-outcome")).toContainText("Blocked by the rule block-sqli");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Requests", exact: true }).first().click();
  await page.getByTestId("record").click();
  await page.getByTestId("recorded").getByRole("row", { name: /GET \/products/ }).getByRole("checkbox").check();
  await choose(page, page.getByTestId("record-modal").getByTestId("about-kind"), "SQL injection");
  await page.getByTestId("record-take").click();
  await expect(page.getByTestId("set").getByRole("row", { name: /GET \/products/ })).toContainText("Blocked");
});

test("rules in the wrong order: found by the table and the walk, mended and saved; first Count, then Block", async ({ page }) => {
  await makeAcl(page, [allowOrders(0), blockSqli(1)]);
  await page.goto(at());
  const through = page.getByTestId("cell-harmful-through");
  await expect(through).toContainText("missed");
  const missed = Number((await through.innerText()).match(/\d+/)![0]);
  await expect(page.getByTestId("confusion")).not.toContainText("false alarms, ");

  // Which are missed, and why this one.
  await through.click();
  const set = page.getByTestId("set");
  await expect(set.getByRole("heading")).toContainText(`(${missed} of 125)`);
  const row = set.getByRole("row", { name: /^Always true SQL/ });
  await expect(row).toContainText("allow-orders");
  await row.getByRole("link", { name: "Always true" }).click();
  await expect(page.getByTestId("walk-outcome")).toHaveText("✓ Let through by the rule allow-orders: “/orders” in URI path.");
  await expect(page.getByTestId("walk-unreached")).toHaveText(/block-sqli.*Not reached: allow-orders ended it/);
  await expect(page.getByTestId("without-rule")).toHaveText("Were it not for allow-orders, the rule block-sqli would have blocked it: it stands behind.");
  await bothThemes(page, "a request and its way");
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => sideways(page)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });

  // The order mended: what it turns is seen before anything is saved, over a reload too.
  await page.goBack();
  await page.getByRole("button", { name: "Move block-sqli up" }).click();
  await expect(page.getByTestId("edit-says")).toHaveText(/Your edit turns \d+ requests?: \d+ for the better, 0 for the worse\./);
  await page.reload();
  const change = page.getByTestId("change-sqli-tautology");
  await expect(change).toContainText("allow-orders");
  await change.locator("summary").first().click();
  await expect(change.getByRole("region", { name: "As it is" }).getByTestId("walk-outcome")).toContainText("Let through by the rule allow-orders");
  await expect(change.getByRole("region", { name: "With your edit" }).getByTestId("walk-outcome")).toContainText("Blocked by the rule block-sqli");

  // First Count: nothing more is stopped, and it is seen what would be. Then Block.
  await choose(page, page.getByTestId("bench-action-block-sqli"), "Count");
  await expect(page.getByTestId("edit-says")).toContainText("for the worse");
  await expect(through).toContainText("of them counted");
  await choose(page, page.getByTestId("bench-action-block-sqli"), "Block");
  await expect(page.getByTestId("edit-says")).toContainText("0 for the worse");
  await page.getByTestId("edit-save").click();
  await expect(page.getByTestId("flashbar")).toContainText("shop was saved.");
  await expect(page.getByTestId("edit-bar")).toHaveCount(0);
  await expect(through).toContainText(String(missed - 1));
  const order = page.getByTestId("bench-rules").getByRole("listitem");
  await expect(order.first()).toContainText("block-sqli");

  // Nothing of all this is in the lab but the one update.
  await bothThemes(page, "the bench with a set");
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => sideways(page)).toBe(0);
});

test("a rule's JSON as it is typed: what it changes, what AWS says to it, and what nobody should paste", async ({ page }) => {
  await makeAcl(page, [blockSqli(0)]);
  await page.goto(at());
  await expect(page.getByTestId("cell-harmful-stopped")).toContainText("caught");
  await page.getByTestId("bench-edit-block-sqli").click();
  const json = await plainText(page.getByTestId("rule-json"));
  const before = JSON.parse(await json.inputValue()) as object;
  const fill = (Statement: object) => json.fill(JSON.stringify({ ...before, Statement }, null, 2));

  await fill({ SqliMatchStatement: { FieldToMatch: { Body: { OversizeHandling: "CONTINUE" } }, TextTransformations: decoded } });
  await expect(page.getByTestId("edit-says")).toContainText("for the worse");
  // A statement that AWS WAF refuses: its own words, and the last table that was true stays.
  await fill({});
  await expect(page.getByTestId("try-refused")).toContainText("WAFInvalidParameterException");
  // A pattern that takes others for ever, JSON nested ten thousand deep, JSON that is none.
  await fill({ RegexMatchStatement: { RegexString: "(a+)+$", FieldToMatch: { AllQueryArguments: {} }, TextTransformations: decoded } });
  await expect(page.getByTestId("try-refused")).toHaveCount(0);
  await expect(page.getByTestId("edit-says")).toContainText("Your edit turns");
  await json.fill(`{"Name":"block-sqli","Priority":0,"Statement":${'{"NotStatement":{"Statement":'.repeat(10_000)}{}${"}}".repeat(10_000)}}`);
  await expect(page.getByText("nested deeper than 500 levels")).toBeVisible();
  await expect(page.getByTestId("edit-save").getByRole("button").or(page.getByTestId("edit-save"))).toBeDisabled();
  await json.fill('{"Name": "<img src=x onerror=alert(1)>", ');
  await expect(page.getByTestId("edit-says")).toContainText("The JSON is not read yet");
  await page.getByTestId("edit-drop").click();
  await expect(page.getByTestId("edit-bar")).toHaveCount(0);
  await expect(page.getByTestId("bench-rule-block-sqli")).toContainText("SQL injection");

  // Requests as nobody sends them.
  await page.getByTestId("write-request").click();
  const raw = field(page, "request-raw");
  await raw.fill(`GET / HTTP/1.1\nHost: a\nX: ${"y".repeat(1_000_000)}`);
  await expect(page.getByText(/Line 3, column 3: the header "X" has 1,000,000 bytes/)).toBeVisible();
  await raw.fill(`POST /?id=1%27%20OR%20%271%27%3D%271 HTTP/1.1\nHost: a\nContent-Type: application/json\n\n${"[".repeat(10_000)}`);
  await expect(page.getByTestId("walk-outcome")).toContainText("Blocked by the rule block-sqli");
  await field(page, "request-from").fill("<b>");
  await expect(page.getByText('"<b>" is no IP address')).toBeVisible();
  await field(page, "request-from").fill("2001:db8::1");
  await expect(page.getByTestId("walk-outcome")).toContainText("Blocked by the rule block-sqli");
});
