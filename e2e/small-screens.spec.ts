import { expect, openLesson, runButton, sideways, terminalOf, test, ticked } from "./journey";

// A phone in the hand: the text reads, the lab is a sheet, the terminal works.

test.describe("a phone of 390 × 844", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a lesson is read, its command run, the sheet comes up full and goes again", async ({ page }) => {
    await openLesson(page, "encryption-in-flight");
    expect(await sideways(page)).toBe(0);
    const text = page.getByRole("main").getByText("Think of a card number");
    const size = await text.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(16);

    const lab = page.getByRole("complementary", { name: "Lab", includeHidden: true });
    await expect(lab).toBeHidden();
    await runButton(page, "encrypt").tap();
    await expect(lab).toBeVisible();
    const terminal = terminalOf(page);
    await terminal.settled(2);

    // From under the bar to the top of the strip.
    const bar = (await page.getByRole("banner").boundingBox())!;
    const strip = (await page.getByRole("region", { name: "Calls to the lab" }).boundingBox())!;
    await expect.poll(async () => Math.round((await lab.boundingBox())!.y - bar.height)).toBe(0);
    const sheet = (await lab.boundingBox())!;
    expect(Math.round(sheet.y + sheet.height - strip.y)).toBe(0);
    expect(sheet.width).toBe(390);

    await terminal.input.tap();
    const opened = await terminal.run("base64 --decode sealed.base64 > sealed; aws kms decrypt --ciphertext-blob fileb://sealed --query Plaintext --output text --region eu-west-2 | base64 --decode");
    expect(opened).toEqual({ out: "admin / supersecret", err: "" });
    expect(await sideways(page)).toBe(0);
    const run = terminal.input.locator("xpath=ancestor::form").getByRole("button", { name: "Run" });
    await terminal.input.fill("echo by finger");
    await run.tap();
    await terminal.settled(4);
    expect((await terminal.printed()).out).toBe("by finger");

    await page.getByRole("button", { name: "Notes", exact: true }).tap();
    await expect(lab).toBeHidden();
    await ticked(page, "decrypt");
    await page.getByRole("button", { name: "Lab", exact: true }).tap();
    await expect(terminal.input).toBeVisible();
  });

  test("the consoles fit", async ({ page }) => {
    for (const address of ["/console/kms/keys", "/console/kms/keys/create", "/console/systems-manager/parameters", "/console/systems-manager/parameters/create", "/console/cloudtrail/events", "/console/billing/bills", "/console/lambda/functions", "/console/lambda/create/function", "/console/cloudwatch/log-groups", "/console/events/rules", "/console/events/create/rule", "/console/events/events", "/console/events/sandbox", "/console/cloudformation/stacks", "/console/cloudformation/create/stack"]) {
      await page.goto(address);
      await expect(page.getByTestId("aws-console").getByRole("heading").first()).toBeVisible();
      expect(await sideways(page), address).toBe(0);
    }
  });
});

test.describe("320 px, the narrowest", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  for (const address of ["/", "/lessons/encryption-in-flight", "/lessons/key-policies", "/lessons/tiers-and-policies", "/lessons/kms-hands-on", "/figures/KMS_1"])
    test(`nothing to scroll sideways on ${address}`, async ({ page }) => {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect.poll(() => sideways(page)).toBe(0);
      // Nor is anything cut off: no text begins or ends outside the window, unless its own box scrolls.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("main h1, main h2, main p, main li, main button, header button, header a")]
          .filter((element) => {
            const { left, right, width, height } = element.getBoundingClientRect();
            if (!width || !height || (left >= -0.5 && right <= innerWidth + 0.5)) return false;
            for (let parent = element.parentElement; parent; parent = parent.parentElement)
              if (/auto|scroll/.test(getComputedStyle(parent).overflowX)) return false;
            return getComputedStyle(element).position !== "absolute";
          })
          .map((element) => element.outerHTML.slice(0, 120)),
      );
      expect(cut).toEqual([]);
    });
});
