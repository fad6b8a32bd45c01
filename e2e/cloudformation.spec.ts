import type { Locator, Page } from "@playwright/test";
import { bothThemes, choose, expect, fitsOnPhone, field, openLesson, plainText, terminalOf, test } from "./journey";

// The CloudFormation console: a stack from a sample by way of a change set, an update with what Parameter Store holds,
// a failure that rolls back and says why, drift, deletion; templates that are none.

test.describe.configure({ timeout: 240_000 });

test.beforeEach(async ({ page }) => {
  // The plain field holds the same text as Monaco, and is here sooner.
  await page.addInitScript(() => {
    if (window === top) localStorage.setItem("keyhole.editor", "plain");
  });
});

const at = (path: string): string => `/console/cloudformation/${path}`;
const next = (page: Page) => page.getByTestId("stack-wizard-next").click();
const status = (page: Page, is: string) => expect(page.getByTestId("stack-status")).toHaveText(is, { timeout: 90_000 });

/** The wizard up to its last step, with a sample or a text of one's own. */
async function describe(page: Page, template: { sample: string } | { text: string }, name: string): Promise<void> {
  await page.goto(at("create/stack"));
  if ("sample" in template) {
    // A draft that was left may stand on a text of its own.
    await page.getByRole("radio", { name: "Use a sample template" }).check();
    await choose(page, page.getByTestId("sample-template"), template.sample);
  } else {
    await page.getByRole("radio", { name: "Write or upload a template" }).check();
    await (await plainText(page.getByTestId("template-editor"))).fill(template.text);
  }
  await next(page);
  await field(page, "stack-name").fill(name);
}

/** From the details to the stack's events, by a change set that is looked at and executed. */
async function reviewAndExecute(page: Page): Promise<void> {
  await next(page);
  await next(page);
  await page.getByTestId("stack-wizard-submit").click();
  await expect(page.getByTestId("execute")).toBeEnabled({ timeout: 30_000 });
}

const change = (page: Page, id: string): Locator => page.getByTestId("changes").getByRole("row").filter({ hasText: id });

test("a stack by a change set, updated, drifted, deleted", async ({ page }) => {
  await describe(page, { sample: "Parameters of an application" }, "my-app");
  await expect(page.getByTestId("parameter-Stage")).toContainText("dev");
  await reviewAndExecute(page);
  await expect(change(page, "Url")).toContainText("Add");
  // Nothing has been made yet.
  await page.goto("/console/systems-manager/parameters");
  await expect(page.getByText("/my-app/dev/db-url")).toHaveCount(0);
  await page.goBack();
  await page.getByTestId("execute").click();
  await expect(page).toHaveURL(/stacks\/my-app\/events$/);
  await status(page, "CREATE_COMPLETE");
  const events = page.getByTestId("stack-events");
  await expect(events.getByRole("row").filter({ hasText: "AWS::SSM::Parameter" }).filter({ hasText: "CREATE_COMPLETE" })).toHaveCount(1);
  await page.getByRole("tab", { name: "Outputs" }).click();
  await expect(page.getByTestId("stack-outputs")).toContainText("/my-app/dev/db-url");

  await page.getByTestId("detail-update").click();
  await expect(page.getByRole("radio", { name: "Use existing template" })).toBeChecked();
  await next(page);
  await field(page, "parameter-DatabaseUrl").fill("other.example.com:3306");
  await reviewAndExecute(page);
  await expect(change(page, "Url")).toContainText("Modify");
  await expect(change(page, "Url")).toContainText("Value: dev.database.example.com:3306 → other.example.com:3306, by the parameter DatabaseUrl");
  await page.getByTestId("execute").click();
  await status(page, "UPDATE_COMPLETE");
  await page.getByRole("tab", { name: "Resources" }).click();
  await page.getByTestId("stack-resources").getByRole("link", { name: "/my-app/dev/db-url" }).click();
  await expect(page.getByTestId("parameter-current-value")).toHaveText("other.example.com:3306");

  // Somebody changes it past the stack.
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminalOf(page).run("aws ssm put-parameter --region eu-west-2 --name /my-app/dev/db-url --value by-hand --overwrite");
  await page.goto(at("stacks/my-app/drift"));
  await page.getByTestId("detect-drift").click();
  await expect(page.getByTestId("drifts")).toContainText("MODIFIED", { timeout: 30_000 });
  await expect(page.getByTestId("drifts").getByRole("row").filter({ hasText: "Url" })).toContainText("other.example.com:3306 → by-hand");

  await page.getByTestId("detail-delete").click();
  await page.getByTestId("delete-stack-confirm").click();
  await status(page, "DELETE_COMPLETE");
  await page.goto(at("stacks"));
  await expect(page.getByTestId("stacks")).toContainText("No stacks");
  await page.getByRole("button", { name: "Deleted", exact: true }).click();
  await expect(page.getByTestId("stacks").getByRole("link", { name: "my-app" })).toBeVisible();
});

