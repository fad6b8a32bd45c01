import { actAs, beadsOf, expect, openLesson, plainText, terminalOf, test } from "./journey";

// AccessDenied → Why? → the key policy is changed in the console → it works, and Why? says something else.

test("the user app is refused by the key, until the key policy names it", async ({ page }) => {
  await openLesson(page, "what-parameter-store-is", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("aws kms create-alias --alias-name alias/my-app --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await terminal.run("aws ssm put-parameter --name /my-app/first-secret --type SecureString --key-id alias/my-app --value 'correct horse'");

  await actAs(page, "app");
  await page.goto("/console/systems-manager/parameters/%2Fmy-app%2Ffirst-secret");
  const toggle = page.getByTestId("decrypted-toggle").getByRole("checkbox");
  await expect(page.getByTestId("parameter-current-value")).toHaveAttribute("data-sealed", "true");
  await toggle.check();
  const refusal = page.getByTestId("aws-error").filter({ hasText: "ssm:GetParameter" });
  await expect(refusal).toContainText("AccessDeniedException");
  await expect(refusal).toContainText("not authorized to perform: kms:Decrypt");

  await refusal.getByRole("button", { name: /^Why\?/ }).click();
  const why = page.getByRole("dialog", { name: "ssm:GetParameter" });
  const denied = why.locator('[data-testid="decision"][data-effect="ImplicitDeny"]');
  await expect(denied).toContainText("kms:Decrypt");
  await expect(denied.locator('[data-layer="ResourcePolicy"]')).toContainText("leaves it to IAM");
  await expect(denied.locator('[data-layer="IdentityPolicy"]')).toContainText("does not allow it");
  const refused = await why.getByTestId("why-sentence").textContent();
  await why.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // The fix, by the account's admin, in the policy view.
  await actAs(page, "admin");
  await page.goto("/console/kms/keys");
  await page.getByRole("link", { name: "my-app", exact: true }).click();
  const view = page.getByTestId("switch-to-policy-view");
  await view.or(page.getByTestId("policy-edit")).first().click();
  await page.getByTestId("policy-edit").click();
  const editor = await plainText(page.getByTestId("policy-editor"));
  const policy = JSON.parse(await editor.inputValue()) as { Statement: object[] };
  policy.Statement.push({
    Sid: "AppReadsItsSecrets",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:user/app" },
    Action: "kms:Decrypt",
    Resource: "*",
  });
  await editor.fill(JSON.stringify(policy, null, 2));
  await page.getByTestId("policy-save").click();
  await expect(page.getByTestId("flashbar")).toContainText("The key policy was saved.");

  await actAs(page, "app");
  await page.goto("/console/systems-manager/parameters/%2Fmy-app%2Ffirst-secret");
  await toggle.check();
  await expect(page.getByTestId("parameter-current-value")).toHaveText("correct horse");
  await beadsOf(page).last().click();
  const allowed = why.locator('[data-testid="decision"][data-effect="Allow"]').filter({ hasText: "kms:Decrypt" });
  await expect(why.getByTestId("why-sentence")).not.toHaveText(refused!);
  await expect(why.locator('[data-effect="ImplicitDeny"]')).toHaveCount(0);
  await allowed.locator("summary").first().click();
  const keyPolicy = allowed.locator('[data-layer="ResourcePolicy"]');
  await expect(keyPolicy).toContainText("this decided");
  await expect(keyPolicy.locator('[data-statement="AppReadsItsSecrets"]')).toHaveAttribute("data-matched", "true");
});

test("in the terminal: a profile's refusal, its Why?, an explicit deny that no permission outweighs", async ({ page }) => {
  await openLesson(page, "key-policies", "terminal");
  const terminal = terminalOf(page);
  await terminal.run("KEY=$(aws kms create-key --query KeyMetadata.Arn --output text)");
  await terminal.run("echo -n hello > hello.txt");
  await terminal.run(
    `aws kms put-key-policy --key-id $KEY --policy-name default --policy '{"Version":"2012-10-17","Statement":[{"Sid":"Account","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},{"Sid":"NobodyEncrypts","Effect":"Deny","Principal":"*","Action":"kms:Encrypt","Resource":"*"}]}'`,
  );
  const refused = await terminal.run("aws kms encrypt --key-id $KEY --plaintext fileb://hello.txt");
  expect(refused.out).toBe("");
  expect(refused.err).toMatch(/An error occurred \(AccessDeniedException\) when calling the Encrypt operation: User: arn:aws:iam::111122223333:user\/admin is not authorized to perform: kms:Encrypt on .* with an explicit deny in a resource-based policy/);
  await terminal.commands.last().getByRole("button", { name: /^Why\?/ }).click();
  const decision = page.getByRole("dialog", { name: "kms:Encrypt" }).getByTestId("decision");
  await expect(decision).toHaveAttribute("data-effect", "ExplicitDeny");
  await expect(decision.locator('[data-statement="NobodyEncrypts"]')).toHaveAttribute("data-matched", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await terminal.run(
    `aws kms put-key-policy --key-id $KEY --policy-name default --policy '{"Version":"2012-10-17","Statement":[{"Sid":"Account","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}'`,
  );
  expect((await terminal.run("aws kms encrypt --key-id $KEY --plaintext fileb://hello.txt --query KeyId --output text")).err).toBe("");
});
