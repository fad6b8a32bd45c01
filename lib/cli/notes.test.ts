import { beforeAll, describe, expect, test } from "vitest";
import { type Lab, createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { type Shell, createShell } from "./shell";

// The commands of the study notes (KMS and Parameter Store sections), as they stand there, on a real lab: tabs, comments,
// option order, Unix and Windows forms. What the notes do by clicking is done before, by commands.

let lab: Lab;
let shell: Shell;

interface Ran {
  out: string;
  err: string;
  code: number;
}

async function run(input: string): Promise<Ran> {
  const ran: Ran = { out: "", err: "", code: 0 };
  ran.code = await shell.run(input, { onOutput: ({ stream, text }) => (stream === "stdout" ? (ran.out += text) : (ran.err += text)) });
  return ran;
}

const admin = { account: "111122223333", user: "admin" };
const open = (snapshot?: unknown) =>
  createShell({
    call: ({ service, operation, input, region, caller }) => lab.call({ service, operation, input, region, caller: caller ?? admin, door: "terminal" }),
    identity: () => ({ region: "us-east-1" }),
    now: () => lab.now(),
    snapshot,
  });

beforeAll(async () => {
  lab = createLab({ ports: seededPorts(20_201_128) });
  shell = await open();
  for (const line of [
    "KEY=$(aws kms create-key --region eu-west-2 --query KeyMetadata.KeyId --output text)",
    'aws kms create-alias --alias-name alias/tutorial --target-key-id "$KEY" --region eu-west-2',
    "aws ssm put-parameter --name /my-app/dev/db-url --type String --value devurl.dhruba:3306",
    "aws ssm put-parameter --name /my-app/dev/db-password --type SecureString --value devdbpassword",
    "aws ssm put-parameter --name /my-app/prod/db-url --type String --value produrl:3306",
    "aws ssm put-parameter --name /my-app/prod/db-password --type SecureString --value prdpassword",
  ]) {
    const ran = await run(line);
    expect({ line, ...ran }).toMatchObject({ err: "", code: 0 });
  }
});

describe("KMS, one command after another", () => {
  test.each([
    ["# 1) encryption", ""],
    ["    # This will give us base 64 file with encrypted content.", ""],
    ["\taws kms encrypt --key-id alias/tutorial --plaintext fileb://ExampleSecretFile.txt --output text --query CiphertextBlob  --region eu-west-2 > ExampleSecretFileEncrypted.base64", ""],
    ["\t# base64 decode for Linux or Mac OS  - This will give us a binary file and this is somethign we share.", ""],
    ["\tcat ExampleSecretFileEncrypted.base64 | base64 --decode > ExampleSecretFileEncrypted", ""],
    ["\tcertutil -decode .\\ExampleSecretFileEncrypted.base64 .\\ExampleSecretFileEncrypted", "CertUtil: -decode command completed successfully."],
    ["\taws kms decrypt --ciphertext-blob fileb://ExampleSecretFileEncrypted   --output text --query Plaintext > ExampleFileDecrypted.base64  --region eu-west-2", ""],
    ["\tcat ExampleFileDecrypted.base64 | base64 --decode > ExampleFileDecrypted.txt", ""],
    ["\tcertutil -decode .\\ExampleFileDecrypted.base64 .\\ExampleFileDecrypted.txt", "CertUtil: -decode command completed successfully."],
  ])("%s", async (line, words) => {
    const { out, err, code } = await run(line);
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out).toContain(words);
    if (!words) expect(out).toBe("");
  });

  test("the secret came back, by both roads", async () => {
    expect((await run("cat ExampleFileDecrypted.txt")).out).toBe("SuperSecretPassword");
    await run("rm ExampleSecretFileEncrypted ExampleFileDecrypted.txt");
    await run("certutil -decode .\\ExampleSecretFileEncrypted.base64 .\\ExampleSecretFileEncrypted");
    await run("aws kms decrypt --ciphertext-blob fileb://ExampleSecretFileEncrypted   --output text --query Plaintext > ExampleFileDecrypted.base64  --region eu-west-2");
    await run("certutil -decode .\\ExampleFileDecrypted.base64 .\\ExampleFileDecrypted.txt");
    expect((await run("cmp ExampleFileDecrypted.txt ExampleSecretFile.txt && echo same")).out).toBe("same\n");
  });

  test("the whole block at once", async () => {
    await run("rm ExampleSecretFileEncrypted* ExampleFileDecrypted*");
    const block = `# 1) encryption
    # This will give us base 64 file with encrypted content.
	aws kms encrypt --key-id alias/tutorial --plaintext fileb://ExampleSecretFile.txt --output text --query CiphertextBlob  --region eu-west-2 > ExampleSecretFileEncrypted.base64

	# base64 decode for Linux or Mac OS  - This will give us a binary file and this is somethign we share.
	cat ExampleSecretFileEncrypted.base64 | base64 --decode > ExampleSecretFileEncrypted

	# base64 decode for Windows
	certutil -decode .\\ExampleSecretFileEncrypted.base64 .\\ExampleSecretFileEncrypted


	# 2) decryption - we get back the base 64 encoded value

	aws kms decrypt --ciphertext-blob fileb://ExampleSecretFileEncrypted   --output text --query Plaintext > ExampleFileDecrypted.base64  --region eu-west-2

	# base64 decode for Linux or Mac OS - we get the value
	cat ExampleFileDecrypted.base64 | base64 --decode > ExampleFileDecrypted.txt


	# base64 decode for Windows
	certutil -decode .\\ExampleFileDecrypted.base64 .\\ExampleFileDecrypted.txt
`;
    expect(await run(block)).toMatchObject({ err: "", code: 0 });
    expect((await run("cat ExampleFileDecrypted.txt")).out).toBe("SuperSecretPassword");
  });

  test("the file is bytes, the text is base64 of them", async () => {
    const { out } = await run("base64 -w 0 ExampleSecretFileEncrypted; echo; cat ExampleSecretFileEncrypted.base64");
    const [bytes, text] = out.trim().split("\n");
    expect(bytes).toBe(text);
    expect(text).toMatch(/^AQICA/);
  });

  test("another Region does not know the alias", async () => {
    const { err, code } = await run("aws kms encrypt --key-id alias/tutorial --plaintext fileb://ExampleSecretFile.txt");
    expect(code).toBe(254);
    expect(err).toMatch(/^\naws: \[ERROR\]: An error occurred \(NotFoundException\) when calling the Encrypt operation: Alias arn:aws:kms:us-east-1:111122223333:alias\/tutorial is not found\.\n$/);
  });
});

