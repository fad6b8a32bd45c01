"use client";
import { useEffect, useRef, useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useDraft } from "@/lib/store/drafts";
import { CodeEditor } from "../../../editor/code-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { jsonProblem } from "../../frame/json-check";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { isPython, type FunctionConfiguration, type Subject } from "../lambda-types";
import { functionPath } from "../place-of";
import { InvocationResult } from "./result";
import { Running } from "./running";
import { eventsKey, eventTemplates, firstEvent, problemOfEventName, readEvents, withEvent } from "./test-events";
import { useInvoke } from "./use-invoke";

interface Form {
  /** Undefined: a saved one where there is any. */
  mode?: "new" | "saved";
  /** Of the saved event that is edited; the first where it is none. */
  chosen?: string;
  /** Of a new one. */
  name?: string;
  /** As it is typed; undefined until it is. */
  text?: string;
  asynchronous: boolean;
}
const initial: Form = { asynchronous: false };

/** Whoever opens the test of a function in Python will soon run it: Python is loaded meanwhile. Why it could not be, the invocation says. */
function usePreparedPython(runtime: string): void {
  useEffect(() => {
    if (isPython(runtime)) void import("@/lib/store/functions/python").then(({ preparePython }) => preparePython()).catch(() => undefined);
  }, [runtime]);
}

const templateOptions = eventTemplates.map(({ name, text }) => ({ value: name, label: name, text }));

