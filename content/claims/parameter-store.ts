import { ACCOUNT, asked, bytesOf, days, decided, fails, notAsked, ok, refused, returns, traces } from "@/lib/lessons/proof";
import type { Claim, ProofHand } from "@/lib/lessons/types";
import { ssmApi, ssmGuide, ssmPricing } from "./sources";

const allow = (Action: string | string[], Resource: string | string[]): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const parameterArn = (path: string): string => `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter${path}`;

/** A user with one inline policy. */
async function user(lab: ProofHand, name: string, policy?: string): Promise<void> {
  await lab.call(`Make the user ${name}`, { service: "iam", operation: "CreateUser", input: { UserName: name } });
  if (policy) await lab.call("Give it this policy", { service: "iam", operation: "PutUserPolicy", input: { UserName: name, PolicyName: "p1", PolicyDocument: policy } });
}
const put = (lab: ProofHand, Name: string, Value: string, more: object = {}) => lab.call(`Put ${Name}`, { service: "ssm", operation: "PutParameter", input: { Name, Value, Type: "String", ...more } });
const longText = (length: number): string => "x".repeat(length);

export const parameterStoreClaims: Claim[] = [
  {
    id: "SSM-01", verdict: "holds",
    sentence: "A parameter is a String, a StringList or a SecureString; the last is encrypted by KMS.",
    source: ssmApi("PutParameter"),
    proof: async (lab) => {
      await lab.call("Put a String", { service: "ssm", operation: "PutParameter", input: { Name: "a-string", Type: "String", Value: "v" } }, ok(), notAsked("kms"));
      await lab.call("Put a StringList", { service: "ssm", operation: "PutParameter", input: { Name: "a-list", Type: "StringList", Value: "v,w" } }, ok(), notAsked("kms"));
      await lab.call("Put a SecureString", { service: "ssm", operation: "PutParameter", input: { Name: "a-secret", Type: "SecureString", Value: "v" } }, ok(), asked("kms", "Encrypt"));
      await lab.call("Another type", { service: "ssm", operation: "PutParameter", input: { Name: "a-number", Type: "Number", Value: "1" } }, fails("ValidationException", "satisfy enum value set"));
    },
  },
  { id: "N-SSM-1", verdict: "holds", sentence: "Parameter Store is serverless: there is nothing to run.", source: ssmGuide("AWS Systems Manager Parameter Store") },
  {
    id: "N-SSM-2", verdict: "holds",
    sentence: "The path decides which values a program gets, and IAM can open one branch only.",
    source: ssmGuide("Restricting access to Parameter Store parameters using IAM policies"),
    proof: async (lab) => {
      await put(lab, "/my-app/dev/db-url", "dev.example.com");
      await put(lab, "/my-app/prod/db-url", "prod.example.com");
      await user(lab, "dev-function", allow(["ssm:GetParameters", "ssm:GetParametersByPath"], parameterArn("/my-app/dev*")));
      await lab.call("It reads dev", { service: "ssm", operation: "GetParametersByPath", as: "dev-function", input: { Path: "/my-app/dev" } }, ok({ "Parameters.length": 1, "Parameters.0.Value": "dev.example.com" }));
      await lab.call("It may not read prod", { service: "ssm", operation: "GetParametersByPath", as: "dev-function", input: { Path: "/my-app/prod" } }, fails("AccessDeniedException"));
    },
  },
  {
    id: "SSM-02", verdict: "holds",
    sentence: "Each write is a new version; the last 100 are kept; a version has at most 10 labels.",
    source: ssmApi("LabelParameterVersion"),
    proof: async (lab) => {
      await put(lab, "/proof/versions", "1");
      await lab.call("Write again", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/versions", Value: "2", Overwrite: true } }, ok({ Version: 2 }));
      await lab.call("The first version is still there", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/versions:1" } }, ok({ "Parameter.Value": "1" }));
      await lab.call("Ten labels fit", { service: "ssm", operation: "LabelParameterVersion", input: { Name: "/proof/versions", ParameterVersion: 2, Labels: [..."abcdefghij"] } }, ok({ InvalidLabels: [] }));
      await lab.call("An eleventh does not", { service: "ssm", operation: "LabelParameterVersion", input: { Name: "/proof/versions", ParameterVersion: 2, Labels: ["k"] } }, fails("ParameterVersionLabelLimitExceeded"));
      for (let version = 3; version <= 101; version++)
        await lab.call(`Write version ${version}`, { service: "ssm", operation: "PutParameter", input: { Name: "/proof/versions", Value: String(version), Overwrite: true } }, ok({ Version: version }));
      await lab.call("With the 101st, the first is gone", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/versions:1" } }, fails("ParameterVersionNotFound"));
    },
  },
  {
    id: "SSM-03", verdict: "changed",
    sentence: "IAM policies on path ARNs decide who reads which parameter.",
    source: ssmGuide("Restricting access to Parameter Store parameters using IAM policies"),
    proof: async (lab) => {
      await put(lab, "/my-app/colour", "green");
      await put(lab, "/other-app/colour", "red");
      await user(lab, "reader", allow("ssm:GetParameter", parameterArn("/my-app/*")));
      await lab.call("Read below the path", { service: "ssm", operation: "GetParameter", as: "reader", input: { Name: "/my-app/colour" } }, ok({ "Parameter.Value": "green" }));
      await lab.call("Read beside it", { service: "ssm", operation: "GetParameter", as: "reader", input: { Name: "/other-app/colour" } }, fails("AccessDeniedException", "ssm:GetParameter"), decided("ssm:GetParameter", "ImplicitDeny"));
    },
  },
  {
    id: "SSM-04", verdict: "changed",
    sentence: "Changes of parameters are sent as events to EventBridge.",
    source: ssmGuide("Setting up notifications or triggering actions based on Parameter Store events"),
    proof: async (lab) => {
      const announces = traces("an event “Parameter Store Change” from aws.ssm is sent", (trace) => trace.steps.some((step) => step.kind === "event" && step.source === "aws.ssm" && step.detailType === "Parameter Store Change"));
      await lab.call("Put a parameter", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/noisy", Type: "String", Value: "v" } }, ok(), announces);
      await lab.call("Delete it", { service: "ssm", operation: "DeleteParameter", input: { Name: "/proof/noisy" } }, ok(), announces);
    },
  },
  {
    id: "SSM-05", verdict: "imprecise",
    sentence: "CloudFormation reads parameters by dynamic references; AWS::SSM::Parameter cannot create a SecureString.",
    source: { text: "AWS CloudFormation User Guide, Get a secure string value from Systems Manager Parameter Store", date: "2026", url: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html" },
    proof: async (lab) => {
      await put(lab, "/proof/team", "payments");
      const stack = (StackName: string, Type: string) => ({ service: "cloudformation", operation: "CreateStack", input: { StackName, TemplateBody: JSON.stringify({ Resources: { Note: { Type: "AWS::SSM::Parameter", Properties: { Name: `/proof/${StackName}`, Type, Value: "{{resolve:ssm:/proof/team}}" } } } }) } });
      const status = (StackName: string) => ({ service: "cloudformation", operation: "DescribeStacks", input: { StackName } });
      await lab.call("Make a stack that reads it and writes a String", stack("string", "String"));
      await lab.wait("A few minutes pass", 300_000);
      await lab.call("The stack is there", status("string"), ok({ "Stacks.0.StackStatus": "CREATE_COMPLETE" }));
      await lab.call("It read the value", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/string" } }, ok({ "Parameter.Value": "payments" }));
      await lab.call("Make one that writes a SecureString", stack("secure", "SecureString"));
      await lab.wait("A few minutes pass", 300_000);
      await lab.call("It was rolled back", status("secure"), ok({ "Stacks.0.StackStatus": "ROLLBACK_COMPLETE" }));
    },
  },
  {
    id: "SSM-06", verdict: "holds",
    sentence: "Reading a SecureString decrypted needs a yes from IAM for the parameter and kms:Decrypt on its key.",
    source: ssmGuide("How AWS Systems Manager Parameter Store uses AWS KMS"),
    proof: async (lab) => {
      const { KeyMetadata } = await lab.call("Make a key", { service: "kms", operation: "CreateKey" });
      await lab.call("Put a SecureString under it", { service: "ssm", operation: "PutParameter", input: { Name: "/my-app/secret", Type: "SecureString", KeyId: KeyMetadata.KeyId, Value: "correct horse" } });
      await user(lab, "app", allow("ssm:GetParameter", parameterArn("/my-app/*")));
      await lab.call("Without decryption, IAM is enough", { service: "ssm", operation: "GetParameter", as: "app", input: { Name: "/my-app/secret" } }, returns("the value is ciphertext", ({ Parameter }) => Parameter.Value !== "correct horse"), notAsked("kms"));
      await lab.call(
        "With decryption, KMS is asked in the user's name, and refuses", { service: "ssm", operation: "GetParameter", as: "app", input: { Name: "/my-app/secret", WithDecryption: true } },
        fails("AccessDeniedException"), decided("ssm:GetParameter", "Allow"), decided("kms:Decrypt", "ImplicitDeny"),
      );
      await lab.call("Allow kms:Decrypt on that key", { service: "iam", operation: "PutUserPolicy", input: { UserName: "app", PolicyName: "p2", PolicyDocument: allow("kms:Decrypt", KeyMetadata.Arn) } });
      await lab.call("Now it reads", { service: "ssm", operation: "GetParameter", as: "app", input: { Name: "/my-app/secret", WithDecryption: true } }, ok({ "Parameter.Value": "correct horse" }), decided("kms:Decrypt", "Allow"));
      await lab.call("Take away the parameter, keep the key", { service: "iam", operation: "DeleteUserPolicy", input: { UserName: "app", PolicyName: "p1" } });
      await lab.call("The key alone is not enough", { service: "ssm", operation: "GetParameter", as: "app", input: { Name: "/my-app/secret", WithDecryption: true } }, fails("AccessDeniedException"), decided("ssm:GetParameter", "ImplicitDeny"), notAsked("kms"));
    },
  },
  {
    id: "SSM-07", verdict: "holds",
    sentence: "A name with slashes is a path of at most 15 levels that begins with a slash; case counts.",
    source: ssmApi("PutParameter"),
    proof: async (lab) => {
      const deep = (levels: number): string => "/a".repeat(levels);
      await put(lab, deep(15), "deep enough");
      await lab.call("Sixteen levels", { service: "ssm", operation: "PutParameter", input: { Name: deep(16), Type: "String", Value: "too deep" } }, fails("HierarchyLevelLimitExceededException"));
      await lab.call("A path without its first slash", { service: "ssm", operation: "PutParameter", input: { Name: "a/b", Type: "String", Value: "v" } }, fails("ValidationException", "fully qualified name"));
      await lab.call("The same name in capitals is another name", { service: "ssm", operation: "GetParameter", input: { Name: deep(15).toUpperCase() } }, fails("ParameterNotFound"));
    },
  },
  { id: "SSM-08", verdict: "holds", sentence: "/aws/reference/secretsmanager/<id> reads a secret of Secrets Manager, by GetParameter or GetParameters with decryption.", source: ssmGuide("Referencing AWS Secrets Manager secrets from Parameter Store parameters"),
    proof: async (lab) => {
      await lab.call("Store a secret", { service: "secretsmanager", operation: "CreateSecret", input: { Name: "my-app/mail", SecretString: "correct horse", ClientRequestToken: "proof-token-000000000000000000000001" } });
      const through = (WithDecryption: boolean) => ({ service: "ssm", operation: "GetParameter", input: { Name: "/aws/reference/secretsmanager/my-app/mail", WithDecryption } });
      await lab.call("Read it through Parameter Store, with decryption", through(true), ok({ "Parameter.Value": "correct horse", "Parameter.Type": "SecureString" }), asked("secretsmanager", "GetSecretValue"));
      await lab.call("Without decryption", through(false), refused);
    },
  },
  {
    id: "SSM-09", verdict: "holds",
    sentence: "AWS publishes parameters for all, such as the latest Amazon Linux images.",
    source: { text: "AWS Systems Manager User Guide, Calling AMI public parameters; Amazon Linux 2 FAQs (end of support)", date: "2025" },
    proof: async (lab) => {
      await lab.call("Read the image of Amazon Linux 2", { service: "ssm", operation: "GetParameter", input: { Name: "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2" } }, returns("it is an image id", ({ Parameter }) => /^ami-[0-9a-f]{17}$/.test(Parameter.Value)));
      await lab.call("And that of Amazon Linux 2023", { service: "ssm", operation: "GetParameter", input: { Name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" } }, returns("it is an image id", ({ Parameter }) => /^ami-[0-9a-f]{17}$/.test(Parameter.Value)));
    },
  },
  {
    id: "SSM-10", verdict: "wrong",
    sentence: "/my-app/DEV/db-url is another name than /my-app/dev/db-url, and lands in InvalidParameters.",
    source: ssmApi("GetParameters"),
    proof: async (lab) => {
      await put(lab, "/my-app/dev/db-url", "dev.example.com");
      await lab.call("Ask with DEV", { service: "ssm", operation: "GetParameters", input: { Names: ["/my-app/DEV/db-url"] } }, ok({ Parameters: [], InvalidParameters: ["/my-app/DEV/db-url"] }));
      await lab.call("Ask with dev", { service: "ssm", operation: "GetParameters", input: { Names: ["/my-app/dev/db-url"] } }, ok({ "Parameters.0.Value": "dev.example.com", InvalidParameters: [] }));
    },
  },
  { id: "SSM-11", verdict: "imprecise", sentence: "10,000 standard parameters per account and Region.", source: ssmApi("PutParameter") },
  {
    id: "SSM-12", verdict: "holds",
    sentence: "A standard value has at most 4,096 characters, and no policies.",
    source: ssmApi("PutParameter"),
    proof: async (lab) => {
      await put(lab, "/proof/full", longText(4096));
      await lab.call("One character more", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/over", Type: "String", Value: longText(4097) } }, fails("ValidationException", "4096"));
      await lab.call("A policy on a standard parameter", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/policy", Type: "String", Tier: "Standard", Value: "v", Policies: expiresIn(2030) } }, refused);
    },
  },
  {
    id: "SSM-13", verdict: "holds",
    sentence: "Advanced takes 8 KB and policies; standard can become advanced, never the other way.",
    source: ssmApi("PutParameter"),
    proof: async (lab) => {
      await put(lab, "/proof/big", longText(8192), { Tier: "Advanced" });
      await lab.call("8,193 characters", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/bigger", Type: "String", Tier: "Advanced", Value: longText(8193) } }, fails("ValidationException"));
      await put(lab, "/proof/grows", "small");
      await lab.call("Standard to advanced", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/grows", Value: "small", Overwrite: true, Tier: "Advanced" } }, ok({ Tier: "Advanced" }));
      await lab.call("Advanced to standard", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/grows", Value: "small", Overwrite: true, Tier: "Standard" } }, fails("ValidationException"));
    },
  },
  {
    id: "SSM-14", verdict: "changed",
    sentence: "Intelligent-Tiering takes advanced only where standard will not do.",
    source: ssmApi("PutParameter"),
    proof: async (lab) => {
      await lab.call("A small value", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/it-small", Type: "String", Tier: "Intelligent-Tiering", Value: "v" } }, ok({ Tier: "Standard" }));
      await lab.call("A value of 5,000 characters", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/it-large", Type: "String", Tier: "Intelligent-Tiering", Value: longText(5000) } }, ok({ Tier: "Advanced" }));
      await lab.call("A small value with a policy", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/it-policy", Type: "String", Tier: "Intelligent-Tiering", Value: "v", Policies: expiresIn(2030) } }, ok({ Tier: "Advanced" }));
    },
  },
  { id: "SSM-15", verdict: "holds", sentence: "$0.05 per advanced parameter and month; $0.05 per 10,000 calls where calls cost.", source: ssmPricing },
  { id: "SSM-16", verdict: "changed", sentence: "40 calls a second by default; thousands with higher throughput.", source: { text: "AWS General Reference, Systems Manager endpoints and quotas (as quoted by others)", date: "2026" } },
  {
    id: "SSM-17", verdict: "holds",
    sentence: "Expiration deletes a parameter at its time; ExpirationNotification and NoChangeNotification send events.",
    source: ssmGuide("Assigning parameter policies"),
    proof: async (lab) => {
      await lab.call("Put a parameter that expires on 11 January 2026 (the lab's clock stands at the 1st)", {
        service: "ssm", operation: "PutParameter",
        input: { Name: "/proof/mortal", Type: "String", Tier: "Advanced", Value: "v", Policies: JSON.stringify([{ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: "2026-01-11T00:00:00.000Z" } }, { Type: "ExpirationNotification", Version: "1.0", Attributes: { Before: "5", Unit: "Days" } }, { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "3", Unit: "Days" } }]) },
      });
      await lab.wait("Nine days go by", days(9));
      await lab.call("It is still there", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/mortal" } }, ok({ "Parameter.Value": "v" }));
      await lab.wait("Two more", days(2));
      await lab.call("Now it is gone", { service: "ssm", operation: "GetParameter", input: { Name: "/proof/mortal" } }, fails("ParameterNotFound"));
    },
  },
  {
    id: "SSM-18", verdict: "holds",
    sentence: "A parameter can have up to ten policies.",
    source: ssmApi("PutParameter"),
    proof: async (lab) => {
      const notices = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, index) => ({ Type: "NoChangeNotification", Version: "1.0", Attributes: { After: String(index + 1), Unit: "Days" } })));
      await lab.call("Ten policies", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/ten", Type: "String", Tier: "Advanced", Value: "v", Policies: notices(10) } }, ok());
      await lab.call("Eleven", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/eleven", Type: "String", Tier: "Advanced", Value: "v", Policies: notices(11) } }, fails("PoliciesLimitExceededException"));
    },
  },
  {
    id: "SSM-19", verdict: "holds",
    sentence: "A SecureString is encrypted under alias/aws/ssm unless another symmetric key is named.",
    source: ssmGuide("How AWS Systems Manager Parameter Store uses AWS KMS"),
    proof: async (lab) => {
      await lab.call("Put a SecureString and name no key", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/default-key", Type: "SecureString", Value: "v" } }, ok(), asked("kms", "Encrypt"));
      await lab.call("Look at its description", { service: "ssm", operation: "DescribeParameters", input: { ParameterFilters: [{ Key: "Name", Values: ["/proof/default-key"] }] } }, ok({ "Parameters.0.KeyId": "alias/aws/ssm" }));
      const { KeyMetadata } = await lab.call("Make a pair of the elliptic-curve kind", { service: "kms", operation: "CreateKey", input: { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" } });
      await lab.call("Name that one", { service: "ssm", operation: "PutParameter", input: { Name: "/proof/wrong-kind", Type: "SecureString", KeyId: KeyMetadata.KeyId, Value: "v" } }, refused);
    },
  },
  {
    id: "SSM-20", verdict: "holds",
    sentence: "Without decryption a SecureString’s value is its ciphertext in base64; the answer lists unknown names under InvalidParameters.",
    source: ssmApi("GetParameters"),
    proof: async (lab) => {
      await put(lab, "/my-app/dev/db-password", "devdbpassword", { Type: "SecureString" });
      await lab.call(
        "Get it as it is stored", { service: "ssm", operation: "GetParameters", input: { Names: ["/my-app/dev/db-password"] } },
        returns("the value begins with the bytes 01 02 02 00 of a KMS ciphertext", ({ Parameters }) => bytesOf(Parameters[0].Value).slice(0, 4).join() === "1,2,2,0"), ok({ InvalidParameters: [] }),
      );
    },
  },
  {
    id: "SSM-21", verdict: "wrong",
    sentence: "A parameter’s ARN is arn:aws:ssm:<Region>:<account>:parameter<name>.",
    source: ssmApi("GetParameter"),
    proof: async (lab) => {
      await put(lab, "/my-app/dev/db-url", "dev.example.com");
      await lab.call("Read it", { service: "ssm", operation: "GetParameter", input: { Name: "/my-app/dev/db-url" } }, ok({ "Parameter.ARN": parameterArn("/my-app/dev/db-url") }));
    },
  },
  {
    id: "SSM-22", verdict: "holds",
    sentence: "Without Recursive, GetParametersByPath returns one level only; a slash at the end of the path is accepted.",
    source: ssmApi("GetParametersByPath"),
    proof: async (lab) => {
      await put(lab, "/my-app/dev/db-url", "dev.example.com");
      await put(lab, "/my-app/prod/db-url", "prod.example.com");
      await lab.call("One level", { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-app/" } }, ok({ Parameters: [] }));
      await lab.call("All the way down", { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-app/", Recursive: true } }, ok({ "Parameters.length": 2 }));
      await lab.call("More than ten on a page", { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-app/", MaxResults: 11 } }, fails("ValidationException", "less than or equal to 10"));
    },
  },
  {
    id: "SSM-23", verdict: "holds",
    sentence: "A function that calls GetParameters needs ssm:GetParameters, and kms:Decrypt on a customer managed key; each action stands for one call.",
    source: ssmGuide("How AWS Systems Manager Parameter Store uses AWS KMS"),
    proof: async (lab) => {
      const { KeyMetadata } = await lab.call("Make a key", { service: "kms", operation: "CreateKey" });
      await put(lab, "/my-app/dev/db-password", "devdbpassword", { Type: "SecureString", KeyId: KeyMetadata.KeyId });
      await user(lab, "function", allow("ssm:GetParameters", parameterArn("/my-app/*")));
      await lab.call("Without kms:Decrypt", { service: "ssm", operation: "GetParameters", as: "function", input: { Names: ["/my-app/dev/db-password"], WithDecryption: true } }, fails("AccessDeniedException"));
      await lab.call("Allow it", { service: "iam", operation: "PutUserPolicy", input: { UserName: "function", PolicyName: "p2", PolicyDocument: allow("kms:Decrypt", KeyMetadata.Arn) } });
      await lab.call("With both", { service: "ssm", operation: "GetParameters", as: "function", input: { Names: ["/my-app/dev/db-password"], WithDecryption: true } }, ok({ "Parameters.0.Value": "devdbpassword" }));
      await lab.call("GetParameter is another action", { service: "ssm", operation: "GetParameter", as: "function", input: { Name: "/my-app/dev/db-password" } }, fails("AccessDeniedException", "ssm:GetParameter on"));
    },
  },
];

function expiresIn(year: number): string {
  return JSON.stringify([{ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: `${year}-12-02T21:34:33.000Z` } }]);
}
