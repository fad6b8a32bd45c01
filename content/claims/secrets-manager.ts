import { ACCOUNT, asked, days, decided, fails, ok, refused, returns, traces } from "@/lib/lessons/proof";
import type { Claim, ProofHand } from "@/lib/lessons/types";
import { secretsManagerApi, secretsManagerGuide, secretsManagerPricing } from "./sources";

const token = (n: number): string => `proof-token-${String(n).padStart(24, "0")}`;
const minute = 60_000;

const create = (lab: ProofHand, Name: string, SecretString: string, more: object = {}) =>
  lab.call(`Store the secret ${Name}`, { service: "secretsmanager", operation: "CreateSecret", input: { Name, SecretString, ClientRequestToken: token(1), ...more } });
const put = (lab: ProofHand, SecretId: string, SecretString: string, n: number) =>
  lab.call("Put a new value", { service: "secretsmanager", operation: "PutSecretValue", input: { SecretId, SecretString, ClientRequestToken: token(n) } });
const read = (SecretId: string, more: object = {}) => ({ service: "secretsmanager", operation: "GetSecretValue", input: { SecretId, ...more } });

/** A database whose master password RDS manages; the ARN of its secret. */
async function managed(lab: ProofHand): Promise<string> {
  await lab.call("Make a database whose master password is managed", {
    service: "rds", operation: "CreateDBInstance",
    input: { DBInstanceIdentifier: "shop", Engine: "mysql", DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20, MasterUsername: "admin", ManageMasterUserPassword: true },
  });
  await lab.wait("Until it is there", 15 * minute);
  const { DBInstances } = await lab.call("Look at it", { service: "rds", operation: "DescribeDBInstances", input: { DBInstanceIdentifier: "shop" } });
  return DBInstances[0].MasterUserSecret.SecretArn;
}

/** A package with a handler that gives back its event; it is never run. */
const zip = "UEsDBBQAAAAAAAAAIVy0CHBpLgAAAC4AAAAEAAAAZi5weWRlZiBoYW5kbGVyKGV2ZW50LCBjb250ZXh0KToKICAgIHJldHVybiBldmVudApQSwECFAAUAAAAAAAAACFctAhwaS4AAAAuAAAABAAAAAAAAAAAAAAAAAAAAAAAZi5weVBLBQYAAAAAAQABADIAAABQAAAAAAA=";
const lambdaTrust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });

/** A function that is never run. */
async function rotationFunction(lab: ProofHand): Promise<string> {
  const { Role } = await lab.call("Make a role for a function", { service: "iam", operation: "CreateRole", input: { RoleName: "rotate", AssumeRolePolicyDocument: lambdaTrust } });
  const { FunctionArn } = await lab.call("Make the function", { service: "lambda", operation: "CreateFunction", input: { FunctionName: "rotate", Runtime: "python3.13", Handler: "f.handler", Role: Role.Arn, Code: { ZipFile: zip } } });
  await lab.wait("Until it is active", 5_000);
  return FunctionArn;
}

