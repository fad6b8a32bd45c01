"use client";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { loadTags, saveTags } from "../load-waf";
import type { Scope } from "../waf-types";

export function WafTags({ of, arn, scope }: { of: string; arn: string; scope: Scope }) {
  const tags = useLoad(`tags|${arn}`, (ask) => loadTags(ask, scope, arn));
  return <TagsPanel of={of} tags={tags} command={`aws wafv2 tag-resource --resource-arn ${arn} --tags Key=team,Value=payroll`} save={(ask, changes) => saveTags(ask, scope, arn, changes)} />;
}
