"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import type { FunctionAnswer, Subject } from "../lambda-types";
import { RoleField } from "../create/role-field";
import { EditPage } from "./edit-page";
import { problemOfWhole, timeoutOf } from "./numbers";
import { useEdit } from "./use-edit";

interface Values {
  description: string;
  memory: string;
  storage: string;
  minutes: string;
  seconds: string;
  role: string;
}

/** Description, memory, storage, timeout and role. */
export function BasicSettings({ subject, found: { Configuration: now } }: { subject: Subject; found: FunctionAnswer }) {
  const initial: Values = {
    description: now.Description,
    memory: String(now.MemorySize),
    storage: String(now.EphemeralStorage.Size),
    minutes: String(Math.floor(now.Timeout / 60)),
    seconds: String(now.Timeout % 60),
    role: now.Role,
  };
  const [start] = useState(initial);
  const { values, change, mutation, leave, save } = useEdit({ subject, what: "basic", of: now.RevisionId, initial: start, back: ["configuration", "general"] });
  const [tried, setTried] = useState(false);
  const timeout = timeoutOf(values.minutes, values.seconds);
  const problems = {
    memory: problemOfWhole(values.memory, 128, 10_240, "MB"),
    storage: problemOfWhole(values.storage, 512, 10_240, "MB"),
    timeout: timeout === undefined ? "Enter whole minutes and seconds: 1 second to 15 minutes." : undefined,
    role: values.role.trim() ? undefined : "Choose a role.",
  };
  const shown: Partial<typeof problems> = tried ? problems : {};
  const submit = () => {
    setTried(true);
    if (Object.values(problems).some(Boolean)) return;
    void save(
      (ask) =>
        ask("lambda", "UpdateFunctionConfiguration", {
          FunctionName: subject.name,
          Description: values.description,
          MemorySize: Number(values.memory),
          EphemeralStorage: { Size: Number(values.storage) },
          Timeout: timeout!,
          ...(values.role !== now.Role && { Role: values.role.trim() }),
        }),
      `Successfully updated the function ${subject.name}.`,
    );
  };
  return (
    <EditPage title="Edit basic settings" mutation={mutation} onSubmit={submit} onCancel={leave}>
      <Container header={<Header variant="h2">Basic settings</Header>}>
        <SpaceBetween size="l">
          <FormField label="Description - optional">
            <Textarea value={values.description} rows={2} onChange={({ detail }) => change({ description: detail.value })} data-testid="description" />
          </FormField>
          <FormField label="Memory" description="Time is billed by it: twice the memory, twice the price of a millisecond." constraintText="128 to 10,240 MB" errorText={shown.memory}>
            <Input type="number" inputMode="numeric" value={values.memory} onChange={({ detail }) => change({ memory: detail.value })} data-testid="memory" />
          </FormField>
          <FormField label="Ephemeral storage" constraintText="512 to 10,240 MB" errorText={shown.storage}>
            <Input type="number" inputMode="numeric" value={values.storage} onChange={({ detail }) => change({ storage: detail.value })} data-testid="storage" />
          </FormField>
          <FormField label="Timeout" constraintText="1 second to 15 minutes" errorText={shown.timeout}>
            <div className="timeout-fields">
              <Input type="number" inputMode="numeric" ariaLabel="Timeout, minutes" value={values.minutes} onChange={({ detail }) => change({ minutes: detail.value })} data-testid="timeout-minutes" />
              <span>min</span>
              <Input type="number" inputMode="numeric" ariaLabel="Timeout, seconds" value={values.seconds} onChange={({ detail }) => change({ seconds: detail.value })} data-testid="timeout-seconds" />
              <span>sec</span>
            </div>
          </FormField>
          <RoleField value={values.role} onChange={(role) => change({ role })} error={shown.role} description="The execution role. You need iam:PassRole on it." />
        </SpaceBetween>
      </Container>
    </EditPage>
  );
}
