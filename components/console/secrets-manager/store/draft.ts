import type { RotationTemplate } from "@/lib/engine/lambda/templates/list";
import type { JsonObject } from "@/lib/engine/types";
import { pairsOf, pairsProblem, textOf, type Pair } from "../pairs";
import { firstSchedule, rulesOf, scheduleProblem, type ScheduleForm } from "../rotation-words";
import { DEFAULT_KEY } from "../secret-types";

/** The five types of the console's first page. */
export type SecretKind = "rds" | "documentdb" | "redshift" | "other-database" | "other";

/** A database that may be chosen: what RDS and Redshift say of it. */
export interface Database {
  id: string;
  engine: string;
  host: string;
  port: number;
  dbname?: string;
  /** The secret names it by this member. */
  member: "dbInstanceIdentifier" | "dbClusterIdentifier";
}

/** What is entered in the wizard, kept until the secret is stored. */
export interface StoreDraft {
  step: number;
  kind: SecretKind;
  username: string;
  password: string;
  /** Of a chosen database. */
  database?: Database;
  /** Of another database. */
  engine: string;
  server: string;
  port: string;
  dbname: string;
  view: "pairs" | "text";
  pairs: Pair[];
  text: string;
  key: string;
  name: string;
  description: string;
  tags: { key: string; value: string }[];
  policy?: string;
  replicas: { region: string; key: string }[];
  rotation: boolean;
  schedule: ScheduleForm;
  /** Rotate at once. */
  now: boolean;
  /** A function that is made for it, or one that is there. */
  functionFrom: "new" | "existing";
  functionName: string;
  functionArn: string;
  strategy: "single-user" | "alternating-users";
  /** ARN of the secret of a user who may change others. */
  adminSecret: string;
}

export const firstDraft: StoreDraft = {
  step: 0, kind: "rds", username: "", password: "", engine: "mysql", server: "", port: "", dbname: "",
  view: "pairs", pairs: [{ key: "", value: "" }], text: "", key: DEFAULT_KEY,
  name: "", description: "", tags: [], replicas: [],
  rotation: false, schedule: firstSchedule, now: true, functionFrom: "new", functionName: "", functionArn: "", strategy: "single-user", adminSecret: "",
};

export const isDatabase = (kind: SecretKind): boolean => kind !== "other";
/** Databases of the account are chosen from a list; others are described. */
export const isChosen = (kind: SecretKind): boolean => kind === "rds" || kind === "documentdb" || kind === "redshift";

/** As rotation functions know an engine. Source: Secrets Manager User Guide, JSON structure of AWS Secrets Manager secrets. */
export function engineOf(engine: string): string {
  if (engine === "docdb") return "mongo";
  return engine.replace(/^aurora-postgresql$/, "postgres").replace(/^aurora(-mysql)?$/, "mysql");
}

/** The engine of the secret's database; undefined where there is none yet. */
export const engineIn = (draft: StoreDraft): string | undefined => (!isDatabase(draft.kind) ? undefined : isChosen(draft.kind) ? draft.database && engineOf(draft.database.engine) : draft.engine);

/** The value that will be stored. */
export function secretText(draft: StoreDraft): string {
  const { kind, username, password, database, engine, server, port, dbname, view, pairs, text, strategy, adminSecret, rotation } = draft;
  if (kind === "other") return view === "pairs" ? textOf(pairs) : text;
  const admin = rotation && strategy === "alternating-users" && adminSecret ? { masterarn: adminSecret } : {};
  if (!isChosen(kind)) return JSON.stringify({ engine, host: server.trim(), username, password, ...(port.trim() && { port: Number(port) }), ...(dbname.trim() && { dbname: dbname.trim() }), ...admin });
  const { id, member, host } = database!;
  return JSON.stringify({ engine: engineOf(database!.engine), host, username, password, port: database!.port, ...(database!.dbname && { dbname: database!.dbname }), [member]: id, ...admin });
}

/** Why a step cannot be left yet. What AWS refuses, AWS is asked. */
export function draftProblem(draft: StoreDraft, step: number): string | undefined {
  const { kind, username, password, database, server, port, view, pairs, text, name, rotation, schedule, functionFrom, functionName, functionArn, strategy, adminSecret } = draft;
  if (step === 0) {
    if (kind === "other") return view === "pairs" ? pairsProblem(pairs) : text === "" ? "Enter the secret's value." : undefined;
    if (!username.trim() || !password) return "Enter the user's name and password.";
    if (isChosen(kind)) return database ? undefined : "Choose the database that they are for.";
    if (!server.trim()) return "Enter the server's address.";
    return port.trim() && !/^\d{1,5}$/.test(port.trim()) ? "A port is a number." : undefined;
  }
  if (step === 1) return name.trim() ? undefined : "Enter a name for the secret.";
  if (step === 2 && rotation) {
    const wrong = scheduleProblem(schedule);
    if (wrong) return wrong;
    if (functionFrom === "existing") return functionArn ? undefined : "Choose the function that rotates it.";
    if (!functionName.trim()) return "Enter a name for the rotation function.";
    return strategy === "alternating-users" && engineIn(draft) && !adminSecret ? "Choose the secret of a user who may change the others." : undefined;
  }
  return undefined;
}

/** CreateSecret's input. */
export function createInput(draft: StoreDraft, ClientRequestToken: string): JsonObject {
  const { name, description, key, tags, replicas } = draft;
  return {
    Name: name.trim(),
    ClientRequestToken,
    SecretString: secretText(draft),
    ...(description.trim() && { Description: description.trim() }),
    ...(key !== DEFAULT_KEY && { KmsKeyId: key }),
    ...(tags.length && { Tags: tags.map(({ key: Key, value }) => ({ Key, Value: value })) }),
    ...(replicas.length && { AddReplicaRegions: replicas.map(({ region, key: own }) => ({ Region: region, ...(own !== DEFAULT_KEY && { KmsKeyId: own }) })) }),
  };
}

export const rotateInput = (draft: StoreDraft, SecretId: string, RotationLambdaARN: string, ClientRequestToken: string): JsonObject => ({
  SecretId, RotationLambdaARN, ClientRequestToken, RotationRules: rulesOf(draft.schedule) as never, RotateImmediately: draft.now,
});

/** Name of a template for what the secret is, by the list of templates. */
export function templateOf(draft: StoreDraft, templates: readonly RotationTemplate[]): RotationTemplate {
  const engine = engineIn(draft);
  return templates.find((one) => one.engine === engine && one.strategy === draft.strategy && engine !== undefined) ?? templates.find((one) => one.engine === undefined)!;
}

/** A value pasted as text, seen as pairs where it can be. */
export const asPairs = (text: string): Pair[] | undefined => pairsOf(text);
