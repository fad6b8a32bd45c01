import type { Locator, Page } from "@playwright/test";
import { beadsOf, bothThemes, choose, chooseItem, expect, fitsOnPhone, field, goToRegion, openLesson, plainText, terminalOf, test } from "./journey";

// The Lambda console: the notes' function made, run, refused, mended; errors that say where they are; versions; secrets
// in variables; its logs.

const A = "111122223333";
/** Python is loaded once for each page that runs it. */
test.describe.configure({ timeout: 240_000 });

test.beforeEach(async ({ page }) => {
  // The plain field holds the same text as Monaco, and is here sooner.
  await page.addInitScript(() => {
    if (window === top) localStorage.setItem("keyhole.editor", "plain");
  });
});

const at = (path: string): string => `/console/lambda/${path}`;
const result = (page: Page): Locator => page.getByTestId("invocation-result");

interface Made {
  blueprint?: string;
  runtime?: string;
  name: string;
}

/** By the form, with a new basic role. Waits until the function is there. */
async function create(page: Page, { blueprint, runtime, name }: Made): Promise<void> {
  await page.goto(at("create/function"));
  if (blueprint) {
    await page.getByRole("radio", { name: "Use a blueprint" }).check();
    await choose(page, page.getByTestId("blueprint"), blueprint);
  }
  if (runtime) await choose(page, page.getByTestId("runtime"), runtime);
  await field(page, "function-name").fill(name);
  await page.getByTestId("create-function-submit").click();
  await expect(page.getByTestId("function-created")).toContainText(name);
  await expect(page.getByTestId("function-pending")).toHaveCount(0);
}

/** Invokes with the event that stands there, and waits for the end. */
async function invoke(page: Page, name: string, outcome: "succeeded" | "failed"): Promise<void> {
  await page.goto(at(`functions/${name}/test`));
  await page.getByTestId("invoke").click();
  await expect(result(page)).toHaveAttribute("data-outcome", outcome, { timeout: 90_000 });
  await expect(page).toHaveURL(/\/test\/\d+$/);
}

/** The file that is shown, in the plain field. */
async function writeCode(page: Page, name: string, text: string): Promise<void> {
  await page.goto(at(`functions/${name}/code`));
  const editor = await plainText(page.getByTestId("function-editor"));
  await editor.fill(text);
  await expect(page.getByTestId("code-state")).toContainText("Changes not deployed");
}

async function deploy(page: Page): Promise<void> {
  await page.getByTestId("deploy").click();
  await expect(page.getByTestId("deployed")).toBeVisible();
  await expect(page.getByTestId("code-state")).toContainText("Deployed");
}

