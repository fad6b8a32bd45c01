import type { Context, Json, JsonObject } from "../../types";
import { type DetectionRow, detections, type ResourceRow, resourceDrifts, resourceId, resources, resourcesOf, type StackRow, stacks } from "../state";
import { referencesIn } from "../template/dynamic";
import { isObject } from "../template/template";
import { awsFor } from "../types/aws";
import { checkProperties } from "../types/check";
import { allTypes } from "../types";
import { canonical, Refusal } from "../types/type";
import { driftEvent } from "./events";
import { exists } from "./resource";
import { actsAs } from "./who";

/**
 * Whether resources are as the stack made them. Only what the template says is compared; dynamic references are not.
 * Source: CloudFormation User Guide, "Detect unmanaged configuration changes to stacks and resources with drift detection".
 */
export interface Difference {
  PropertyPath: string;
  ExpectedValue: string;
  ActualValue: string;
  DifferenceType: "ADD" | "REMOVE" | "NOT_EQUAL";
}

const text = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** The document in a text that is JSON: a policy may be written either way. */
function document(value: Json): Json {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** What differs, deepest first where both sides have members. */
export function differences(expected: Json, actual: Json | undefined, path: string): Difference[] {
  const is = actual === undefined ? undefined : document(actual);
  const should = typeof is === "object" ? document(expected) : expected;
  if (is === undefined) return [{ PropertyPath: path, ExpectedValue: text(should), ActualValue: "null", DifferenceType: "REMOVE" }];
  if (canonical(should) === canonical(is) || (typeof should !== "object" && typeof is !== "object" && String(should) === String(is))) return [];
  if (Array.isArray(should) && Array.isArray(is)) return listDifferences(should, is, path);
  if (!isObject(should) || !isObject(is)) return [{ PropertyPath: path, ExpectedValue: text(should), ActualValue: text(is), DifferenceType: "NOT_EQUAL" }];
  return [
    ...Object.entries(should).flatMap(([name, item]) => differences(item as Json, is[name], `${path}/${name}`)),
    ...Object.entries(is).flatMap(([name, item]): Difference[] => (Object.hasOwn(should, name) ? [] : [{ PropertyPath: `${path}/${name}`, ExpectedValue: "null", ActualValue: text(item), DifferenceType: "ADD" }])),
  ];
}

/** Lists are compared without their order: what one has and the other has not. */
function listDifferences(expected: Json[], actual: Json[], path: string): Difference[] {
  const left = actual.map(canonical);
  const missing: [number, Json][] = [];
  for (const [i, item] of expected.entries()) {
    const at = left.indexOf(canonical(item));
    if (at < 0) missing.push([i, item]);
    else left[at] = "";
  }
  const extra = actual.flatMap((item, i): [number, Json][] => (left[i] === "" ? [] : [[i, item]]));
  const pairs = Math.min(missing.length, extra.length);
  return [
    ...missing.slice(0, pairs).flatMap(([i, item], n) => differences(item, extra[n][1], `${path}/${i}`)),
    ...missing.slice(pairs).map(([i, item]): Difference => ({ PropertyPath: `${path}/${i}`, ExpectedValue: text(item), ActualValue: "null", DifferenceType: "REMOVE" })),
    ...extra.slice(pairs).map(([i, item]): Difference => ({ PropertyPath: `${path}/${i}`, ExpectedValue: "null", ActualValue: text(item), DifferenceType: "ADD" })),
  ];
}

/** One resource, looked at now; its row and the record of the check are written. */
export function detect(ctx: Context, stack: Readonly<StackRow>, row: Readonly<ResourceRow>): JsonObject {
  const type = allTypes.get(row.type)!;
  const base = { StackId: stack.StackId, LogicalResourceId: row.logicalId, PhysicalResourceId: row.physicalId, ResourceType: row.type, Timestamp: ctx.now / 1000 };
  const checked = checkProperties(type, row.properties);
  const properties = checked.ok ? checked.value : row.properties;
  let status: ResourceRow["drift"]["status"] = "NOT_CHECKED";
  let found: JsonObject = {};
  if (type.read) {
    try {
      const actual = type.read(awsFor(ctx, actsAs(ctx, stack), { StackName: stack.StackName, logicalId: row.logicalId }), row.physicalId!, properties);
      // Nobody can read a secret, or what a reference stood for.
      const names = Object.keys(properties).filter((name) => !type.writeOnly?.includes(name) && !referencesIn(properties[name] as Json).length);
      const expected: JsonObject = Object.fromEntries(names.map((name) => [name, properties[name] as Json]));
      const PropertyDifferences = actual ? names.flatMap((name) => differences(expected[name] as Json, actual[name] as Json | undefined, `/${name}`)) : [];
      status = !actual ? "DELETED" : PropertyDifferences.length ? "MODIFIED" : "IN_SYNC";
      const shown = actual && Object.fromEntries(names.filter((name) => actual[name] !== undefined).map((name) => [name, actual[name]]));
      found = { ExpectedProperties: JSON.stringify(expected), ...(shown ? { ActualProperties: JSON.stringify(shown) } : {}), PropertyDifferences: PropertyDifferences as unknown as JsonObject[] };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      status = "UNKNOWN";
      found = { DriftStatusReason: thrown.reason };
    }
  }
  resources(ctx.db).edit(resourceId(stack.id, row.logicalId)).drift = { status, at: ctx.now };
  const drift: JsonObject = { ...base, ...found, StackResourceDriftStatus: status };
  resourceDrifts(ctx.db).put(resourceId(stack.id, row.logicalId), { stack: stack.id, logicalId: row.logicalId, drift });
  return drift;
}

/** The job: looks at every resource of the stack. */
export function detectStack({ detection: id }: { detection: string }, ctx: Context): void {
  const known = detections(ctx.db).get(id);
  const stack = known && stacks(ctx.db).get(known.stack);
  if (!known || !stack) return;
  const rows = resourcesOf(ctx.db, stack.id).filter((row) => exists(row) && (!known.only?.length || known.only.includes(row.logicalId)));
  const statuses = rows.map((row) => detect(ctx, { ...stack, principal: known.principal }, row).StackResourceDriftStatus);
  const drifted = statuses.filter((status) => status === "MODIFIED" || status === "DELETED").length;
  const unknown = statuses.includes("UNKNOWN");
  const row: DetectionRow = detections(ctx.db).edit(id);
  row.drifted = drifted;
  row.drift = drifted ? "DRIFTED" : unknown ? "UNKNOWN" : "IN_SYNC";
  row.status = unknown ? "DETECTION_FAILED" : "DETECTION_COMPLETE";
  if (unknown) row.reason = `Failed to detect drift on resource [${rows.filter((_row, i) => statuses[i] === "UNKNOWN").map(({ logicalId }) => logicalId).join(", ")}]`;
  row.at = ctx.now;
  stacks(ctx.db).edit(stack.id).drift = { status: row.drift, at: ctx.now };
  driftEvent(ctx, stack.StackId, row);
}
