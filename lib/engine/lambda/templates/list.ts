/**
 * The rotation function templates that there are. Names are those of AWS's own templates for the same purpose; the code is
 * ours (`code.ts`). Source: Secrets Manager User Guide, "Secrets Manager rotation function templates".
 */
export interface RotationTemplate {
  name: string;
  /** What CloudFormation calls it (HostedRotationLambda, RotationType). Absent for the one to be filled in. */
  rotationType?: string;
  /** The `engine` of the secrets that it rotates. */
  engine?: DatabaseEngine;
  strategy?: Strategy;
  /** As a console lists it. */
  title: string;
}

export type DatabaseEngine = "mysql" | "mariadb" | "postgres" | "redshift" | "mongo";
/**
 * `single-user`: the user's own password is changed. `alternating-users`: two users take turns, and the one that is not in use
 * gets the new password, from a third who may do that.
 * Source: Secrets Manager User Guide, "Lambda function rotation strategies".
 */
export type Strategy = "single-user" | "alternating-users";
export type Language = "python" | "javascript";

const engines: readonly [engine: DatabaseEngine, name: string, type: string, title: string][] = [
  ["mysql", "RDSMySQL", "MySQL", "Amazon RDS and Aurora MySQL"],
  ["mariadb", "RDSMariaDB", "MariaDB", "Amazon RDS MariaDB"],
  ["postgres", "RDSPostgreSQL", "PostgreSQL", "Amazon RDS and Aurora PostgreSQL"],
  ["redshift", "Redshift", "Redshift", "Amazon Redshift"],
  ["mongo", "MongoDB", "MongoDB", "Amazon DocumentDB"],
];

export const rotationTemplates: readonly RotationTemplate[] = [
  ...engines.flatMap(([engine, name, type, title]): RotationTemplate[] => [
    { name: `SecretsManager${name}RotationSingleUser`, rotationType: `${type}SingleUser`, engine, strategy: "single-user", title: `${title}, single user` },
    { name: `SecretsManager${name}RotationMultiUser`, rotationType: `${type}MultiUser`, engine, strategy: "alternating-users", title: `${title}, alternating users` },
  ]),
  { name: "SecretsManagerRotationTemplate", title: "Other type of secret" },
];

/** By its name, or as CloudFormation calls it. */
export const rotationTemplate = (name: string): RotationTemplate | undefined => rotationTemplates.find((one) => one.name === name || one.rotationType === name);

/** For a secret's value and a strategy. Aurora's and DocumentDB's own names of engines are known too. */
export function templateFor(engine: string, strategy: Strategy): RotationTemplate | undefined {
  const known = ({ "aurora-mysql": "mysql", "aurora-postgresql": "postgres", docdb: "mongo" } as Record<string, string>)[engine] ?? engine;
  return rotationTemplates.find((one) => one.engine === known && one.strategy === strategy);
}

/**
 * What a rotation function's execution role must be allowed, as a policy document: its own secret, and for alternating users
 * the secret of the superuser (`adminSecretArn`). Log groups and streams come with AWSLambdaBasicExecutionRole.
 * Source: Secrets Manager User Guide, "Lambda rotation function execution role permissions".
 */
export function rotationRolePolicy(secretArn: string, adminSecretArn?: string): string {
  const allow = (Action: string[], Resource: string) => ({ Effect: "Allow", Action: Action.map((one) => `secretsmanager:${one}`), Resource });
  const Statement = [
    allow(["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"], secretArn),
    allow(["GetRandomPassword"], "*"),
    ...(adminSecretArn === undefined ? [] : [allow(["GetSecretValue"], adminSecretArn)]),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement }, null, 2);
}
