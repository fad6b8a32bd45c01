import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const trust = (service: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] });
const allow = (actions: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
const instance = { DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20 };
const minute = 60_000;

// Each solution begins with the whole of the one before it: the numbers in `$2.…` count from the first call.
const database: SolutionCall[] = [{ service: "rds", operation: "CreateDBInstance", input: { ...instance, DBInstanceIdentifier: "shop", Engine: "mysql", DBName: "shop", MasterUsername: "admin", MasterUserPassword: "First-Passw0rd" } }];
const secret: SolutionCall[] = [
  ...database,
  { service: "rds", operation: "DescribeDBInstances", input: { DBInstanceIdentifier: "shop" }, after: 10 * minute },
  {
    service: "secretsmanager", operation: "CreateSecret",
    input: { Name: "shop/db", ClientRequestToken: "lesson-token-00000000000000000000001", SecretString: '{"engine":"mysql","host":"${2.DBInstances.0.Endpoint.Address}","username":"admin","password":"First-Passw0rd","dbname":"shop"}' },
  },
];
const made: SolutionCall[] = [
  ...secret,
  { service: "iam", operation: "CreateRole", input: { RoleName: "rotate-shop", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") } },
  { service: "iam", operation: "PutRolePolicy", input: { RoleName: "rotate-shop", PolicyName: "rotate", PolicyDocument: allow("secretsmanager:*") } },
  { service: "lambda", operation: "CreateFunction", input: { FunctionName: "rotate-shop", Runtime: "python3.13", Handler: "lambda_function.lambda_handler", Timeout: 30, Role: "$4.Role.Arn", Code: { ZipFile: "$zip:MySQLSingleUser" } } },
  { service: "lambda", operation: "AddPermission", input: { FunctionName: "rotate-shop", StatementId: "rotation", Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com" } },
];
const applications: SolutionCall[] = [
  ...made,
  { service: "iam", operation: "CreateRole", input: { RoleName: "shop-web", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") } },
  { service: "iam", operation: "PutRolePolicy", input: { RoleName: "shop-web", PolicyName: "read", PolicyDocument: allow("secretsmanager:GetSecretValue") } },
  ...["hurried", "patient"].map((Name): SolutionCall => ({ service: "application", operation: "StartApplication", input: { Name, SecretId: "shop/db", Role: "shop-web", Strategy: Name === "hurried" ? "never-refreshes" : "refreshes-on-refusal" } })),
];
const rotated: SolutionCall[] = [
  ...applications,
  { service: "secretsmanager", operation: "RotateSecret", after: 5_000, input: { SecretId: "shop/db", RotationLambdaARN: "$6.FunctionArn", RotationRules: { AutomaticallyAfterDays: 30 }, ClientRequestToken: "lesson-token-00000000000000000000002" } },
  { service: "secretsmanager", operation: "DescribeSecret", after: minute, input: { SecretId: "shop/db" } },
];
const rds = "/console/rds/databases";
const secrets = "/console/secretsmanager/secrets";

const meta: LessonMeta = {
  slug: "rotating-secrets",
  dir: "04-secrets-manager/03-rotation",
  title: "Rotation",
  section: "secrets-manager",
  order: 17,
  minutes: 18,
  summary: "A database’s password changes in four steps while two applications keep logging in; one of them is shut out.",
  steps: [
    { id: "database", title: "Make a database", goal: { called: { service: "rds", operation: "CreateDBInstance", input: { Engine: "mysql" } } }, solution: database, where: { console: rds } },
    { id: "secret", title: "Put its login into a secret", goal: { called: { service: "secretsmanager", operation: "CreateSecret", input: { Name: "shop/db" } } }, solution: secret, where: { console: secrets } },
    { id: "function", title: "Make the rotation function", goal: { called: { service: "lambda", operation: "AddPermission", input: { Principal: "secretsmanager.amazonaws.com" } } }, solution: made, where: { console: "/console/lambda/functions" } },
    { id: "application", title: "Start two applications", goal: { called: { service: "application", operation: "StartApplication", input: { Strategy: "never-refreshes" } } }, solution: applications },
    { id: "rotate", title: "Rotate the secret", goal: { called: { service: "secretsmanager", operation: "RotateSecret" } }, solution: rotated, where: { console: secrets } },
    { id: "see", title: "See who was shut out", goal: { all: [{ called: { service: "application", operation: "DescribeApplication", output: { "Application.Failed": { atLeast: 1 } } } }, { called: { service: "secretsmanager", operation: "DescribeSecret", output: { LastRotatedDate: { present: true } } } }] }, solution: [...rotated, { service: "application", operation: "DescribeApplication", input: { Name: "hurried" } }] },
    { id: "managed", title: "Let RDS look after a master password", goal: { called: { service: "rds", operation: "CreateDBInstance", input: { ManageMasterUserPassword: true } } }, solution: [{ service: "rds", operation: "CreateDBInstance", input: { ...instance, DBInstanceIdentifier: "managed", Engine: "postgres", MasterUsername: "dba", ManageMasterUserPassword: true } }], where: { console: rds } },
  ],
};

export default meta;
