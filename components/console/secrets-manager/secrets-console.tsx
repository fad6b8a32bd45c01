"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { SecretDetail } from "./detail/secret-detail";
import { secretPath } from "./place-of";
import { SecretList } from "./secret-list";
import { StoreSecret } from "./store/store-secret";

/** Keys, functions and databases stand beside the secrets that need them. */
const WATCHES = ["secretsmanager", "kms", "lambda", "rds", "application"];
const LIST: Crumb = { text: "Secrets", to: "secrets" };

/**
 * Secrets Manager as its console shows it. `path` are the parts of the address after `/console/secretsmanager`: `secrets`,
 * `secrets/new`, `secrets/<name>[/<tab>]`. A secret's name is one part, encoded. `navigate` gets such a path.
 */
export function SecretsManagerConsole({ path, navigate, base = "/console/secretsmanager" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { crumbs, page } = route(path.map(decodePart), navigate);
  return (
    <ConsoleFrame service="AWS Secrets Manager" base={base} home="secrets" navigate={navigate} active="secrets" crumbs={crumbs} watches={WATCHES} navigation={[{ type: "link", text: "Secrets", href: "secrets" }]}>
      {page}
    </ConsoleFrame>
  );
}

function route([, second, third]: string[], navigate: (path: string) => void): { crumbs: Crumb[]; page: ReactNode } {
  if (second === "new" && !third) return { crumbs: [LIST, { text: "Store a new secret" }], page: <StoreSecret navigate={navigate} /> };
  if (second) return { crumbs: [LIST, { text: second, to: secretPath(second) }], page: <SecretDetail key={second} name={second} tab={third} navigate={navigate} /> };
  return { crumbs: [{ text: LIST.text }], page: <SecretList /> };
}