/** Test events, named and kept, and what came of the last one. `seq`: from the address, the invocation that is shown. */
export function TestTab({ subject, configuration, seq, unsaved }: { subject: Subject; configuration: FunctionConfiguration; seq?: number; unsaved: boolean }) {
  const { navigate } = usePlace();
  const { account, region } = useWhere();
  const where = { account, region, name: subject.name };
  const [kept, keep] = useDraft(eventsKey(where));
  const events = readEvents(kept);
  const [form, change] = useFormDraft<Form>(`lambda/test/${account}/${region}/${subject.name}`, initial);
  const [tried, setTried] = useState<"save">();
  const invoking = useInvoke(subject);
  usePreparedPython(configuration.Runtime);
  const result = useRef<HTMLDivElement>(null);
  /** Whoever has gone elsewhere meanwhile is not fetched back. */
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);

  const mode = form.mode === "new" || !events.length ? "new" : "saved";
  const saved = mode === "saved" ? (events.find(({ name }) => name === form.chosen) ?? events[0]) : undefined;
  const name = form.name ?? (events.length ? "" : firstEvent);
  const text = form.text ?? saved?.text ?? eventTemplates[0].text;
  const problem = jsonProblem(text);
  const nameProblem = mode === "new" ? problemOfEventName(name) : undefined;
  const pending = configuration.State === "Pending";
  const shown = seq ?? invoking.seq;

  const save = () => {
    setTried("save");
    if (problem || nameProblem) return;
    const event = { name: saved?.name ?? name.trim(), text };
    keep(JSON.stringify(withEvent(events, event)));
    setTried(undefined);
    change({ mode: "saved", chosen: event.name, name: undefined, text: undefined });
  };
  const test = async () => {
    if (problem || pending || invoking.busy) return;
    const at = await invoking.invoke(text, form.asynchronous);
    if (here.current) navigate(functionPath(subject, "test", String(at)));
  };
  useEffect(() => {
    if (!invoking.busy && shown !== undefined) result.current?.scrollIntoView({ block: "nearest" });
  }, [invoking.busy, shown]);

  return (
    <>
      <div ref={result} aria-live="polite" className="test-result">
        {invoking.busy ? (
          <Running runtime={configuration.Runtime} since={invoking.since} timeout={configuration.Timeout} />
        ) : invoking.refused && (seq === undefined || invoking.seq === seq) ? (
          <AwsErrorNote refused={invoking.refused} onDismiss={invoking.clear} />
        ) : (
          shown !== undefined && <InvocationResult subject={subject} seq={shown} logGroup={configuration.LoggingConfig.LogGroup} />
        )}
      </div>
      <Container
        data-testid="test-event"
        header={
          <Header
            variant="h2"
            description="To invoke your function without saving an event, configure the JSON event, then choose Test."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  disabled={!saved}
                  onClick={() => {
                    keep(JSON.stringify(events.filter((event) => event !== saved)));
                    change({ mode: undefined, chosen: undefined, text: undefined });
                  }}
                  data-testid="event-delete"
                >
                  Delete
                </Button>
                <Button onClick={() => change({ text: problem ? text : JSON.stringify(JSON.parse(text), null, 2) })} disabled={!!problem}>
                  Format JSON
                </Button>
                <Button onClick={save} data-testid="event-save">
                  Save
                </Button>
                <Button variant="primary" loading={invoking.busy} disabled={pending || !!problem} onClick={() => void test()} data-testid="invoke">
                  Test
                </Button>
              </SpaceBetween>
            }
          >
            Test event
          </Header>
        }
      >
        <SpaceBetween size="l">
          {unsaved && subject.qualifier === undefined && (
            <Alert type="warning" data-testid="test-unsaved">
              The code has changes that are not deployed: Test runs what is deployed.
            </Alert>
          )}
          <RadioGroup
            ariaLabel="Test event action"
            value={mode}
            onChange={({ detail }) => change({ mode: detail.value as "new" | "saved", chosen: undefined, name: undefined, text: undefined })}
            items={[
              { value: "new", label: "Create new event" },
              { value: "saved", label: "Edit saved event", disabled: !events.length },
            ]}
          />
          {mode === "new" ? (
            <FormField label="Event name" constraintText="At most 25 letters, digits, dots, hyphens and underscores. Kept in this browser." errorText={tried ? nameProblem : undefined}>
              <Input value={name} placeholder={firstEvent} onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} data-testid="event-name" />
            </FormField>
          ) : (
            <FormField label="Event name">
              <Select
                ariaLabel="Event name"
                selectedOption={saved ? { value: saved.name, label: saved.name } : null}
                options={events.map((event) => ({ value: event.name, label: event.name }))}
                onChange={({ detail }) => change({ mode: "saved", chosen: detail.selectedOption.value!, text: undefined })}
                data-testid="event-choice"
              />
            </FormField>
          )}
          {mode === "new" && (
            <FormField label="Template - optional">
              <Select
                ariaLabel="Template"
                selectedOption={templateOptions.find((option) => option.text === text) ?? null}
                placeholder="Choose a template"
                options={templateOptions}
                onChange={({ detail }) => change({ text: templateOptions.find(({ value }) => value === detail.selectedOption.value)!.text })}
                data-testid="event-template"
              />
            </FormField>
          )}
          <FormField label="Invocation type">
            <RadioGroup
              ariaLabel="Invocation type"
              value={form.asynchronous ? "asynchronous" : "synchronous"}
              onChange={({ detail }) => change({ asynchronous: detail.value === "asynchronous" })}
              items={[
                { value: "synchronous", label: "Synchronous", description: "Waits for the answer, for as long as the function’s timeout." },
                { value: "asynchronous", label: "Asynchronous", description: "Queues the event for the function: the answer says only that it was queued." },
              ]}
              data-testid="invocation-type"
            />
          </FormField>
          <FormField label="Event JSON" errorText={problem && `Line ${problem.line}, column ${problem.column}: ${problem.message}`} stretch>
            <CodeEditor
              key={`${mode} ${saved?.name ?? ""}`}
              value={text}
              onChange={(next) => change({ text: next })}
              language="json"
              label="Event, JSON"
              path={`inmemory://keyhole/events/${encodeURIComponent(subject.name)}.json`}
              minLines={6}
              maxLines={18}
              onRun={() => void test()}
              data-testid="event-editor"
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </>
  );
}
