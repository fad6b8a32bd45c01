import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const put = (stage: string, name: string, Type: string, Value: string): SolutionCall => ({ service: "ssm", operation: "PutParameter", input: { Name: `/my-app/${stage}/${name}`, Type, Value } });
const dev = [put("dev", "db-url", "String", "devurl.example.com:3306"), put("dev", "db-password", "SecureString", "devdbpassword")];
const prod = [put("prod", "db-url", "String", "produrl.example.com:3306"), put("prod", "db-password", "SecureString", "proddbpassword")];
const names = ["/my-app/dev/db-url", "/my-app/dev/db-password"];
const made = (Name: string, Type: string) => ({ called: { service: "ssm", operation: "PutParameter", input: { Name, Type } } });
const console = "/console/systems-manager/parameters";
const lambda = "/console/lambda/functions";

const policy = (Action: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
const role = { RoleName: "hello-ssm" };
const allow = (Action: string): SolutionCall => ({ service: "iam", operation: "PutRolePolicy", input: { ...role, PolicyName: Action.replace(":", "-"), PolicyDocument: policy(Action) } });
const make: SolutionCall[] = [
  { service: "iam", operation: "CreateRole", input: { ...role, AssumeRolePolicyDocument: trust } },
  { service: "lambda", operation: "CreateFunction", input: { FunctionName: "hello-ssm", Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Role: "arn:aws:iam::111122223333:role/hello-ssm", Environment: { Variables: { DEV_OR_PROD: "dev" } }, Code: { ZipFile: "$zip:parameters-dev-or-prod" } } },
];
const invoke: SolutionCall = { service: "lambda", operation: "Invoke", input: { FunctionName: "hello-ssm" }, after: 5_000 };
const stage = (DEV_OR_PROD: string): SolutionCall => ({ service: "lambda", operation: "UpdateFunctionConfiguration", after: 5_000, input: { FunctionName: "hello-ssm", Environment: { Variables: { DEV_OR_PROD } } } });
/** The production password under a key of one's own; the first calls of a solution. */
const ownKey: SolutionCall[] = [
  { service: "kms", operation: "CreateKey" },
  { service: "ssm", operation: "PutParameter", input: { Name: "/my-app/prod/db-password", Type: "SecureString", KeyId: "$1.KeyMetadata.KeyId", Value: "x" } },
];
/** `"worked!"`, as Invoke gives it back. */
const worked = { called: { service: "lambda", operation: "Invoke", output: { Payload: "IndvcmtlZCEi" } } };
const failed = { called: { service: "lambda", operation: "Invoke", output: { FunctionError: "Unhandled" } } };
const insideKms = (outcome: "ok" | "error") => ({ called: { service: "ssm", operation: "GetParameters", input: { Names: { contains: "/my-app/prod/db-password" } }, by: "hello-ssm", outcome } });

const meta: LessonMeta = {
  slug: "parameter-store-hands-on",
  dir: "03-parameter-store/04-hands-on",
  title: "Parameter Store by hand",
  section: "parameter-store",
  order: 14,
  minutes: 20,
  summary: "Four parameters for two stages, every way to read them, and a function that does, with the two policies of its role.",
  steps: [
    {
      id: "dev",
      title: "Put the two parameters of dev",
      goal: { all: [made("/my-app/dev/db-url", "String"), made("/my-app/dev/db-password", "SecureString")] },
      solution: dev,
      where: { console },
    },
    {
      id: "prod",
      title: "Put the two parameters of prod",
      goal: { all: [made("/my-app/prod/db-url", "String"), made("/my-app/prod/db-password", "SecureString")] },
      solution: prod,
      where: { console },
    },
    {
      id: "get",
      title: "Read both by name, sealed",
      goal: { called: { service: "ssm", operation: "GetParameters", output: { "Parameters.0.Name": "/my-app/dev/db-password", "Parameters.0.Value": { matches: "^AQICA" } } } },
      solution: [...dev, { service: "ssm", operation: "GetParameters", input: { Names: names } }],
    },
    {
      id: "get-decrypted",
      title: "Read both by name, decrypted",
      goal: { called: { service: "ssm", operation: "GetParameters", input: { WithDecryption: true }, output: { "Parameters.length": { atLeast: 2 } } } },
      solution: [...dev, { service: "ssm", operation: "GetParameters", input: { Names: names, WithDecryption: true } }],
    },
    {
      id: "by-path",
      title: "Read one level of a path",
      goal: { called: { service: "ssm", operation: "GetParametersByPath", input: { Path: { matches: "^/my-app/dev/?$" } }, output: { "Parameters.length": { atLeast: 2 } } } },
      solution: [...dev, { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-app/dev/" } }],
      where: { console },
    },
    {
      id: "by-path-recursive",
      title: "Read a path all the way down",
      goal: { called: { service: "ssm", operation: "GetParametersByPath", input: { Path: { matches: "^/my-app/?$" }, Recursive: true }, output: { "Parameters.length": { atLeast: 4 } } } },
      solution: [...dev, ...prod, { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-app/", Recursive: true } }],
    },
    {
      id: "by-path-decrypted",
      title: "Read the whole path, decrypted",
      goal: { called: { service: "ssm", operation: "GetParametersByPath", input: { Path: { matches: "^/my-app/?$" }, Recursive: true, WithDecryption: true }, output: { "Parameters.length": { atLeast: 4 } } } },
      solution: [...dev, ...prod, { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-app/", Recursive: true, WithDecryption: true } }],
    },
    { id: "function", title: "Make the function", goal: { called: { service: "lambda", operation: "CreateFunction" } }, solution: make, where: { console: lambda } },
    { id: "no-policy", title: "See it refused", goal: failed, solution: [...make, invoke], where: { console: lambda } },
    { id: "first-policy", title: "Allow GetParameters", goal: worked, solution: [...dev, ...make, allow("ssm:GetParameters"), invoke], where: { console: "/console/iam/roles" } },
    { id: "own-key", title: "Meet a key of your own", goal: insideKms("error"), solution: [...ownKey, ...make, allow("ssm:GetParameters"), stage("prod"), invoke], where: { console: lambda } },
    { id: "second-policy", title: "Allow kms:Decrypt", goal: insideKms("ok"), solution: [...ownKey, ...make, allow("ssm:GetParameters"), allow("kms:Decrypt"), stage("prod"), invoke], where: { console: "/console/iam/roles" } },
    {
      id: "wrong-case",
      title: "Ask for a stage in the wrong case",
      goal: { called: { service: "ssm", operation: "GetParameters", input: { Names: { contains: "/my-app/DEV/db-url" } } } },
      solution: [...make, allow("ssm:GetParameters"), stage("DEV"), invoke],
      where: { console: lambda },
    },
  ],
};

export default meta;
