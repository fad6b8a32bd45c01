import type { Page } from "@playwright/test";
import { expect, field, openLesson, plainText, terminalOf, test } from "./journey";

// Whatever is typed: AWS's own error or one clear sentence, nothing typed is lost, the lab is as it was.

test("a key policy that is not JSON", async ({ page }) => {
  await page.goto("/console/kms/keys");
  await page.getByRole("link", { name: "tutorial", exact: true }).click();
  const edit = page.getByTestId("policy-edit");
  await page.getByTestId("switch-to-policy-view").or(edit).first().click();
  await edit.click();
  const editor = await plainText(page.getByTestId("policy-editor"));
  const before = await editor.inputValue();
  await editor.fill('{ "Version": "2012-10-17", oops');
  await expect(page.getByTestId("policy-findings").locator('[data-level="error"]').first()).toContainText("This is not JSON");
  await page.getByTestId("policy-save").click();
  await expect(page.getByTestId("aws-error").filter({ hasText: "kms:PutKeyPolicy" })).toContainText("MalformedPolicyDocumentException");
  await expect(editor).toHaveValue('{ "Version": "2012-10-17", oops');
  await page.reload();
  await expect(editor).toHaveValue('{ "Version": "2012-10-17", oops');
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByTestId("switch-to-policy-view").click();
  expect(JSON.parse((await page.getByTestId("policy-json").textContent())!)).toEqual(JSON.parse(before));
});

test("plaintext of 4,097 bytes, which is one too many", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("head -c 4096 /dev/zero > fits; head -c 4097 /dev/zero > over");
  const over = await terminal.run("aws kms encrypt --key-id alias/tutorial --plaintext fileb://over");
  expect(over.out).toBe("");
  expect(over.err).toContain(
    "An error occurred (ValidationException) when calling the Encrypt operation: 1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
  );
  expect((await terminal.run("aws kms encrypt --key-id alias/tutorial --plaintext fileb://fits --query EncryptionAlgorithm --output text")).out).toBe("SYMMETRIC_DEFAULT");
});

const emoji = "/my-app/🔑";
const long = `/${"x".repeat(2000)}`;

test("hostile parameter names in the form", async ({ page }) => {
  await page.goto("/console/systems-manager/parameters/create");
  const name = field(page, "parameter-name");
  await field(page, "parameter-value").fill("kept");
  for (const hostile of [emoji, long, "../../etc/passwd", "/a//b", "/aws/mine", "<script>alert(1)</script>"]) {
    await name.fill(hostile);
    await page.getByTestId("create-parameter-submit").click();
    const error = page.getByTestId("aws-error").filter({ hasText: "ssm:PutParameter" });
    await expect(error, hostile.slice(0, 40)).toContainText(/ValidationException|AccessDeniedException/);
    await expect(error.getByTestId("aws-error-message")).not.toHaveText("AWS sends no text with this error.");
    await expect(name).toHaveValue(hostile);
    await expect(field(page, "parameter-value")).toHaveValue("kept");
  }
  await page.goto("/console/systems-manager/parameters");
  await expect(page.getByText("No parameters", { exact: true })).toBeVisible();
});

test("names of JavaScript's own are names like any other", async ({ page }) => {
  await openLesson(page, "parameter-hierarchy", "terminal");
  const terminal = terminalOf(page);
  for (const name of ["__proto__", "constructor", "/a/__proto__/toString"]) {
    expect((await terminal.run(`aws ssm put-parameter --name ${name} --type String --value 'of ${name}' --query Version`)).err, name).toBe("");
    expect((await terminal.run(`aws ssm get-parameter --name ${name} --query Parameter.Value --output text`)).out).toBe(`of ${name}`);
  }
  await page.goto("/console/systems-manager/parameters");
  await page.getByRole("link", { name: "__proto__", exact: true }).click();
  await expect(page.getByTestId("parameter-current-value")).toHaveText("of __proto__");
});

