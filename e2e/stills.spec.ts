import { expect, openLesson, test } from "./journey";

// Less motion: the same steps as stills. And every step has an address.

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("a figure has the same steps and words, without travel", async ({ page, browser }) => {
    const captions = async (reduced: boolean) => {
      const at = reduced ? page : await (await browser.newContext({ reducedMotion: "no-preference" })).newPage();
      await at.goto("/figures/SSMPS");
      const step = at.getByRole("slider", { name: "Step" });
      const last = Number(await step.getAttribute("max"));
      const all: string[] = [];
      await at.getByRole("group", { name: /Space plays/ }).focus();
      for (let now = 0; now <= last; now++) {
        await expect(step).toHaveValue(String(now));
        all.push((await at.getByRole("figure").first().innerText()).replace(/\s+/g, " "));
        await at.keyboard.press("ArrowRight");
      }
      if (!reduced) await at.context().close();
      return all;
    };
    const still = await captions(true);
    expect(still.length).toBeGreaterThan(4);
    expect(new Set(still).size).toBe(still.length);
    expect(still).toEqual(await captions(false));
    // Nothing on the page takes longer than an instant to move.
    const slow = await page.evaluate(() =>
      [...document.querySelectorAll("figure *")]
        .map((element) => getComputedStyle(element))
        .filter(({ transitionDuration, animationDuration, animationName }) =>
          [transitionDuration, animationName === "none" ? "0s" : animationDuration].some((list) => list.split(",").some((each) => Number.parseFloat(each) > 0.01)),
        ).length,
    );
    expect(slow).toBe(0);
  });

  test("home and a lesson stand still", async ({ page }) => {
    await page.goto("/");
    await openLesson(page, "client-side-encryption");
    await expect(page.getByTestId("lab-overview")).toContainText("alias/tutorial");
    const running = await page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().endTime) > 10).length);
    expect(running).toBe(0);
  });
});

for (const id of ["SSMPS", "CSE", "KMS_1", "KMS"])
  test(`${id}: a step's address opens that step, also without a click before`, async ({ page }) => {
    await page.goto(`/figures/${id}?step=3`);
    const step = page.getByRole("slider", { name: "Step" });
    await expect(step).toHaveValue("2");
    await step.press("ArrowRight");
    await expect(page).toHaveURL(/step=4/);
    await page.goto(`/figures/${id}?step=9999`);
    await expect(step).toHaveValue((await step.getAttribute("max"))!);
    await page.goto(`/figures/${id}?step=rubbish`);
    await expect(step).toHaveValue("0");
  });
