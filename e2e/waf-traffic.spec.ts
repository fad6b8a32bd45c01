import { bothThemes, choose, expect, field, openLesson, sideways, terminalOf, test } from "./journey";
import type { Page } from "@playwright/test";

const visible = (MetricName: string) => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName });
const limit = { Name: "limit", Priority: 0, Statement: { RateBasedStatement: { Limit: 30, EvaluationWindowSec: 60, AggregateKeyType: "IP" } }, Action: { Block: {} }, VisibilityConfig: visible("limit") };

/** A load balancer `shop` with a web ACL whose only rule limits addresses. */
async function makeShop(page: Page): Promise<void> {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  const { out } = await terminal.run("keyhole resource add alb shop");
  const made = await terminal.run(
    `aws wafv2 associate-web-acl --resource-arn ${out.trim()} --web-acl-arn $(aws wafv2 create-web-acl --name shop-acl --scope REGIONAL --default-action Allow={} --visibility-config SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=shop --rules '${JSON.stringify([limit])}' --query Summary.ARN --output text) && echo done`,
  );
  expect(made).toMatchObject({ out: expect.stringContaining("done"), err: "" });
}

/** A flood that is soon over: from 20 s to 90 s, 60 requests a second from 20 addresses. */
async function startFlood(page: Page): Promise<void> {
  await page.goto("/console/wafv2/traffic");
  await expect(page.getByTestId("traffic-to")).toContainText("shop");
  await page.getByTestId("traffic-preset").getByRole("radio", { name: /^An HTTP flood/ }).check();
  await page.getByTestId("traffic-sources").getByRole("button", { name: "Change who comes" }).click();
  for (const [id, value] of [["rate", "60"], ["start", "20"], ["end", "90"], ["clients", "20"]]) await field(page, `source-botnet-${id}`).fill(value);
  await field(page, "source-users-end").fill("240");
  await field(page, "source-crawler-end").fill("240");
  await field(page, "traffic-seed").fill("7");
}

const row = (page: Page, chart: string, name: string) => page.getByTestId(chart).getByRole("row", { name: new RegExp(`^${name}`) });

test("a flood is played: the rule trips, people come through, the flood ends, the rule releases; set to Count all comes through", async ({ page }) => {
  test.slow();
  await makeShop(page);
  await startFlood(page);
  // What is typed is checked at once, and kept.
  await field(page, "source-botnet-rate").fill("many");
  await expect(page.getByText("Botnet: rate must be from 0.0001 to 100000.")).toBeVisible();
  await field(page, "source-botnet-rate").fill("60");
  await page.reload();
  await expect(field(page, "source-botnet-clients")).toHaveValue("20");
  await page.getByTestId("traffic-start").click();

  await expect(page.getByRole("heading", { level: 1, name: "An HTTP flood" })).toBeVisible();
  await page.getByTestId("traffic-step").click();
  await expect(page.getByTestId("traffic-clock")).toContainText(/0:1\d of 4:00/);
  await expect(page.getByTestId("traffic-sentences")).toContainText(/Customers: all \d+ requests came through/);
  await expect(page.getByTestId("rate-rule-words")).toHaveText("limit limits nobody: none of the addresses has made more than 30 requests in 1 min.");

  await page.getByTestId("traffic-speed").getByText("60×").first().click();
  await page.getByTestId("traffic-play").click();
  await expect(page.getByTestId("traffic-marks")).toContainText("limit tripped: it limits");
  await expect(page.getByTestId("traffic-clock")).toContainText("ended", { timeout: 60_000 });
  await expect(page.getByTestId("traffic-marks").getByRole("listitem").last()).toContainText(/limit released all that it limited \(\d+ address(es)? at the last\)\./);
  await expect(page.getByTestId("traffic-said")).toContainText("limit released all");
  await expect(page.getByTestId("rate-rule-words")).toContainText("limit limits nobody now; it released the last at");
  await expect(page.getByTestId("traffic-sentences")).toContainText(/Customers: all [\d,]+ requests came through/);
  await expect(page.getByTestId("traffic-sentences")).toContainText(/Botnet: [\d,]+ of [\d,]+ requests were stopped, the first after \d+ s, most of them by limit/);
  await expect(row(page, "chart-people", "Stopped though harmless").getByRole("cell").last()).toHaveText("0");
  await expect(row(page, "chart-limited", "limit").getByRole("cell").nth(1)).toHaveText("20");

  // One of the requests that it stopped, on its way through the rules.
  await page.getByTestId("traffic-samples").getByRole("row", { name: /BLOCK/ }).first().getByRole("button", { name: /^Way of/ }).click();
  await expect(page.getByTestId("walk-outcome")).toContainText("limit");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("traffic-walk")).toHaveCount(0);

  // A moment of it, by keyboard.
  await page.getByTestId("traffic-moment").focus();
  for (let press = 0; press < 16; press++) await page.keyboard.press("ArrowLeft");
  await expect(row(page, "chart-limited", "limit").getByRole("cell").first()).toHaveText("20");

  // The stream is there after a reload. Then another one, and the rule is turned.
  await page.reload();
  await expect(row(page, "chart-limited", "limit").getByRole("cell").nth(1)).toHaveText("20");
  await startFlood(page);
  await page.getByTestId("traffic-start").click();
  await page.getByTestId("turn-limit").click();
  await expect(page.getByTestId("traffic-rules")).toContainText("limit: Count");
  await page.getByTestId("traffic-speed").getByText("60×").first().click();
  await page.getByTestId("traffic-play").click();
  await expect(page.getByTestId("rate-rule-words")).toContainText("limit counts, and lets through, what comes from");
  await page.getByTestId("traffic-pause").click();
  await expect(page.getByTestId("traffic-clock")).toContainText("paused");
  await expect(page.getByTestId("traffic-sentences")).toContainText(/Botnet: none of [\d,]+ requests was stopped\. [\d,]+ of those that came through were counted\./);
  await expect(row(page, "chart-requests", "Blocked").getByRole("cell").last()).toHaveText("0");
});

test("nothing to attack, nothing that protects, axe and 320 px", async ({ page }) => {
  test.slow();
  await page.goto("/console/wafv2/traffic");
  await page.getByTestId("add-balancer").click();
  await expect(page.getByTestId("start-traffic")).toContainText("No web ACL protects it: everything will come through.");
  await choose(page, page.getByTestId("traffic-to"), /shop/);
  await page.getByTestId("traffic-preset").getByRole("radio", { name: /^Everything at once/ }).check();
  await bothThemes(page, "traffic to begin");
  await page.getByTestId("traffic-start").click();
  await page.getByTestId("traffic-step").click();
  await expect(page.getByTestId("traffic-clock")).toContainText(/0:1\d of 40:00/);
  await expect(page.getByTestId("traffic-rules-panel")).toContainText("Nothing looks at these requests.");
  await expect(row(page, "chart-requests", "Allowed").first().getByRole("cell").last()).not.toHaveText("0");
  await bothThemes(page, "a stream of traffic");
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => sideways(page), "a stream").toBe(0);
  await page.getByTestId("traffic-stop").click();
  await expect(page.getByTestId("traffic-clock")).toContainText("stopped");
  await page.goto("/console/wafv2/traffic");
  await expect(page.getByTestId("streams")).toContainText("Stopped");
  await expect.poll(() => sideways(page), "traffic to begin").toBe(0);
});
