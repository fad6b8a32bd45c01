import type { CloudEvent, Json, JsonObject } from "../types";
import type { Failure } from "../errors";
import { eventErrors } from "./errors";

/**
 * What a target gets of an event: all of it, a part (InputPath), a text of its own (Input), or a template filled in (InputTransformer).
 * Sources: EventBridge User Guide, Amazon EventBridge input transformation; EventBridge API, Target; bodies as recorded from AWS
 * (github.com/localstack/localstack, tests/aws/services/events, test_events_inputs.snapshot.json).
 */
export interface TargetInput {
  Id: string;
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
}

/** An event as JSON has it, its members in AWS's order. */
export const eventJson = ({ id, source, account, time, region, resources, detail, ...rest }: Readonly<CloudEvent>): JsonObject => ({
  version: "0",
  id,
  "detail-type": rest["detail-type"],
  source,
  account,
  time: timeText(time),
  region,
  resources: [...resources],
  detail,
});

const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

// ---------------------------------------------------------------- paths

const steps = /^\$((?:\.[^.[\]'"]+|\[\d+\]|\[\*\])*)$/;

/** Whether it is a path of the part of JSONPath that EventBridge reads: names after points, numbers and `*` in brackets. */
export const isPath = (path: string): boolean => steps.test(path);

/** What is at a path; of a wildcard a list. undefined where nothing is. */
export function valueAt(value: Json, path: string): Json | undefined {
  let found: Json[] = [value];
  let many = false;
  for (const [step] of path.slice(1).matchAll(/\.[^.[\]]+|\[[^\]]*\]/g)) {
    const name = step.startsWith(".") ? step.slice(1) : step.slice(1, -1);
    many ||= name === "*";
    found = found.flatMap((each) => membersAt(each, name, step.startsWith("[")));
  }
  return many ? found : found[0];
}

function membersAt(value: Json, name: string, index: boolean): Json[] {
  if (typeof value !== "object" || value === null) return [];
  if (name === "*") return Object.values(value).filter((item): item is Json => item !== undefined);
  if (Array.isArray(value)) return index && Number(name) < value.length ? [value[Number(name)]] : [];
  const item = !index && Object.hasOwn(value, name) ? value[name] : undefined;
  return item === undefined ? [] : [item];
}

// ---------------------------------------------------------------- templates

const placeholder = /<([^<>]+)>/g;
const predefined = new Set(["aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event", "aws.events.event.json"]);
/** What holds braces is not escaped, and so can stand for a value of JSON only. */
const whole = new Set(["aws.events.event", "aws.events.event.json"]);

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What is wrong with how a target wants its input. Errors: ValidationException. */
export function problemOfInput({ Id, Input, InputPath, InputTransformer }: TargetInput): Failure | undefined {
  if ([Input, InputPath, InputTransformer].filter((each) => each !== undefined).length > 1) return eventErrors.invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  if (Input !== undefined && !isJson(Input)) return eventErrors.invalid(`JSON syntax error in input for target ${Id}.`);
  if (InputPath !== undefined && !isPath(InputPath)) return eventErrors.invalid(`InputPath for target ${Id} is invalid.`);
  if (!InputTransformer) return undefined;
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  if (Object.values(InputPathsMap).some((path) => !isPath(path))) return eventErrors.invalid(`InputPath for target ${Id} is invalid.`);
  for (const [, name] of InputTemplate.matchAll(placeholder)) {
    if (!predefined.has(name) && !Object.hasOwn(InputPathsMap, name)) return eventErrors.invalid(`InputTemplate for target ${Id} contains invalid placeholder ${name}.`);
    if (whole.has(name) && !InputTemplate.trimStart().startsWith("{")) return eventErrors.invalid(`InputTemplate for target ${Id} contains placeholder ${name} valid only for JSON template.`);
  }
  return undefined;
}

interface Rule {
  arn: string;
  name: string;
}

/**
 * The template with its placeholders filled in: within quotes as text, elsewhere as JSON. What the event does not have is
 * an empty text.
 */
function fill({ InputPathsMap = {}, InputTemplate }: NonNullable<TargetInput["InputTransformer"]>, event: JsonObject, rule: Rule, ingested: number): string {
  const valueOf = (name: string): Json => {
    if (name === "aws.events.rule-arn") return rule.arn;
    if (name === "aws.events.rule-name") return rule.name;
    if (name === "aws.events.event.ingestion-time") return timeText(ingested);
    if (name === "aws.events.event.json") return event;
    if (name === "aws.events.event") {
      const { version, id, "detail-type": detailType, source, account, time, region, resources } = event;
      return { id, account, detailType, time, source, region, resources, version } as JsonObject;
    }
    return valueAt(event, InputPathsMap[name]) ?? "";
  };
  let quoted = false;
  let at = 0;
  let out = "";
  for (const match of InputTemplate.matchAll(placeholder)) {
    const before = InputTemplate.slice(at, match.index);
    quoted = endsQuoted(before, quoted);
    const value = valueOf(match[1]);
    const text = JSON.stringify(value);
    out += before + (quoted ? (typeof value === "string" ? text.slice(1, -1) : JSON.stringify(text).slice(1, -1)) : text);
    at = match.index + match[0].length;
  }
  return out + InputTemplate.slice(at);
}

/** Whether the end of a text stands within quotes. */
function endsQuoted(text: string, quoted: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') quoted = !quoted;
  }
  return quoted;
}

/** What the target gets, as text: JSON, unless a template is none. */
export function inputFor({ Input, InputPath, InputTransformer }: TargetInput, event: Readonly<CloudEvent>, rule: Rule, ingested: number): string {
  if (Input !== undefined) return Input;
  const json = eventJson(event);
  if (InputPath !== undefined) return JSON.stringify(valueAt(json, InputPath) ?? {});
  return InputTransformer ? fill(InputTransformer, json, rule, ingested) : JSON.stringify(json);
}
