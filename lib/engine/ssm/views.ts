import type { JsonObject } from "../types";
import { inlinePolicies } from "./policies";
import type { Reference } from "./names";
import { type ParameterRow, type VersionRow, parameterArn, seconds } from "./state";

/** The API's Parameter. `value` is what is to be shown. Source: SSM API, Parameter. */
export function parameterView(row: Readonly<ParameterRow>, version: Readonly<VersionRow>, value: string, reference: Pick<Reference, "account" | "region" | "selector">): JsonObject {
  return {
    Name: row.Name,
    Type: version.Type,
    Value: value,
    Version: version.Version,
    ...(reference.selector !== undefined && { Selector: `:${reference.selector}` }),
    LastModifiedDate: seconds(version.LastModifiedDate),
    ARN: parameterArn(reference.region, reference.account, row.Name),
    DataType: version.DataType,
  };
}

const described = (version: Readonly<VersionRow>): JsonObject => ({
  Type: version.Type,
  ...(version.KeyId !== undefined && { KeyId: version.KeyId }),
  LastModifiedDate: seconds(version.LastModifiedDate),
  LastModifiedUser: version.LastModifiedUser,
  ...(version.Description !== undefined && { Description: version.Description }),
  ...(version.AllowedPattern !== undefined && { AllowedPattern: version.AllowedPattern }),
  Version: version.Version,
  Tier: version.Tier,
  DataType: version.DataType,
});

/** Source: SSM API, ParameterMetadata. */
export const metadataView = (row: Readonly<ParameterRow>, version: Readonly<VersionRow>, region: string, account: string): JsonObject => ({
  Name: row.Name,
  ARN: parameterArn(region, account, row.Name),
  ...described(version),
  Policies: inlinePolicies(row.policies),
});

/** Source: SSM API, ParameterHistory. */
export const historyView = (row: Readonly<ParameterRow>, version: Readonly<VersionRow>, value: string): JsonObject => ({
  Name: row.Name,
  ...described(version),
  Value: value,
  Labels: row.labels.filter(([, at]) => at === version.Version).map(([label]) => label),
  Policies: inlinePolicies(version.Version === row.Version ? row.policies : version.policies),
});
