import AxeBuilder from "@axe-core/playwright";
import { beadsOf, expect, openLesson, terminalOf, test } from "./journey";

// The terminal by keyboard: Tab completes names of the lab, Ctrl-R searches what was typed, help is read from its top, and
// a profile assumes a role.

test("Tab completes commands, options, values and the lab's own names; nothing is called for it", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const choices = page.getByRole("listbox", { name: "Completions" });
  await terminal.run("aws ssm put-parameter --name /my-app/dev/db-password --type SecureString --value x");
  await terminal.run("aws ssm put-parameter --name /my-app/dev/url --type String --value y");
  const calls = await beadsOf(page).count();

  await terminal.input.focus();
  await page.keyboard.type("aws ss");
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue("aws ssm ");
  await page.keyboard.type("get-parameter --na");
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue("aws ssm get-parameter --name ");

  // Several: what they share is put in, and the list opens. Arrows move, Enter takes one and runs nothing.
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue("aws ssm get-parameter --name /my-app/dev/");
  await expect(choices.getByRole("option")).toHaveText([/^\/my-app\/dev\/db-password\s*SecureString$/, /^\/my-app\/dev\/url\s*String$/]);
  await expect(page.getByTestId("terminal-status")).toHaveText(/^2 possible\./);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = choices.getByRole("option").nth(1);
  await expect(second).toHaveAttribute("aria-selected", "true");
  await expect(terminal.input).toHaveAttribute("aria-activedescendant", (await second.getAttribute("id"))!);
  await page.keyboard.press("Enter");
  await expect(terminal.input).toHaveValue("aws ssm get-parameter --name /my-app/dev/url ");
  await expect(choices).toBeHidden();
  expect(await beadsOf(page).count()).toBe(calls);
  await page.keyboard.type("--query Parameter.Value --output te");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await terminal.settled(3);
  expect((await terminal.printed()).out).toBe("y");

  // The list narrows while one types on; Escape closes it, and then Tab leaves.
  await page.keyboard.type("aws kms gen");
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue("aws kms generate-");
  await expect(choices.getByRole("option")).not.toHaveCount(0);
  await page.keyboard.type("ra");
  await expect(choices.getByRole("option")).toHaveText([/^generate-random/]);
  await page.keyboard.press("Escape");
  await expect(choices).toBeHidden();
  await expect(terminal.input).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(terminal.input).not.toBeFocused();
  await expect(terminal.input).toHaveValue("aws kms generate-ra");
});

test("Ctrl-R finds what was typed before, also after a reload; !! runs it again", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms describe-key --key-id alias/tutorial --query KeyMetadata.KeyState");
  await terminal.run("echo one");
  await terminal.run("echo two");
  await page.reload();
  await expect(terminal.input).toBeVisible();

  const matches = page.getByRole("listbox", { name: "Earlier commands" }).getByRole("option");
  await terminal.input.focus();
  await page.keyboard.type("half typed");
  await page.keyboard.press("Control+r");
  await page.keyboard.type("echo");
  await expect(matches).toHaveText(["echo two", "echo one"]);
  await page.keyboard.press("Control+r");
  await expect(matches.nth(1)).toHaveAttribute("aria-selected", "true");
  // Back to the line as it was.
  await page.keyboard.press("Control+g");
  await expect(terminal.input).toHaveValue("half typed");
  await page.keyboard.press("Control+u");

  await page.keyboard.press("Control+r");
  await page.keyboard.type("describe");
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue(/^aws kms describe-key/);
  await expect(terminal.input).toBeFocused();
  // Keys of the line: cut the last word, go to the beginning, put it back.
  await page.keyboard.press("Alt+Backspace");
  await expect(terminal.input).toHaveValue("aws kms describe-key --key-id alias/tutorial --query KeyMetadata.");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("# ");
  await expect(terminal.input).toHaveValue(/^# aws kms/);
  await page.keyboard.press("Control+e");
  await page.keyboard.press("Control+u");
  await expect(terminal.input).toHaveValue("");

  const before = await terminal.commands.count();
  await page.keyboard.press("Control+r");
  await page.keyboard.type("describe");
  await page.keyboard.press("Enter");
  await terminal.settled(before + 1);
  expect((await terminal.printed()).out).toBe('"Enabled"');
  expect((await terminal.run("!! --output text")).out).toBe("Enabled");
});

