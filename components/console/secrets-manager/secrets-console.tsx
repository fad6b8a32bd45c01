"use client";
import type { ReactNode } from "react";
import Badge from "@cloudscape-design/components/badge";
import type { SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart } from "../frame/place";
import { ApplicationDetail } from "./applications/application-detail";
import { ApplicationList } from "./applications/application-list";
import { applicationPath } from "./applications/place-of";
import { StartApplication } from "./applications/start-application";
import { SecretDetail } from "./detail/secret-detail";
import { secretPath } from "./place-of";
import { SecretList } from "./secret-list";
import { StoreSecret } from "./store/store-secret";

/** Keys, functions and databases stand beside the secrets that need them. */
const WATCHES = ["secretsmanager", "kms", "lambda", "rds", "application"];
const LIST: Crumb = { text: "Secrets", to: "secrets" };
const APPLICATIONS: Crumb = { text: "Applications", to: "applications" };
const NAVIGATION: SideNavigationProps.Item[] = [
  { type: "link", text: "Secrets", href: "secrets" },
  { type: "divider" },
  // Not of AWS's console: the lab's own.
  { type: "link", text: "Applications", href: "applications", info: <Badge color="grey">Keyhole</Badge> },
];

/**
 * Secrets Manager as its console shows it. `path` are the parts of the address after `/console/secretsmanager`: `secrets`,
 * `secrets/new`, `secrets/<name>[/<tab>]`, `applications`, `applications/start`, `applications/<name>`. A secret's name is one part, encoded. `navigate` gets such a path.
 */
export function SecretsManagerConsole({ path, navigate, base = "/console/secretsmanager" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const { crumbs, page } = route(path.map(decodePart), navigate);
  return (
    <ConsoleFrame service="AWS Secrets Manager" base={base} home="secrets" navigate={navigate} active={path[0] === "applications" ? "applications" : "secrets"} crumbs={crumbs} watches={WATCHES} navigation={NAVIGATION}>
      {page}
    </ConsoleFrame>
  );
}

function route([first, second, third]: string[], navigate: (path: string) => void): { crumbs: Crumb[]; page: ReactNode } {
  if (first === "applications") {
    if (second === "start" && !third) return { crumbs: [APPLICATIONS, { text: "Start an application" }], page: <StartApplication navigate={navigate} /> };
    if (second) return { crumbs: [APPLICATIONS, { text: second, to: applicationPath(second) }], page: <ApplicationDetail key={second} name={second} navigate={navigate} /> };
    return { crumbs: [{ text: APPLICATIONS.text }], page: <ApplicationList /> };
  }
  if (second === "new" && !third) return { crumbs: [LIST, { text: "Store a new secret" }], page: <StoreSecret navigate={navigate} /> };
  if (second) return { crumbs: [LIST, { text: second, to: secretPath(second) }], page: <SecretDetail key={second} name={second} tab={third} navigate={navigate} /> };
  return { crumbs: [{ text: LIST.text }], page: <SecretList /> };
}
