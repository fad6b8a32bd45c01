/** Programs that a function can begin with, in the Lambda console's “Use a blueprint”. Words and code are ours, save where said. */
export type Family = "python" | "nodejs";

export interface Program {
  handler: string;
  /** The deployment package: texts by their paths. */
  files: Readonly<Record<string, string>>;
}

export interface Blueprint {
  id: string;
  name: string;
  /** What it does, and what it needs to do it. */
  what: string;
  /** By the language that it is written in. */
  programs: Readonly<Partial<Record<Family, Program>>>;
  /** Variables that the program reads, with values to begin with. */
  environment: Readonly<Record<string, string>>;
  /** Seconds, where the default of 3 is too short. */
  timeout?: number;
  /** A test event to begin with, JSON. */
  event: string;
}

/** One file, under the name that Lambda's console gives it. */
const inPython = (text: string): Program => ({ handler: "lambda_function.lambda_handler", files: { "lambda_function.py": text } });
const inNode = (text: string): Program => ({ handler: "index.handler", files: { "index.mjs": text } });

const helloPython = `import json

def lambda_handler(event, context):
    print("The event:", json.dumps(event))
    return {
        "statusCode": 200,
        "body": json.dumps("Hello from a function")
    }
`;

const helloNode = `export const handler = async (event) => {
  console.log("The event:", JSON.stringify(event));
  return {
    statusCode: 200,
    body: JSON.stringify("Hello from a function"),
  };
};
`;

/** What “Author from scratch” begins with, by the runtime's family. */
export const fromScratch: Readonly<Record<Family, Program>> = { python: inPython(helloPython), nodejs: inNode(helloNode) };

/** The notes' program, as they have it. */
const parametersPython = `import json
import boto3
import os

ssm = boto3.client('ssm', region_name="us-east-1")
dev_or_prod = os.environ['DEV_OR_PROD']

def lambda_handler(event, context):
    db_url = ssm.get_parameters(Names=["/my-app/" + dev_or_prod + "/db-url"])
    print(db_url)
    db_password = ssm.get_parameters(Names=["/my-app/" + dev_or_prod + "/db-password"], WithDecryption=True)
    print(db_password)
    return "worked!"
`;

const parametersNode = `import { SSMClient, GetParametersByPathCommand } from "@aws-sdk/client-ssm";

// Made once, outside the handler: the next invocation finds it warm.
const ssm = new SSMClient({ region: "us-east-1" });

export const handler = async () => {
  const path = \`/my-app/\${process.env.DEV_OR_PROD}/\`;
  const { Parameters } = await ssm.send(new GetParametersByPathCommand({ Path: path, WithDecryption: true }));
  for (const { Name, Type, Value } of Parameters) {
    // A log is read by more people than a parameter is.
    console.log(Name, Type === "SecureString" ? \`(\${Value.length} characters, not shown)\` : Value);
  }
  return Parameters.map(({ Name }) => Name);
};
`;

const secretPython = `import json
import os
import boto3

secrets = boto3.client("secretsmanager")

def lambda_handler(event, context):
    answer = secrets.get_secret_value(SecretId=os.environ["SECRET_ID"])
    secret = json.loads(answer["SecretString"])
    # The names of what is in it, never the values: this goes to the log.
    print("Version", answer["VersionId"], "holds", ", ".join(sorted(secret)))
    return {"version": answer["VersionId"], "stages": answer["VersionStages"]}
`;

const decryptPython = `import base64
import os
import boto3

kms = boto3.client("kms")
# What the console's Encrypt button put there: a ciphertext that names this function in its encryption context.
sealed = os.environ["DB_PASSWORD"]
password = kms.decrypt(
    CiphertextBlob=base64.b64decode(sealed),
    EncryptionContext={"LambdaFunctionName": os.environ["AWS_LAMBDA_FUNCTION_NAME"]},
)["Plaintext"].decode("utf-8")

def lambda_handler(event, context):
    return "The password has " + str(len(password)) + " characters."
`;

const eventPython = `import json

def lambda_handler(event, context):
    print(event.get("source"), event.get("detail-type"))
    print(json.dumps(event.get("detail", {}), indent=2))
    return "noted"
`;

export const blueprints: readonly Blueprint[] = [
  {
    id: "parameters-dev-or-prod",
    name: "Read parameters for dev or prod",
    what: "The notes’ program: reads /my-app/<DEV_OR_PROD>/db-url and db-password from Parameter Store. It asks us-east-1, wherever the function is. Its role needs ssm:GetParameters on them, and kms:Decrypt where the password is under a customer managed key.",
    programs: { python: inPython(parametersPython) },
    environment: { DEV_OR_PROD: "dev" },
    event: "{}",
  },
  {
    id: "parameters-by-path",
    name: "Read all parameters below a path",
    what: "The same in JavaScript, with GetParametersByPath, and without secrets in the log. Its role needs ssm:GetParametersByPath.",
    programs: { nodejs: inNode(parametersNode) },
    environment: { DEV_OR_PROD: "dev" },
    event: "{}",
  },
  {
    id: "hello-world",
    name: "Hello world",
    what: "Prints the event that it was invoked with and returns an answer. Needs nothing but its log.",
    programs: fromScratch,
    environment: {},
    event: '{\n  "key1": "value1"\n}',
  },
  {
    id: "read-a-secret",
    name: "Read a secret",
    what: "Gets a secret’s current value from Secrets Manager and logs which names it holds. Its role needs secretsmanager:GetSecretValue on the secret, and kms:Decrypt where it is under a customer managed key.",
    programs: { python: inPython(secretPython) },
    environment: { SECRET_ID: "prod/my-app/db" },
    event: "{}",
  },
  {
    id: "encrypted-variable",
    name: "Decrypt an encrypted environment variable",
    what: "Decrypts DB_PASSWORD, a variable that was encrypted with the console’s helper. Its role needs kms:Decrypt on the key.",
    programs: { python: inPython(decryptPython) },
    environment: {},
    event: "{}",
  },
  {
    id: "log-an-event",
    name: "Log an EventBridge event",
    what: "Prints source, type and detail of the event, for rules that watch parameters, secrets or keys. Needs nothing but its log.",
    programs: { python: inPython(eventPython) },
    environment: {},
    event:
      '{\n  "source": "aws.ssm",\n  "detail-type": "Parameter Store Change",\n  "detail": {\n    "operation": "Update",\n    "name": "/my-app/dev/db-url",\n    "type": "String"\n  }\n}',
  },
];
