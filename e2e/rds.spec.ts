import type { Locator, Page } from "@playwright/test";
import { bothThemes, choose, chooseItem, clockAhead, expect, field, openLesson, sideways, terminalOf, test } from "./journey";

// The RDS console: a database whose master password Secrets Manager keeps, queried with the secret; the password rotated
// while a connection stays open; a password of one's own; the terminal's clients; deleted.

test.describe.configure({ timeout: 300_000 });

const at = (path: string): string => `/console/rds/${path}`;

const row = (page: Page, name: string): Locator => page.getByTestId("databases").getByRole("row").filter({ hasText: name });

async function ask(page: Page, statement: string): Promise<void> {
  await field(page, "query-statement").fill(statement);
  await page.getByTestId("query-run").click();
}

test("a database from its making to its end", async ({ page }) => {
  await page.goto(at("databases"));
  await expect(page.getByText("No databases")).toBeVisible();
  await page.getByTestId("create-database").click();

  // MySQL, its password in Secrets Manager.
  await field(page, "database-id").fill("shop");
  await field(page, "database-name").fill("shop");
  await page.getByTestId("create-database-submit").click();
  await expect(page.getByTestId("database-created")).toContainText("Creating database shop");
  await expect(page).toHaveURL(/databases\/instance\/shop$/);
  await expect(page.getByText("Creating", { exact: true })).toBeVisible();
  await expect(page.getByTestId("database-query")).toHaveCount(0);
  await clockAhead(page, "1 day");
  await expect(page.getByText("Available", { exact: true })).toBeVisible();
  await expect(page.getByText(/^shop\.[\w.-]+\.rds\.amazonaws\.com$/).first()).toBeVisible();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByTestId("master-secret")).toContainText("rds!db-");
  await bothThemes(page, "a database");

  // With the secret, as a program would.
  await page.getByTestId("database-query").click();
  await page.getByTestId("query-login").click();
  await expect(page.getByTestId("query-user")).toContainText("admin");
  await ask(page, "CREATE TABLE visits (id INT, who VARCHAR(20))");
  await expect(page.getByTestId("query-status")).toContainText("Query OK");
  await ask(page, "INSERT INTO visits VALUES (1, 'Ann'), (2, NULL)");
  await expect(page.getByTestId("query-status")).toContainText("2 rows affected");
  await ask(page, "SELECT * FROM visits");
  await expect(page.getByTestId("query-rows")).toContainText("Ann");
  await bothThemes(page, "the query editor");
  await ask(page, "SELECT nothing FROM visits");
  await expect(page.getByTestId("server-error")).toContainText("1054 (42S22)");
  await expect(page.getByTestId("server-error")).toContainText("Unknown column 'nothing'");

  // Seven days later RDS has rotated the password: the connection is open all the same.
  await clockAhead(page, "7 days");
  await ask(page, "SELECT 1 AS still_here");
  await expect(page.getByTestId("query-rows")).toContainText("still_here");
  await page.getByTestId("query-leave").click();
  await page.getByTestId("query-login").click();
  await expect(page.getByTestId("query-user")).toContainText("admin");

  // A password of one's own, and the secret is gone.
  await page.goto(at("databases/instance/shop/modify"));
  await page.getByRole("radio", { name: "Self managed" }).check();
  await field(page, "master-password").fill("Quite-New-2");
  await field(page, "master-password-again").fill("Quite-Other");
  await page.getByTestId("modify-submit").click();
  await expect(page.getByText("The passwords are not the same.")).toBeVisible();
  await field(page, "master-password-again").fill("Quite-New-2");
  await page.getByTestId("modify-submit").click();
  await expect(page.getByText("Modifying shop.")).toBeVisible();
  await clockAhead(page, "1 day");
  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByText("Self managed")).toBeVisible();
  await page.goto(at("query-editor/instance/shop"));
  await field(page, "query-password").fill("wrong");
  await page.getByTestId("query-login").click();
  await expect(page.getByTestId("server-error")).toContainText("1045 (28000)");
  await field(page, "query-password").fill("Quite-New-2");
  await page.getByTestId("query-login").click();
  await expect(page.getByTestId("query-user")).toContainText("admin");
  await page.getByTestId("query-leave").click();

  await page.goto(at("databases"));
  await row(page, "shop").getByRole("radio").check();
  await page.getByTestId("database-actions").click();
  await chooseItem(page, "Delete");
  await page.getByTestId("final-snapshot").getByRole("checkbox").uncheck();
  await field(page, "delete-database-typed").fill("delete me");
  await page.getByTestId("delete-database-confirm").click();
  await expect(row(page, "shop")).toContainText("Deleting");
  await clockAhead(page, "1 day");
  await expect(page.getByText("No databases")).toBeVisible();
});

