import { beadsOf, bothThemes, expect, openLesson, terminalOf, test } from "./journey";

// axe finds nothing serious on any kind of page, in light and in dark. It takes seconds for each page that it looks at.
test.describe.configure({ timeout: 180_000 });

test("home", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await bothThemes(page, "home");
});

for (const slug of ["client-side-encryption", "key-policies", "tiers-and-policies"])
  test(`the lesson ${slug}`, async ({ page }) => {
    await openLesson(page, slug);
    await expect(page.getByTestId("lab-overview")).toContainText("alias/tutorial");
    await bothThemes(page, slug);
  });

test("the terminal with output and an error, and Why? open", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms describe-key --key-id alias/tutorial");
  await terminal.run("aws kms describe-key --key-id alias/none");
  await bothThemes(page, "terminal");
  await beadsOf(page).first().click();
  await expect(page.getByTestId("why")).toBeVisible();
  await bothThemes(page, "Why?, allowed");
  await page.getByRole("button", { name: "The call after" }).click();
  await expect(page.getByRole("dialog").getByText("NotFoundException").first()).toBeVisible();
  await bothThemes(page, "Why?, failed");
});

test("the CloudTrail console: history, event; the bills", async ({ page }) => {
  await page.goto("/console/kms/keys");
  await expect(page.getByRole("link", { name: "tutorial", exact: true })).toBeVisible();
  await page.goto("/console/cloudtrail/events");
  await page.getByTestId("event-read-only").getByRole("button").click();
  await page.getByRole("option", { name: "Either" }).click();
  const event = page.getByTestId("events").getByRole("link", { name: "ListKeys" }).first();
  await expect(event).toBeVisible();
  await bothThemes(page, "event history");
  await event.click();
  await expect(page.getByTestId("event-record")).toBeVisible();
  await bothThemes(page, "event");
  await page.goto("/console/billing/bills");
  await expect(page.getByTestId("bill-lines")).toContainText("KMS key");
  await bothThemes(page, "bills");
});

test("the KMS console: list, wizard, detail", async ({ page }) => {
  await page.goto("/console/kms/keys");
  const key = page.getByRole("link", { name: "tutorial", exact: true });
  await expect(key).toBeVisible();
  await bothThemes(page, "keys");
  await key.click();
  await expect(page.getByRole("tab", { name: "Key policy" })).toBeVisible();
  await bothThemes(page, "key");
  await page.goto("/console/kms/keys/create");
  await expect(page.getByTestId("create-key-wizard")).toBeVisible();
  await bothThemes(page, "create key");
});

test("the Parameter Store console: list, form, detail", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminalOf(page).run("aws ssm put-parameter --name /my-app/dev/db-password --type SecureString --value devdbpassword");
  await page.goto("/console/systems-manager/parameters");
  const parameter = page.getByRole("link", { name: "/my-app/dev/db-password" });
  await expect(parameter).toBeVisible();
  await bothThemes(page, "parameters");
  await parameter.click();
  await expect(page.getByTestId("parameter-current-value")).toBeVisible();
  await bothThemes(page, "parameter");
  await page.goto("/console/systems-manager/parameters/create");
  await page.getByRole("radio", { name: "SecureString" }).check();
  await bothThemes(page, "create parameter");
});

test("the EventBridge console: rules, wizard, sandbox, events and one of them, buses", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run(`aws events put-rule --name changes --event-pattern '{"source":["aws.ssm"],"detail":{"name":["/a"]}}'`);
  await terminal.run("aws ssm put-parameter --name /b --type String --value 1");
  await page.goto("/console/events/rules");
  await expect(page.getByRole("link", { name: "changes" })).toBeVisible();
  await bothThemes(page, "rules");
  await page.goto("/console/events/rules/default/changes");
  await expect(page.getByTestId("rule-pattern")).toBeVisible();
  await bothThemes(page, "rule");
  await page.goto("/console/events/events");
  await page.getByTestId("lab-events").getByRole("link", { name: "Parameter Store Change" }).first().click();
  await expect(page.getByTestId("match-view")).toBeVisible();
  await bothThemes(page, "event, with why a rule did not match");
  await page.goto("/console/events/sandbox");
  await expect(page.getByTestId("sample-result")).toContainText("matched");
  await bothThemes(page, "sandbox");
  await page.goto("/console/events/create/rule");
  await expect(page.getByTestId("rule")).toBeVisible();
  await bothThemes(page, "create rule");
  await page.goto("/console/events/buses");
  await expect(page.getByRole("link", { name: "default" })).toBeVisible();
  await bothThemes(page, "buses");
});

test("the figures", async ({ page }) => {
  await page.goto("/figures/SSMPS?step=4");
  await expect(page.getByRole("slider", { name: "Step" })).toHaveValue("3");
  await bothThemes(page, "a figure");
  await page.getByRole("button", { name: "As a list" }).click();
  await bothThemes(page, "a figure as a list");
  await page.goto("/figures");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await bothThemes(page, "all figures");
});
