import type { Page } from "@playwright/test";
import { bothThemes, choose, expect, field, openLesson, sideways, terminalOf, test } from "./journey";

const at = (path: string): string => `/console/firewall-manager/${path}`;
const A = "111122223333";
const B = "444455556666";

const flash = (page: Page, text: string | RegExp) => expect(page.getByTestId("flashbar")).toContainText(text);

/** The administrator's own account as its organization, with AWS Config on: what the policies of a journey stand on. */
async function prepare(page: Page, ...more: string[]): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  for (const line of ["aws organizations create-organization --feature-set ALL", `aws fms associate-admin-account --admin-account ${A} --region us-east-1`, "keyhole config on", ...more]) expect((await terminal.run(line)).err, line).toBe("");
}

/** Adds a resource on the open page of an account. */
async function addResource(page: Page, name: string): Promise<void> {
  const form = page.getByTestId("add-resource-section");
  if (!(await field(page, "resource-name").isVisible())) await form.getByRole("button", { name: "Add a resource to the lab" }).click();
  await field(page, "resource-name").fill(name);
  await page.getByTestId("add-resource").click();
  await expect(page.getByTestId("account-resources").getByRole("row", { name: new RegExp(`^${name}\\b`) })).toBeVisible();
}

/** On a policy's page: moves the lab's clock to its next evaluation, and waits until that has been. */
async function evaluate(page: Page): Promise<void> {
  const due = page.getByTestId("policy-overview").locator("time");
  const before = await due.getAttribute("datetime");
  await page.getByTestId("go-to-evaluation").click();
  await expect(due).not.toHaveAttribute("datetime", before!);
}

/** By the console's own navigation, which keeps the page. */
const goTo = (page: Page, name: string) => page.locator(".console-nav").getByRole("link", { name, exact: true }).click();

async function openAccount(page: Page, name: string | RegExp): Promise<void> {
  await goTo(page, "Accounts");
  await row(page, "accounts", name).getByRole("link").click();
  await expect(page.getByTestId("account-resources")).toBeVisible();
}

async function openPolicy(page: Page, name: string): Promise<void> {
  await goTo(page, "Security policies");
  await page.getByTestId("policies").getByRole("link", { name, exact: true }).click();
  await expect(page.getByTestId("policy-accounts")).toBeVisible();
}

const next = (page: Page) => page.getByTestId("policy-next").click();
const row = (page: Page, table: string, name: string | RegExp) => page.getByTestId(table).getByRole("row", { name });

