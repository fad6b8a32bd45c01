"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useLoad } from "../../frame/use-load";
import { EditPage } from "../edit/edit-page";
import { problemOfWhole } from "../edit/numbers";
import { useEdit } from "../edit/use-edit";
import type { Alias } from "../lambda-types";
import { loadVersions } from "../load-functions";

interface Values {
  name: string;
  description: string;
  version: string;
  weighted: boolean;
  other: string;
  percent: string;
}

/** A new alias, or (`alias`) one that is there. */
export function EditAlias({ name, alias }: { name: string; alias?: string }) {
  const loaded = useLoad(`alias-form|${name}|${alias ?? ""}`, async (ask) => ({
    versions: (await loadVersions(ask, name)).map(({ Version }) => Version),
    now: alias === undefined ? undefined : await ask<Alias>("lambda", "GetAlias", { FunctionName: name, Name: alias }),
  }));
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  return loaded.data ? <Fields key={loaded.data.now?.RevisionId ?? ""} name={name} {...loaded.data} /> : <Spinner size="large" />;
}

function Fields({ name, versions, now }: { name: string; versions: string[]; now: Alias | undefined }) {
  const [other, weight] = Object.entries(now?.RoutingConfig?.AdditionalVersionWeights ?? {})[0] ?? ["", 0.1];
  const [start] = useState<Values>({
    name: now?.Name ?? "",
    description: now?.Description ?? "",
    version: now?.FunctionVersion ?? versions.find((version) => version !== "$LATEST") ?? "$LATEST",
    weighted: other !== "",
    other,
    percent: String(Math.round(weight * 100)),
  });
  const { values, change, mutation, leave, save } = useEdit({ subject: { name }, what: `alias ${now?.Name ?? ""}`, of: now?.RevisionId ?? "new", initial: start, back: ["aliases"] });
  const [tried, setTried] = useState(false);
  const problems = {
    name: /^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/.test(values.name.trim()) ? undefined : "Use letters, digits, hyphens and underscores, and not digits alone.",
    other: values.weighted && !values.other ? "Choose the other version." : undefined,
    percent: values.weighted ? problemOfWhole(values.percent, 0, 100, "percent") : undefined,
  };
  const shown: Partial<typeof problems> = tried ? problems : {};
  const options = (list: string[]) => list.map((value) => ({ value, label: value }));
  const submit = () => {
    setTried(true);
    if (Object.values(problems).some(Boolean)) return;
    const input = {
      FunctionName: name,
      Name: values.name.trim(),
      FunctionVersion: values.version,
      Description: values.description,
      RoutingConfig: { AdditionalVersionWeights: values.weighted ? { [values.other]: Number(values.percent) / 100 } : {} },
    };
    void save((ask) => ask("lambda", now ? "UpdateAlias" : "CreateAlias", input), `The alias ${input.Name} ${now ? "was saved" : "was created"}.`);
  };
  return (
    <EditPage title={now ? `Edit alias ${now.Name}` : "Create alias"} mutation={mutation} onSubmit={submit} onCancel={leave}>
      <Container>
        <SpaceBetween size="l">
          <FormField label="Name" constraintText={now ? "The name cannot be changed." : "prod, dev: not digits alone, which are versions."} errorText={shown.name}>
            <Input value={values.name} readOnly={!!now} onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} data-testid="alias-name" />
          </FormField>
          <FormField label="Description - optional">
            <Input value={values.description} onChange={({ detail }) => change({ description: detail.value })} data-testid="alias-description" />
          </FormField>
          <FormField label="Version">
            <Select
              ariaLabel="Version"
              selectedOption={{ value: values.version, label: values.version }}
              options={options(versions)}
              onChange={({ detail }) => change({ version: detail.selectedOption.value! })}
              data-testid="alias-version"
            />
          </FormField>
          <Checkbox checked={values.weighted} onChange={({ detail }) => change({ weighted: detail.checked })} data-testid="alias-weighted">
            Send a part of the invocations to another version
          </Checkbox>
          {values.weighted && (
            <SpaceBetween size="l">
              <FormField label="Additional version" errorText={shown.other}>
                <Select
                  ariaLabel="Additional version"
                  selectedOption={values.other ? { value: values.other, label: values.other } : null}
                  options={options(versions.filter((version) => version !== "$LATEST" && version !== values.version))}
                  placeholder="Choose a version"
                  empty="There is no other published version."
                  onChange={({ detail }) => change({ other: detail.selectedOption.value! })}
                  data-testid="alias-other"
                />
              </FormField>
              <FormField label="Weight" constraintText="Percent of the invocations, drawn each time" errorText={shown.percent}>
                <Input type="number" inputMode="numeric" value={values.percent} onChange={({ detail }) => change({ percent: detail.value })} data-testid="alias-percent" />
              </FormField>
            </SpaceBetween>
          )}
        </SpaceBetween>
      </Container>
    </EditPage>
  );
}
