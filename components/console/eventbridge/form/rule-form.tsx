"use client";
import { useMemo } from "react";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { NewTags } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadBuses, loadRule, loadTargets } from "../load-events";
import { rulePath } from "../place-of";
import { DetailStep } from "./detail-step";
import { EventStep } from "./event-step";
import { ReviewStep } from "./review-step";
import { draftOf, emptyRule, type RuleDraft, stepProblems } from "./rule-draft";
import { saveRule } from "./save-rule";
import { TargetsStep } from "./targets-step";

export interface StepProps {
  draft: RuleDraft;
  change(part: Partial<RuleDraft>): void;
}

export function CreateRule({ bus }: { bus: string }) {
  const initial = useMemo(() => emptyRule(bus), [bus]);
  return <RuleWizard draftKey="events/rule" initial={initial} />;
}

/** What is there is read once, and then it is the form's. */
export function EditRule({ bus, name }: { bus: string; name: string }) {
  const loaded = useLoad(`edit-rule|${bus}|${name}`, async (ask) => ({ rule: await loadRule(ask, bus, name), targets: await loadTargets(ask, bus, name) }));
  const initial = useMemo(() => loaded.data && draftOf(loaded.data.rule, loaded.data.targets), [loaded.data]);
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!initial) return <Spinner size="large" />;
  return <RuleWizard draftKey={`events/rule/${bus}/${name}`} initial={initial} before={loaded.data!.targets.map(({ Id }) => Id)} />;
}

/** A rule in AWS's steps. `before`: the targets of a rule that is changed. */
function RuleWizard({ draftKey, initial, before }: { draftKey: string; initial: RuleDraft; before?: string[] }) {
  const { navigate } = usePlace();
  const { account, region } = useWhere();
  const [draft, change, clear, begun] = useFormDraft<RuleDraft>(draftKey, initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const buses = useLoad("buses", loadBuses);
  const editing = before !== undefined;
  const problems = stepProblems(draft);
  const here = rulePath(draft.bus, draft.name.trim());

  const leave = () => {
    clear();
    navigate(editing ? here : "rules");
  };
  const submit = async () => {
    const place = { account, region, random: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
    if (!(await run((ask) => saveRule(ask, draft, place, before)))) return;
    flash.success(`The rule ${draft.name.trim()} was ${editing ? "updated" : "created"}.`);
    clear();
    navigate(here);
  };
  const step = { draft, change };
  return (
    <StepWizard
      testId="rule"
      step={draft.step}
      onStep={(to) => {
        forget();
        change({ step: to });
      }}
      submitLabel={editing ? "Update rule" : "Create rule"}
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={leave}
      steps={[
        { title: "Define rule detail", content: <DetailStep {...step} buses={buses.data?.map(({ Name }) => Name) ?? [draft.bus]} editing={editing} />, problem: problems[0] },
        { title: draft.kind === "pattern" ? "Build event pattern" : "Define schedule", content: <EventStep {...step} />, problem: problems[1] },
        { title: "Select target(s)", content: <TargetsStep {...step} />, problem: problems[2] },
        ...(editing
          ? []
          : [
              {
                title: "Configure tags",
                optional: true,
                content: (
                  <SpaceBetween size="m">
                    <Box variant="p">Names and values on the rule, to find it and to allow or deny by it.</Box>
                    <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
                  </SpaceBetween>
                ),
              },
            ]),
        { title: editing ? "Review and update" : "Review and create", content: <ReviewStep {...step} />, problem: problems.find(Boolean) },
      ]}
    />
  );
}
