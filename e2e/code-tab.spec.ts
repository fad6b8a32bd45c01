import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { codeExamples } from "../content/code/examples";
import { actAs, beadsOf, expect, sideways, test } from "./journey";

// The Code tab: programs with the SDK against the lab, and the walls around them.

const slug = "what-kms-is";
const output = (page: Page) => page.getByTestId("code-output");
const state = (page: Page, is: string | RegExp) =>
  expect(page.getByTestId("code-tab")).toHaveAttribute("data-state", is, { timeout: 30_000 });
const runButton = (page: Page) => page.getByTestId("code-tab").getByRole("button", { name: "Run", exact: true });

async function openCode(page: Page, editor: "plain" | "code" = "plain"): Promise<void> {
  await page.addInitScript((kind) => {
    // Of frames, the page's own alone: the sandbox has no storage to write to.
    if (window === top) localStorage.setItem("keyhole.editor", kind);
  }, editor);
  await page.goto(`/lessons/${slug}?lab=code`);
  // On a phone it waits in a sheet.
  await expect(page.getByTestId("code-tab")).toBeAttached({ timeout: 30_000 });
}

/** Writes a program in the plain field and runs it to its end. */
async function run(page: Page, text: string, ends = "finished"): Promise<string> {
  await page.getByLabel("Program", { exact: true }).selectOption("own");
  await page.getByTestId("code-editor").getByRole("textbox").fill(text);
  await runButton(page).click();
  await state(page, ends);
  return (await output(page).innerText()).replaceAll("\u00a0", " ");
}

test.describe("programs", () => {
  test("a key made in code is in the KMS console, with its alias; each call has its Why?", async ({ page }) => {
    await openCode(page);
    const text = await run(
      page,
      `import { KMSClient, CreateKeyCommand, CreateAliasCommand } from "@aws-sdk/client-kms";
      const kms = new KMSClient();
      interface Made { id: string }
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "made in code" }));
      const made: Made = { id: KeyMetadata!.KeyId! };
      await kms.send(new CreateAliasCommand({ AliasName: "alias/from-code", TargetKeyId: made.id }));
      console.log({ id: made.id, bytes: new Uint8Array([1, 2]), buffer: Buffer.from("hé"), at: KeyMetadata!.CreationDate instanceof Date });
      console.table([{ a: 1 }, { a: 2 }]);
      console.error("to standard error");`,
    );
    expect(text).toMatch(/id: '[0-9a-f-]{36}',\n\s+bytes: Uint8Array\(2\) \[ 1, 2 \],\n\s+buffer: <Buffer 68 c3 a9>,\n\s+at: true/);
    expect(text).toContain("│ (index) │ a │");
    await expect(beadsOf(page)).toHaveCount(2);

    const call = output(page).locator('[data-kind="call"]', { hasText: "kms:CreateAlias" });
    await call.getByRole("button", { name: /^Why\?/ }).click();
    const why = page.getByRole("dialog", { name: "kms:CreateAlias" });
    await expect(why.getByTestId("why-sentence")).toBeVisible();
    await why.getByRole("tab", { name: "CloudTrail" }).click();
    await expect(why.getByTestId("words-cloudtrail")).toContainText("aws-sdk-js/3");
    await why.getByRole("button", { name: "Close" }).click();

    await page.goto("/console/kms/keys");
    await expect(page.getByRole("link", { name: "from-code", exact: true })).toBeVisible({ timeout: 30_000 });
  });

  test("a refusal is caught by its name; what is not caught ends the program at its line", async ({ page }) => {
    await openCode(page);
    await actAs(page, "app");
    const program = `import { KMSClient, EncryptCommand } from "@aws-sdk/client-kms";
// A comment and an interface, which leave no trace in what runs.
interface Nothing { a: string }

const kms = new KMSClient();
const seal = () => kms.send(new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: Buffer.from("x") }));
try {
  await seal();
} catch (error) {
  console.log("caught", (error as Error).name, (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode);
}
await seal();`;
    const text = await run(page, program, "failed");
    expect(text).toContain("caught AccessDeniedException 400");
    expect(text).toMatch(
      /Uncaught AccessDeniedException: User: arn:aws:iam::111122223333:user\/app is not authorized to perform: kms:Encrypt/,
    );
    expect(text).toContain("code.ts:12:1");
    expect(text).toContain("'$metadata':");
    await expect(output(page).getByRole("button", { name: /^Go to line 12?$|^Go to line 6$/ })).toBeVisible();
    await expect(output(page).locator('[data-kind="call"]').first()).toContainText("AccessDeniedException");
  });

  test("credentials of the lab's IAM are verified by their signature", async ({ page }) => {
    await openCode(page);
    const text = await run(
      page,
      `import { IAMClient, CreateAccessKeyCommand } from "@aws-sdk/client-iam";
      import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
      const { AccessKey } = await new IAMClient().send(new CreateAccessKeyCommand({ UserName: "app" }));
      const who = async (accessKeyId: string, secretAccessKey: string) => {
        try {
          return (await new STSClient({ credentials: { accessKeyId, secretAccessKey } }).send(new GetCallerIdentityCommand({}))).Arn;
        } catch (error) {
          return (error as Error).name;
        }
      };
      console.log("page", (await new STSClient().send(new GetCallerIdentityCommand({}))).Arn);
      console.log("right", await who(AccessKey!.AccessKeyId!, AccessKey!.SecretAccessKey!));
      console.log("wrong", await who(AccessKey!.AccessKeyId!, "not the secret"));
      console.log("unknown", await who("AKIAIOSFODNN7EXAMPLE", "x"));`,
    );
    expect(text).toContain("page arn:aws:iam::111122223333:user/admin");
    expect(text).toContain("right arn:aws:iam::111122223333:user/app");
    expect(text).toContain("wrong SignatureDoesNotMatch");
    expect(text).toContain("unknown InvalidClientTokenId");
  });

  for (const { id, title } of codeExamples)
    test(`example: ${title}`, async ({ page }) => {
      await openCode(page);
      await page.getByLabel("Program", { exact: true }).selectOption(id);
      for (const _ of [1, 2]) {
        await runButton(page).click();
        await state(page, "finished");
      }
      await expect(output(page).locator('[data-kind="log"]').first()).toBeVisible();
      await expect(output(page).locator('[data-kind="error"]')).toHaveCount(0);
    });
});

