import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const put = (stage: string, name: string, Type: string, Value: string): SolutionCall => ({ service: "ssm", operation: "PutParameter", input: { Name: `/my-app/${stage}/${name}`, Type, Value } });
const dev = [put("dev", "db-url", "String", "devurl.example.com:3306"), put("dev", "db-password", "SecureString", "devdbpassword")];
const prod = [put("prod", "db-url", "String", "produrl.example.com:3306"), put("prod", "db-password", "SecureString", "proddbpassword")];
const names = ["/my-app/dev/db-url", "/my-app/dev/db-password"];
const made = (Name: string, Type: string) => ({ called: { service: "ssm", operation: "PutParameter", input: { Name, Type } } });
const console = "/console/systems-manager/parameters";

const meta: LessonMeta = {
  slug: "parameter-store-hands-on",
  dir: "03-parameter-store/04-hands-on",
  title: "Parameter Store by hand",
  section: "parameter-store",
  order: 14,
  minutes: 14,
  summary: "Four parameters for two stages, every way to read them, and the policies of a function that does.",
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
    {
      id: "wrong-case",
      title: "Ask for a name in the wrong case",
      goal: { called: { service: "ssm", operation: "GetParameters", output: { InvalidParameters: { contains: "/my-app/DEV/db-url" } } } },
      solution: [...dev, { service: "ssm", operation: "GetParameters", input: { Names: ["/my-app/DEV/db-url"] } }],
    },
  ],
};

export default meta;