/** From the function's permissions to IAM, where an inline policy is written. */
async function addInlinePolicy(page: Page, name: string, policyName: string, statement: object): Promise<void> {
  await page.goto(at(`functions/${name}/configuration/permissions`));
  await page.getByTestId("add-inline-policy").click();
  await field(page, "inline-name").fill(policyName);
  const editor = await plainText(page.getByTestId("policy-editor"));
  await editor.fill(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
  await page.getByTestId("inline-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText(policyName);
}

test("the notes' function: refused twice, mended twice, worked; then prod, and what DEV does", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("export AWS_DEFAULT_REGION=us-east-1");
  const { out } = await terminal.run("aws kms create-key --query KeyMetadata.Arn --output text");
  const key = out.trim();
  expect(key).toContain(":key/");
  for (const stage of ["dev", "prod"]) {
    await terminal.run(`aws ssm put-parameter --name /my-app/${stage}/db-url --type String --value ${stage}.database.example.com:3306`);
    await terminal.run(`aws ssm put-parameter --name /my-app/${stage}/db-password --type SecureString --value the-${stage}-password --key-id ${key}`);
  }
  await goToRegion(page, "us-east-1");
  await create(page, { blueprint: "Read parameters for dev or prod", name: "read-parameters" });
  await expect(await plainText(page.getByTestId("function-editor"))).toHaveValue(/return "worked!"/);

  // Without the first of the two inline policies.
  await invoke(page, "read-parameters", "failed");
  await expect(result(page).getByTestId("error-message")).toContainText("An error occurred (AccessDeniedException) when calling the GetParameters operation");
  await expect(result(page).getByTestId("error-message")).toContainText("is not authorized to perform: ssm:GetParameters");
  await result(page).getByTestId("why-refused").click();
  const why = page.getByRole("dialog", { name: "ssm:GetParameters" });
  await expect(why.locator('[data-testid="decision"][data-effect="ImplicitDeny"]')).toContainText("ssm:GetParameters");
  await why.getByRole("button", { name: "Close" }).click();
  await addInlinePolicy(page, "read-parameters", "read-my-app", { Effect: "Allow", Action: "ssm:GetParameters", Resource: `arn:aws:ssm:us-east-1:${A}:parameter/my-app/*` });

  // Without the second: the parameters can be read, and the password cannot be decrypted.
  await invoke(page, "read-parameters", "failed");
  await expect(result(page).getByTestId("error-message")).toContainText("is not authorized to perform: kms:Decrypt");
  const calls = result(page).getByTestId("made-calls").getByRole("listitem");
  await expect(calls).toHaveCount(2);
  await expect(calls.first()).toContainText("/my-app/dev/db-url");
  await expect(calls.first()).toHaveAttribute("data-ok", "true");
  await expect(calls.last()).toContainText("AccessDeniedException");
  await calls.last().getByRole("button", { name: /^Why\?/ }).click();
  await expect(why.locator('[data-testid="decision"][data-effect="ImplicitDeny"]')).toContainText("kms:Decrypt");
  await why.getByRole("button", { name: "Close" }).click();
  await addInlinePolicy(page, "read-parameters", "decrypt-my-app", { Effect: "Allow", Action: "kms:Decrypt", Resource: key });

  await invoke(page, "read-parameters", "succeeded");
  await expect(result(page).getByTestId("payload")).toHaveText('"worked!"');
  await expect(result(page).getByTestId("log-tail")).toContainText("'Value': 'dev.database.example.com:3306'");
  await expect(result(page).getByTestId("log-tail")).toContainText("the-dev-password");
  // The address brings back what is shown.
  await page.reload();
  await expect(result(page).getByTestId("payload")).toHaveText('"worked!"');
  await expect(page.getByTestId("role-statements")).toHaveCount(0);
  await page.goto(at("functions/read-parameters/configuration/permissions"));
  await expect(page.getByTestId("role-statements")).toContainText("kms:Decrypt");

  for (const [value, words] of [
    ["prod", "the-prod-password"],
    // No parameter is called so: nothing fails, and nothing is read.
    ["DEV", "'InvalidParameters': ['/my-app/DEV/db-password']"],
  ]) {
    await page.goto(at("functions/read-parameters/edit/environment-variables"));
    await page.getByLabel("Value of variable 1").fill(value);
    await page.getByTestId("edit-save").click();
    await expect(page.getByTestId("environment")).toContainText(value);
    await invoke(page, "read-parameters", "succeeded");
    await expect(result(page).getByTestId("payload")).toHaveText('"worked!"');
    await expect(result(page).getByTestId("log-tail")).toContainText(words);
  }

  // Under aws/ssm the second policy is not missed: that key lets everybody in the account in, by way of Parameter Store.
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminal.run(`aws iam delete-role-policy --role-name $(aws iam list-roles --query "Roles[?starts_with(RoleName, 'read-parameters')].RoleName" --output text) --policy-name decrypt-my-app`);
  await terminal.run("aws ssm put-parameter --region us-east-1 --name /my-app/prod/db-password --type SecureString --value again --key-id alias/aws/ssm --overwrite");
  await page.goto(at("functions/read-parameters/edit/environment-variables"));
  await page.getByLabel("Value of variable 1").fill("prod");
  await page.getByTestId("edit-save").click();
  await expect(page.getByTestId("environment")).toContainText("prod");
  await invoke(page, "read-parameters", "succeeded");
  await expect(result(page).getByTestId("log-tail")).toContainText("again");
});

test("a syntax error: nothing runs, the line is named, and what is typed outlives a reload", async ({ page }) => {
  await create(page, { name: "broken" });
  await writeCode(page, "broken", "import json\n\ndef lambda_handler(event, context)\n    return 1\n");
  await page.reload();
  await expect(await plainText(page.getByTestId("function-editor"))).toHaveValue(/lambda_handler\(event, context\)\n/);
  await expect(page.getByTestId("code-state")).toContainText("Changes not deployed");
  await page.getByRole("tab", { name: "Test", exact: true }).click();
  await expect(page.getByTestId("test-unsaved")).toBeVisible();
  await page.getByRole("tab", { name: "Code", exact: true }).click();
  await deploy(page);
  await invoke(page, "broken", "failed");
  await expect(result(page)).toContainText("Runtime.UserCodeSyntaxError");
  await expect(result(page).getByTestId("error-message")).toContainText("lambda_function");
  await result(page).getByTestId("go-to-line").click();
  await expect(page).toHaveURL(/\/code\/lambda_function\.py\/3$/);
  const editor = page.getByTestId("function-editor").getByRole("textbox");
  await expect(editor).toBeFocused();
  expect(await editor.evaluate((element: HTMLTextAreaElement) => element.value.slice(0, element.selectionStart).split("\n").length)).toBe(3);
});

test("a loop without an end is stopped by its timeout, and the next invocation runs", async ({ page }) => {
  await create(page, { name: "endless" });
  await writeCode(page, "endless", "def lambda_handler(event, context):\n    while event.get('forever'):\n        pass\n    return 'ended'\n");
  await deploy(page);
  await page.getByRole("tab", { name: "Test", exact: true }).click();
  const event = await plainText(page.getByTestId("event-editor"));
  await event.fill('{"forever": true}');
  await field(page, "event-name").fill("Forever");
  await page.getByTestId("event-save").click();
  await page.getByTestId("invoke").click();
  await expect(result(page)).toHaveAttribute("data-outcome", "failed", { timeout: 90_000 });
  await expect(result(page)).toContainText("Sandbox.Timedout");
  await expect(result(page).getByTestId("log-tail")).toContainText("Task timed out after 3.00 seconds");
  await expect(result(page)).toContainText("3000.00 ms");

  // Named events are kept.
  await page.reload();
  await expect(page.getByTestId("event-choice")).toContainText("Forever");
  await (await plainText(page.getByTestId("event-editor"))).fill("{}");
  await page.getByTestId("invoke").click();
  await expect(result(page).getByTestId("payload")).toHaveText('"ended"', { timeout: 90_000 });
});

test("JavaScript with the SDK: files added and renamed, deployed together", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws ssm put-parameter --region us-east-1 --name /my-app/dev/db-url --type String --value here");
  await create(page, { blueprint: "Read all parameters below a path", name: "by-path" });
  await page.getByTestId("file-new").click();
  await field(page, "file-name").fill("index.mjs");
  await page.getByTestId("file-name-submit").click();
  await expect(page.getByTestId("file-name-modal")).toContainText("There is a file index.mjs already.");
  await field(page, "file-name").fill("words.mjs");
  await page.getByTestId("file-name-submit").click();
  await expect(page).toHaveURL(/\/code\/words\.mjs$/);
  await (await plainText(page.getByTestId("function-editor"))).fill('export const greeting = "found";\n');
  await page.getByRole("button", { name: "Rename words.mjs" }).click();
  await field(page, "file-name").fill("lib/words.mjs");
  await page.getByTestId("file-name-submit").click();
  await page.getByRole("navigation", { name: "Files of the deployment package" }).getByRole("button", { name: "index.mjs", exact: true }).click();
  const editor = await plainText(page.getByTestId("function-editor"));
  await expect(editor).toHaveValue(/Parameters\.map/);
  await editor.fill(`import { greeting } from "./lib/words.mjs";\n${(await editor.inputValue()).replace("return Parameters.map(({ Name }) => Name);", "return Parameters.map(({ Name }) => `${greeting} ${Name}`);")}`);
  await deploy(page);
  await terminalRole(page, "by-path", { Effect: "Allow", Action: "ssm:GetParametersByPath", Resource: "*" });
  await invoke(page, "by-path", "succeeded");
  await expect(result(page).getByTestId("payload")).toContainText("found /my-app/dev/db-url");
});

