import type { JsonObject } from "@/lib/engine/types";
import { allPages, leaveOut, type Ask } from "../frame/use-load";
import type { ParameterStringFilter } from "./parameter-filters";
import type { ParameterMetadata, ParameterVersion } from "./parameter-types";

/** Pages of 50 that are read before the list says that it stops. */
const MOST_PAGES = 40;

export interface ParameterList {
  parameters: ParameterMetadata[];
  /** There are more than the list reads at once. */
  cut: boolean;
  /** Key ids by the alias that parameters name. */
  keyIds: Record<string, string>;
}

export async function loadParameters(ask: Ask, filters: ParameterStringFilter[]): Promise<ParameterList> {
  let more = false;
  const parameters = await allPages<ParameterMetadata>(async (NextToken) => {
    const page = await ask("ssm", "DescribeParameters", {
      MaxResults: 50,
      ...(filters.length && { ParameterFilters: filters as never }),
      ...(NextToken && { NextToken }),
    });
    more = !!page.NextToken;
    return { items: page.Parameters, next: page.NextToken };
  }, MOST_PAGES);
  const aliased = parameters.some(({ KeyId }) => KeyId?.startsWith("alias/"));
  return { parameters, cut: more, keyIds: aliased ? await loadKeyIds(ask) : {} };
}

/** Which key stands behind which alias; empty for a caller who may not list aliases. */
async function loadKeyIds(ask: Ask): Promise<Record<string, string>> {
  const aliases = await allPages<{ AliasName: string; TargetKeyId?: string }>(async (Marker) => {
    const page = await ask("kms", "ListAliases", { Limit: 100, ...(Marker && { Marker }) });
    return { items: page.Aliases, next: page.Truncated ? page.NextMarker : undefined };
  }).catch(leaveOut);
  return Object.fromEntries((aliases ?? []).flatMap(({ AliasName, TargetKeyId }) => (TargetKeyId ? [[AliasName, TargetKeyId]] : [])));
}

/** One parameter's metadata; undefined if the name is not there. */
export async function loadParameter(ask: Ask, name: string): Promise<{ metadata: ParameterMetadata | undefined; keyId?: string }> {
  const { Parameters } = await ask<{ Parameters: ParameterMetadata[] }>("ssm", "DescribeParameters", {
    ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }],
  });
  const metadata = Parameters.find(({ Name }) => Name === name) ?? Parameters[0];
  if (!metadata?.KeyId) return { metadata };
  const key = await ask<{ KeyMetadata: { KeyId: string } }>("kms", "DescribeKey", { KeyId: metadata.KeyId }).catch(leaveOut);
  return { metadata, keyId: key?.KeyMetadata.KeyId };
}

/** All versions that are kept, newest first. */
export async function loadHistory(ask: Ask, Name: string, WithDecryption: boolean): Promise<ParameterVersion[]> {
  const versions = await allPages<ParameterVersion>(async (NextToken) => {
    const page = await ask("ssm", "GetParameterHistory", { Name, WithDecryption, MaxResults: 50, ...(NextToken && { NextToken }) });
    return { items: page.Parameters, next: page.NextToken };
  });
  return versions.sort((a, b) => b.Version - a.Version);
}

/**
 * Puts a parameter. True when AWS kept it: an AMI ID is looked up only after PutParameter has answered, and where there
 * is no such image the parameter is neither made nor changed. Source: SSM User Guide, Native parameter support for AMI IDs.
 */
export async function putParameter(ask: Ask, input: JsonObject): Promise<boolean> {
  const { Version } = await ask<{ Version: number }>("ssm", "PutParameter", input);
  if (input.DataType !== "aws:ec2:image") return true;
  const { metadata } = await loadParameter(ask, String(input.Name));
  return metadata !== undefined && metadata.Version >= Version;
}
