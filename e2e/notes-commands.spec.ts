import { expect, openLesson, runButton, terminalOf, test, ticked } from "./journey";

// The commands of the study notes (KMS and Parameter Store) as they stand there, in the page's terminal.

const encrypt =
  "aws kms encrypt --key-id alias/tutorial --plaintext fileb://ExampleSecretFile.txt --output text --query CiphertextBlob  --region eu-west-2 > ExampleSecretFileEncrypted.base64";
const decrypt =
  "aws kms decrypt --ciphertext-blob fileb://ExampleSecretFileEncrypted   --output text --query Plaintext > ExampleFileDecrypted.base64  --region eu-west-2";
const unix = [
  "cat ExampleSecretFileEncrypted.base64 | base64 --decode > ExampleSecretFileEncrypted",
  "cat ExampleFileDecrypted.base64 | base64 --decode > ExampleFileDecrypted.txt",
];
const windows = [
  "certutil -decode .\\ExampleSecretFileEncrypted.base64 .\\ExampleSecretFileEncrypted",
  "certutil -decode .\\ExampleFileDecrypted.base64 .\\ExampleFileDecrypted.txt",
];

for (const [name, [first, second], says] of [
  ["Linux and macOS", unix, /^$/],
  ["Windows", windows, /CertUtil: -decode command completed successfully\./],
] as const)
  test(`KMS, line by line, the forms of ${name}`, async ({ page }) => {
    await openLesson(page, "kms-hands-on", "terminal");
    const terminal = terminalOf(page);
    for (const [line, out] of [
      ["# 1) encryption", /^$/],
      [encrypt, /^$/],
      [first, says],
      [decrypt, /^$/],
      [second, says],
    ] as const) {
      const ran = await terminal.run(line);
      expect(ran.err, line).toBe("");
      expect(ran.out, line).toMatch(out);
    }
    expect(await terminal.run("cat ExampleFileDecrypted.txt")).toEqual({ out: "SuperSecretPassword", err: "" });
    // Bytes, not text: what was decoded is as long as it should be and encodes to the same again.
    const same = await terminal.run("base64 -w 0 ExampleSecretFileEncrypted > again; tr -d '\\n' < ExampleSecretFileEncrypted.base64 | cmp - again && echo same");
    expect(same).toEqual({ out: "same", err: "" });
    await ticked(page, "encrypt-file");
    await ticked(page, "decrypt-file");
  });

test("KMS, the whole block with its comments in one paste", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  const block = [
    "# 1) encryption",
    "    # a file of base64 with the encrypted content",
    `\t${encrypt}`,
    "",
    "\t# base64 decode for Linux or Mac OS",
    `\t${unix[0]}`,
    "",
    "\t# base64 decode for Windows",
    `\t${windows[0]}`,
    "",
    "",
    "\t# 2) decryption",
    "",
    `\t${decrypt}`,
    "",
    "\t# base64 decode for Linux or Mac OS",
    `\t${unix[1]}`,
    "",
    "",
    "\t# base64 decode for Windows",
    `\t${windows[1]}`,
  ].join("\r\n");
  await page.evaluate((text) => navigator.clipboard.writeText(text), block);
  await terminal.input.focus();
  await page.keyboard.press("ControlOrMeta+v");
  // Without a line break at its end, the last line waits for Enter.
  await expect(terminal.input).toHaveValue(/certutil -decode .*Decrypted\.txt$/);
  await ticked(page, "decrypt-file");
  await page.keyboard.press("Enter");
  await expect(terminal.log.getByText("CertUtil: -decode command completed successfully.")).toHaveCount(2);
  await expect(terminal.log.locator('[data-kind="stderr"]')).toHaveCount(0);
  expect(await terminal.run("cat ExampleFileDecrypted.txt")).toEqual({ out: "SuperSecretPassword", err: "" });
});

test("KMS, by the lesson's own Run buttons", async ({ page }) => {
  await openLesson(page, "kms-hands-on", "terminal");
  const terminal = terminalOf(page);
  for (const [at, [step, nth]] of ([["encrypt-file", 0], ["encrypt-file", 1], ["encrypt-file", 2], ["decrypt-file", 0], ["decrypt-file", 1], ["decrypt-file", 2], ["decrypt-file", 3]] as const).entries()) {
    await runButton(page, step, nth).click();
    await terminal.settled(at + 1);
    expect((await terminal.printed()).err).toBe("");
  }
  expect((await terminal.printed()).out).toBe("SuperSecretPassword");
  await ticked(page, "decrypt-file");
});