describe("Parameter Store", () => {
  interface Parameter {
    Name: string;
    Type: string;
    Value: string;
  }
  const form = (name: string, type: string) =>
    new RegExp(
      `^        \\{\\n            "Name": "${name}",\\n            "Type": "${type}",\\n            "Value": "[^"]+",\\n            "Version": 1,\\n            "LastModifiedDate": "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00",\\n            "ARN": "arn:aws:ssm:us-east-1:111122223333:parameter${name}",\\n            "DataType": "text"\\n        \\}`,
      "m",
    );
  test.each([
    ["\taws ssm get-parameters --names /my-app/dev/db-url /my-app/dev/db-password", ["dev"], false],
    ["\taws ssm get-parameters --names /my-app/dev/db-url /my-app/dev/db-password --with-decryption", ["dev"], true],
    ["\taws ssm get-parameters-by-path --path /my-app/dev/", ["dev"], false],
    ["\taws ssm get-parameters-by-path --path /my-app/ --recursive", ["dev", "prod"], false],
    ["\taws ssm get-parameters-by-path --path /my-app/ --recursive --with-decryption", ["dev", "prod"], true],
  ])("%s", async (line, stages, decrypted) => {
    const { out, err, code } = await run(line);
    expect({ err, code }).toEqual({ err: "", code: 0 });
    const { Parameters } = JSON.parse(out) as { Parameters: Parameter[] };
    expect(Parameters.map((parameter) => parameter.Name)).toEqual(stages.flatMap((stage) => [`/my-app/${stage}/db-password`, `/my-app/${stage}/db-url`]));
    const values: Record<string, string> = { dev: "devdbpassword", prod: "prdpassword" };
    for (const stage of stages) {
      const secret = Parameters.find((parameter) => parameter.Name === `/my-app/${stage}/db-password`)!.Value;
      if (decrypted) expect(secret).toBe(values[stage]);
      else expect(secret).toMatch(/^AQICA/);
      expect(out).toMatch(form(`/my-app/${stage}/db-password`, "SecureString"));
      expect(out).toMatch(form(`/my-app/${stage}/db-url`, "String"));
    }
    expect(out.startsWith('{\n    "Parameters": [\n        {\n')).toBe(true);
  });

  test("a user without permission is told so", async () => {
    await run("aws iam create-user --user-name dev");
    const keys = JSON.parse((await run("aws iam create-access-key --user-name dev")).out) as { AccessKey: { AccessKeyId: string; SecretAccessKey: string } };
    const { err, code } = await run(
      `AWS_ACCESS_KEY_ID=${keys.AccessKey.AccessKeyId} AWS_SECRET_ACCESS_KEY=${keys.AccessKey.SecretAccessKey} aws ssm get-parameter --name /my-app/dev/db-password --with-decryption`,
    );
    expect(code).toBe(254);
    expect(err).toContain(
      "An error occurred (AccessDeniedException) when calling the GetParameter operation: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/my-app/dev/db-password because no identity-based policy allows the ssm:GetParameter action",
    );
  });
});

test("a terminal that was put away and taken out again has its files, variables, history and log", async () => {
  await run("export STAGE=dev; cd /tmp; echo kept > note.txt; greet() { echo hello $1; }");
  const before = JSON.stringify(await shell.snapshot());
  const again = await open(JSON.parse(before));
  expect(JSON.stringify(await again.snapshot())).toBe(before);
  shell = again;
  expect((await run("cat note.txt; echo $STAGE; greet you; cat ~/ExampleFileDecrypted.txt")).out).toBe("kept\ndev\nhello you\nSuperSecretPassword");
  expect(again.history.length).toBeGreaterThan(20);
  expect(again.transcript.some((entry) => entry.text.includes("CertUtil"))).toBe(true);
});
