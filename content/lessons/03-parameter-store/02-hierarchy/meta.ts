import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "parameter-hierarchy",
  dir: "03-parameter-store/02-hierarchy",
  title: "Names, paths and public parameters",
  section: "parameter-store",
  order: 12,
  minutes: 8,
  summary: "A tree of names that can be read, and permitted, branch by branch.",
  steps: [
    {
      id: "tree",
      title: "Read a whole path",
      goal: { called: { service: "ssm", operation: "GetParametersByPath", input: { Recursive: true }, output: { "Parameters.length": { atLeast: 2 } } } },
      solution: [
        { service: "ssm", operation: "PutParameter", input: { Name: "/my-department/my-app/dev/db-url", Type: "String", Value: "dev.example.com:3306" } },
        { service: "ssm", operation: "PutParameter", input: { Name: "/my-department/my-app/prod/db-url", Type: "String", Value: "prod.example.com:3306" } },
        { service: "ssm", operation: "GetParametersByPath", input: { Path: "/my-department/", Recursive: true } },
      ],
      where: { console: "/console/systems-manager/parameters" },
    },
    {
      id: "secret-by-path",
      title: "Read a secret through Parameter Store",
      goal: { called: { service: "ssm", operation: "GetParameter", input: { Name: { matches: "^/aws/reference/secretsmanager/" }, WithDecryption: true } } },
      solution: [
        { service: "secretsmanager", operation: "CreateSecret", input: { Name: "my-app/mail", SecretString: "correct horse", ClientRequestToken: "lesson-token-00000000000000000000001" } },
        { service: "ssm", operation: "GetParameter", input: { Name: "/aws/reference/secretsmanager/my-app/mail", WithDecryption: true } },
      ],
      where: { console: "/console/secretsmanager/secrets" },
    },
    {
      id: "public-ami",
      title: "Read a public parameter",
      goal: { called: { service: "ssm", operation: ["GetParameter"], input: { Name: { matches: "^/aws/service/" } } } },
      solution: [{ service: "ssm", operation: "GetParameter", input: { Name: "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2" } }],
    },
  ],
};

export default meta;
