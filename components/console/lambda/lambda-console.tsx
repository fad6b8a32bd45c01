"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart, pathTo } from "../frame/place";
import { CreateFunction } from "./create/create-function";
import { EditFunction, formTitle } from "./edit/edit-function";
import { FunctionPage } from "./function/function-page";
import { FunctionList } from "./function-list";
import { functionPath } from "./place-of";

/** Roles and their policies are shown beside the functions that run as them, and what ran is read from its log. */
const WATCHES = ["lambda", "iam", "kms", "logs"];
const FUNCTIONS: Crumb = { text: "Functions", to: "functions" };

/**
 * Lambda as its console shows it. `path` are the parts of the address after `/console/lambda`: `functions`,
 * `create/function`, `functions/<name>[/<tab>[/…]]`, `functions/<name>/edit/<form>`, `functions/<name>/versions/<number>[/<tab>]`,
 * `functions/<name>/aliases/<alias>[/<tab>]`. `navigate` gets such a path, its parts encoded.
 */
export function LambdaConsole({ path, navigate, base = "/console/lambda" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { crumbs, page } = route(path.map(decodePart));
  return (
    <ConsoleFrame
      service="Lambda"
      base={base}
      home="functions"
      navigate={navigate}
      active="functions"
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[{ type: "link", text: "Functions", href: "functions" }]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, name, third, fourth, ...rest]: string[]): { crumbs: Crumb[]; page: ReactNode } {
  if (first === "create") return { crumbs: [FUNCTIONS, { text: "Create function" }], page: <CreateFunction /> };
  if (first !== "functions" || !name) return { crumbs: [{ text: FUNCTIONS.text }], page: <FunctionList /> };
  const itself: Crumb = { text: name, to: functionPath({ name }) };
  if ((third === "versions" || third === "aliases") && fourth) {
    const of = { name, qualifier: fourth };
    const form = rest[0] === "edit" ? formTitle(rest[1]) : undefined;
    if (form) return { crumbs: [FUNCTIONS, itself, { text: fourth, to: functionPath(of) }, { text: form }], page: <EditFunction key={form} subject={of} what={rest[1]} /> };
    return {
      crumbs: [FUNCTIONS, itself, { text: third === "versions" ? "Versions" : "Aliases", to: pathTo("functions", name, third) }, { text: fourth }],
      page: <FunctionPage key={`${name}:${fourth}`} subject={of} rest={rest} />,
    };
  }
  const form = third === "edit" ? formTitle(fourth, rest[0]) : undefined;
  if (form) return { crumbs: [FUNCTIONS, itself, { text: form }], page: <EditFunction key={form} subject={{ name }} what={fourth} name={rest[0]} /> };
  return { crumbs: [FUNCTIONS, { text: name }], page: <FunctionPage key={name} subject={{ name }} rest={[third, fourth, ...rest].filter((part) => part !== undefined)} /> };
}