test("Parameter Store: the keys, their order and indentation are the CLI's", async ({ page }) => {
  await openLesson(page, "parameter-store-hands-on", "terminal");
  const terminal = terminalOf(page);
  for (const [name, type, value] of [
    ["/my-app/dev/db-url", "String", "devurl.example:3306"],
    ["/my-app/dev/db-password", "SecureString", "devdbpassword"],
    ["/my-app/prod/db-url", "String", "produrl.example:3306"],
    ["/my-app/prod/db-password", "SecureString", "proddbpassword"],
  ]) {
    const put = await terminal.run(`aws ssm put-parameter --name ${name} --type ${type} --value ${value}`);
    expect(put).toEqual({ out: '{\n    "Version": 1,\n    "Tier": "Standard"\n}', err: "" });
  }

  const one = (name: string, type: string, value: string) =>
    [
      "        {",
      `            "Name": "${name}",`,
      `            "Type": "${type}",`,
      `            "Value": "${value}",`,
      '            "Version": 1,',
      '            "LastModifiedDate": "DATE",',
      `            "ARN": "arn:aws:ssm:eu-west-2:111122223333:parameter${name}",`,
      '            "DataType": "text"',
      "        }",
    ].join("\n");
  const stage = (name: string, open: boolean) => [
    one(`/my-app/${name}/db-password`, "SecureString", open ? `${name}dbpassword` : "SEALED"),
    one(`/my-app/${name}/db-url`, "String", `${name}url.example:3306`),
  ];
  const all = (...rows: string[]) => `{\n    "Parameters": [\n${rows.join(",\n")}\n    ]`;
  const plain = (text: string) =>
    text
      .replace(/"LastModifiedDate": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d"/g, '"LastModifiedDate": "DATE"')
      .replace(/"Value": "AQICA[\w+/=]+"/g, '"Value": "SEALED"');

  // `get-parameters` names what it did not find; the notes' output leaves that list out.
  const found = ',\n    "InvalidParameters": []\n}';
  for (const [line, expected] of [
    ["aws ssm get-parameters --names /my-app/dev/db-url /my-app/dev/db-password", all(...stage("dev", false)) + found],
    ["aws ssm get-parameters --names /my-app/dev/db-url /my-app/dev/db-password --with-decryption", all(...stage("dev", true)) + found],
    ["aws ssm get-parameters-by-path --path /my-app/dev/", `${all(...stage("dev", false))}\n}`],
    ["aws ssm get-parameters-by-path --path /my-app/ --recursive", `${all(...stage("dev", false), ...stage("prod", false))}\n}`],
    ["aws ssm get-parameters-by-path --path /my-app/ --recursive --with-decryption", `${all(...stage("dev", true), ...stage("prod", true))}\n}`],
  ]) {
    const ran = await terminal.run(line);
    expect(ran.err, line).toBe("");
    expect(plain(ran.out), line).toBe(expected);
  }
  for (const step of ["dev", "prod", "get", "get-decrypted", "by-path", "by-path-recursive", "by-path-decrypted"]) await ticked(page, step);
});

test("what the notes read of AWS's own: a public parameter, and a secret of Secrets Manager by reference", async ({ page }) => {
  await openLesson(page, "parameter-hierarchy", "terminal");
  const terminal = terminalOf(page);
  const image = await terminal.run("aws ssm get-parameter --name /aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2 --query Parameter.Value --output text");
  expect(image.out).toMatch(/^ami-[0-9a-f]{17}$/);
  const read = "aws ssm get-parameter --name /aws/reference/secretsmanager/my-secret --with-decryption --query Parameter.Value --output text";
  const none = await terminal.run(read);
  expect(none.out).toBe("");
  expect(none.err).toMatch(/ParameterNotFound/);
  await terminal.run("aws secretsmanager create-secret --name my-secret --secret-string EXAMPLE-PASSWORD");
  expect((await terminal.run(read)).out.trim()).toBe("EXAMPLE-PASSWORD");
});