/** An inline policy for a function's role, by the terminal. */
async function terminalRole(page: Page, name: string, statement: object): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  const role = `$(aws iam list-roles --query "Roles[?starts_with(RoleName, '${name}-role')].RoleName" --output text)`;
  const { err } = await terminal.run(`aws iam put-role-policy --role-name ${role} --policy-name more --policy-document '${JSON.stringify({ Version: "2012-10-17", Statement: [statement] })}'`);
  expect(err).toBe("");
}

test("a variable encrypted in transit, decrypted by the code; and who reads a plain one", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const { out } = await terminal.run("aws kms create-key --query KeyMetadata.Arn --output text");
  await terminal.run(`aws kms create-alias --alias-name alias/variables --target-key-id ${out.trim()}`);
  await create(page, { blueprint: "Decrypt an encrypted environment variable", name: "sealed" });
  await page.goto(at("functions/sealed/edit/environment-variables"));
  await page.getByRole("button", { name: "Add environment variable" }).click();
  await page.getByLabel("Key of variable 1").fill("DB_PASSWORD");
  await page.getByLabel("Value of variable 1").fill("hunter2");
  await page.getByLabel("Enable helpers for encryption in transit").check();
  await page.getByRole("button", { name: "Encrypt variable DB_PASSWORD" }).click();
  const modal = page.getByTestId("encrypt-modal");
  await choose(page, modal.getByTestId("transit-key"), "variables");
  await expect(modal.getByTestId("decrypt-code")).toContainText("DB_PASSWORD");
  await modal.getByTestId("encrypt-submit").click();
  await expect(modal.getByTestId("encrypted")).toBeVisible();
  const policy = JSON.parse((await modal.getByTestId("decrypt-policy").textContent())!) as { Statement: [object] };
  await modal.getByTestId("encrypt-close").click();
  await expect(page.getByLabel("Value of variable 1")).toHaveValue(/^AQICAH/);
  await page.getByTestId("edit-save").click();
  await expect(page.getByTestId("environment")).toContainText("AQICAH");

  await invoke(page, "sealed", "failed");
  await expect(result(page).getByTestId("error-message")).toContainText("kms:Decrypt");
  await terminalRole(page, "sealed", policy.Statement[0]);
  await invoke(page, "sealed", "succeeded");
  await expect(result(page).getByTestId("payload")).toHaveText('"The password has 7 characters."');

  const panel = page.getByTestId("readers");
  const ask = async (): Promise<void> => {
    await page.goto(at("functions/sealed/configuration/environment"));
    await page.getByTestId("ask-readers").click();
    await expect(panel.getByTestId("readers-words")).toBeVisible();
  };
  await ask();
  const row = panel.getByRole("row", { name: /^can-look-at-functions/ });
  await expect(row.getByRole("cell").nth(0)).toContainText("Sees no value");

  await page.goto(at("functions/sealed/edit/environment-variables"));
  await page.getByLabel("Value of variable 1").fill("hunter2");
  await page.getByTestId("edit-save").click();
  await expect(page.getByTestId("environment")).toContainText("hunter2");
  await ask();
  await expect(row.getByRole("cell").nth(0)).toContainText("Reads it");
  await expect(row.getByRole("cell").nth(1)).toContainText("Refused");
  await row.getByRole("button", { name: /Environment variable$/ }).click();
  await expect(panel.getByTestId("reader-why")).toContainText("lambda:GetFunctionConfiguration");
  await expect(panel.getByTestId("reader-why")).toContainText("kms:Decrypt");
});

