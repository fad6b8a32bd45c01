import type { JsonObject } from "@/lib/engine/types";
import { allPages, leaveOut, type Ask } from "../frame/use-load";
import { readSheet, type Sheet } from "../frame/use-pages";
import type { ParameterStringFilter } from "./parameter-filters";
import type { ParameterMetadata, ParameterVersion } from "./parameter-types";

/** As many as are read at a time: four answers. */
export const SHEET = 200;
/** So many aliases are looked up to mark parameters with the colour of their key; the others go without. */
const MOST_ALIASES = 20;

export interface ParameterSheet extends Sheet<ParameterMetadata> {
  /** Key ids by the alias that parameters name. */
  keyIds: Record<string, string>;
}

/** Parameters in the order of their names, from a place on. `enough`: so many at least, if there are. */
export async function loadParameters(ask: Ask, filters: ParameterStringFilter[], from?: string, enough = SHEET): Promise<ParameterSheet> {
  const sheet = await readSheet<ParameterMetadata>(
    async (NextToken) => {
      const page = await ask("ssm", "DescribeParameters", {
        MaxResults: 50,
        ...(filters.length && { ParameterFilters: filters as never }),
        ...(NextToken && { NextToken }),
      });
      return { items: page.Parameters, next: page.NextToken };
    },
    enough,
    from,
  );
  const aliases = new Set(sheet.items.flatMap(({ KeyId }) => (KeyId?.startsWith("alias/") ? [KeyId] : [])));
  return { ...sheet, keyIds: aliases.size ? await loadKeyIds(ask, [...aliases]) : {} };
}

/** Which key stands behind which of these aliases; empty for a caller who may not list aliases. */
async function loadKeyIds(ask: Ask, names: string[]): Promise<Record<string, string>> {
  const page = await ask<{ Aliases: { AliasName: string; TargetKeyId?: string }[]; Truncated: boolean }>("kms", "ListAliases", { Limit: 100 }).catch(leaveOut);
  if (!page) return {};
  const keyIds = Object.fromEntries(page.Aliases.flatMap(({ AliasName, TargetKeyId }) => (TargetKeyId ? [[AliasName, TargetKeyId]] : [])));
  if (!page.Truncated) return keyIds;
  // With more aliases than one answer has, those that are named here are asked for.
  for (const name of names.filter((each) => !keyIds[each]).slice(0, MOST_ALIASES)) {
    const key = await ask<{ KeyMetadata: { KeyId: string } }>("kms", "DescribeKey", { KeyId: name }).catch(leaveOut);
    if (key) keyIds[name] = key.KeyMetadata.KeyId;
  }
  return keyIds;
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
