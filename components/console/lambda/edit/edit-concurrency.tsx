"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLoad } from "../../frame/use-load";
import type { FunctionAnswer, Subject } from "../lambda-types";
import { loadLimits } from "../load-functions";
import { EditPage } from "./edit-page";
import { problemOfWhole } from "./numbers";
import { useEdit } from "./use-edit";

export function EditConcurrency({ subject, found }: { subject: Subject; found: FunctionAnswer }) {
  const now = found.Concurrency?.ReservedConcurrentExecutions;
  const [start] = useState({ reserve: now !== undefined, count: String(now ?? 10) });
  const { values, change, mutation, leave, save } = useEdit({ subject, what: "concurrency", of: String(now), initial: start, back: ["configuration", "concurrency"] });
  const limits = useLoad("account-limits", loadLimits);
  const [tried, setTried] = useState(false);
  const problem = values.reserve ? problemOfWhole(values.count, 0, 10_000, "") : undefined;
  const submit = () => {
    setTried(true);
    if (problem) return;
    const FunctionName = subject.name;
    void save(
      (ask) =>
        values.reserve
          ? ask("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: Number(values.count) })
          : now === undefined
            ? Promise.resolve()
            : ask("lambda", "DeleteFunctionConcurrency", { FunctionName }),
      `Successfully updated the function ${FunctionName}.`,
    );
  };
  return (
    <EditPage title="Edit concurrency" mutation={mutation} onSubmit={submit} onCancel={leave}>
      <Container>
        <SpaceBetween size="l">
          <FormField label="Concurrency" description={limits.data && `Unreserved account concurrency: ${limits.data.UnreservedConcurrentExecutions.toLocaleString("en")}`}>
            <RadioGroup
              ariaLabel="Concurrency"
              value={values.reserve ? "reserve" : "unreserved"}
              onChange={({ detail }) => change({ reserve: detail.value === "reserve" })}
              items={[
                { value: "unreserved", label: "Use unreserved account concurrency" },
                { value: "reserve", label: "Reserve concurrency", description: "So many invocations at a time are kept for this function, and it never has more. 0 stops it." },
              ]}
              data-testid="reserve"
            />
          </FormField>
          {values.reserve && (
            <FormField label="Reserved concurrency" errorText={tried ? problem : undefined}>
              <Input type="number" inputMode="numeric" value={values.count} onChange={({ detail }) => change({ count: detail.value })} data-testid="reserved" />
            </FormField>
          )}
        </SpaceBetween>
      </Container>
    </EditPage>
  );
}
