import type { JsonObject } from "@/lib/engine/types";

/** A log configuration as the form has it. Source: WAFV2 API Reference, LoggingConfiguration, LoggingFilter. */
export interface FilterDraft {
  behavior: "KEEP" | "DROP";
  requirement: "MEETS_ALL" | "MEETS_ANY";
  actions: string[];
  labels: string[];
}

export interface LoggingDraft {
  group: string;
  made: string;
  choice: "new" | "there";
  uri: boolean;
  query: boolean;
  method: boolean;
  headers: string[];
  filtering: boolean;
  otherwise: "KEEP" | "DROP";
  filters: FilterDraft[];
}

export interface LoggingConfiguration {
  ResourceArn: string;
  LogDestinationConfigs: string[];
  RedactedFields?: { UriPath?: object; QueryString?: object; Method?: object; SingleHeader?: { Name: string } }[];
  LoggingFilter?: {
    DefaultBehavior: "KEEP" | "DROP";
    Filters: { Behavior: "KEEP" | "DROP"; Requirement: "MEETS_ALL" | "MEETS_ANY"; Conditions: { ActionCondition?: { Action: string }; LabelNameCondition?: { LabelName: string } }[] }[];
  };
}

/** Names of log groups that WAF takes begin so. Source: AWS WAF Developer Guide, Sending traffic logs to a CloudWatch Logs log group. */
export const logPrefix = "aws-waf-logs-";

export const groupOfArn = (arn: string): string => arn.split(":").slice(6).join(":").replace(/:\*$/, "");

export const emptyFilter = (): FilterDraft => ({ behavior: "KEEP", requirement: "MEETS_ANY", actions: ["BLOCK"], labels: [] });

export function loggingDraft(acl: string, there: LoggingConfiguration | undefined): LoggingDraft {
  const fields = there?.RedactedFields ?? [];
  const filter = there?.LoggingFilter;
  return {
    group: there ? groupOfArn(there.LogDestinationConfigs[0]) : "",
    made: `${logPrefix}${acl}`,
    choice: there ? "there" : "new",
    uri: fields.some(({ UriPath }) => UriPath),
    query: fields.some(({ QueryString }) => QueryString),
    method: fields.some(({ Method }) => Method),
    headers: fields.flatMap(({ SingleHeader }) => (SingleHeader ? [SingleHeader.Name] : [])),
    filtering: filter !== undefined,
    otherwise: filter?.DefaultBehavior ?? "DROP",
    filters: filter?.Filters.map(({ Behavior, Requirement, Conditions }) => ({
      behavior: Behavior,
      requirement: Requirement,
      actions: Conditions.flatMap(({ ActionCondition }) => (ActionCondition ? [ActionCondition.Action] : [])),
      labels: Conditions.flatMap(({ LabelNameCondition }) => (LabelNameCondition ? [LabelNameCondition.LabelName] : [])),
    })) ?? [emptyFilter()],
  };
}

export const groupNameOf = ({ choice, made, group }: LoggingDraft): string => (choice === "new" ? made.trim() : group);

export function loggingInput(draft: LoggingDraft, ResourceArn: string, { account, region }: { account: string; region: string }): JsonObject {
  const redacted = [...(draft.uri ? [{ UriPath: {} }] : []), ...(draft.query ? [{ QueryString: {} }] : []), ...(draft.method ? [{ Method: {} }] : []), ...draft.headers.map((Name) => ({ SingleHeader: { Name } }))];
  return {
    LoggingConfiguration: {
      ResourceArn,
      LogDestinationConfigs: [`arn:aws:logs:${region}:${account}:log-group:${groupNameOf(draft)}`],
      ...(redacted.length ? { RedactedFields: redacted } : {}),
      ...(draft.filtering
        ? {
            LoggingFilter: {
              DefaultBehavior: draft.otherwise,
              Filters: draft.filters.map(({ behavior, requirement, actions, labels }) => ({
                Behavior: behavior,
                Requirement: requirement,
                Conditions: [...actions.map((Action) => ({ ActionCondition: { Action } })), ...labels.map((LabelName) => ({ LabelNameCondition: { LabelName } }))],
              })),
            },
          }
        : {}),
    },
  };
}

export function loggingProblem(draft: LoggingDraft): string | undefined {
  const name = groupNameOf(draft);
  if (name === "") return "Choose a log group.";
  if (!name.startsWith(logPrefix)) return `The log group’s name begins with ${logPrefix}.`;
  return draft.filtering && draft.filters.some(({ actions, labels }) => actions.length + labels.length === 0) ? "Each filter needs a condition." : undefined;
}