test("from nothing to one set of rules for all accounts: found, remedied, seen by the member, and new accounts by themselves", async ({ page }) => {
  test.slow();
  await page.goto(at("policies"));
  await expect(page.getByTestId("needs-admin")).toContainText("no administrator yet");
  await page.getByTestId("needs-admin").getByRole("link", { name: "Getting started" }).click();

  // Each step is read off the lab and done by one press.
  await expect(page.getByTestId("step-admin")).toContainText("After the step before");
  await page.getByTestId("create-organization").click();
  await expect(page.getByTestId("step-organization")).toContainText(`managed by account ${A}`);
  await page.getByTestId(`invite-${B}`).click();
  await expect(page.getByTestId("step-accounts")).toContainText("2 accounts");
  await page.getByTestId("name-admin").click();
  await expect(page.getByTestId("step-admin")).toContainText(`Account ${A}`);
  await page.getByTestId("turn-on-config").click();
  await expect(page.getByTestId("step-config")).toContainText("AWS Config records in all 2 accounts");

  await openAccount(page, new RegExp(`^${B}`));
  await addResource(page, "front");
  await expect(row(page, "account-resources", /^front/)).toContainText("No web ACL");

  // A policy that only tells.
  await goTo(page, "Security policies");
  await page.getByTestId("create-policy").click();
  await next(page);
  await next(page);
  await expect(page.getByText("Give the policy a name.", { exact: true })).toBeVisible();
  await field(page, "policy-name").fill("core rules");
  await choose(page, page.getByTestId("add-first"), /^AWSManagedRulesCommonRuleSet/);
  await choose(page, page.getByTestId("add-last"), /^AWSManagedRulesSQLiRuleSet/);
  await expect(page.getByTestId("policy-units")).toContainText("900 of 5,000 WCU");
  // Nothing typed is lost.
  await page.reload();
  await expect(field(page, "policy-name")).toHaveValue("core rules");
  await next(page);
  await next(page);
  await next(page);
  await expect(page.getByTestId("policy-price")).toContainText("$100.00 a month");
  await expect(page.getByTestId("review-rules")).toContainText("AWSManagedRulesCommonRuleSet");
  await page.getByTestId("policy-submit").click();
  await flash(page, "The policy core rules was created.");
  await expect(row(page, "policy-accounts", new RegExp(`^${B}`))).toContainText("Not evaluated yet");
  await evaluate(page);
  await expect(row(page, "policy-accounts", new RegExp(`^${B}`))).toContainText("Noncompliant");
  await expect(row(page, "policy-accounts", new RegExp(`^${A}`))).toContainText("Compliant");
  await page.getByTestId("policy-accounts").getByRole("link", { name: B }).click();
  await expect(row(page, "violators", /front/)).toContainText("The resource has no web ACL.");
  await expect(row(page, "violators", /front/)).toContainText("Turn on automatic remediation");
  await page.getByRole("link", { name: "core rules" }).click();

  // Remediation: at the next evaluation the web ACL is made and put on.
  await page.getByTestId("toggle-remediation").click();
  await flash(page, "Automatic remediation is on.");
  await evaluate(page);
  await expect(row(page, "policy-accounts", new RegExp(`^${B}`))).toContainText("Compliant");

  // The member sees it in its own WAF console, and cannot take it away.
  await openAccount(page, new RegExp(`^${B}`));
  await expect(row(page, "account-resources", /^front/)).toContainText(/FMManagedWebACLV2-core-rules-\d+/);
  await page.getByTestId("switch-account").click();
  await expect(page.getByRole("button", { name: `Signed in as admin of account ${B}` })).toBeVisible();
  await page.goto("/console/wafv2/web-acls");
  await page.getByTestId("web-acls").getByRole("link", { name: /^FMManagedWebACLV2-core-rules/ }).click();
  await expect(row(page, "firewall-manager-groups", /PREFMManaged-0-AWSManagedRulesCommonRuleSet/)).toContainText("First 1");
  await expect(row(page, "firewall-manager-groups", /POSTFMManaged-0-AWSManagedRulesSQLiRuleSet/)).toContainText("Last 1");
  await page.getByTestId("delete-acl").click();
  await field(page, "delete-thing-typed").fill((await page.getByRole("heading", { level: 1 }).textContent())!);
  await page.getByTestId("delete-thing-confirm").click();
  await expect(page.getByTestId("aws-error-message")).toContainText("it's managed by Firewall Manager");
  await page.goto(at("policies"));
  await page.getByTestId("go-to-admin").click();
  await expect(row(page, "policies", /core rules/)).toContainText("2 accounts compliant");

  // An account that joins, with a balancer of its own, is covered by itself.
  await goTo(page, "Accounts");
  await field(page, "account-name").fill("shop");
  await page.getByTestId("create-account").click();
  await row(page, "accounts", /shop/).getByRole("link").click();
  await page.getByTestId("toggle-config").click();
  await flash(page, "AWS Config records");
  await addResource(page, "till");
  await openPolicy(page, "core rules");
  await evaluate(page);
  await expect(row(page, "policy-accounts", /shop/)).toContainText("Compliant");
  await openAccount(page, /shop/);
  await expect(row(page, "account-resources", /^till/)).toContainText(/FMManagedWebACLV2-core-rules-\d+/);

  // With the policy goes what it made.
  await openPolicy(page, "core rules");
  await page.getByTestId("delete-policy").click();
  await field(page, "delete-policy-typed").fill("core rules");
  await page.getByTestId("delete-policy-confirm").click();
  await flash(page, "The policy core rules was deleted.");
  await openAccount(page, /shop/);
  await expect(row(page, "account-resources", /^till/)).toContainText("No web ACL");
});

