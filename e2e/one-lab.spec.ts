import { actAs, expect, field, goToRegion, openLesson, terminalOf, test } from "./journey";

// Console and terminal are two doors of one lab; who one is and where decides what one sees.

test("made in one, seen in the other", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "systems-manager/parameters");
  const lab = page.getByRole("complementary", { name: "Lab" });
  await expect(lab.getByText("No parameters", { exact: true })).toBeVisible();
  await lab.getByTestId("create-parameter").click();
  await field(lab, "parameter-name").fill("/my-app/dev/db-url");
  await field(lab, "parameter-value").fill("devurl.example:3306");
  await lab.getByTestId("create-parameter-submit").click();
  await expect(lab.getByTestId("parameter-created")).toBeVisible();

  await lab.getByRole("tab", { name: "Terminal" }).click();
  const terminal = terminalOf(page);
  const seen = await terminal.run("aws ssm get-parameter --name /my-app/dev/db-url --query 'Parameter.[Type,Value,Version]' --output text");
  expect(seen).toEqual({ out: "String\tdevurl.example:3306\t1", err: "" });
  await terminal.run("aws ssm put-parameter --name /my-app/dev/db-url --value newurl.example:3306 --overwrite");
  await terminal.run("aws ssm put-parameter --name /my-app/dev/db-password --type SecureString --value devdbpassword");

  // The console had the old answers, and asks again by itself.
  await lab.getByRole("tab", { name: "Console" }).click();
  const table = lab.getByTestId("parameters");
  await expect(table.getByRole("link", { name: "/my-app/dev/db-password" })).toBeVisible();
  await table.getByRole("link", { name: "/my-app/dev/db-url" }).click();
  await expect(lab.getByTestId("parameter-current-value")).toHaveText("newurl.example:3306");
  await lab.getByRole("tab", { name: "History" }).click();
  await expect(lab.getByTestId("parameter-history").getByRole("row")).toHaveCount(3);
});

test("another identity sees what it may see", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  const who = () => terminal.run("aws sts get-caller-identity --query Arn --output text").then(({ out }) => out);
  await terminal.run("aws ssm put-parameter --name /my-app/dev/db-url --type String --value devurl.example:3306");
  await terminal.run("aws ssm put-parameter --name /else --type String --value no");
  expect(await who()).toBe("arn:aws:iam::111122223333:user/admin");

  await actAs(page, "app");
  expect(await who()).toBe("arn:aws:iam::111122223333:user/app");
  expect((await terminal.run("aws ssm get-parameter --name /my-app/dev/db-url --query Parameter.Value --output text")).out).toBe("devurl.example:3306");
  expect((await terminal.run("aws ssm get-parameter --name /else")).err).toContain(
    "(AccessDeniedException) when calling the GetParameter operation: User: arn:aws:iam::111122223333:user/app is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-2:111122223333:parameter/else because no identity-based policy allows the ssm:GetParameter action",
  );

  await actAs(page, "root");
  expect(await who()).toBe("arn:aws:iam::111122223333:root");
  expect((await terminal.run("aws ssm get-parameter --name /else --query Parameter.Value --output text")).out).toBe("no");

  await actAs(page, "root", "444455556666");
  expect(await who()).toBe("arn:aws:iam::444455556666:root");
  expect((await terminal.run("aws ssm get-parameter --name /else")).err).toContain("(ParameterNotFound) when calling the GetParameter operation");
  expect((await terminal.run("aws kms list-keys --query 'length(Keys)'")).out).toBe("0");
  const lab = page.getByRole("complementary", { name: "Lab" });
  await lab.getByRole("tab", { name: "Console" }).click();
  await expect(lab.getByText("No customer managed keys", { exact: false }).or(lab.getByText(/no keys/i)).first()).toBeVisible();
});

test("another Region is another place", async ({ page }) => {
  await openLesson(page, "keys-and-regions", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws ssm put-parameter --name /here --type String --value london");
  await goToRegion(page, "us-east-1");
  expect((await terminal.run("aws ssm get-parameter --name /here")).err).toContain("(ParameterNotFound)");
  expect((await terminal.run("aws kms describe-key --key-id alias/tutorial")).err).toContain(
    "(NotFoundException) when calling the DescribeKey operation: Alias arn:aws:kms:us-east-1:111122223333:alias/tutorial is not found.",
  );
  const lab = page.getByRole("complementary", { name: "Lab" });
  await lab.getByRole("tab", { name: "Console" }).click();
  await expect(lab.getByTestId("aws-console").getByRole("link", { name: "tutorial" })).toHaveCount(0);
  await goToRegion(page, "eu-west-2");
  await expect(lab.getByTestId("aws-console").getByRole("link", { name: "tutorial" })).toBeVisible();
  await lab.getByRole("tab", { name: "Terminal" }).click();
  expect((await terminal.run("aws ssm get-parameter --name /here --query Parameter.Value --output text")).out).toBe("london");
});
