import type { LeanModel } from "./model";
import type { seldomNames } from "./seldom-names";
import type { Service } from "./types";

type Loaded = Promise<[Service, LeanModel]>;

/** Code and shapes of one service, fetched together. */
async function both(service: Promise<Service>, model: Promise<{ default: unknown }>): Loaded {
  const [code, shapes] = await Promise.all([service, model]);
  return [code, shapes.default as LeanModel];
}

/**
 * Services that are fetched when first asked for: a call, a job or a saved lab that has rows of theirs. The first lesson
 * does without them, and so do its learners' lines. A new service is a line here, in `seldom-names.ts` and in `whole-models.ts`.
 */
const loaders: Record<(typeof seldomNames)[number], () => Loaded> = {
  application: () => both(import("./application").then((code) => code.application), import("./models/lean/application.json")),
  architecture: () => both(import("./architecture").then((code) => code.architecture), import("./models/lean/architecture.json")),
  cloudformation: () => both(import("./cloudformation").then((code) => code.cloudFormation), import("./models/lean/cloudformation.json")),
  database: () => both(import("./database").then((code) => code.database), import("./models/lean/database.json")),
  estate: () => both(import("./shield/estate").then((code) => code.estate), import("./models/lean/estate.json")),
  events: () => both(import("./events").then((code) => code.events), import("./models/lean/events.json")),
  fms: () => both(import("./fms").then((code) => code.fms), import("./models/lean/fms.json")),
  lambda: () => both(import("./lambda").then((code) => code.lambda), import("./models/lean/lambda.json")),
  logs: () => both(import("./logs").then((code) => code.logs), import("./models/lean/logs.json")),
  rds: () => both(import("./rds").then((code) => code.rds), import("./models/lean/rds.json")),
  redshift: () => both(import("./redshift").then((code) => code.redshift), import("./models/lean/redshift.json")),
  secretsmanager: () => both(import("./secretsmanager").then((code) => code.secretsManager), import("./models/lean/secretsmanager.json")),
  shield: () => both(import("./shield").then((code) => code.shield), import("./models/lean/shield.json")),
  sqs: () => both(import("./sqs").then((code) => code.sqs), import("./models/lean/sqs.json")),
  traffic: () => both(import("./wafv2/traffic").then((code) => code.traffic), import("./models/lean/traffic.json")),
  wafv2: () => both(import("./wafv2").then((code) => code.wafv2), import("./models/lean/wafv2.json")),
};

export const seldom: Readonly<Record<string, () => Loaded>> = loaders;