test("Aurora and DocumentDB are clusters with instances; a refusal says what AWS says", async ({ page }) => {
  for (const [engine, id] of [["Aurora (PostgreSQL Compatible)", "heart"], ["DocumentDB", "notes"]]) {
    await page.goto(at("create/database"));
    await page.getByRole("radio", { name: engine }).check();
    await field(page, "database-id").fill(id);
    await page.getByTestId("create-database-submit").click();
    await expect(page.getByTestId("database-created")).toContainText(id);
  }
  await page.goto(at("create/database"));
  await page.getByRole("radio", { name: "DocumentDB" }).check();
  await field(page, "database-id").fill("heart");
  await page.getByTestId("create-database-submit").click();
  await expect(page.getByTestId("aws-error")).toContainText("DBClusterAlreadyExists");
  await page.goto(at("databases"));
  await clockAhead(page, "1 day");
  await expect(row(page, "heart-instance-1")).toContainText("Writer instance");
  await expect(row(page, "notes-instance-1")).toContainText("Available");
  await bothThemes(page, "the databases");
  await page.goto(at("query-editor"));
  await choose(page, page.getByTestId("query-database"), "heart");
  await page.getByTestId("query-login").click();
  await expect(page.getByTestId("query-user")).toContainText("postgres");
  await ask(page, "SELEKT 1");
  await expect(page.getByTestId("server-error")).toContainText("42601");
});

test("the terminal's clients log in to it", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws rds create-db-instance --db-instance-identifier shop --engine postgres --db-instance-class db.t4g.micro --allocated-storage 20 --master-username boss --master-user-password Rotate-Me-1 --db-name shop");
  await terminal.run("keyhole clock 1h");
  await terminal.run("HOST=$(aws rds describe-db-instances --db-instance-identifier shop --query 'DBInstances[0].Endpoint.Address' --output text)");
  expect((await terminal.run("PGPASSWORD=Rotate-Me-1 psql -h $HOST -U boss -d shop -Atc 'SELECT current_user'")).out).toBe("boss");
  expect((await terminal.run("PGPASSWORD=no psql -h $HOST -U boss -d shop -c 'SELECT 1'")).err).toContain('FATAL:  password authentication failed for user "boss"');
  // Asked for, line by line, in one session.
  await terminal.input.fill("psql -h $HOST -U boss -d shop");
  await terminal.input.press("Enter");
  const prompt = page.locator("label").filter({ has: terminal.input });
  for (const [question, answer] of [["Password for user boss:", "Rotate-Me-1"], ["shop=>", "SELECT 1 AS one;"], ["shop=>", "\\q"]]) {
    await expect(prompt).toContainText(question);
    await terminal.input.fill(answer);
    await terminal.input.press("Enter");
    await expect(terminal.input).toHaveValue("");
  }
  await expect(terminal.log).toHaveAttribute("aria-busy", "false");
  await expect(terminal.log).toContainText("(1 row)");
  await expect(terminal.log).not.toContainText("Password for user boss: Rotate");
});

for (const width of [320, 390])
  test(`${width} px: nothing to scroll sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["databases", "create/database", "query-editor"]) {
      await page.goto(at(path));
      await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
      await expect.poll(() => sideways(page), path).toBe(0);
    }
  });