test("a manual page is read from its top, by keyboard", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  for (let line = 0; line < 3; line++) await terminal.run("seq 1 40");
  await terminal.run("aws kms encrypt help");
  const manual = page.getByRole("group", { name: "Manual page ENCRYPT()" });
  await expect(manual.getByRole("heading")).toHaveText(["NAME", "DESCRIPTION", "SYNOPSIS", "OPTIONS", "GLOBAL OPTIONS", "EXAMPLES", "OUTPUT"]);
  await expect(terminal.commands.last()).toBeInViewport();
  await expect(manual.getByRole("heading", { name: "OUTPUT" })).not.toBeInViewport();
  const top = await terminal.log.evaluate((log) => log.scrollTop);
  await terminal.input.focus();
  await page.keyboard.press("PageDown");
  await expect.poll(() => terminal.log.evaluate((log) => log.scrollTop)).toBeGreaterThan(top + 100);
  await page.keyboard.press("PageUp");
  await expect.poll(() => terminal.log.evaluate((log) => log.scrollTop)).toBe(top);
  // In a pipe it is text like any other.
  expect((await terminal.run("aws kms encrypt help | grep -c -e --plaintext")).out).toBe("3");
});

test("profiles: keys of a user, a role that they assume, and what each may", async ({ page }) => {
  await openLesson(page, "key-policies", "terminal");
  const terminal = terminalOf(page);
  const fine = async (line: string): Promise<string> => {
    const { out, err } = await terminal.run(line);
    expect({ line, err }).toEqual({ line, err: "" });
    return out;
  };
  await fine("aws iam create-user --user-name dev > /dev/null");
  await fine("KEYS=$(aws iam create-access-key --user-name dev --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)");
  // aws configure asks; what is typed answers.
  await terminal.input.fill("aws configure --profile dev");
  await terminal.input.press("Enter");
  const label = terminal.input.locator("xpath=ancestor::label");
  for (const [question, answer] of [["AWS Access Key ID [None]:", "x"], ["AWS Secret Access Key [None]:", "y"], ["Default region name [None]:", "eu-west-2"], ["Default output format [None]:", "text"]]) {
    await expect(label).toContainText(question);
    await terminal.input.fill(answer);
    await terminal.input.press("Enter");
  }
  await terminal.settled(3);
  await fine("aws configure set aws_access_key_id ${KEYS%%\t*} --profile dev; aws configure set aws_secret_access_key ${KEYS##*\t} --profile dev");
  expect(await fine("aws sts get-caller-identity --profile dev --query Arn")).toBe("arn:aws:iam::111122223333:user/dev");

  await fine(`aws iam create-role --role-name reader --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/dev"},"Action":"sts:AssumeRole"}]}' > /dev/null`);
  await fine("aws iam attach-role-policy --role-name reader --policy-arn arn:aws:iam::aws:policy/AdministratorAccess");
  await fine("aws configure set role_arn arn:aws:iam::111122223333:role/reader --profile reader; aws configure set source_profile dev --profile reader; aws configure set role_session_name me --profile reader");
  expect(await fine("AWS_PROFILE=reader aws sts get-caller-identity --query Arn --output text")).toBe("arn:aws:sts::111122223333:assumed-role/reader/me");
  expect(await fine("aws ssm describe-parameters --profile reader --output text")).toBe("");
  expect((await terminal.run("aws ssm describe-parameters --profile dev")).err).toContain("AccessDeniedException");
  expect((await terminal.run("aws kms list-keys --profile redaer")).err).toContain("The config profile (redaer) could not be found");

  // The profiles are completed too.
  await terminal.input.fill("aws kms list-keys --profile rea");
  await page.keyboard.press("Tab");
  await expect(terminal.input).toHaveValue("aws kms list-keys --profile reader ");
});

test("lists are named and contrast holds, in both themes", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await openLesson(page, "kms-hands-on", "terminal");
    const terminal = terminalOf(page);
    await terminal.run("aws sts help");
    await terminal.input.fill("aws kms encrypt --key-id ");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("listbox", { name: "Completions" })).toBeVisible();
    const results = await new AxeBuilder({ page }).include('[aria-label="Terminal"]').analyze();
    expect(results.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([]);
    await terminal.input.press("Escape");
    await terminal.input.fill("");
  }
});