test.describe("the editor", () => {
  test("a wrong property is underlined, and completion knows the inputs", async ({ page }) => {
    await openCode(page, "code");
    const editor = page.getByTestId("code-editor");
    await expect(editor).toHaveAttribute("data-editor", "monaco", { timeout: 60_000 });
    await page.getByLabel("Program", { exact: true }).selectOption("own");
    await editor.locator(".monaco-editor").first().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(
      'import { KMSClient, EncryptCommand } from "@aws-sdk/client-kms";\nawait new KMSClient().send(new EncryptCommand({ KeyID: "x", Plaintext: Buffer.from("a") }));\n',
    );
    const wrong = editor.locator(".squiggly-error");
    await expect(wrong).toHaveCount(1, { timeout: 60_000 });

    // The same with the right name: nothing is underlined.
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(
      'import { KMSClient, EncryptCommand } from "@aws-sdk/client-kms";\nawait new KMSClient().send(new EncryptCommand({ KeyId: "x", Plaintext: Buffer.from("a") }));\n',
    );
    await expect(wrong).toHaveCount(0, { timeout: 30_000 });
    await page.keyboard.insertText("new EncryptCommand({ En");
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(editor.locator(".suggest-widget")).toContainText("EncryptionContext", { timeout: 30_000 });
  });

  test("by keyboard alone: run, leave, and what was typed is there after a reload", async ({ page }) => {
    await openCode(page, "code");
    const editor = page.getByTestId("code-editor");
    await expect(editor).toHaveAttribute("data-editor", "monaco", { timeout: 60_000 });
    await editor.locator(".monaco-editor").first().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText('console.log("typed by hand", 6 * 7);');
    await page.keyboard.press("ControlOrMeta+Enter");
    await state(page, "finished");
    await expect(output(page)).toContainText("typed by hand 42");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(
      await editor
        .locator(".monaco-editor")
        .first()
        .evaluate((element) => element.contains(document.activeElement)),
    ).toBe(false);

    await page.reload();
    await expect(editor).toContainText("typed by hand", { timeout: 60_000 });
    // Another program and back; then the example again, and that taken back.
    const choice = page.getByLabel("Program", { exact: true });
    await choice.selectOption("envelope");
    await expect(editor).toContainText("GenerateDataKeyCommand");
    await choice.selectOption("encrypt-decrypt");
    await expect(editor).toContainText("typed by hand");
    await page.getByRole("button", { name: "Reset to the example" }).click();
    await expect(editor).toContainText("EncryptCommand");
    await page.getByRole("button", { name: "Undo reset" }).click();
    await expect(editor).toContainText("typed by hand");
  });

  test("a call in Why? opens here as a program, and runs", async ({ page }) => {
    await openCode(page);
    await run(
      page,
      'import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";\nawait new KMSClient().send(new ListAliasesCommand({ Limit: 3 }));',
    );
    await beadsOf(page).last().click();
    const why = page.getByRole("dialog", { name: "kms:ListAliases" });
    await why.getByRole("tab", { name: "JavaScript" }).click();
    await why.getByRole("button", { name: "Open in Code" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByTestId("code-editor").getByRole("textbox")).toHaveValue(/ListAliasesCommand\(\{\s+Limit: 3/);
    await runButton(page).click();
    await state(page, "finished");
    await expect(output(page)).toContainText("alias/aws/");
  });
});

test.describe("the sandbox", () => {
  test("an endless loop holds nothing up, and is stopped", async ({ page }) => {
    await openCode(page);
    await page.getByLabel("Program", { exact: true }).selectOption("own");
    await page.getByTestId("code-editor").getByRole("textbox").fill('console.log("before");\nfor (;;) {}');
    await runButton(page).click();
    await state(page, "running");
    await expect(output(page)).toContainText("before");
    // The page goes on: its main thread answers within a moment, again and again.
    for (let i = 0; i < 5; i++) {
      const began = Date.now();
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
      expect(Date.now() - began).toBeLessThan(2_000);
    }
    await page.getByRole("tab", { name: "Lab", exact: true }).click();
    await page.getByRole("tab", { name: "Code", exact: true }).click();
    await state(page, "running");
    // After ten seconds the page asks.
    const notice = page.getByRole("alert").filter({ hasText: "running for ten seconds" });
    await expect(notice).toBeVisible({ timeout: 20_000 });
    await notice.getByRole("button", { name: "Stop it" }).click();
    await state(page, "stopped");
    await expect(page.locator("iframe[sandbox]")).toHaveCount(0);
    expect(await run(page, 'console.log("and on");')).toContain("and on");
  });

  test("output has its bounds: a flood, and a text of ten million characters", async ({ page }) => {
    await openCode(page);
    const text = await run(page, 'console.log("x".repeat(10_000_000));\nfor (let i = 0; i < 100_000; i++) console.log("line", i);\n');
    expect(text).toContain("(cut: 10,000,000 characters)");
    expect(text).toContain("A run shows 1000 lines.");
    expect(await output(page).locator("pre").count()).toBe(1_000);

    // A loop that never stops talking can be stopped.
    await page.getByTestId("code-editor").getByRole("textbox").fill('for (;;) console.log("again");');
    await runButton(page).click();
    await expect(output(page)).toContainText("Further output is not shown.");
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await state(page, "stopped");
  });

  test("no network, no storage, nothing of the page", async ({ page, baseURL, complaints }) => {
    // A server that would answer anybody: what the browser lists as asked and blocked must not have come here.
    let came = 0;
    const server = createServer((_, response) => response.setHeader("access-control-allow-origin", "*").end("let in"));
    server.on("connection", () => came++);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await (await fetch(`${elsewhere}/probe`)).text()).toBe("let in");
    came = 0;
    const answered: string[] = [];
    page.context().on("response", (response) => {
      if (response.url().includes("probe")) answered.push(response.url());
    });
    await openCode(page);
    const text = await run(
      page,
      `const attempts: Record<string, () => unknown> = {};
      for (const host of [${JSON.stringify(elsewhere)}, ${JSON.stringify(baseURL)}]) {
        const to = host + "/probe";
        attempts["fetch " + host] = () => fetch(to);
        attempts["fetch no-cors " + host] = () => fetch(to, { mode: "no-cors" });
        attempts["XHR " + host] = () => { const xhr = new XMLHttpRequest(); xhr.open("GET", to, false); xhr.send(); };
        attempts["importScripts " + host] = () => importScripts(to);
        attempts["import " + host] = () => new Promise((done, fail) => { const kid = new Worker("data:text/javascript," + encodeURIComponent("import(" + JSON.stringify(to) + ").then(() => postMessage(1), () => postMessage(0))")); kid.onmessage = ({ data }) => (data ? done(1) : fail(new Error("import failed"))); kid.onerror = () => fail(new Error("no worker")); });
        attempts["worker " + host] = () => new Promise((done, fail) => { const kid = new Worker(to); kid.onmessage = done; kid.onerror = () => fail(new Error("no worker")); setTimeout(() => fail(new Error("nothing came")), 500); });
        attempts["fetch in a worker " + host] = () => new Promise((done, fail) => { const kid = new Worker(URL.createObjectURL(new Blob(["fetch(" + JSON.stringify(to) + ", { mode: 'no-cors' }).then(() => postMessage(1), () => postMessage(0))"]))); kid.onmessage = ({ data }) => (data ? done(1) : fail(new Error("fetch failed"))); kid.onerror = () => fail(new Error("no worker")); });
        attempts["WebSocket " + host] = () => new Promise((done, fail) => { const socket = new WebSocket(to.replace("http", "ws")); socket.onopen = done; socket.onerror = () => fail(new Error("refused")); });
        attempts["EventSource " + host] = () => new Promise((done, fail) => { const source = new EventSource(to); source.onopen = done; source.onerror = () => { source.close(); fail(new Error("refused")); }; });
      }
      attempts.WebTransport = () => new WebTransport("https://example.com/probe").ready;
      attempts.localStorage = () => (globalThis as any).localStorage.length;
      attempts.sessionStorage = () => (globalThis as any).sessionStorage.length;
      attempts.cookies = () => (globalThis as any).document.cookie;
      attempts.indexedDB = () => new Promise((done, fail) => { const open = indexedDB.open("keyhole"); open.onsuccess = done; open.onerror = () => fail(open.error); });
      attempts.caches = () => caches.open("keyhole");
      attempts.locks = () => navigator.locks.request("keyhole", () => 1);
      attempts.files = () => navigator.storage.getDirectory();
      attempts.parent = () => (globalThis as any).parent.document.title;
      attempts.window = () => (globalThis as any).window.top.location.href;
      attempts.eval = () => (0, eval)("1");
      attempts.Function = () => new Function("return 1")();
      attempts.postMessage = () => (globalThis as any).postMessage({ kind: "log", level: "log", text: "past the counter" });
      attempts.prototype = () => (DedicatedWorkerGlobalScope.prototype as any).postMessage.call(globalThis, 1);
      let walls = 0;
      for (const [name, attempt] of Object.entries(attempts))
        try {
          await attempt();
          console.log("THROUGH:", name);
        } catch (error) {
          walls++;
        }
      // Heard by nobody: a channel belongs to the sandbox's own origin.
      new BroadcastChannel("keyhole.lab").postMessage("changed");
      console.log("origin", origin, "walls", walls, "of", Object.keys(attempts).length);`,
    );
    expect(text).not.toContain("THROUGH");
    expect(text).toContain("origin null walls 32 of 32");
    expect(answered).toEqual([]);
    expect(came).toBe(0);
    server.close();
    // What the browser says of each refusal is what this journey wanted.
    const wanted = (line: string): boolean => line.startsWith("console:") || line === `left the origin: ${elsewhere}/probe`;
    expect(complaints.filter(wanted).length).toBeGreaterThan(0);
    complaints.splice(0, complaints.length, ...complaints.filter((line) => !wanted(line)));
  });

  test("what is not here says so", async ({ page, complaints }) => {
    await openCode(page);
    expect(await run(page, 'import { createHash } from "node:crypto";\nconsole.log(createHash);', "failed")).toContain(
      "There is no node:crypto here",
    );
    expect(await run(page, 'import { S3Client } from "@aws-sdk/client-s3";\nnew S3Client();', "failed")).toContain(
      "Cannot find package '@aws-sdk/client-s3'",
    );
    expect(await run(page, 'import { KMSClient, EncyptCommand } from "@aws-sdk/client-kms";\nnew EncyptCommand();', "failed")).toContain(
      "does not provide an export named 'EncyptCommand'",
    );
    expect(
      await run(
        page,
        'import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";\nawait new KMSClient({ endpoint: "https://example.com" }).send(new ListKeysCommand());',
        "failed",
      ),
    ).toContain("The sandbox has no network");
    expect(await run(page, "const a = 1;\nlet a = 2;", "failed")).toMatch(/SyntaxError.*'a'/);
    expect(await run(page, "console.log(1;\n", "failed")).toContain("code.ts:1:14");
    expect(await run(page, 'setTimeout(() => { throw new Error("later"); }, 10);', "failed")).toContain("Uncaught Error: later");
    expect(await run(page, 'Promise.reject(new TypeError("nobody caught"));', "failed")).toContain("Uncaught TypeError: nobody caught");
    complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.startsWith("console:")));
  });
});

test("a phone, light and dark: nothing stands over the edge, and axe finds nothing", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await openCode(page);
    await page.getByRole("button", { name: "Lab", exact: true }).click();
    await expect(page.getByTestId("code-tab")).toBeInViewport();
    await runButton(page).click();
    await state(page, "finished");
    expect(await sideways(page)).toBe(0);
    const { violations } = await new AxeBuilder({ page })
      .include('[data-testid="code-tab"]')
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  }
});
