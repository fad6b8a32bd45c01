"use client";
import { useId, useMemo } from "react";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { inputFor, problemOfInput } from "@/lib/engine/events/input";
import type { CloudEvent, JsonObject } from "@/lib/engine/types";
import { CodeEditor } from "../../../editor/code-editor";
import { jsonProblem } from "../../frame/json-check";
import { useNow } from "../../frame/lab";
import type { RuleDraft } from "./rule-draft";
import { type TargetDraft, targetInput } from "./target-draft";

const examples = { paths: '{\n  "name": "$.detail.name",\n  "what": "$.detail.operation"\n}', template: '{"message": "<name>: <what>", "rule": <aws.events.rule-name>}' };

/** What the target gets of an event, and what that is for the rule's sample. */
export function InputFields({ target, change, rule, problem, number }: { target: TargetDraft; change(part: Partial<TargetDraft>): void; rule: RuleDraft; problem?: string; number: number }) {
  const id = useId();
  const path = (name: string): string => `inmemory://keyhole/target-input/${encodeURIComponent(id)}-${name}.json`;
  const choose = (input: TargetDraft["input"]) => change({ input, ...(input === "transformer" && !target.template && examples), ...(input === "constant" && !target.constant && { constant: '{"message": "something happened"}' }) });
  return (
    <SpaceBetween size="s">
      <FormField label="Target input" stretch>
        <RadioGroup
          ariaLabel="Target input"
          value={target.input}
          onChange={({ detail }) => choose(detail.value as TargetDraft["input"])}
          items={[
            { value: "matched", label: "Matched event", description: "The whole event." },
            { value: "part", label: "Part of the matched event", description: "What is at a path (InputPath)." },
            { value: "constant", label: "Constant (JSON text)", description: "The same each time (Input)." },
            { value: "transformer", label: "Input transformer", description: "A template filled in with parts of the event." },
          ]}
          data-testid={`target-input-${number}`}
        />
      </FormField>
      {target.input === "part" && (
        <FormField label="Path" errorText={problem}>
          <Input value={target.path} onChange={({ detail }) => change({ path: detail.value })} spellcheck={false} data-testid={`target-path-${number}`} />
        </FormField>
      )}
      {target.input === "constant" && (
        <FormField label="Constant" errorText={problem} stretch>
          <CodeEditor value={target.constant} onChange={(constant) => change({ constant })} language="json" label="Constant input, JSON" path={path("constant")} minLines={4} maxLines={12} />
        </FormField>
      )}
      {target.input === "transformer" && (
        <>
          <FormField label="Input path" description="Names for parts of the event." stretch>
            <CodeEditor value={target.paths} onChange={(paths) => change({ paths })} language="json" label="Input path, JSON" path={path("paths")} minLines={4} maxLines={12} />
          </FormField>
          <FormField label="Template" description="<name> stands for the part; <aws.events.rule-name>, <aws.events.rule-arn>, <aws.events.event.ingestion-time>, <aws.events.event> and <aws.events.event.json> are there already." errorText={problem} stretch>
            <CodeEditor value={target.template} onChange={(template) => change({ template })} language="plaintext" label="Input template" path={path("template").replace(".json", ".txt")} minLines={4} maxLines={12} data-testid={`target-template-${number}`} />
          </FormField>
        </>
      )}
      {target.input !== "matched" && !problem && <Preview target={target} rule={rule} />}
    </SpaceBetween>
  );
}

/** What the sample event of the step before becomes. */
function Preview({ target, rule }: { target: TargetDraft; rule: RuleDraft }) {
  const now = useNow();
  const text = useMemo(() => {
    const sample = rule.kind === "schedule" ? { "detail-type": "Scheduled Event", source: "aws.events", detail: {} } : jsonProblem(rule.sample) ? undefined : (JSON.parse(rule.sample) as JsonObject);
    if (!sample || typeof sample !== "object") return undefined;
    const { id = "", source = "", account = "", region = "", resources = [], detail = {}, time } = sample as JsonObject;
    const event = { id, source, "detail-type": sample["detail-type"] ?? "", account, region, resources: Array.isArray(resources) ? resources : [], detail, time: Date.parse(String(time)) || now } as CloudEvent;
    const input = targetInput({ ...target, choice: "there" }, { account: "111122223333", region: "us-east-1" });
    const wrong = problemOfInput(input as never);
    return wrong ? wrong.error.message : inputFor(input as never, event, { arn: `arn:aws:events:us-east-1:111122223333:rule/${rule.name.trim()}`, name: rule.name.trim() }, now);
  }, [target, rule, now]);
  if (text === undefined) return null;
  return (
    <FormField label="What the target gets of the sample event" stretch>
      <pre className="json-view" tabIndex={0} role="region" aria-label="What the target gets" data-testid="target-preview">
        {text}
      </pre>
    </FormField>
  );
}
