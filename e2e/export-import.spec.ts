import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { beadsOf, expect, openLesson, sideways, terminalOf, test } from "./journey";

// A lab as a file, and the labs that a browser keeps.

const names = "aws ssm describe-parameters --query 'Parameters[].Name' --output text";
const put = (name: string) => `aws ssm put-parameter --name ${name} --type String --value 1 --query Version --output text`;

async function openLabs(page: Page) {
  await page.getByRole("button", { name: /^Labs:/ }).click();
  const panel = page.getByTestId("labs-panel");
  await expect(panel.getByRole("heading", { name: "Kept aside" })).toBeVisible();
  return panel;
}

test("a lab goes into a file with its clock and its past, and comes back from it; the lab before it is kept", async ({ page }) => {
  await openLesson(page, "what-parameter-store-is", "terminal");
  const terminal = terminalOf(page);
  await terminal.run(put("/in-file"));
  await page.getByTestId("lab-clock").click();
  await page.getByTestId("clock-panel").getByRole("radio", { name: "90 days" }).click();
  await page.getByTestId("clock-panel").getByRole("button", { name: /^Move the clock 90 days ahead/ }).click();
  await page.getByRole("button", { name: "Done" }).click();

  let panel = await openLabs(page);
  const download = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save as a file" }).click();
  const file = await (await download).path();
  expect((await download).suggestedFilename()).toMatch(/^keyhole-lab-\d{4}-\d\d-\d\d-\d{4}\.keyhole\.json$/);
  const text = await readFile(file, "utf8");

  await panel.getByRole("button", { name: "Start a fresh lab" }).click();
  await expect(beadsOf(page)).toHaveCount(0);
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("clock-offset")).toHaveCount(0);
  expect((await terminal.run(names)).out).toBe("");
  await terminal.run(put("/other"));

  panel = await openLabs(page);
  await panel.getByLabel("A lab’s file").setInputFiles({ name: "spoiled.json", mimeType: "application/json", buffer: Buffer.from(text.replace("/in-file", "/in_file")) });
  await expect(panel.getByTestId("labs-problem")).toHaveText("This file was changed or damaged after it was saved; it is not opened. Your lab is as it was.");
  await panel.getByLabel("A lab’s file").setInputFiles({ name: "newer.json", mimeType: "application/json", buffer: Buffer.from(text.replace(/"version":\d+/, '"version":99')) });
  await expect(panel.getByTestId("labs-problem")).toHaveText("This lab was saved by a newer Keyhole (version 99); this page cannot open it. Your lab is as it was.");

  await panel.getByLabel("A lab’s file").setInputFiles({ name: "lab.keyhole.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(page.getByTestId("said")).toHaveText("Opened the lab in lab.keyhole.json. The one before it is kept aside.");
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("clock-offset")).toHaveText("+90 d");
  expect((await terminal.run(names)).out).toBe("/in-file");
  await page.getByRole("button", { name: "Take back moving the clock 90 days ahead" }).click();
  await expect(page.getByTestId("clock-offset")).toHaveCount(0);

  // Back to the lab from before, by its name; the other one is deleted.
  panel = await openLabs(page);
  const rows = panel.getByRole("listitem");
  const name = rows.first().getByRole("textbox");
  await name.fill("The one with /other");
  await name.press("Enter");
  await panel.getByRole("button", { name: "Open The one with /other" }).click();
  await expect(page.getByTestId("said")).toHaveText("Opened “The one with /other”. The one before it is kept aside.");
  await expect(rows).toHaveCount(2);
  await rows.last().getByRole("button", { name: /^Delete/ }).click();
  await rows.last().getByRole("button", { name: "Delete for good" }).click();
  await expect(rows).toHaveCount(1);
  await page.keyboard.press("Escape");
  expect((await terminal.run(names)).out).toBe("/other");
});

test("on a phone: labs from the lab's own pane, nothing wider than the screen", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openLesson(page, "what-parameter-store-is");
  await page.getByRole("button", { name: "Lab", exact: true }).click();
  await page.getByRole("complementary", { name: "Lab" }).getByRole("button", { name: "Labs: save as a file, open, start afresh" }).click();
  const panel = page.getByTestId("labs-panel");
  await panel.getByRole("button", { name: "Start a fresh lab" }).click();
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  expect(await sideways(page)).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByTestId("lab-clock").click();
  await page.getByTestId("clock-panel").getByRole("radio", { name: "a year" }).click();
  await expect(page.getByTestId("clock-panel").getByRole("button", { name: /^Move the clock/ })).toBeVisible();
  expect(await sideways(page)).toBe(0);
});
