import type { Page } from "@playwright/test";
import { bothThemes, expect, field, goToRegion, openLesson, plainText, sideways, terminalOf, test } from "./journey";

// Rotation with applications that go on logging in; failed at each of its four steps for a real cause, shown, mended, recovered.

test.describe.configure({ timeout: 240_000 });
// What is not there to be pressed says so soon.
test.use({ actionTimeout: 30_000 });

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    if (window === top) localStorage.setItem("keyhole.editor", "plain");
  });
});

const A = "111122223333";
const master = "First-Passw0rd";
const trust = (service: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] });
const allow = (actions: string[]): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions.map((one) => `secretsmanager:${one}`), Resource: "*" }] });
const needed = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage", "GetRandomPassword"];

/** A terminal whose commands may take long: functions run in them, and the clock goes over what falls due. */
async function openTerminal(page: Page) {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  async function run(command: string): Promise<string> {
    const before = await terminal.commands.count();
    await terminal.input.fill(command);
    await terminal.input.press("Enter");
    await expect(terminal.commands).toHaveCount(before + 1);
    await expect(terminal.log).toHaveAttribute("aria-busy", "false", { timeout: 120_000 });
    const { out, err } = await terminal.printed();
    expect(err, command).toBe("");
    return out.trim();
  }
  await run("export AWS_DEFAULT_REGION=us-east-1");
  return run;
}
type Run = Awaited<ReturnType<typeof openTerminal>>;

/** A MySQL database with its secret, the single-user function that rotates it, and a role for applications. */
async function shop(page: Page): Promise<void> {
  const run = await openTerminal(page);
  await run(`aws rds create-db-instance --db-instance-identifier shop --engine mysql --db-instance-class db.t4g.micro --allocated-storage 20 --db-name shop --master-username admin --master-user-password ${master}`);
  await run("keyhole clock 15m");
  await run(`HOST=$(aws rds describe-db-instances --db-instance-identifier shop --query 'DBInstances[0].Endpoint.Address' --output text); aws secretsmanager create-secret --name shop/db --secret-string '{"engine":"mysql","host":"'$HOST'","username":"admin","password":"${master}","dbname":"shop"}'`);
  await run(`aws iam create-role --role-name rotate-shop --assume-role-policy-document '${trust("lambda.amazonaws.com")}'`);
  await run(`aws iam put-role-policy --role-name rotate-shop --policy-name rotate --policy-document '${allow(needed)}'`);
  await run("keyhole template MySQLSingleUser --language javascript > index.mjs; zip -q rotate.zip index.mjs");
  await run(`aws lambda create-function --function-name rotate-shop --runtime nodejs22.x --handler index.handler --timeout 30 --role arn:aws:iam::${A}:role/rotate-shop --zip-file fileb://rotate.zip`);
  await run("aws lambda add-permission --function-name rotate-shop --statement-id rotation --action lambda:InvokeFunction --principal secretsmanager.amazonaws.com");
  await run(`aws iam create-role --role-name shop-web --assume-role-policy-document '${trust("ec2.amazonaws.com")}'`);
  await run(`aws iam put-role-policy --role-name shop-web --policy-name read --policy-document '${allow(["GetSecretValue"])}'`);
  await run("keyhole clock 10s");
  await goToRegion(page, "us-east-1");
}

const currentOf = async (run: Run): Promise<string> => run(`aws secretsmanager list-secret-version-ids --secret-id shop/db --query "Versions[?contains(VersionStages, 'AWSCURRENT')].VersionId" --output text`);