test("hostile names and unknown commands in the terminal", async ({ page }) => {
  await openLesson(page, "parameter-hierarchy", "terminal");
  const terminal = terminalOf(page);
  for (const [line, says] of [
    [`aws ssm put-parameter --name ${emoji} --type String --value x`, /\(ValidationException\) when calling the PutParameter operation: .*Parameter name/],
    [`aws ssm put-parameter --name ${long} --type String --value x`, /\(ValidationException\) when calling the PutParameter operation: /],
    ["aws ssm put-parameter --name ../up --type String --value x", /\(ValidationException\) when calling the PutParameter operation: /],
    ["aws ssm put-parameter --name /x --type Strong --value x", /Value 'Strong' at 'type' failed to satisfy constraint: Member must satisfy enum value set/],
    ["aws ssm put-parameter --name /x --type String", /the following arguments are required: --value/],
    ["aws kms frobnicate", /argument operation: (Found invalid choice 'frobnicate'|Invalid choice)/],
    ["aws nosuchservice list", /argument command: (Found invalid choice 'nosuchservice'|Invalid choice)/],
    ["aws s3 ls", /s3/],
    ["frobnicate --now", /frobnicate: command not found/],
    ["aws kms put-key-policy --key-id alias/tutorial --policy '{nonsense'", /\(\w+\) when calling the PutKeyPolicy operation: /],
    ["aws kms decrypt --ciphertext-blob fileb:///nowhere", /nowhere/],
    ["cat 'unclosed", /^$/],
  ] as const) {
    if (line === "cat 'unclosed") {
      // Not a whole command yet: it waits for the rest, and Ctrl-C forgets it.
      await terminal.input.fill(line);
      await terminal.input.press("Enter");
      await terminal.input.press("Control+c");
      await expect(terminal.log).toContainText("^C");
      continue;
    }
    const ran = await terminal.run(line);
    expect(ran.err, line.slice(0, 80)).toMatch(says);
    expect(ran.out, line.slice(0, 80)).toBe("");
  }
  expect((await terminal.run("aws ssm describe-parameters --query 'length(Parameters)'")).out).toBe("0");
});

/** Changes what IndexedDB holds of the lab, as a broken disk or a newer Keyhole would have left it. */
function spoil(page: Page, how: "count" | "version" | "row" | "description"): Promise<void> {
  return page.evaluate(async (how) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open("keyhole"));
    const tx = db.transaction(["labs", "pages", "things"], "readwrite");
    const id = (await done(tx.objectStore("things").get("lab"))) as string;
    const labs = tx.objectStore("labs");
    const lab = (await done(labs.get(id))) as { rows: number; version: number };
    if (how === "count") labs.put({ ...lab, rows: lab.rows + 3 });
    if (how === "version") labs.put({ ...lab, version: 99 });
    if (how === "description") labs.delete(id);
    if (how === "row") {
      const [key] = await done(tx.objectStore("pages").getAllKeys());
      tx.objectStore("pages").put("rubbish", key);
    }
    await new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onerror = reject;
    });
    db.close();
  }, how);
}

for (const [how, says] of [
  ["count", /could not be read/],
  ["row", /could not be read/],
  ["description", /could not be read/],
  ["version", /made by a newer Keyhole/],
] as const)
  test(`a saved lab that cannot be trusted (${how}) is kept aside and named`, async ({ page }) => {
    await openLesson(page, "parameter-hierarchy", "terminal");
    const terminal = terminalOf(page);
    await terminal.run("aws ssm put-parameter --name /old --type String --value old");
    await spoil(page, how);
    await page.reload();
    const notice = page.getByRole("status").filter({ hasText: says });
    await expect(notice).toContainText(/kept aside as “Lab of .* UTC”/);
    const name = /“(.*)”/.exec((await notice.textContent())!)![1];
    expect((await terminal.run("aws ssm describe-parameters --query 'length(Parameters)'")).out).toBe("0");
    expect((await terminal.run("aws kms describe-key --key-id alias/tutorial --query KeyMetadata.KeyState --output text")).out).toBe("Enabled");
    await page.getByRole("tab", { name: "Lab", exact: true }).click();
    await page.getByRole("region", { name: "Labs" }).getByRole("button").click();
    await expect(page.getByTestId("labs-panel").getByRole("button", { name: `Open ${name}` })).toBeVisible();
    await page.reload();
    await expect(page.getByTestId("lab-overview")).toContainText("alias/tutorial");
    await expect(notice).toHaveCount(0);
  });

test("an address that does not exist, a key that is not there, a Why? that never was", async ({ page, complaints }) => {
  const lost = await page.goto("/lessons/no-such-lesson");
  expect(lost!.status()).toBe(404);
  await expect(page.getByRole("link", { name: "Keyhole, home" })).toBeVisible();
  // The browser itself writes a line about the 404.
  await expect.poll(() => complaints.splice(0).every((line) => line.includes("404"))).toBe(true);
  await page.goto("/console/kms/keys/%F0%9F%94%91?why=12345");
  await expect(page.getByRole("dialog")).toContainText("no call 12345");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("aws-error").first()).toContainText(/NotFoundException|ValidationException|InvalidArnException/);
});
