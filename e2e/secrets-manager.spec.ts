import type { Page } from "@playwright/test";
import { bothThemes, choose, expect, field, goToRegion, openLesson, plainText, sideways, tabTo, terminalOf, test } from "./journey";

// The Secrets Manager console: a secret of each type stored by the wizard; deleted, restored, gone; by keyboard alone.

test.describe.configure({ timeout: 240_000 });
// What is not there to be pressed says so soon.
test.use({ actionTimeout: 30_000 });

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    if (window === top) localStorage.setItem("keyhole.editor", "plain");
  });
});

const A = "111122223333";
const at = (path = "secrets"): string => `/console/secretsmanager/${path}`;
const next = (page: Page): Promise<void> => page.getByTestId("store-secret-next").click();

/** The wizard's first step, with a type. */
async function begin(page: Page, kind: string): Promise<void> {
  await page.goto(at("secrets/new"));
  await expect(page.getByTestId("store-secret")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("radio", { name: kind }).check();
}

async function credentials(page: Page, user: string, password: string): Promise<void> {
  await field(page, "secret-username").fill(user);
  await field(page, "secret-password").fill(password);
}

/** From the end of the first step to the stored secret, with nothing more than a name. */
async function storeAs(page: Page, name: string): Promise<void> {
  await next(page);
  await field(page, "secret-name").fill(name);
  await next(page);
  await next(page);
  await expect(page.getByTestId("store-secret")).toContainText(name);
  await page.getByTestId("store-secret-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText(`${name} was stored.`);
  await expect(page.getByTestId("secret-details")).toContainText(name);
}

/** The secret's value, as the console retrieves it, in plain text. */
async function valueOf(page: Page): Promise<string> {
  await page.getByTestId("retrieve-value").click();
  const value = page.getByTestId("secret-value");
  await value.getByRole("button", { name: "Plaintext" }).click();
  return value.getByTestId("secret-string").innerText();
}

test("other type of secret: pairs and plaintext; with tags, a key of one's own, a policy and a replica", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("export AWS_DEFAULT_REGION=us-east-1");
  await terminal.run("aws kms create-alias --alias-name alias/secrets --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await goToRegion(page, "us-east-1");

  await begin(page, "Other type of secret");
  // Nothing is left without a value.
  await next(page);
  await expect(page.getByTestId("store-secret")).toContainText("Each pair needs a key.");
  await field(page, "pair-key-0").fill("user");
  await field(page, "pair-value-0").fill("app");
  await page.getByTestId("add-pair").click();
  await field(page, "pair-key-1").fill("token");
  await field(page, "pair-value-1").fill("a-b-c");
  await choose(page, page.getByTestId("secret-key"), /^secrets/);
  await next(page);
  await field(page, "secret-name").fill("prod/token");
  await field(page, "secret-description").fill("Of the payment service");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByPlaceholder("Enter key").fill("team");
  await page.getByPlaceholder("Enter value").fill("payroll");
  await page.getByTestId("add-policy").click();
  const policy = await plainText(page.getByTestId("store-policy"));
  await policy.fill(JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:user/app` }, Action: "secretsmanager:GetSecretValue", Resource: "*" }] }));
  await page.getByTestId("add-replica").click();
  await choose(page, page.getByTestId("replica-region-0"), /eu-west-1/);
  await next(page);
  await next(page);
  const review = page.getByTestId("store-secret");
  for (const words of ["prod/token", "Of the payment service", "team: payroll", "A policy of its own", "eu-west-1"]) await expect(review).toContainText(words);
  await page.getByTestId("store-secret-submit").click();
  await expect(page.getByTestId("secret-details")).toContainText("Of the payment service");
  expect(JSON.parse(await valueOf(page))).toEqual({ user: "app", token: "a-b-c" });

  await openLesson(page, "kms-hands-on", "terminal");
  const ask = async (command: string): Promise<any> => JSON.parse((await terminal.run(command)).out);
  const described = await ask("aws secretsmanager describe-secret --secret-id prod/token");
  expect(described).toMatchObject({ Tags: [{ Key: "team", Value: "payroll" }], KmsKeyId: expect.stringContaining(":key/"), ReplicationStatus: [{ Region: "eu-west-1" }] });
  await terminal.run("keyhole clock 1m");
  expect((await ask("aws secretsmanager get-secret-value --secret-id prod/token --region eu-west-1")).SecretString).toBe('{"user":"app","token":"a-b-c"}');
  expect((await ask("aws secretsmanager get-resource-policy --secret-id prod/token")).ResourcePolicy).toContain("user/app");

  await begin(page, "Other type of secret");
  await page.getByTestId("value-view").getByRole("button", { name: "Plaintext" }).click();
  await field(page, "secret-text").fill("not a pair: just words");
  await storeAs(page, "plain");
  await page.getByTestId("retrieve-value").click();
  await expect(page.getByTestId("secret-value")).toContainText("not a pair: just words");
});

test("credentials for RDS, DocumentDB and Redshift, chosen from what is there, and for another database", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("export AWS_DEFAULT_REGION=us-east-1");
  await terminal.run("aws rds create-db-instance --db-instance-identifier shop --engine mysql --db-instance-class db.t4g.micro --allocated-storage 20 --db-name shop --master-username admin --master-user-password First-Passw0rd");
  await terminal.run("aws rds create-db-cluster --db-cluster-identifier papers --engine docdb --master-username keeper --master-user-password First-Passw0rd");
  await terminal.run("aws redshift create-cluster --cluster-identifier house --node-type ra3.large --number-of-nodes 2 --db-name sales --master-username analyst --master-user-password First-Passw0rd");
  await terminal.run("keyhole clock 30m");
  await goToRegion(page, "us-east-1");

  const rows: [kind: string, id: string, user: string, expected: Record<string, unknown>][] = [
    ["Credentials for Amazon RDS database", "shop", "admin", { engine: "mysql", username: "admin", password: "First-Passw0rd", port: 3306, dbname: "shop", dbInstanceIdentifier: "shop" }],
    ["Credentials for Amazon DocumentDB database", "papers", "keeper", { engine: "mongo", username: "keeper", port: 27017, dbClusterIdentifier: "papers" }],
    ["Credentials for Amazon Redshift data warehouse", "house", "analyst", { engine: "redshift", username: "analyst", port: 5439, dbname: "sales", dbClusterIdentifier: "house" }],
  ];
  for (const [kind, id, user, expected] of rows) {
    await begin(page, kind);
    await credentials(page, user, "First-Passw0rd");
    const databases = page.getByTestId("secret-database");
    // Each kind has its own databases, and no others.
    await expect(databases.getByRole("radio")).toHaveCount(1);
    await databases.getByRole("radio", { name: `Choose ${id}` }).check();
    await storeAs(page, `${id}/login`);
    const value = JSON.parse(await valueOf(page));
    expect(value).toMatchObject(expected);
    expect(value.host).toContain(id);
  }

  await begin(page, "Credentials for other database");
  await credentials(page, "app", "secret");
  await next(page);
  await expect(page.getByTestId("store-secret")).toContainText("Enter the server's address.");
  await choose(page, page.getByTestId("secret-engine"), "PostgreSQL");
  await field(page, "secret-server").fill("db.example.com");
  await field(page, "secret-dbname").fill("books");
  await field(page, "secret-port").fill("5432");
  await storeAs(page, "elsewhere");
  expect(JSON.parse(await valueOf(page))).toEqual({ engine: "postgres", host: "db.example.com", username: "app", password: "secret", port: 5432, dbname: "books" });
});

async function storeByTerminal(page: Page, name: string): Promise<ReturnType<typeof terminalOf>> {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("export AWS_DEFAULT_REGION=us-east-1");
  await terminal.run(`aws secretsmanager create-secret --name ${name} --secret-string '{"a":"1"}'`);
  await goToRegion(page, "us-east-1");
  return terminal;
}

async function deleteByConsole(page: Page, name: string): Promise<void> {
  await page.goto(at(`secrets/${name}`));
  await page.getByTestId("secret-actions").getByRole("button").first().click();
  await page.getByRole("menuitem", { name: "Delete secret" }).click();
  await page.getByTestId("delete-secret-confirm").click();
  await expect(page.getByTestId("flashbar")).toContainText("will be deleted in 30 days");
}

test("deleted; restored after 29 days; deleted once more, and gone after 31", async ({ page }) => {
  const terminal = await storeByTerminal(page, "short-lived");
  const clock = async (time: string): Promise<void> => {
    await openLesson(page, "kms-hands-on", "terminal");
    await terminal.run(`keyhole clock ${time}`);
  };
  await deleteByConsole(page, "short-lived");
  await expect(page.getByTestId("secret-deleted")).toBeVisible();
  await clock("29d");
  expect((await terminal.run("aws secretsmanager get-secret-value --secret-id short-lived --region us-east-1")).err).toContain("InvalidRequestException");
  await page.goto(at("secrets/short-lived"));
  await page.getByTestId("restore-secret").click();
  await expect(page.getByTestId("flashbar")).toContainText("short-lived was restored.");
  await expect(page.getByTestId("secret-deleted")).toHaveCount(0);
  expect(JSON.parse(await valueOf(page))).toEqual({ a: "1" });

  await deleteByConsole(page, "short-lived");
  await page.goto(at());
  await expect(page.getByTestId("secrets")).toContainText("No secrets");
  await page.getByTestId("show-deleted").getByRole("checkbox").check();
  await expect(page.getByTestId("secrets").getByRole("link", { name: "short-lived" })).toBeVisible();
  await clock("31d");
  await page.goto(at("secrets/short-lived"));
  await expect(page.getByTestId("aws-error")).toContainText("Secrets Manager can't find the specified secret.");
  await page.goto(at());
  await expect(page.getByTestId("secrets")).toContainText("No secrets");
});

test("a secret is stored by keyboard alone", async ({ page }) => {
  await page.goto(at());
  const store = page.getByTestId("secrets").getByTestId("store-secret").first();
  await expect(store).toBeVisible({ timeout: 60_000 });
  await tabTo(page, store);
  await page.keyboard.press("Enter");
  const kinds = page.getByRole("radio", { name: "Credentials for Amazon RDS database" });
  await expect(kinds).toBeVisible();
  await tabTo(page, kinds);
  for (let turn = 0; turn < 4; turn++) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Other type of secret" })).toBeChecked();
  await tabTo(page, field(page, "pair-key-0"));
  await page.keyboard.type("token");
  await page.keyboard.press("Tab");
  await page.keyboard.type("typed");
  const nextButton = page.getByTestId("store-secret-next");
  await tabTo(page, nextButton);
  await page.keyboard.press("Enter");
  await expect(field(page, "secret-name")).toBeVisible();
  await tabTo(page, field(page, "secret-name"));
  await page.keyboard.type("by-keyboard");
  for (let step = 0; step < 2; step++) {
    await tabTo(page, nextButton);
    await page.keyboard.press("Enter");
  }
  const submit = page.getByTestId("store-secret-submit");
  await expect(submit).toBeVisible();
  await tabTo(page, submit);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("secret-details")).toContainText("by-keyboard");
});

test("list, wizard and detail: axe finds nothing serious; 320 px", async ({ page }) => {
  await storeByTerminal(page, "looked-at");
  await page.goto(at());
  await expect(page.getByRole("link", { name: "looked-at" })).toBeVisible();
  await bothThemes(page, "list");
  await begin(page, "Other type of secret");
  await bothThemes(page, "wizard, type");
  await field(page, "pair-key-0").fill("k");
  await field(page, "pair-value-0").fill("v");
  await next(page);
  await page.getByTestId("add-replica").click();
  await bothThemes(page, "wizard, configuration");
  await field(page, "secret-name").fill("second");
  await next(page);
  await page.getByTestId("store-rotation").getByRole("checkbox").check();
  await bothThemes(page, "wizard, rotation");
  await next(page);
  await bothThemes(page, "wizard, review");
  await page.goto(at("secrets/looked-at"));
  await page.getByTestId("retrieve-value").click();
  await bothThemes(page, "detail");
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ["secrets", "secrets/new", "secrets/looked-at", "secrets/looked-at/rotation", "secrets/looked-at/versions", "secrets/looked-at/replication"]) {
    await page.goto(at(path));
    await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
    await expect.poll(() => sideways(page), path).toBe(0);
  }
});