test("a value from Parameter Store is shown before it goes into the stack, and does not follow by itself", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminalOf(page).run("aws ssm put-parameter --region eu-west-2 --name /my-app/dev/db-url --type String --value first:3306");
  await describe(page, { sample: "Values from Parameter Store" }, "reader");
  await expect(page.getByTestId("stored-DatabaseUrl")).toContainText("Now: first:3306");
  await field(page, "parameter-DatabaseUrl").fill("/none");
  await expect(page.getByTestId("stored-DatabaseUrl")).toContainText("ParameterNotFound");
  // What was entered outlives a reload.
  await page.reload();
  await expect(field(page, "parameter-DatabaseUrl")).toHaveValue("/none");
  await field(page, "parameter-DatabaseUrl").fill("/my-app/dev/db-url");
  await reviewAndExecute(page);
  await page.getByTestId("execute").click();
  await status(page, "CREATE_COMPLETE");
  await page.goto(at("stacks/reader/parameters"));
  const row = page.getByTestId("stack-parameters").getByRole("row").filter({ hasText: "DatabaseUrl" });
  await expect(row).toContainText("first:3306");
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminalOf(page).run("aws ssm put-parameter --region eu-west-2 --name /my-app/dev/db-url --value second:3306 --overwrite");
  await page.goto(at("stacks/reader/parameters"));
  await expect(row).toContainText("first:3306");
  await page.goto(at("stacks/reader/update"));
  await next(page);
  await expect(page.getByTestId("stored-DatabaseUrl")).toContainText("Now: second:3306");
  await reviewAndExecute(page);
  await expect(change(page, "Connection")).toContainText("second:3306");
});

test("a resource that is refused: the stack rolls back, and says which and why", async ({ page }) => {
  await describe(page, { sample: "A stack that rolls back" }, "broken");
  await next(page);
  await next(page);
  await page.getByTestId("submit-at-once").click();
  await status(page, "ROLLBACK_COMPLETE");
  const cause = page.getByTestId("root-cause");
  await expect(cause).toContainText("Second (AWS::SSM::Parameter): CREATE_FAILED");
  await expect(cause).toContainText("reserved parameter name");
  await expect(cause).toContainText("can only be deleted");
  await expect(page.getByTestId("stack-events")).toContainText("Likely root cause.");
  await cause.getByRole("button", { name: /^Why\?/ }).click();
  await expect(page.getByTestId("why")).toContainText("ssm:PutParameter");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.goto("/console/systems-manager/parameters");
  await expect(page.getByText("/rollback/first")).toHaveCount(0);
});

test("templates that are none are refused in AWS's words, at their place; IAM resources ask for consent", async ({ page }) => {
  await page.goto(at("create/stack"));
  await page.getByRole("radio", { name: "Write or upload a template" }).check();
  const editor = await plainText(page.getByTestId("template-editor"));
  await editor.fill("Resources:\n  A: [1\n  B: 2");
  await next(page);
  await expect(page.getByTestId("aws-error")).toContainText("YAML not well-formed");
  await editor.fill("Resources:\n  A:\n    Type: AWS::S3::Bucket\n");
  await expect(page.getByTestId("aws-error")).toHaveCount(0);
  await next(page);
  await expect(page.getByTestId("aws-error")).toContainText("AWS::S3::Bucket");
  await page.reload();
  await expect(await plainText(page.getByTestId("template-editor"))).toHaveValue(/AWS::S3::Bucket/);

  await describe(page, { sample: "The function that reads parameters" }, "with-role");
  await next(page);
  await next(page);
  await page.getByTestId("stack-wizard-submit").click();
  await expect(page.getByText("Acknowledge that the template makes IAM resources.", { exact: true })).toBeVisible();
  await page.getByLabel(/^I acknowledge/).check();
  await page.getByTestId("stack-wizard-submit").click();
  await expect(page.getByTestId("execute")).toBeEnabled({ timeout: 30_000 });
  await page.getByTestId("execute").click();
  await status(page, "CREATE_COMPLETE");
  await page.getByRole("tab", { name: "Resources" }).click();
  await page.getByTestId("stack-resources").getByRole("row").filter({ hasText: "AWS::Lambda::Function" }).getByRole("link").click();
  await expect(page).toHaveURL(/\/console\/lambda\/functions\/with-role-Function/);
  await expect(await plainText(page.getByTestId("function-editor"))).toHaveValue(/get_parameters/);
});

test("nothing for axe to find, and nothing to scroll sideways on a phone", async ({ page }) => {
  await describe(page, { sample: "A KMS key and its alias" }, "seen");
  await bothThemes(page, "details");
  await next(page);
  await bothThemes(page, "options");
  await next(page);
  await bothThemes(page, "review");
  await page.getByTestId("stack-wizard-submit").click();
  await expect(page.getByTestId("execute")).toBeEnabled({ timeout: 30_000 });
  await bothThemes(page, "change set");
  await page.getByTestId("execute").click();
  await status(page, "CREATE_COMPLETE");
  const places = ["stacks", "create/stack", "exports", ...["info", "events", "resources", "outputs", "parameters", "template", "changesets", "drift"].map((tab) => `stacks/seen/${tab}`)].map(at);
  for (const address of places) {
    await page.goto(address);
    await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
    await bothThemes(page, address);
    await fitsOnPhone(page, address);
  }
});