test("versions, an alias, tags, a permission, concurrency: made, shown, used, deleted", async ({ page }) => {
  await create(page, { name: "life", runtime: "Node.js 22.x" });
  await page.goto(at("functions/life/versions"));
  // Until then AWS says that the function is pending.
  await expect(page.getByRole("button", { name: /The function life became ready/ })).toBeVisible({ timeout: 30_000 });
  await page.getByTestId("publish-version").first().click();
  await page.getByTestId("publish-submit").click();
  await expect(page).toHaveURL(/versions\/1$/);
  await expect(page.getByTestId("deploy")).toHaveCount(0);

  await page.goto(at("functions/life/edit/alias"));
  await field(page, "alias-name").fill("prod");
  await page.getByTestId("edit-save").click();
  await page.getByTestId("aliases").getByRole("link", { name: "prod" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("life:prod");
  await page.getByRole("tab", { name: "Test", exact: true }).click();
  await page.getByTestId("invoke").click();
  await expect(result(page)).toHaveAttribute("data-outcome", "succeeded", { timeout: 90_000 });
  await expect(result(page)).toContainText("Hello from a function");

  await page.goto(at("functions/life/edit/permission"));
  await page.getByTestId("edit-save").click();
  await expect(page.getByText("Enter a statement ID")).toBeVisible();
  await field(page, "permission-sid").fill("events");
  await page.getByTestId("edit-save").click();
  const policy = page.getByTestId("resource-policy");
  await expect(policy).toContainText("events.amazonaws.com");
  await policy.getByRole("radio", { name: "Select statement events" }).check();
  await page.getByTestId("remove-statement").click();
  await page.getByTestId("remove-statement-confirm").click();
  await expect(policy).toContainText("No policy statements");

  await page.getByTestId("throttle").click();
  await expect(page.getByTestId("flashbar")).toContainText("throttled");
  await page.goto(at("functions/life/test"));
  await page.getByTestId("invoke").click();
  await expect(page.getByTestId("aws-error")).toContainText("TooManyRequestsException");
  await page.getByTestId("throttle").click();
  await expect(page.getByTestId("flashbar")).toContainText("can be invoked again");

  await page.getByTestId("function-actions").getByRole("button").click();
  await chooseItem(page, "Delete function");
  await field(page, "delete-function-typed").fill("confirm");
  await page.getByTestId("delete-function-confirm").click();
  await expect(page.getByTestId("functions")).toContainText("No functions");
  // One undo brings all of it back.
  await page.keyboard.press("Control+z");
  await expect(page.getByTestId("functions").getByRole("link", { name: "life" })).toBeVisible();
});

test("a function is made and tested by keyboard alone", async ({ page }) => {
  await page.goto(at("functions"));
  await expect(page.getByTestId("functions")).toBeVisible();
  await page.getByTestId("create-function").focus();
  await page.keyboard.press("Enter");
  const name = field(page, "function-name");
  await name.focus();
  await page.keyboard.type("by-keyboard");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("function-created")).toBeVisible();
  const code = page.getByRole("tab", { name: "Code", exact: true });
  await code.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("test-event")).toBeVisible();
  await expect(page.getByTestId("invoke")).toBeEnabled();
  await page.getByTestId("invoke").focus();
  await page.keyboard.press("Enter");
  await expect(result(page)).toHaveAttribute("data-outcome", "succeeded", { timeout: 90_000 });
  await expect(beadsOf(page).last()).toBeVisible();
});

