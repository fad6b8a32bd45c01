"use client";
import type { JsonObject } from "@/lib/engine/types";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { listing, tagsIn, tagsOut } from "../load-iam";
import { named, titleOf, type Holder, type TagOut } from "../types";

interface TagsOfProps {
  /** `User`, `Role`, `Policy`, and the input that names the one. */
  title: string;
  input: JsonObject;
  of: string;
  command: string;
  fixed?: boolean;
}

export function TagsOf({ title, input, of, command, fixed }: TagsOfProps) {
  const tags = useLoad(`tags|${title}|${JSON.stringify(input)}`, async (ask) => tagsIn(await listing<TagOut>(ask, `List${title}Tags`, "Tags", input)));
  return (
    <TagsPanel
      of={of}
      tags={tags}
      command={command}
      fixed={fixed}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("iam", `Untag${title}`, { ...input, TagKeys: removed });
        if (set.length) await ask("iam", `Tag${title}`, { ...input, Tags: tagsOut(set) });
      }}
    />
  );
}

export const EntityTags = ({ holder, fixed }: { holder: Holder; fixed?: boolean }) => (
  <TagsOf
    title={titleOf[holder.kind]}
    input={named(holder)}
    of={`this ${holder.kind}`}
    command={`aws iam tag-${holder.kind} --${holder.kind}-name ${holder.name} --tags Key=team,Value=payroll`}
    fixed={fixed}
  />
);
