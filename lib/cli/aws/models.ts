import type { ServiceModel } from "../../engine/model";
import { cliName } from "./names";

type Loader = () => Promise<{ default: unknown }>;

/** Services whose shapes are here, loaded when first asked for. A new service is a line here. */
const loaders: Record<string, Loader> = {
  cloudformation: () => import("../../engine/models/cloudformation.json"),
  cloudtrail: () => import("../../engine/models/cloudtrail.json"),
  events: () => import("../../engine/models/events.json"),
  fms: () => import("../../engine/models/fms.json"),
  iam: () => import("../../engine/models/iam.json"),
  kms: () => import("../../engine/models/kms.json"),
  lambda: () => import("../../engine/models/lambda.json"),
  logs: () => import("../../engine/models/logs.json"),
  organizations: () => import("../../engine/models/organizations.json"),
  rds: () => import("../../engine/models/rds.json"),
  redshift: () => import("../../engine/models/redshift.json"),
  secretsmanager: () => import("../../engine/models/secretsmanager.json"),
  shield: () => import("../../engine/models/shield.json"),
  sqs: () => import("../../engine/models/sqs.json"),
  ssm: () => import("../../engine/models/ssm.json"),
  sts: () => import("../../engine/models/sts.json"),
  wafv2: () => import("../../engine/models/wafv2.json"),
};

export const simulatedServices = Object.keys(loaders);

export async function loadModel(service: string): Promise<ServiceModel | undefined> {
  return Object.hasOwn(loaders, service) ? ((await loaders[service]()).default as ServiceModel) : undefined;
}

/** What a command is about, in a few words: what completion shows beside it. */
export const commandNames: Record<string, string | undefined> = {
  iam: "Users, groups, roles and policies",
  kms: "Keys, and what is done with them",
  organizations: "Accounts, and the policies over them",
  cloudformation: "Stacks made from templates",
  events: "EventBridge: rules, and what they start",
  fms: "Firewall Manager: one set of rules for all accounts",
  lambda: "Functions that run code",
  logs: "What functions and services print",
  rds: "Databases: RDS, Aurora, DocumentDB",
  redshift: "Data warehouses",
  secretsmanager: "Secrets, and their rotation",
  shield: "Protection from DDoS attacks",
  sqs: "Queues of messages",
  ssm: "Parameter Store",
  sts: "Temporary credentials",
  wafv2: "Web ACLs: which requests come through",
  cloudtrail: "What was called",
  configure: "Keys, Region and profiles",
  help: "The manual page of aws",
};

/** Names that the CLI gives services differently from their models, and commands that are no service. Source: aws help. */
const renamedServices: Record<string, string | undefined> = { config: "configservice", codedeploy: "deploy", s3: "s3api" };
const otherCommands = ["s3", "ddb", "history", "cli-dev", "login", "logout"];

let names: Promise<string[]> | undefined;

/** Every command that `aws` knows, in order of the alphabet. */
export function commandList(): Promise<string[]> {
  names ??= import("../../engine/models/services.json").then(({ default: services }) =>
    [...Object.keys(services).map((service) => renamedServices[service] ?? service), ...otherCommands, "configure"].sort(),
  );
  return names;
}

/** Operations of a service as the CLI spells them, with AWS's name; those that are not simulated as well. */
export function operationNames(model: ServiceModel): Map<string, string> {
  const all = [...Object.keys(model.operations), ...model.notSimulated].sort();
  return new Map(all.map((name) => [cliName(name), name]));
}

/** Commands that are several operations in one, by service. Source: AWS CLI v2 reference. */
const own: Record<string, readonly string[] | undefined> = { cloudformation: ["deploy"], logs: ["tail"] };
export const ownCommands = (service: string): readonly string[] => own[service] ?? [];

/** Waiters whose operation is here, as the command spells them. */
export const waiterNames = (model: ServiceModel): Map<string, string> => new Map(Object.keys(model.waiters ?? {}).map((name) => [cliName(name), name]));
