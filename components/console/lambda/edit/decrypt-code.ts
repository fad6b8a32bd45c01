import { isPython } from "../lambda-types";

/**
 * What goes with a variable that was encrypted before it was put there. The console's ciphertext names the function in its
 * encryption context, so that it cannot be used in another one.
 * Source: Lambda Developer Guide, Securing Lambda environment variables (encryption in transit).
 */
export const variableContext = (functionName: string): Record<string, string> => ({ LambdaFunctionName: functionName });

/** Code that decrypts the variable, once per environment. */
export function decryptProgram(runtime: string, name: string): string {
  if (isPython(runtime))
    return `import base64
import os
import boto3

sealed = base64.b64decode(os.environ["${name}"])
context = {"LambdaFunctionName": os.environ["AWS_LAMBDA_FUNCTION_NAME"]}
# Outside the handler: once for each environment, not once for each event.
${name.toLowerCase()} = boto3.client("kms").decrypt(CiphertextBlob=sealed, EncryptionContext=context)["Plaintext"].decode("utf-8")
`;
  return `import { KMSClient, DecryptCommand } from "@aws-sdk/client-kms";

const kms = new KMSClient();
// Outside the handler: once for each environment, not once for each event.
const { Plaintext } = await kms.send(
  new DecryptCommand({
    CiphertextBlob: Buffer.from(process.env.${name}, "base64"),
    EncryptionContext: { LambdaFunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME },
  }),
);
const ${camel(name)} = new TextDecoder().decode(Plaintext);
`;
}

const camel = (name: string): string => name.toLowerCase().replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What lets the execution role decrypt it, and nothing else under that key. */
export const decryptPolicy = (keyArn: string, functionName: string): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: keyArn,
          Condition: { StringEquals: { "kms:EncryptionContext:LambdaFunctionName": functionName } },
        },
      ],
    },
    null,
    2,
  );
