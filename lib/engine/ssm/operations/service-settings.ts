import { arn, parseArn } from "../../arn";
import { type Failure, fail, ok } from "../../errors";
import type { AuthRequest, Context, JsonObject, Operation } from "../../types";
import { highThroughputSetting } from "../cost";
import { invalid, notSimulated } from "../errors";
import { seconds, settings } from "../state";
import { defaultTierSetting } from "../tiers";

/** Parameter Store's two settings. Source: SSM API, UpdateServiceSetting (SettingId, SettingValue). */
const known: Record<string, { values: string[]; usual: string }> = {
  [defaultTierSetting]: { values: ["Standard", "Advanced", "Intelligent-Tiering"], usual: "Standard" },
  [highThroughputSetting]: { values: ["true", "false"], usual: "false" },
};

/** Settings of SSM's other parts. Source: as above. */
const others = new Set([
  "/ssm/appmanager/appmanager-enabled", "/ssm/automation/customer-script-log-destination", "/ssm/automation/customer-script-log-group-name",
  "/ssm/automation/enable-adaptive-concurrency", "/ssm/documents/console/public-sharing-permission", "/ssm/managed-instance/activation-tier",
  "/ssm/managed-instance/default-ec2-instance-management-role", "/ssm/opsinsights/opscenter",
]);

interface Input {
  SettingId: string;
}

/** An id or its ARN, as the id. */
function idOf(given: string): string {
  const parts = given.startsWith("arn:") ? parseArn(given) : undefined;
  return parts ? parts.resource.replace(/^servicesetting/, "") : given;
}

/** Errors: ServiceSettingNotFound, NotSimulated. */
function refuse(input: Input): Failure | undefined {
  const id = idOf(input.SettingId);
  if (others.has(id)) return notSimulated(`the service setting ${id}`);
  return Object.hasOwn(known, id) ? undefined : fail("ServiceSettingNotFound", `The service setting ${id} was not found.`); // Unverified text.
}

const settingArn = (ctx: Context, id: string): string => arn("ssm", ctx.region, ctx.account, `servicesetting${id}`);
const ask = (action: string) => (input: Input, ctx: Context): AuthRequest => ({ action: `ssm:${action}`, resource: settingArn(ctx, idOf(input.SettingId)) });

function view(ctx: Context, id: string): JsonObject {
  const row = settings(ctx.db).get(id);
  return {
    SettingId: id,
    SettingValue: row?.SettingValue ?? known[id].usual,
    // Nobody changed a default: no user, no date.
    ...(row && { LastModifiedDate: seconds(row.LastModifiedDate), LastModifiedUser: row.LastModifiedUser }),
    ARN: settingArn(ctx, id),
    Status: row ? "Customized" : "Default",
  };
}

const free = () => [];

/** Errors: ServiceSettingNotFound. Source: SSM API, GetServiceSetting. */
export const getServiceSetting: Operation = {
  name: "GetServiceSetting",
  validate: refuse,
  authorise: ask("GetServiceSetting"),
  handle: (input: Input, ctx) => ok({ ServiceSetting: view(ctx, idOf(input.SettingId)) }),
  cost: free,
};

/** Errors: ServiceSettingNotFound, ValidationException (text unverified). Source: SSM API, UpdateServiceSetting. */
export const updateServiceSetting: Operation = {
  name: "UpdateServiceSetting",
  validate: refuse,
  authorise: ask("UpdateServiceSetting"),
  handle(input: Input & { SettingValue: string }, ctx) {
    const id = idOf(input.SettingId);
    const { values } = known[id];
    if (!values.includes(input.SettingValue)) return invalid(`The value ${input.SettingValue} is not valid for the setting ${id}. Valid values: ${values.join(", ")}.`);
    settings(ctx.db).put(id, { SettingValue: input.SettingValue, LastModifiedDate: ctx.now, LastModifiedUser: ctx.principal.arn });
    return ok({});
  },
  cost: free,
};

/** Back to AWS's own value. Errors: ServiceSettingNotFound. Source: SSM API, ResetServiceSetting. */
export const resetServiceSetting: Operation = {
  name: "ResetServiceSetting",
  validate: refuse,
  authorise: ask("ResetServiceSetting"),
  handle(input: Input, ctx) {
    const id = idOf(input.SettingId);
    settings(ctx.db).delete(id);
    return ok({ ServiceSetting: view(ctx, id) });
  },
  cost: free,
};
