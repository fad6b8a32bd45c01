"use client";
import { useMemo, type ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { JsonObject } from "@/lib/engine/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { NewTags } from "../../frame/tags";
import type { Tag } from "../../frame/tag-changes";
import type { Refusal } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { askWaf, tagsInput } from "../load-waf";
import { listPath, thingPath, type Kind } from "../place-of";
import { Choose, Line } from "../shared/choose";
import { useScopeWords } from "../shared/scope-tabs";
import { descriptionProblem, nameProblem, type Scope, type Summary } from "../waf-types";

interface SetDraft {
  scope: Scope;
  name: string;
  description: string;
  tags: Tag[];
}

export interface CreateSetProps<D extends object> {
  scope: Scope;
  kind: Kind;
  /** "IP set". */
  what: string;
  operation: string;
  draftKey: string;
  /** What this kind has beside name, description and tags. */
  initial: D;
  input(draft: D): JsonObject;
  problem(draft: SetDraft & D): string | undefined;
  children(draft: SetDraft & D, change: (part: Partial<SetDraft & D>) => void, refused: Refusal | undefined): ReactNode;
}

/** The form that makes an IP set or a regex pattern set. */
export function CreateSet<D extends object>({ scope, kind, what, operation, draftKey, initial, input, problem, children }: CreateSetProps<D>) {
  const { navigate } = usePlace();
  const words = useScopeWords();
  const start = useMemo((): SetDraft & D => ({ scope, name: "", description: "", tags: [], ...initial }), [scope, initial]);
  const [draft, change, clear] = useFormDraft<SetDraft & D>(draftKey, start);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const set = (part: Partial<SetDraft>) => change(part as Partial<SetDraft & D>);
  const wrong = problem(draft) ?? descriptionProblem(draft.description);
  const submit = async () => {
    let made: Summary | undefined;
    const done = await run(async (ask) => {
      const { name: Name, scope: Scope, description, tags } = draft;
      made = (await askWaf<{ Summary: Summary }>(ask, Scope, operation, { Name, Scope, ...(description ? { Description: description } : {}), ...(tags.length ? { Tags: tagsInput(tags) } : {}), ...input(draft) })).Summary;
    });
    if (!done || !made) return;
    flash.success(`The ${what} ${draft.name} was created.`);
    clear();
    navigate(thingPath(kind, draft.scope, made));
  };
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Create {what}</Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container header={<Header variant="h2">Details</Header>}>
        <SpaceBetween size="l">
          <Line label="Name" value={draft.name} onChange={(name) => set({ name })} errorText={draft.name === "" ? undefined : nameProblem(draft.name)} constraintText="It cannot be changed later." mono testId="set-name" />
          <Line label="Description - optional" value={draft.description} onChange={(description) => set({ description })} errorText={descriptionProblem(draft.description)} stretch testId="set-description" />
          <Choose label="Scope" value={draft.scope} options={(["REGIONAL", "CLOUDFRONT"] as const).map((value) => ({ value, label: words[value] }))} onChange={(next) => set({ scope: next })} testId="set-scope" />
          {children(draft, change, refused)}
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Tags - optional</Header>}>
        <NewTags tags={draft.tags} onChange={(tags) => set({ tags })} />
      </Container>
      <div className="waf-actions">
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            variant="link"
            onClick={() => {
              clear();
              navigate(listPath(kind, draft.scope));
            }}
          >
            Cancel
          </Button>
          <Button variant="primary" loading={busy} disabled={wrong !== undefined} onClick={() => void submit()} data-testid="create-set">
            Create {what}
          </Button>
        </SpaceBetween>
      </div>
    </SpaceBetween>
  );
}
