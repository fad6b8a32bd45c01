"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { Exports } from "./exports";
import { stackPath } from "./place-of";
import { StackList } from "./stack-list";
import { ChangeSetPage } from "./stack/change-set-page";
import { StackPage } from "./stack/stack-page";
import { CreateStack, UpdateStack } from "./wizard/stack-wizard";

/** Parameters of a template may be values of Parameter Store, and roles those of IAM. */
const WATCHES = ["cloudformation", "ssm"];
const STACKS: Crumb = { text: "Stacks", to: "stacks" };

/**
 * CloudFormation as its console shows it. `path` are the parts of the address after `/console/cloudformation`: `stacks`,
 * `create/stack`, `stacks/<name or id>[/<tab>]`, `stacks/<name>/update`, `stacks/<name>/changesets/<name>`, `exports`.
 * `navigate` gets such a path, its parts encoded.
 */
export function CloudFormationConsole({ path, navigate, base = "/console/cloudformation" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { active, crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="CloudFormation"
      base={base}
      home="stacks"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        { type: "link", text: "Stacks", href: "stacks" },
        { type: "link", text: "Exports", href: "exports" },
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, name, third, fourth]: string[]): { active: string; crumbs: Crumb[]; page: ReactNode } {
  if (first === "exports") return { active: first, crumbs: [{ text: "Exports" }], page: <Exports /> };
  const active = "stacks";
  if (first === "create") return { active, crumbs: [STACKS, { text: "Create stack" }], page: <CreateStack /> };
  if (first !== "stacks" || !name) return { active, crumbs: [{ text: STACKS.text }], page: <StackList /> };
  const shown = name.startsWith("arn:") ? name.split("/")[1] : name;
  const itself: Crumb = { text: shown, to: stackPath(name) };
  if (third === "update") return { active, crumbs: [STACKS, itself, { text: "Update stack" }], page: <UpdateStack key={name} name={name} /> };
  if (third === "changesets" && fourth)
    return { active, crumbs: [STACKS, itself, { text: "Change sets", to: stackPath(name, third) }, { text: fourth }], page: <ChangeSetPage key={`${name} ${fourth}`} stack={name} name={fourth} /> };
  return { active, crumbs: [STACKS, { text: shown }], page: <StackPage key={name} name={name} tab={third} /> };
}
