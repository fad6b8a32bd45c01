"use client";
import { useMemo, useState, type ReactNode } from "react";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useNow, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { refusalOf, useAsk, useLoad, type Refusal } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { Stack } from "../cfn-types";
import { loadStack, loadTemplate, summaryOf } from "../load-stacks";
import { stackPath } from "../place-of";
import { DetailsStep } from "./details-step";
import { OptionsStep } from "./options-step";
import { ReviewStep } from "./review-step";
import { changeSetName, draftOf, emptyStack, problemOfDetails, stackInput, templateOf, type StackDraft } from "./stack-draft";
import { TemplateStep } from "./template-step";

export function CreateStack() {
  return <Steps draftKey="cloudformation/create" initial={emptyStack} />;
}

/** Begins with the stack as it is. */
export function UpdateStack({ name }: { name: string }) {
  const loaded = useLoad(`update|${name}`, async (ask) => ({ stack: await loadStack(ask, name), template: await loadTemplate(ask, name) }));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Update {name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  return loaded.data ? <Update {...loaded.data} /> : <Spinner size="large" />;
}

function Update({ stack, template }: { stack: Stack; template: string }) {
  // What is typed belongs to the state that it was begun on.
  const [initial] = useState(() => draftOf(stack, template));
  return <Steps draftKey={`cloudformation/update/${stack.StackId}/${stack.LastUpdatedTime ?? stack.CreationTime}`} initial={initial} stack={stack} template={template} />;
}

function Steps({ draftKey, initial, stack, template }: { draftKey: string; initial: StackDraft; stack?: Stack; template?: string }) {
  const { navigate } = usePlace();
  const { scope } = useWhere();
  const now = useNow();
  const ask = useAsk();
  const flash = useFlash();
  const [draft, change, clear, begun] = useFormDraft<StackDraft>(draftKey, initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const [against, setAgainst] = useState<Refusal>();
  const text = templateOf(draft, template);
  // Later steps need what the template asks for; after a reload it is asked anew.
  const summary = useLoad(draft.step > 0 ? `summary|${text}` : undefined, (read) => summaryOf(read, text));
  const details = problemOfDetails(draft, summary.data, stack);
  const name = stack?.StackName ?? draft.name.trim();

  const goTo = async (step: number) => {
    if (draft.step === 0 && step > 0) {
      try {
        await summaryOf(ask, text);
      } catch (thrown) {
        return setAgainst(refusalOf(thrown));
      }
      setAgainst(undefined);
    }
    change({ step });
  };
  const leave = () => {
    clear();
    navigate(stack ? stackPath(stack.StackName) : "stacks");
  };
  const input = useMemo(() => summary.data && stackInput(draft, summary.data, { stack, template }), [draft, summary.data, stack, template]);
  const submit = async (atOnce: boolean) => {
    if (!input || busy) return;
    const ChangeSetName = changeSetName(name, now);
    const done = await run(async (call) => {
      const keep = draft.onFailure === "keep";
      if (!atOnce)
        await call("cloudformation", "CreateChangeSet", { ...input, ChangeSetName, ChangeSetType: stack ? "UPDATE" : "CREATE", ...(keep && { OnStackFailure: "DO_NOTHING" }) });
      else if (stack) await call("cloudformation", "UpdateStack", { ...input, ...(keep && { DisableRollback: true }) });
      else await call("cloudformation", "CreateStack", { ...input, ...(keep && { OnFailure: "DO_NOTHING" }), ...(draft.protect && { EnableTerminationProtection: true }) });
    });
    if (!done) return;
    clear();
    flash.success(atOnce ? `${stack ? "The update" : "The creation"} of ${name} has begun.` : "The change set is computed. Nothing has been changed yet.");
    navigate(atOnce ? stackPath(name, "events") : stackPath(name, "changesets", ChangeSetName));
  };
  const waiting = draft.step > 0 && !summary.data && !summary.refused;
  const later = (content: ReactNode) => (summary.refused ? <AwsErrorNote refused={summary.refused} /> : waiting ? <Spinner size="large" /> : content);
  return (
    <SpaceBetween size="m" key={scope}>
      <Header variant="h1">{stack ? `Update ${name}` : "Create stack"}</Header>
      <StepWizard
        testId="stack-wizard"
        step={draft.step}
        onStep={(step) => void goTo(step)}
        submitLabel="Create change set"
        onSubmit={() => void submit(false)}
        busy={busy}
        refused={refused}
        onDismissRefusal={forget}
        begun={begun}
        onLeave={leave}
        steps={[
          {
            title: stack ? "Template" : "Create stack",
            content: <TemplateStep draft={draft} change={change} current={template} refused={against} onDismiss={() => setAgainst(undefined)} />,
            ...(!text.trim() && { problem: "Write or choose a template." }),
          },
          {
            title: "Specify stack details",
            content: later(<DetailsStep draft={draft} change={change} summary={summary.data} stack={stack} />),
            ...((details || summary.refused || waiting) && { problem: details ?? "The template must be read first." }),
          },
          { title: "Configure stack options", content: <OptionsStep draft={draft} change={change} creating={!stack} />, optional: true },
          {
            title: "Review",
            content: later(summary.data && <ReviewStep draft={draft} change={change} summary={summary.data} stack={stack} busy={busy} onSubmit={() => void submit(true)} />),
            ...(summary.data?.Capabilities?.length && !draft.acknowledged && { problem: "Acknowledge that the template makes IAM resources." }),
          },
        ]}
      />
    </SpaceBetween>
  );
}
