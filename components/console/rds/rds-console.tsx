"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { CreateDatabase } from "./create/create-database";
import { DatabaseList } from "./database-list";
import { DatabasePage } from "./database/database-page";
import { ModifyDatabase } from "./database/modify-database";
import { databasePath } from "./place-of";
import { QueryEditor } from "./query/query-editor";

/** Keys and secrets are shown beside the databases that need them. */
const WATCHES = ["rds", "kms", "secretsmanager"];
const DATABASES: Crumb = { text: "Databases", to: "databases" };

/**
 * RDS as its console shows it. `path` are the parts of the address after `/console/rds`: `databases`, `create/database`,
 * `databases/<instance|cluster>/<identifier>[/<tab>|/modify]`, `query-editor[/<instance|cluster>/<identifier>]`.
 * `navigate` gets such a path, its parts encoded.
 */
export function RdsConsole({ path, navigate, base = "/console/rds" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const parts = path.map(decodePart);
  const { crumbs, page } = route(parts);
  return (
    <ConsoleFrame
      service="RDS"
      base={base}
      home="databases"
      navigate={navigate}
      active={parts[0] === "query-editor" ? "query-editor" : "databases"}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        { type: "link", text: "Databases", href: "databases" },
        { type: "link", text: "Query editor", href: "query-editor" },
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, kind, id, rest]: string[]): { crumbs: Crumb[]; page: ReactNode } {
  if (first === "create") return { crumbs: [DATABASES, { text: "Create database" }], page: <CreateDatabase /> };
  const named = (kind === "instance" || kind === "cluster") && id ? { kind, id } as const : undefined;
  if (first === "query-editor") return { crumbs: [{ text: "Query editor" }], page: <QueryEditor chosen={named} /> };
  if (first !== "databases" || !named) return { crumbs: [{ text: DATABASES.text }], page: <DatabaseList /> };
  if (rest === "modify") return { crumbs: [DATABASES, { text: named.id, to: databasePath(named) }, { text: "Modify" }], page: <ModifyDatabase key={`${kind}${id}`} {...named} /> };
  return { crumbs: [DATABASES, { text: named.id }], page: <DatabasePage key={`${kind}${id}`} {...named} tab={rest} /> };
}
