import { actAs, expect, field, openLesson, plainText, terminalOf, test } from "./journey";

const at = (path: string): string => `/console/events/${path}`;

test("a parameter changes, a rule matches, the log group has it, and the console shows why", async ({ page }) => {
  // The form makes the pattern, and a log group with its permission.
  await page.goto(at("rules"));
  await page.getByTestId("create-rule").click();
  await field(page, "rule-name").fill("parameter-changes");
  await page.getByTestId("rule-next").click();
  await expect(page.getByTestId("pattern-problem")).toContainText("JSON is a valid event pattern");
  await page.getByTestId("pick-how-detail.name").getByRole("button").click();
  await page.getByRole("option", { name: /^begins with/ }).click();
  await field(page, "pick-detail.name").fill("/my-app/");
  await expect(page.getByTestId("sample-result")).toContainText("Sample event matched the event pattern");
  await field(page, "pick-detail.name").fill("/other/");
  await expect(page.getByTestId("sample-result")).toContainText("did not match");
  await expect(page.getByTestId("sample-result").getByRole("row", { name: /detail\.name/ })).toContainText('{"prefix":"/other/"}');
  await field(page, "pick-detail.name").fill("/my-app/");
  await page.getByTestId("rule-next").click();
  await page.getByTestId("target-kind-1").getByRole("button").click();
  await page.getByRole("option", { name: "CloudWatch log group" }).click();
  await expect(field(page, "target-new-1")).toHaveValue("/aws/events/parameter-changes");
  await page.getByTestId("rule-next").click();
  await page.getByTestId("rule-next").click();
  await expect(page.getByTestId("review-targets")).toContainText("A CloudWatch Logs resource policy lets EventBridge write");
  await page.getByTestId("rule-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("The rule parameter-changes was created.");
  await expect(page.getByTestId("rule-pattern")).toContainText('"prefix": "/my-app/"');

  // Two parameters change, one that the rule is for and one that it is not.
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws ssm put-parameter --name /my-app/stage --type String --value dev");
  await terminal.run("aws ssm put-parameter --name /elsewhere/stage --type String --value dev");
  await expect.poll(async () => (await terminal.run("aws logs filter-log-events --log-group-name /aws/events/parameter-changes --query events[].message --output text")).out).toContain('"name":"/my-app/stage"');

  // Events as they came, with which rule matched and why not.
  await page.goto(at("events"));
  const events = page.getByTestId("lab-events");
  const row = (text: string) => events.getByRole("row").filter({ hasText: text });
  await expect(row("Create /my-app/stage")).toContainText("1 of 1 matched");
  await expect(row("Create /my-app/stage")).toContainText("Delivered");
  await expect(row("Create /elsewhere/stage")).toContainText("0 of 1 matched");
  await row("Create /elsewhere/stage").getByRole("link", { name: "Parameter Store Change" }).click();
  const said = page.getByTestId("rule-says-parameter-changes");
  await expect(said).toHaveAttribute("data-matched", "false");
  await expect(said.getByRole("row", { name: /detail\.name/ })).toContainText("/elsewhere/stage");
  await expect(said.getByRole("row", { name: /detail\.name/ })).toContainText("No");
  await page.goBack();
  await row("Create /my-app/stage").getByRole("link", { name: "Parameter Store Change" }).click();
  await expect(said).toHaveAttribute("data-matched", "true");
  await expect(said.getByTestId("target-says")).toContainText("Delivered");
  await page.getByTestId("event-rules").getByTestId("lab-event-why").click();
  await expect(page.getByTestId("why")).toContainText("The rule parameter-changes matches the event.");
  await page.keyboard.press("Escape");

  // The log group, in its own console.
  await said.getByRole("link", { name: "/aws/events/parameter-changes" }).click();
  await expect(page).toHaveURL(/\/console\/cloudwatch\/log-groups\/%2Faws%2Fevents%2Fparameter-changes$/);
  await page.getByRole("tab", { name: "Search all" }).click();
  await expect(page.locator(".log-rows")).toContainText("/my-app/stage");
});

test("a pattern by hand: AWS's words where it is wrong, this lab's events as it is typed; a target that lets nobody in", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws ssm put-parameter --name /a --type String --value 1");
  await terminal.run("aws ssm put-parameter --name /b --type SecureString --value 1");
  await terminal.run("aws sqs create-queue --queue-name closed");
  await terminal.run("aws sqs create-queue --queue-name dead");

  await page.goto(at("create/rule"));
  await field(page, "rule-name").fill("secure");
  await page.getByTestId("rule-next").click();
  await page.getByRole("radio", { name: /Custom pattern/ }).check();
  const editor = await plainText(page.getByTestId("pattern-editor"));
  await editor.fill('{"detail": {"type": "SecureString"}}');
  await expect(page.getByTestId("pattern-problem")).toContainText('"type" must be an object or an array');
  await page.getByTestId("rule-next").click();
  await expect(page.getByText("Event pattern is not valid:").first()).toBeVisible();
  await editor.fill('{"detail": {"type": ["SecureString"]}}');
  await page.getByRole("tab", { name: "This lab’s events" }).click();
  await expect(page.getByTestId("lab-match-count")).toContainText(/^1 of the last \d+ events match/);
  await page.getByTestId("rule-next").click();

  await page.getByTestId("target-kind-1").getByRole("button").click();
  await page.getByRole("option", { name: "SQS queue" }).click();
  await page.getByRole("radio", { name: "Use one that is there" }).check();
  await field(page, "target-arn-1").fill("closed");
  await page.getByRole("option", { name: /:closed/ }).click();
  await page.getByTestId("target-permit-1").getByRole("checkbox").uncheck();
  await page.getByTestId("rule-next").click();
  await page.getByTestId("rule-next").click();
  await page.getByTestId("rule-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("The rule secure was created.");

  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminal.run("aws ssm put-parameter --name /c --type SecureString --value 1");
  await page.goto(at("rules/default/secure/deliveries"));
  await expect(page.getByTestId("rule-deliveries")).toContainText("Dropped");
  await expect(page.getByTestId("rule-deliveries")).toContainText("is not authorized to perform: sqs:sendmessage");

  // The form gives permission, and what went before can be undone as one step.
  await page.getByTestId("edit-rule").click();
  await page.getByTestId("rule-next").click();
  await page.getByTestId("rule-next").click();
  await page.getByTestId("target-permit-1").getByRole("checkbox").check();
  await page.getByTestId("rule-next").click();
  await page.getByTestId("rule-submit").click();
  await expect(page.getByTestId("flashbar")).toContainText("The rule secure was updated.");
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminal.run("aws ssm put-parameter --name /c --type SecureString --value 2 --overwrite");
  await page.goto(at("rules/default/secure/deliveries"));
  await expect(page.getByTestId("rule-deliveries").getByRole("row").nth(1)).toContainText("Delivered");

  // Who may not read rules is told so, with Why?.
  await actAs(page, "app");
  await page.goto(at("rules"));
  await expect(page.getByTestId("aws-error")).toContainText("events:ListRules");
});

test("a schedule runs by the lab's clock, a year in a few runs", async ({ page }) => {
  await page.goto(at("create/rule"));
  await field(page, "rule-name").fill("every-minute");
  await page.getByRole("radio", { name: /^Schedule/ }).check();
  await page.getByTestId("rule-next").click();
  await field(page, "schedule-rate").fill("1");
  await expect(page.getByTestId("next-runs").getByRole("listitem")).toHaveCount(10);
  await page.getByTestId("rule-next").click();
  await page.getByTestId("target-kind-1").getByRole("button").click();
  await page.getByRole("option", { name: "CloudWatch log group" }).click();
  await page.getByTestId("rule-next").click();
  await page.getByTestId("rule-next").click();
  await expect(page.getByTestId("review-schedule")).toHaveText("rate(1 minute)");
  await page.getByTestId("rule-submit").click();
  await expect(page.getByTestId("rule-schedule")).toHaveText("rate(1 minute)");
  await openLesson(page, "parameter-store-hands-on", "terminal");
  await terminalOf(page).run("keyhole clock 365d");
  await page.goto(at("rules/default/every-minute/deliveries"));
  await expect(page.getByTestId("rule-deliveries")).toContainText(/stands for 525,\d{3} runs/);
  await page.getByTestId("turn-rule").click();
  await expect(page.getByTestId("rule-details")).toContainText("Disabled");
});