export const secretsManagerClaims: Claim[] = [
  { id: "SEC-01", verdict: "holds", sentence: "Secrets Manager is newer than Parameter Store (April 2018), and for secrets only.", source: { text: "AWS News Blog, AWS Secrets Manager: Store, Distribute, and Rotate Credentials Securely", date: "2018-04" } },
  {
    id: "SEC-02", verdict: "changed",
    sentence: "Rotation runs by a schedule: at the shortest every 4 hours, at the longest every 1,000 days.",
    source: secretsManagerApi("RotationRulesType"),
    proof: async (lab) => {
      const SecretId = await managed(lab);
      const rules = (RotationRules: object, n: number) => ({ service: "secretsmanager", operation: "RotateSecret", input: { SecretId, RotationRules: RotationRules as never, RotateImmediately: false, ClientRequestToken: token(n) } });
      await lab.call("Every four hours", rules({ ScheduleExpression: "rate(4 hours)" }, 2), ok());
      await lab.call("Every three hours", rules({ ScheduleExpression: "rate(3 hours)" }, 3), refused);
      await lab.call("Every 1,000 days", rules({ AutomaticallyAfterDays: 1000 }, 4), ok());
      await lab.call("Every 1,001 days", rules({ AutomaticallyAfterDays: 1001 }, 5), refused);
    },
  },
  {
    id: "SEC-03", verdict: "changed",
    sentence: "Rotation needs a Lambda function, or is managed by the service whose secret it is.",
    source: secretsManagerGuide("Managed rotation for AWS Secrets Manager secrets"),
    proof: async (lab) => {
      await create(lab, "proof/own", "v");
      await lab.call("Rotate it without a function", { service: "secretsmanager", operation: "RotateSecret", input: { SecretId: "proof/own", ClientRequestToken: token(2) } }, fails("InvalidRequestException", "No Lambda rotation function ARN"));
      const SecretId = await managed(lab);
      const before = await lab.call("Read the managed secret", read(SecretId));
      await lab.call("Rotate that one, without a function", { service: "secretsmanager", operation: "RotateSecret", input: { SecretId, ClientRequestToken: token(3) } });
      await lab.wait("A moment later", 5 * minute);
      await lab.call("It has a new value", read(SecretId), returns("the value has changed", ({ SecretString }) => SecretString !== before.SecretString));
    },
  },
  {
    id: "SEC-04", verdict: "holds",
    sentence: "After a rotation the database takes the new password and refuses the old one.",
    source: secretsManagerGuide("Secrets Manager rotation function templates"),
    proof: async (lab) => {
      const SecretId = await managed(lab);
      const { DBInstances } = await lab.call("Where is the database?", { service: "rds", operation: "DescribeDBInstances", input: { DBInstanceIdentifier: "shop" } });
      const Host = DBInstances[0].Endpoint.Address;
      const password = async (say: string): Promise<string> => JSON.parse((await lab.call(say, read(SecretId))).SecretString).password;
      const logIn = (Password: string) => ({ service: "database", operation: "Connect", input: { Host, User: "admin", Password } });
      const old = await password("Read the password");
      await lab.call("Log in with it", logIn(old), ok());
      await lab.call("Rotate", { service: "secretsmanager", operation: "RotateSecret", input: { SecretId, ClientRequestToken: token(2) } });
      await lab.wait("A moment later", 5 * minute);
      await lab.call("The old password is refused", logIn(old), refused);
      await lab.call("The new one is taken", logIn(await password("Read the secret again")), ok());
    },
  },
  {
    id: "SEC-05", verdict: "holds",
    sentence: "A secret is always encrypted by KMS, under a data key of its version.",
    source: secretsManagerGuide("Secret encryption and decryption in AWS Secrets Manager"),
    proof: async (lab) => {
      await lab.call("Store a secret", { service: "secretsmanager", operation: "CreateSecret", input: { Name: "proof/sealed", SecretString: "v", ClientRequestToken: token(1) } }, ok(), asked("kms", "GenerateDataKey"));
      await lab.call("Read it", read("proof/sealed"), ok({ SecretString: "v" }), asked("kms", "Decrypt"));
    },
  },
  { id: "SEC-06", verdict: "holds", sentence: "Storing secrets, rotating them, and RDS: that is Secrets Manager.", source: secretsManagerGuide("What is AWS Secrets Manager?") },
  {
    id: "SEC-07", verdict: "holds",
    sentence: "A secret costs $0.40 a month, and 10,000 calls $0.05.",
    source: secretsManagerPricing,
    proof: async (lab) => {
      await create(lab, "proof/paid", "v");
      const paid = traces("one Secrets Manager request is charged", ({ cost }) => cost.some(({ item, quantity }) => item === "secretsmanager:request" && quantity === 1));
      await lab.call("Each call costs", read("proof/paid"), ok(), paid);
    },
  },
  { id: "SEC-08", verdict: "changed", sentence: "Accounts made since July 2025 get credits in place of free trials.", source: { text: "AWS Free Tier, as changed on 15 July 2025", date: "2025-07", url: "https://aws.amazon.com/free/" } },
  {
    id: "SEC-09", verdict: "imprecise",
    sentence: "IAM or the secret's own policy must allow it, and KMS its key.",
    source: secretsManagerGuide("Authentication and access control for AWS Secrets Manager"),
    proof: async (lab) => {
      const { KeyMetadata } = await lab.call("Make a key", { service: "kms", operation: "CreateKey" });
      await create(lab, "proof/guarded", "v", { KmsKeyId: KeyMetadata.KeyId });
      const { User } = await lab.call("Make a user without permissions", { service: "iam", operation: "CreateUser", input: { UserName: "reader" } });
      const asReader = { ...read("proof/guarded"), as: "reader" };
      await lab.call("It reads", asReader, fails("AccessDeniedException"), decided("secretsmanager:GetSecretValue", "ImplicitDeny"));
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: User.Arn }, Action: "secretsmanager:GetSecretValue", Resource: "*" }] });
      await lab.call("Let the secret's policy admit it", { service: "secretsmanager", operation: "PutResourcePolicy", input: { SecretId: "proof/guarded", ResourcePolicy: policy } });
      await lab.call("Now KMS stands in the way", asReader, fails("AccessDeniedException"), decided("secretsmanager:GetSecretValue", "Allow"), decided("kms:Decrypt", "ImplicitDeny"));
      const decrypt = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: KeyMetadata.Arn }] });
      await lab.call("Allow it the key", { service: "iam", operation: "PutUserPolicy", input: { UserName: "reader", PolicyName: "key", PolicyDocument: decrypt } });
      await lab.call("It reads", asReader, ok({ SecretString: "v" }), decided("kms:Decrypt", "Allow"));
    },
  },
  { id: "SEC-10", verdict: "holds", sentence: "The console offers credentials of RDS, DocumentDB, Redshift and other databases, and other secrets; and today partners' secrets too.", source: secretsManagerGuide("Create an AWS Secrets Manager secret; managed external secrets, partners") },
  {
    id: "SEC-11", verdict: "holds",
    sentence: "A value has at most 65,536 bytes.",
    source: secretsManagerApi("CreateSecret"),
    proof: async (lab) => {
      await create(lab, "proof/large", "x".repeat(65_536));
      await lab.call("One byte more", { service: "secretsmanager", operation: "PutSecretValue", input: { SecretId: "proof/large", SecretString: "x".repeat(65_537), ClientRequestToken: token(2) } }, refused);
    },
  },
  {
    id: "SEC-12", verdict: "holds",
    sentence: "A rotation function must admit secretsmanager.amazonaws.com in its policy.",
    source: secretsManagerGuide("Lambda rotation function execution role permissions"),
    proof: async (lab) => {
      await create(lab, "proof/rotating", "v");
      const RotationLambdaARN = await rotationFunction(lab);
      const rotate = (n: number) => ({ service: "secretsmanager", operation: "RotateSecret", input: { SecretId: "proof/rotating", RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 }, ClientRequestToken: token(n) } });
      await lab.call("Rotate by it", rotate(2), fails("AccessDeniedException", "cannot invoke the specified Lambda function"));
      await lab.call("Admit the service", { service: "lambda", operation: "AddPermission", input: { FunctionName: "rotate", StatementId: "s", Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com" } });
      await lab.call("Rotate by it", rotate(3), ok());
    },
  },
  {
    id: "SEC-13", verdict: "holds",
    sentence: "A deleted secret waits 7 to 30 days, 30 by default; until then it can be restored, and not read.",
    source: secretsManagerApi("DeleteSecret"),
    proof: async (lab) => {
      await create(lab, "proof/deleted", "v");
      const remove = (more: object) => ({ service: "secretsmanager", operation: "DeleteSecret", input: { SecretId: "proof/deleted", ...more } });
      await lab.call("Six days", remove({ RecoveryWindowInDays: 6 }), refused);
      await lab.call("31 days", remove({ RecoveryWindowInDays: 31 }), refused);
      await lab.call("Without a number", remove({}), ok());
      await lab.wait("29 days pass", days(29));
      await lab.call("Its value", read("proof/deleted"), fails("InvalidRequestException"));
      await lab.call("Bring it back", { service: "secretsmanager", operation: "RestoreSecret", input: { SecretId: "proof/deleted" } }, ok());
      await lab.call("Its value", read("proof/deleted"), ok({ SecretString: "v" }));
      await lab.call("Delete it with a week", remove({ RecoveryWindowInDays: 7 }), ok());
      await lab.wait("Eight days pass", days(8));
      await lab.call("It is gone", read("proof/deleted"), fails("ResourceNotFoundException"));
    },
  },
  {
    id: "N-SEC-1", verdict: "holds",
    sentence: "GetRandomPassword makes a password of 32 characters, or by your rules.",
    source: secretsManagerApi("GetRandomPassword"),
    proof: async (lab) => {
      const password = (input: object) => ({ service: "secretsmanager", operation: "GetRandomPassword", input: input as never });
      await lab.call("Without rules", password({}), returns("it has 32 characters", ({ RandomPassword }) => RandomPassword.length === 32));
      await lab.call("Twelve digits", password({ PasswordLength: 12, ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }), returns("it is twelve digits", ({ RandomPassword }) => /^\d{12}$/.test(RandomPassword)));
    },
  },
  {
    id: "N-SEC-2", verdict: "holds",
    sentence: "A replica in another Region follows the secret's value.",
    source: secretsManagerGuide("Replicate AWS Secrets Manager secrets across Regions"),
    proof: async (lab) => {
      await create(lab, "proof/everywhere", "one", { AddReplicaRegions: [{ Region: "eu-west-2" }] });
      await lab.wait("A moment later", minute);
      const there = { ...read("proof/everywhere"), region: "eu-west-2" };
      await lab.call("Read it in London", there, ok({ SecretString: "one" }));
      await put(lab, "proof/everywhere", "two", 2);
      await lab.wait("A moment later", minute);
      await lab.call("Read it in London again", there, ok({ SecretString: "two" }));
    },
  },
  {
    id: "N-SEC-3", verdict: "holds",
    sentence: "BlockPublicPolicy refuses a policy that admits everybody.",
    source: secretsManagerApi("PutResourcePolicy"),
    proof: async (lab) => {
      await create(lab, "proof/private", "v");
      const policy = (Principal: string) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*" }] });
      await lab.call("Admit the world", { service: "secretsmanager", operation: "PutResourcePolicy", input: { SecretId: "proof/private", ResourcePolicy: policy("*"), BlockPublicPolicy: true } }, fails("PublicPolicyException"));
      const one = policy("*").replace('"*"', JSON.stringify({ AWS: `arn:aws:iam::${ACCOUNT}:root` }));
      await lab.call("Admit one account", { service: "secretsmanager", operation: "PutResourcePolicy", input: { SecretId: "proof/private", ResourcePolicy: one, BlockPublicPolicy: true } }, ok());
    },
  },
  {
    id: "N-SEC-4", verdict: "holds",
    sentence: "A read that names no version gets the one labelled AWSCURRENT.",
    source: secretsManagerApi("GetSecretValue"),
    proof: async (lab) => {
      await create(lab, "proof/labels", "one");
      await put(lab, "proof/labels", "two", 2);
      await lab.call("Read without a label", read("proof/labels"), ok({ SecretString: "two", VersionStages: ["AWSCURRENT"] }));
    },
  },
  {
    id: "N-SEC-5", verdict: "holds",
    sentence: "When AWSCURRENT moves, AWSPREVIOUS goes to the version that had it.",
    source: secretsManagerApi("PutSecretValue"),
    proof: async (lab) => {
      await create(lab, "proof/before", "one");
      await put(lab, "proof/before", "two", 2);
      await lab.call("Read AWSPREVIOUS", read("proof/before", { VersionStage: "AWSPREVIOUS" }), ok({ SecretString: "one" }));
      await put(lab, "proof/before", "three", 3);
      await lab.call("Read AWSPREVIOUS", read("proof/before", { VersionStage: "AWSPREVIOUS" }), ok({ SecretString: "two" }));
    },
  },
  {
    id: "N-SEC-6", verdict: "holds",
    sentence: "The same token with the same value changes nothing; with another value it is refused.",
    source: secretsManagerApi("PutSecretValue"),
    proof: async (lab) => {
      await create(lab, "proof/tokens", "one");
      const change = (SecretString: string) => ({ service: "secretsmanager", operation: "PutSecretValue", input: { SecretId: "proof/tokens", SecretString, ClientRequestToken: token(2) } });
      await lab.call("Put a value", change("two"), ok({ VersionId: token(2) }));
      await lab.call("The same once more", change("two"), ok({ VersionId: token(2) }));
      await lab.call("Another value with that token", change("three"), fails("ResourceExistsException"));
      await lab.call("There are two versions", { service: "secretsmanager", operation: "ListSecretVersionIds", input: { SecretId: "proof/tokens" } }, ok({ "Versions.length": 2 }));
    },
  },
  {
    id: "N-SEC-7", verdict: "holds",
    sentence: "A rotation that fails leaves AWSCURRENT where it was.",
    source: secretsManagerGuide("Rotation by Lambda function"),
    proof: async (lab) => {
      await create(lab, "proof/stuck", "one");
      const RotationLambdaARN = await rotationFunction(lab);
      await lab.call("Admit the service", { service: "lambda", operation: "AddPermission", input: { FunctionName: "rotate", StatementId: "s", Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com" } });
      await lab.call("But let the function run no times at once", { service: "lambda", operation: "PutFunctionConcurrency", input: { FunctionName: "rotate", ReservedConcurrentExecutions: 0 } });
      await lab.call("Rotate", { service: "secretsmanager", operation: "RotateSecret", input: { SecretId: "proof/stuck", RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 }, ClientRequestToken: token(2) } });
      await lab.wait("An hour passes", 60 * minute);
      await lab.call("It was not rotated", { service: "secretsmanager", operation: "DescribeSecret", input: { SecretId: "proof/stuck" } }, returns("there is no date of a last rotation", ({ LastRotatedDate }) => LastRotatedDate === undefined));
      await lab.call("Programs still read the old value", read("proof/stuck"), ok({ SecretString: "one" }));
    },
  },
  {
    id: "N-SEC-8", verdict: "holds",
    sentence: "ForceDeleteWithoutRecovery leaves nothing to restore.",
    source: secretsManagerApi("DeleteSecret"),
    proof: async (lab) => {
      await create(lab, "proof/forced", "v");
      await lab.call("Delete it by force", { service: "secretsmanager", operation: "DeleteSecret", input: { SecretId: "proof/forced", ForceDeleteWithoutRecovery: true } });
      await lab.wait("A moment later", 5 * minute);
      await lab.call("Bring it back", { service: "secretsmanager", operation: "RestoreSecret", input: { SecretId: "proof/forced" } }, fails("ResourceNotFoundException"));
    },
  },
];
