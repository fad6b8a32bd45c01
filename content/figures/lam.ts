import type { Cast, Figure, Scene } from "@/lib/lessons/figure";

const cast: Cast = { caller: "function", services: { ssm: "ssm", kms: "kms" }, judge: "iam", names: { ssm: "Parameter Store", kms: "KMS" } };
const parameterArn = (path: string): string => `arn:aws:ssm:us-east-1:111122223333:parameter${path}`;
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });

/** One function, two stages: the environment variable decides the path, the role decides whether it may. */
const figure: Figure = {
  id: "LAM",
  title: "One function, dev or prod",
  summary: "A function builds the names of two parameters from its environment variable and asks for them, the password with decryption. Its role decides what it gets.",
  wide: { width: 960, height: 385 },
  narrow: { width: 400, height: 470 },
  actors: [
    { id: "function", label: "Function", sub: "role my-app-function", glyph: "function", wide: [110, 240], narrow: [86, 70] },
    { id: "ssm", label: "Parameter Store", glyph: "parameter", wide: [470, 240], narrow: [86, 250] },
    { id: "iam", label: "Permissions", sub: "of the role", glyph: "policy", wide: [470, 80], narrow: [310, 160] },
    { id: "kms", label: "KMS", glyph: "key", wide: [830, 240], narrow: [310, 390] },
  ],
  wires: [
    { from: "function", to: "ssm" },
    { from: "ssm", to: "iam" },
    { from: "ssm", to: "kms" },
    { from: "kms", to: "iam" },
  ],
  controls: [{ id: "stage", kind: "choice", label: "DEV_OR_PROD", options: [{ value: "dev", label: "dev" }, { value: "prod", label: "prod" }, { value: "DEV", label: "DEV" }] }],
  breaks: [
    { id: "noDecrypt", label: "The role lacks kms:Decrypt", set: { decrypt: false } },
    { id: "devOnly", label: "The role may read dev only, asked for prod", set: { branch: "/my-app/dev/*", stage: "prod" } },
  ],
  start: { stage: "dev", decrypt: true, branch: "/my-app/*" },
  simplified: "Lambda is not simulated yet: the figure makes, with the function’s role, the two calls that the function would make.",

  async play(settings, hand) {
    const { KeyMetadata } = await hand.must({ service: "kms", operation: "CreateKey", input: { Description: "secrets of my-app" } });
    for (const stage of ["dev", "prod"]) {
      await hand.must({ service: "ssm", operation: "PutParameter", input: { Name: `/my-app/${stage}/db-url`, Type: "String", Value: `${stage}url.example.com:3306` } });
      await hand.must({ service: "ssm", operation: "PutParameter", input: { Name: `/my-app/${stage}/db-password`, Type: "SecureString", KeyId: KeyMetadata.KeyId, Value: `${stage}dbpassword` } });
    }
    await hand.must({ service: "iam", operation: "CreateRole", input: { RoleName: "my-app-function", AssumeRolePolicyDocument: trust } });
    const statements = [
      { Sid: "ReadParameters", Effect: "Allow", Action: "ssm:GetParameters", Resource: parameterArn(String(settings.branch)) },
      ...(settings.decrypt ? [{ Sid: "OpenSecrets", Effect: "Allow", Action: "kms:Decrypt", Resource: KeyMetadata.Arn }] : []),
    ];
    await hand.must({ service: "iam", operation: "PutRolePolicy", input: { RoleName: "my-app-function", PolicyName: "parameters", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }) } });

    const scenes: Scene[] = [
      { caption: `The function starts. DEV_OR_PROD is “${settings.stage}”, so it will ask for /my-app/${settings.stage}/db-url and /my-app/${settings.stage}/db-password.`, lit: ["function"], marks: [], tokens: [{ id: "variable", at: "function", look: "plain", label: `DEV_OR_PROD=${settings.stage}` }] },
    ];
    for (const [name, WithDecryption] of [["db-url", false], ["db-password", true]] as const) {
      const Name = `/my-app/${settings.stage}/${name}`;
      const asked = await hand.call({ service: "ssm", operation: "GetParameters", role: "my-app-function", input: { Names: [Name], ...(WithDecryption ? { WithDecryption } : {}) } });
      const found = asked.reply.ok ? (asked.reply.output.Parameters as { Value: string }[]) : [];
      const sealed = { title: "The stored ciphertext", keyArn: KeyMetadata.Arn, context: { PARAMETER_ARN: parameterArn(Name) } };
      scenes.push(
        ...hand.scenesOf(asked, cast, {
          request: (trace) => (trace.service === "kms" ? sealed : undefined),
          reply: (trace) => (trace.service === "kms" ? { look: "plain", label: "plaintext" } : found.length ? { look: "plain", label: found[0].Value, holds: { title: Name, bytes: btoa(found[0].Value), text: true, call: asked.call } } : { look: "plain", label: "InvalidParameters", holds: { title: "Not found", note: `InvalidParameters: ${Name}`, call: asked.call } }),
          answered: (trace) => (trace.service === "kms" ? "KMS gives the plaintext to Parameter Store." : found.length ? `The function has ${name} of ${settings.stage}.` : `There is no ${Name}: the name comes back under InvalidParameters. Case counts.`),
        }, name),
      );
      if (!asked.reply.ok) break;
    }
    return scenes;
  },
};

export default figure;
