"use client";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useLoad } from "../../frame/use-load";
import type { Subject } from "../lambda-types";
import { loadFunction } from "../load-functions";
import { EditAlias } from "../versions/edit-alias";
import { AddPermission } from "./add-permission";
import { BasicSettings } from "./basic-settings";
import { EditAsynchronous } from "./edit-asynchronous";
import { EditConcurrency } from "./edit-concurrency";
import { EditEnvironment } from "./edit-environment";
import { RuntimeSettings } from "./runtime-settings";

const FORMS = {
  "basic-settings": { text: "Edit basic settings", Form: BasicSettings },
  "runtime-settings": { text: "Edit runtime settings", Form: RuntimeSettings },
  "environment-variables": { text: "Edit environment variables", Form: EditEnvironment },
  concurrency: { text: "Edit concurrency", Form: EditConcurrency },
} as const;

/** What the breadcrumb calls a form; undefined for what is none. */
export const formTitle = (what: string | undefined, name?: string): string | undefined =>
  what === undefined ? undefined
  : what === "permission" ? "Add permissions"
  : what === "asynchronous-invocation" ? "Edit asynchronous configuration"
  : what === "alias" ? (name === undefined ? "Create alias" : `Edit alias ${name}`)
  : Object.hasOwn(FORMS, what) ? FORMS[what as keyof typeof FORMS].text
  : undefined;

/** The forms that have a page of their own under a function. */
export function EditFunction({ subject, what, name }: { subject: Subject; what: string; name?: string }) {
  if (what === "permission") return <AddPermission subject={subject} />;
  if (what === "asynchronous-invocation") return <EditAsynchronous subject={subject} />;
  if (what === "alias") return <EditAlias name={subject.name} alias={name} />;
  return <OfFunction subject={subject} what={what as keyof typeof FORMS} />;
}

function OfFunction({ subject, what }: { subject: Subject; what: keyof typeof FORMS }) {
  const found = useLoad(`edit|${subject.name}`, (ask) => loadFunction(ask, subject));
  if (found.refused) return <AwsErrorNote refused={found.refused} />;
  if (!found.data) return <Spinner size="large" />;
  const { Form } = FORMS[what];
  // What is edited belongs to the state that it was begun on.
  return <Form key={found.data.Configuration.RevisionId} subject={subject} found={found.data} />;
}
