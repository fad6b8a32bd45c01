import { actAs, expect, goToRegion, openLesson, terminalOf, test } from "./journey";

// Who did what: in the terminal, in the console, and by the address of one event.

test("what the terminal did is in the event history, and Why? opens from there", async ({ page }) => {
  await openLesson(page, "what-kms-is", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms encrypt --key-id alias/tutorial --plaintext c2VjcmV0 --encryption-context Department=IT --region eu-west-2 --query KeyId --output text");
  const { out } = await terminal.run("aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=Encrypt --region eu-west-2 --query 'Events[0].[EventId,Username,ReadOnly]' --output text");
  const [eventId, user, readOnly] = out.trim().split("\t");
  expect([user, readOnly]).toEqual(["admin", "true"]);

  await page.goto("/console/cloudtrail/events");
  const events = page.getByTestId("events");
  // As in the AWS console, reading is left out at first; KMS counts encrypting as reading.
  await expect(events).toContainText("Read-only");
  await expect(events.getByRole("link", { name: "Encrypt" })).toHaveCount(0);
  await page.getByTestId("event-attribute").getByRole("button").click();
  await page.getByRole("option", { name: "Event name" }).click();
  await page.getByTestId("event-value").getByRole("combobox").fill("Encrypt");
  await page.keyboard.press("Escape");
  await expect(events.getByRole("row", { name: /Encrypt/ })).toContainText("AWS::KMS::Key");

  await events.getByRole("link", { name: "Encrypt" }).click();
  await expect(page).toHaveURL(new RegExp(`/console/cloudtrail/events/${eventId}$`));
  const record = page.getByTestId("event-record");
  await expect(record).toContainText('"Department": "IT"');
  await expect(record).not.toContainText("c2VjcmV0");
  await expect(page.getByTestId("event-resources")).toContainText(":key/");
  const shown = await record.textContent();

  // A deep link, and one source: Why? shows the same record.
  await page.goto(`/console/cloudtrail/events/${eventId}`);
  await page.getByTestId("event-why").click();
  const why = page.getByRole("dialog", { name: "kms:Encrypt" });
  await why.getByRole("tab", { name: "CloudTrail" }).click();
  expect(JSON.parse((await why.getByTestId("words-cloudtrail").textContent())!)).toEqual(JSON.parse(shown!));
  await expect(why.getByRole("link", { name: "Open in CloudTrail" })).toHaveAttribute("href", `/console/cloudtrail/events/${eventId}`);
});

test("a refusal is recorded without what it asked for; elsewhere the event is not found, and the page says where it is", async ({ page }) => {
  await page.goto("/console/cloudtrail/events");
  await actAs(page, "app");
  await page.getByTestId("refresh-events").click();
  await expect(page.getByTestId("aws-error")).toContainText("cloudtrail:LookupEvents");
  await actAs(page, "admin");
  await page.getByTestId("event-read-only").getByRole("button").click();
  await page.getByRole("option", { name: /^true/ }).click();
  const denied = page.getByTestId("events").getByRole("row", { name: /AccessDenied/ }).first();
  await expect(denied).toContainText("LookupEvents");
  await denied.getByRole("link").first().click();
  await expect(page.getByTestId("event-record")).toContainText('"requestParameters": null');
  await expect(page.getByTestId("event-resources")).toContainText("without its parameters");
  await goToRegion(page, "us-east-1");
  await expect(page.getByTestId("event-not-found")).toContainText("LookupEvents in account 111122223333, eu-west-2");
});

test("downloads: CSV and JSON of what is shown", async ({ page }) => {
  await page.goto("/console/kms/keys");
  await expect(page.getByRole("row", { name: /tutorial/ })).toBeVisible();
  await page.goto("/console/cloudtrail/events");
  await page.getByTestId("event-read-only").getByRole("button").click();
  await page.getByRole("option", { name: "Either" }).click();
  await expect(page.getByTestId("events").getByRole("link", { name: "ListKeys" }).first()).toBeVisible();
  for (const [name, file, start] of [
    ["Download as CSV", "event_history.csv", "Event ID,Event time,"],
    ["Download as JSON", "event_history.json", '{\n  "Records": ['],
  ]) {
    await page.getByTestId("download-events").getByRole("button").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name }).click()]);
    expect(download.suggestedFilename()).toBe(file);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    expect(text.startsWith(start)).toBe(true);
    expect(text).toContain("ListKeys");
  }
});
