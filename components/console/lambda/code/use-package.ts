"use client";
import { useMemo } from "react";
import { code, partId } from "@/lib/engine/lambda/state";
import { useFormDraft, useRecords, useWhere } from "../../frame/lab";
import type { FunctionConfiguration } from "../lambda-types";
import { draftOf, isChanged, openPackage, type PackageDraft, type PackageFiles } from "./package-draft";

/**
 * The deployed package. AWS hands out a link to it in Amazon S3 with GetFunction; the page, which has been let see that
 * answer, reads it from the lab's own records. Undefined until the lab is open, or where the package cannot be read.
 */
export function usePackage({ FunctionName, CodeSha256 }: FunctionConfiguration): PackageFiles | undefined {
  const { account, region } = useWhere();
  const read = useRecords();
  return useMemo(() => {
    const row = read && code(read({ account, region, service: "lambda" })).get(partId(FunctionName, CodeSha256));
    return row && openPackage(CodeSha256, row.zip);
  }, [read, account, region, FunctionName, CodeSha256]);
}

export interface CodeDraft {
  draft: PackageDraft;
  change(next: PackageDraft): void;
  /** Back to what is deployed. */
  discard(): void;
  changed: boolean;
  /** The function was given other code since the draft was begun. */
  stale: boolean;
}

const nothing: { kept?: PackageDraft } = {};

/** Files while they are edited: kept in this browser until they are deployed or discarded. */
export function useCodeDraft({ FunctionName, CodeSha256 }: FunctionConfiguration, pack: PackageFiles): CodeDraft {
  const { account, region } = useWhere();
  const [{ kept }, keep, clear] = useFormDraft<{ kept?: PackageDraft }>(`lambda/code/${account}/${region}/${FunctionName}`, nothing);
  const deployed = useMemo(() => draftOf(CodeSha256, pack), [CodeSha256, pack]);
  const draft = kept ?? deployed;
  const changed = useMemo(() => isChanged(draft, pack), [draft, pack]);
  return {
    draft,
    change: (next) => (isChanged(next, pack) ? keep({ kept: next }) : clear()),
    discard: clear,
    changed,
    stale: changed && draft.base !== CodeSha256,
  };
}

/** Whether files of this function were changed and not deployed. */
export function useHasCodeDraft(FunctionName: string): boolean {
  const { account, region } = useWhere();
  return useFormDraft(`lambda/code/${account}/${region}/${FunctionName}`, nothing)[3];
}