test("a security group audit finds an open port and closes it, and is changed; a Shield Advanced policy needs a subscription", async ({ page }) => {
  test.slow();
  await prepare(page, "keyhole resource add elastic-ip gate");
  await page.goto(at(`accounts/${A}`));
  await page.getByTestId("add-resource-section").getByRole("button", { name: "Add a resource to the lab" }).click();
  await choose(page, page.getByTestId("resource-type"), "Security group");
  await field(page, "rule-1-cidr").fill("everywhere");
  await expect(page.getByText("A CIDR block, as 10.0.0.0/8.")).toBeVisible();
  await field(page, "rule-1-cidr").fill("0.0.0.0/0");
  await addResource(page, "open-to-all");
  await expect(row(page, "account-resources", /^open-to-all/)).toContainText("in tcp 22 from 0.0.0.0/0");

  await goTo(page, "Security policies");
  await page.getByTestId("create-policy").click();
  await page.getByRole("radio", { name: /^Security group: content audit/ }).check();
  await next(page);
  await field(page, "policy-name").fill("no remote login");
  await next(page);
  await expect(page.getByText("Choose at least one security group.", { exact: true })).toBeVisible();
  // The audit's group is made on the spot.
  await page.getByTestId("add-resource-section").getByRole("button").first().click();
  await field(page, "resource-name").fill("forbidden");
  await page.getByTestId("add-resource").click();
  await expect(row(page, "primary-groups", /forbidden/).getByRole("checkbox")).toBeChecked();
  await next(page);
  await next(page);
  await next(page);
  await page.getByTestId("policy-submit").click();
  await flash(page, "The policy no remote login was created.");
  await evaluate(page);
  await page.getByTestId("policy-accounts").getByRole("link", { name: A }).click();
  await expect(page.getByTestId("violators")).toContainText("The security group has rules that the policy's audit does not allow.");
  await page.getByRole("link", { name: "no remote login" }).click();

  // Changed by the same steps: it remediates from now on.
  await page.getByTestId("edit-policy").click();
  await page.getByRole("radio", { name: /^Automatically remediate/ }).check();
  await next(page);
  await next(page);
  await expect(page.getByTestId("review-rules")).toContainText("Automatically remediates");
  await page.getByTestId("policy-submit").click();
  await flash(page, "The policy no remote login was saved.");
  await evaluate(page);
  await expect(row(page, "policy-accounts", new RegExp(`^${A}`))).toContainText("Compliant");
  await openAccount(page, new RegExp(`^${A}`));
  await expect(row(page, "account-resources", /^open-to-all/)).toContainText("No rules");
  await expect(row(page, "account-resources", /^forbidden/)).toContainText("in tcp 22 from 0.0.0.0/0");

  await goTo(page, "Security policies");
  await page.getByTestId("create-policy").click();
  await page.getByRole("radio", { name: /^AWS Shield Advanced/ }).check();
  await next(page);
  await field(page, "policy-name").fill("ddos");
  await expect(page.getByTestId("shield-subscription")).toContainText(`Account ${A} is not subscribed`);
  await page.getByRole("radio", { name: /^Automatically remediate/ }).check();
  await next(page);
  await page.getByRole("checkbox", { name: "Application Load Balancer" }).uncheck();
  await page.getByRole("checkbox", { name: "Elastic IP address" }).check();
  await next(page);
  await next(page);
  await page.getByTestId("policy-submit").click();
  await flash(page, "The policy ddos was created.");
  await evaluate(page);
  await expect(row(page, "policy-accounts", new RegExp(`^${A}`))).toContainText(`Account ${A} is not subscribed to Shield Advanced.`);
  const policy = page.url();
  await openLesson(page, "parameter-store-hands-on", "terminal");
  expect((await terminalOf(page).run("aws shield create-subscription --region us-east-1")).err).toBe("");
  await page.goto(policy);
  await evaluate(page);
  await expect(row(page, "policy-accounts", new RegExp(`^${A}`))).toContainText("Compliant");
});

test("Firewall Manager by keyboard, at 320 px and in both themes", async ({ page }) => {
  test.slow();
  await page.goto(at("getting-started"));
  await page.getByTestId("create-organization").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("step-organization")).toContainText("Done");
  await page.getByTestId("name-admin").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("step-admin")).toContainText("Done");
  await page.getByTestId("turn-on-config").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("step-config")).toContainText("Done");

  // Firewall Manager's wizard without a mouse.
  await page.goto(at("create-policy"));
  await page.getByRole("radio", { name: /^AWS WAF/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Security group: usage audit/ })).toBeChecked();
  for (const step of ["next", "name", "next", "next", "next", "submit"] as const) {
    if (step === "name") {
      await field(page, "policy-name").focus();
      await page.keyboard.type("tidy");
      continue;
    }
    if (step === "next" && (await page.getByTestId("policy-name").isVisible())) await expect(field(page, "policy-name")).toHaveValue("tidy");
    await page.getByTestId(`policy-${step}`).focus();
    await page.keyboard.press("Enter");
  }
  await flash(page, "The policy tidy was created.");
  await page.getByTestId("go-to-evaluation").focus();
  await page.keyboard.press("Enter");
  await expect(row(page, "policy-accounts", new RegExp(`^${A}`))).toContainText("Compliant");
  const policy = new URL(page.url()).pathname.split("/firewall-manager/")[1];

  const places = ["getting-started", policy, `${policy}/edit`, `${policy}/accounts/${A}`, "accounts", `accounts/${A}`, "settings", "lists", "create-policy"];
  for (const place of places) {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(at(place));
    await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
    await expect(page.getByTestId("aws-console").locator('[class*="spinner"]')).toHaveCount(0);
    await expect.poll(() => sideways(page), place).toBe(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const place of ["getting-started", `${policy}/accounts/${A}`, `accounts/${A}`, "create-policy"]) {
    await page.goto(at(place));
    await expect(page.getByTestId("aws-console").getByRole("heading", { level: 1 })).toBeVisible();
    await bothThemes(page, place);
  }
});