test("its logs: group, stream, a filter pattern; an asynchronous invocation seen in the live tail", async ({ page, context }) => {
  await create(page, { name: "logged", runtime: "Node.js 22.x" });
  await invoke(page, "logged", "succeeded");
  await page.goto("/console/cloudwatch/log-groups");
  await page.getByTestId("log-groups").getByRole("link", { name: "/aws/lambda/logged" }).click();
  await page.getByTestId("log-streams").getByRole("link").first().click();
  const rows = page.getByTestId("event-rows").getByRole("listitem");
  await expect(rows.filter({ hasText: "REPORT RequestId" })).toHaveCount(1);
  await rows.filter({ hasText: "The event:" }).locator("summary").click();
  await expect(rows.filter({ hasText: "The event:" }).getByRole("region", { name: "Message" })).toContainText("The event: {");
  await field(page, "filter-pattern").fill("REPORT");
  await page.getByTestId("filter-submit").click();
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/\/REPORT$/);

  await page.goto("/console/cloudwatch/live-tail/%2Faws%2Flambda%2Flogged");
  await expect(page.getByTestId("live-tail")).toContainText("Nothing has come yet.");
  // Elsewhere in the same lab.
  const other = await context.newPage();
  await other.goto(at("functions/logged/test"));
  await other.getByRole("radio", { name: "Asynchronous" }).check();
  await other.getByTestId("invoke").click();
  await expect(other.getByTestId("invocation-accepted")).toBeVisible();
  await expect(page.getByTestId("event-rows").getByRole("listitem").filter({ hasText: "REPORT RequestId" })).toHaveCount(1, { timeout: 30_000 });
});

test("nothing for axe to find, and nothing to scroll sideways on a phone", async ({ page }) => {
  await create(page, { name: "seen", runtime: "Node.js 22.x" });
  await bothThemes(page, "function, code");
  await invoke(page, "seen", "succeeded");
  await bothThemes(page, "function, test");
  const places = [
    "functions",
    "create/function",
    "functions/seen/monitor",
    "functions/seen/configuration/general",
    "functions/seen/configuration/permissions",
    "functions/seen/configuration/environment",
    "functions/seen/configuration/concurrency",
    "functions/seen/edit/environment-variables",
    "functions/seen/edit/permission",
    "functions/seen/versions",
    "functions/seen/aliases",
  ];
  const logs = ["/console/cloudwatch/log-groups", "/console/cloudwatch/log-groups/%2Faws%2Flambda%2Fseen", "/console/cloudwatch/log-groups/%2Faws%2Flambda%2Fseen/search", "/console/cloudwatch/live-tail/%2Faws%2Flambda%2Fseen"];
  for (const address of [...places.map(at), ...logs]) {
    await page.goto(address);
    await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
    await bothThemes(page, address);
    await fitsOnPhone(page, address);
  }
});
