import { isPath } from "@/lib/engine/events/input";
import type { JsonObject } from "@/lib/engine/types";
import { jsonProblem } from "../../frame/json-check";
import { kindOfArn, nameOfArn, type Target, type TargetKind } from "../event-types";

/** A target as the form holds it. */
export interface TargetDraft {
  /** Its Id in the rule. */
  id: string;
  kind: TargetKind;
  /** Of what is there; empty where `made` names something new. */
  arn: string;
  /** Log groups and queues that are not there yet. */
  made: string;
  choice: "there" | "new";
  /** Buses: the role that EventBridge takes on. */
  role: string;
  roleChoice: "there" | "new";
  /** The target's own policy lets the rule in, if it does not yet. */
  permit: boolean;
  input: "matched" | "part" | "constant" | "transformer";
  path: string;
  constant: string;
  paths: string;
  template: string;
  /** Seconds; empty as AWS has it. */
  maxAge: string;
  retries: string;
  dead: string;
  /** As it was, for what the form does not hold. */
  kept?: JsonObject;
}

export const emptyTarget = (id: string): TargetDraft => ({
  id, kind: "lambda", arn: "", made: "", choice: "there", role: "", roleChoice: "new", permit: true, input: "matched", path: "$.detail", constant: "", paths: "", template: "", maxAge: "", retries: "", dead: "",
});

export function targetDraftOf(target: Target): TargetDraft {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy, ...kept } = target;
  return {
    ...emptyTarget(Id),
    kind: kindOfArn(Arn) ?? "lambda",
    arn: Arn,
    permit: false,
    ...(RoleArn === undefined ? {} : { role: RoleArn, roleChoice: "there" as const }),
    ...(Input !== undefined && { input: "constant" as const, constant: Input }),
    ...(InputPath !== undefined && { input: "part" as const, path: InputPath }),
    ...(InputTransformer && { input: "transformer" as const, paths: InputTransformer.InputPathsMap ? JSON.stringify(InputTransformer.InputPathsMap, null, 2) : "", template: InputTransformer.InputTemplate }),
    maxAge: RetryPolicy?.MaximumEventAgeInSeconds === undefined ? "" : String(RetryPolicy.MaximumEventAgeInSeconds),
    retries: RetryPolicy?.MaximumRetryAttempts === undefined ? "" : String(RetryPolicy.MaximumRetryAttempts),
    dead: DeadLetterConfig?.Arn ?? "",
    ...(Object.keys(kept).length && { kept: kept as JsonObject }),
  };
}

interface Place {
  account: string;
  region: string;
}

/** What it will send to. */
export function arnOf({ kind, arn, made, choice }: TargetDraft, { account, region }: Place): string {
  if (choice === "there" || (kind !== "logs" && kind !== "sqs")) return arn.trim();
  return kind === "logs" ? `arn:aws:logs:${region}:${account}:log-group:${made.trim()}` : `arn:aws:sqs:${region}:${account}:${made.trim()}`;
}

const pathsOf = (text: string): Record<string, string> => (text.trim() ? (JSON.parse(text) as Record<string, string>) : {});

/** As PutTargets takes it; `role` where one was made for it. */
export function targetInput(draft: TargetDraft, place: Place, role?: string): JsonObject {
  const { id, input, path, constant, paths, template, maxAge, retries, dead, kept = {} } = draft;
  const RoleArn = draft.kind === "bus" ? (draft.roleChoice === "new" ? role : draft.role.trim()) : draft.role.trim() || undefined;
  const map = input === "transformer" ? pathsOf(paths) : {};
  const retry = { ...(retries.trim() && { MaximumRetryAttempts: Number(retries) }), ...(maxAge.trim() && { MaximumEventAgeInSeconds: Number(maxAge) }) };
  return {
    ...kept,
    Id: id,
    Arn: arnOf(draft, place),
    ...(RoleArn && { RoleArn }),
    ...(input === "part" && { InputPath: path.trim() }),
    ...(input === "constant" && { Input: constant }),
    ...(input === "transformer" && { InputTransformer: { ...(Object.keys(map).length && { InputPathsMap: map }), InputTemplate: template } }),
    ...(Object.keys(retry).length && { RetryPolicy: retry }),
    ...(dead && { DeadLetterConfig: { Arn: dead } }),
  };
}

export interface TargetProblems {
  target?: string;
  role?: string;
  input?: string;
  maxAge?: string;
  retries?: string;
}

const within = (text: string, low: number, high: number): boolean => !text.trim() || (/^\d+$/.test(text.trim()) && Number(text) >= low && Number(text) <= high);

function inputProblem({ input, path, constant, paths, template }: TargetDraft): string | undefined {
  if (input === "part") return isPath(path.trim()) ? undefined : "Enter a path such as $.detail.";
  if (input === "constant") return jsonProblem(constant) ? `The constant is no JSON: ${jsonProblem(constant)!.message}` : undefined;
  if (input !== "transformer") return undefined;
  const problem = paths.trim() ? jsonProblem(paths) : undefined;
  if (problem) return `The input path is no JSON: ${problem.message}`;
  const map = pathsOf(paths) as Record<string, unknown>;
  const wrong = typeof map !== "object" || map === null || Array.isArray(map) ? "it" : Object.keys(map).find((name) => typeof map[name] !== "string" || !isPath(map[name]));
  if (wrong) return `The input path must be an object of paths: look at ${wrong}.`;
  return template.trim() ? undefined : "Enter a template.";
}

/** Source: EventBridge API, RetryPolicy (limits). */
export function targetProblems(draft: TargetDraft): TargetProblems {
  const { kind, choice, arn, made, role, roleChoice, maxAge, retries } = draft;
  const fresh = choice === "new" && (kind === "logs" || kind === "sqs");
  const target = fresh ? (kind === "logs" ? /^[.\-_/#A-Za-z0-9]{1,512}$/ : /^[\w-]{1,80}$/).test(made.trim()) : arn.trim() !== "";
  const problems: TargetProblems = {
    ...(!target && { target: fresh ? "Enter a name of letters, digits and hyphens." : kind === "bus" ? "Choose a bus, or enter its ARN." : "Choose what the rule sends to." }),
    ...(kind === "bus" && roleChoice === "there" && !role.trim() && { role: "Choose a role." }),
    ...(!within(maxAge, 60, 86_400) && { maxAge: "60 to 86400 seconds" }),
    ...(!within(retries, 0, 185) && { retries: "0 to 185" }),
  };
  const input = inputProblem(draft);
  return input ? { ...problems, input } : problems;
}

export const targetName = (draft: TargetDraft, place: Place): string => nameOfArn(arnOf(draft, place)) || "(not chosen)";
