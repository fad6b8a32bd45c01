"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { useFormDraft } from "../frame/lab";
import { usePlace } from "../frame/place";
import { NewTags } from "../frame/tags";
import type { Tag } from "../frame/tag-changes";
import { useMutation } from "../frame/use-mutation";
import { retentionOptions } from "./edit-retention";

const empty = { name: "", retention: "", tags: [] as Tag[] };

export function CreateGroup() {
  const { navigate } = usePlace();
  const [form, change, clear] = useFormDraft("logs/create", empty);
  const [tried, setTried] = useState(false);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const logGroupName = form.name.trim();
  const leave = () => {
    clear();
    navigate("log-groups");
  };
  const submit = async () => {
    setTried(true);
    if (!logGroupName || busy) return;
    const done = await run(async (ask) => {
      await ask("logs", "CreateLogGroup", { logGroupName, ...(form.tags.length && { tags: Object.fromEntries(form.tags.map(({ key, value }) => [key, value])) }) });
      if (form.retention) await ask("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: Number(form.retention) });
    });
    if (!done) return;
    flash.success(`The log group ${logGroupName} was created.`);
    leave();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={<Header variant="h1">Create log group</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={leave}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid="create-group-submit">
              Create
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          <Container header={<Header variant="h2">Log group details</Header>}>
            <SpaceBetween size="l">
              <FormField label="Log group name" constraintText="At most 512 letters, digits and . - _ / #" errorText={tried && !logGroupName ? "Enter a name." : undefined}>
                <Input value={form.name} placeholder="/my-app/audit" onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} data-testid="group-name" />
              </FormField>
              <FormField label="Retention setting">
                <Select
                  ariaLabel="Retention setting"
                  selectedOption={retentionOptions.find(({ value }) => value === form.retention) ?? null}
                  options={retentionOptions}
                  onChange={({ detail }) => change({ retention: detail.selectedOption.value ?? "" })}
                  data-testid="group-retention"
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Tags - optional</Header>}>
            <NewTags tags={form.tags} onChange={(tags) => change({ tags })} />
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}