test("single user: the program that never reads again is shut out, the one that does is not; the page shows it as it happens", async ({ page }) => {
  await shop(page);
  let run = await openTerminal(page);
  await run("keyhole app start hurried --secret shop/db --role shop-web --strategy never-refreshes");

  // The other one by the page, with a role that it makes.
  await page.goto("/console/secretsmanager/applications");
  await expect(page.getByTestId("applications").getByRole("link", { name: "hurried" })).toBeVisible({ timeout: 60_000 });
  await page.getByTestId("start-application").click();
  await page.getByTestId("start-submit").click();
  await expect(page.getByTestId("start-form")).toContainText("Enter a name.");
  await field(page, "application-name").fill("patient");
  await page.getByTestId("application-secret").getByRole("button").click();
  await page.getByRole("option", { name: "shop/db" }).click();
  await field(page, "application-cache").fill("3600");
  await bothThemes(page, "the form");
  await page.getByTestId("start-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("patient is running.");
  // It goes on by itself.
  await expect(page.getByTestId("login-counts")).toContainText(/^(?:[3-9]|\d{2,}) succeeded, 0 failed/, { timeout: 30_000 });
  await expect(page.getByTestId("outages")).toContainText("No outage so far.");

  // Rotation is set by the secret's page; the first one begins at once.
  await page.goto("/console/secretsmanager/secrets/shop%2Fdb/rotation");
  await page.getByTestId("edit-rotation").click();
  const modal = page.getByTestId("edit-rotation-modal");
  await modal.getByTestId("rotation-function").getByRole("button").click();
  await page.getByRole("option", { name: "rotate-shop" }).click();
  await page.getByTestId("edit-rotation-confirm").click();
  await expect(page.getByTestId("flashbar")).toContainText("Rotation is on. The first one has begun.");

  // Its four steps are seen on the application's page, without a reload.
  await page.goto("/console/secretsmanager/applications/patient");
  const list = page.getByTestId("story-list");
  await expect(list).toContainText("Rotation: finishSecret", { timeout: 120_000 });
  await expect(list.getByRole("row").filter({ hasText: "second try" }).first()).toContainText("AWSCURRENT", { timeout: 30_000 });
  await expect(page.getByTestId("outages").getByRole("row")).toHaveCount(2);
  await expect(page.getByTestId("outages")).toContainText("Access denied for user 'admin'");
  await expect(page.getByTestId("outages")).not.toContainText("so far");
  await expect(page.getByTestId("story-words")).toContainText("after setSecret");
  await expect(page.getByTestId("story-words")).toContainText("At the end it logs in with version");
  const drawing = page.getByTestId("story-drawing");
  for (const step of ["createSecret", "setSecret", "testSecret", "finishSecret"]) await expect(drawing.getByText(step, { exact: true })).toBeVisible();
  await expect(drawing.getByText("AWSPREVIOUS", { exact: true })).toBeVisible();
  // A refused login has its reason.
  const refused = list.getByRole("row").filter({ hasText: "Access denied for user" }).first();
  await refused.getByRole("button", { name: /^Why\?/ }).click();
  const why = page.getByTestId("why");
  await expect(why).toContainText("Access denied for user 'admin'", { timeout: 60_000 });
  await page.keyboard.press("Escape");
  await bothThemes(page, "an application");

  await page.goto("/console/secretsmanager/applications/hurried");
  await expect(page.getByTestId("outages")).toContainText("so far");
  await expect(page.getByTestId("story-words")).toContainText("no login has succeeded");
  await expect(page.getByTestId("story-words")).toContainText("which is AWSPREVIOUS");
  // Started anew it has read the secret, and gets in.
  await page.getByTestId("stop-application").click();
  await expect(page.getByTestId("application")).toContainText("It was stopped.");
  await page.getByTestId("restart-application").click();
  await expect(page.getByTestId("outages")).not.toContainText("so far", { timeout: 30_000 });

  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ["applications/hurried", "applications", "applications/start"]) {
    await page.goto(`/console/secretsmanager/${path}`);
    await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
    await expect.poll(() => sideways(page), path).toBe(0);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto("/console/secretsmanager/applications/patient");
  await page.getByTestId("delete-application").click();
  await page.getByTestId("delete-application-confirm").click();
  await expect(page.getByTestId("flashbar")).toContainText("patient is gone.");
  await expect(page.getByTestId("applications").getByRole("link", { name: "patient" })).toHaveCount(0);
  await bothThemes(page, "applications");
  run = await openTerminal(page);
  expect(await run("keyhole app list")).not.toContain("patient");
});

const failures: { step: string; cause: string; break: (run: Run, page: Page) => Promise<void>; mend: (run: Run, page: Page) => Promise<void>; reason: RegExp }[] = [
  {
    step: "createSecret",
    cause: "its role may not write the secret",
    break: (run) => permit(run, needed.filter((one) => one !== "PutSecretValue")),
    mend: (run) => permit(run, needed),
    reason: /is not authorized to perform: secretsmanager:PutSecretValue/,
  },
  {
    step: "setSecret",
    cause: "somebody changed the password in the database",
    break: (run) => password(run, "Somebody-Else1"),
    mend: (run) => password(run, master),
    reason: /Unable to log into database with previous, current, or pending secret/,
  },
  {
    step: "testSecret",
    cause: "the function's code asks for a table that is not there",
    break: (_run, page) => edit(page, (code) => code.replace(/(async function testSecret[\s\S]*?execute\()"[^"]*"/, '$1"SELECT * FROM orders"')),
    mend: (_run, page) => edit(page, (code) => code.replace("SELECT * FROM orders", "SELECT 1")),
    reason: /orders/,
  },
  {
    step: "finishSecret",
    cause: "its role may not move labels",
    break: (run) => permit(run, needed.filter((one) => one !== "UpdateSecretVersionStage")),
    mend: (run) => permit(run, needed),
    reason: /is not authorized to perform: secretsmanager:UpdateSecretVersionStage/,
  },
];

const permit = async (run: Run, actions: string[]): Promise<void> => void (await run(`aws iam put-role-policy --role-name rotate-shop --policy-name rotate --policy-document '${allow(actions)}'`));

async function password(run: Run, text: string): Promise<void> {
  await run(`aws rds modify-db-instance --db-instance-identifier shop --master-user-password ${text} --apply-immediately`);
  await run("keyhole clock 2m");
}

/** The function's code, by the Lambda console. */
async function edit(page: Page, change: (code: string) => string): Promise<void> {
  await page.goto("/console/lambda/functions/rotate-shop/code");
  const editor = await plainText(page.getByTestId("function-editor"));
  await expect(editor).toHaveValue(/testSecret/, { timeout: 60_000 });
  const before = await editor.inputValue();
  const after = change(before);
  expect(after).not.toBe(before);
  await editor.fill(after);
  await page.getByTestId("deploy").click();
  await expect(page.getByTestId("deployed")).toBeVisible();
}

for (const { step, cause, reason, ...failure } of failures)
  test(`a rotation fails at ${step}, since ${cause}; mended, it recovers by itself`, async ({ page }) => {
    await shop(page);
    let run = await openTerminal(page);
    await run(`aws secretsmanager rotate-secret --secret-id shop/db --no-rotate-immediately --rotation-lambda-arn arn:aws:lambda:us-east-1:${A}:function:rotate-shop --rotation-rules AutomaticallyAfterDays=30`);
    await run("keyhole clock 20s");
    const before = await currentOf(run);
    await failure.break(run, page);

    await page.goto("/console/secretsmanager/secrets/shop%2Fdb/rotation");
    await page.getByTestId("rotate-now").click();
    await page.getByTestId("rotate-confirm").click();
    await expect(page.getByTestId("flashbar")).toContainText("has begun");
    const steps = page.getByTestId("rotation-steps");
    const failed = steps.getByRole("row").filter({ hasText: step });
    await expect(failed.first()).toContainText(reason, { timeout: 90_000 });
    // AWSPENDING stays, and AWSCURRENT is where it was.
    await expect(page.getByTestId("rotation-failed")).toContainText(step);
    await expect(page.getByTestId("rotation-failed")).toContainText(reason);
    await failed.first().getByRole("button", { name: `Why? ${step}` }).click();
    await expect(page.getByTestId("why")).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press("Escape");
    run = await openTerminal(page);
    expect(await currentOf(run)).toBe(before);

    await failure.mend(run, page);
    run = await openTerminal(page);
    // Secrets Manager tries again after a while, with the same pending version.
    await run("keyhole clock 6m");
    const after = await currentOf(run);
    expect(after).not.toBe(before);
    await page.goto("/console/secretsmanager/secrets/shop%2Fdb/rotation");
    await expect(steps.getByRole("row").nth(1)).toContainText("finishSecret");
    await expect(steps.getByRole("row").nth(1)).toContainText("Done");
    await expect(page.getByTestId("rotation-failed")).toHaveCount(0);
  });
