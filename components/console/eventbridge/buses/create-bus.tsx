"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import type { Tag } from "../../frame/tag-changes";
import { NewTags } from "../../frame/tags";
import { useMutation } from "../../frame/use-mutation";
import { busPath } from "../place-of";

interface Draft {
  name: string;
  description: string;
  tags: Tag[];
}
const empty: Draft = { name: "", description: "", tags: [] };

/** Source: EventBridge API, CreateEventBus (Name). */
const problemOf = (name: string): string | undefined => (/^[.\-_A-Za-z0-9]{1,256}$/.test(name) ? (name === "default" ? "Every account has a bus of this name." : undefined) : "Enter a name of letters, digits, points, hyphens and underscores.");

export function CreateBus() {
  const { navigate } = usePlace();
  const [draft, change, clear] = useFormDraft<Draft>("events/bus", empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const [tried, setTried] = useState(false);
  const flash = useFlash();
  const name = draft.name.trim();
  const problem = problemOf(name);
  const leave = () => {
    clear();
    navigate("buses");
  };
  const submit = async () => {
    setTried(true);
    if (problem) return;
    const made = await run(async (ask) => {
      await ask("events", "CreateEventBus", {
        Name: name,
        ...(draft.description.trim() && { Description: draft.description.trim() }),
        ...(draft.tags.length && { Tags: draft.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
      });
    });
    if (!made) return;
    flash.success(`The event bus ${name} was created.`);
    clear();
    navigate(busPath(name));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={<Header variant="h1">Create event bus</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={leave}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid="bus-submit">
              Create
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
          <Container header={<Header variant="h2">Event bus detail</Header>}>
            <SpaceBetween size="l">
              <FormField label="Name" constraintText="Maximum of 256 characters: letters, digits, and . - _" errorText={tried ? problem : undefined}>
                <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} data-testid="bus-name" />
              </FormField>
              <FormField label="Description - optional" stretch>
                <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} data-testid="bus-description" />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2" description="Archives, schema discovery, encryption under a key of your own, dead-letter queues and logs of buses are not simulated. Who else may send to it is said on its page.">Tags - optional</Header>}>
            <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}
