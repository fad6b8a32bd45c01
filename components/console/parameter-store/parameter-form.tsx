"use client";
import { useMemo, useState, type ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Textarea from "@cloudscape-design/components/textarea";
import Tiles from "@cloudscape-design/components/tiles";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { useFormDraft } from "../frame/lab";
import { usePlace } from "../frame/place";
import { NewTags } from "../frame/tags";
import { useLoad } from "../frame/use-load";
import { useMutation } from "../frame/use-mutation";
import { emptyForm, formFor, putInput, tierOptions, valueRoom, type ParameterForm } from "./form-values";
import { KeyField } from "./key-field";
import { loadParameter, putParameter } from "./load-parameters";
import { formOf } from "./parameter-policies";
import type { ParameterMetadata, ParameterType, Tier } from "./parameter-types";
import { parameterPath } from "./place-of";
import { PoliciesField } from "./policies-field";

const TIER_WORDS: Record<Tier, string> = {
  Standard: "Up to 4 KB. Free. No parameter policies. 10,000 in an account and Region.",
  Advanced: "Up to 8 KB, with parameter policies. Charged by the month. 100,000 in an account and Region.",
  "Intelligent-Tiering": "Standard where that will do; advanced for more than 4 KB, for policies, or beyond 10,000.",
};
const TYPES: { value: ParameterType; label: string; description: string }[] = [
  { value: "String", label: "String", description: "Any text." },
  { value: "StringList", label: "StringList", description: "Items with commas between them." },
  { value: "SecureString", label: "SecureString", description: "Encrypted with a KMS key." },
];
const DATA_TYPES = [
  { value: "text", label: "text" },
  { value: "aws:ec2:image", label: "aws:ec2:image" },
];

/** AWS has answered well, and then found no image: the form stays as it is. */
const noSuchImage = (value: string) =>
  `AWS took the request, then found no image ${value} in this Region, and kept nothing. Only an event on EventBridge tells of it. Image IDs are under Public parameters.`;

export function CreateParameter({ navigate }: { navigate(path: string): void }) {
  const [form, change, clear] = useFormDraft("parameter-store/create", emptyForm);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const submit = async () => {
    let kept = true;
    if (
      !(await run(async (ask) => {
        kept = await putParameter(ask, putInput({ ...form, name: form.name.trim() }, false));
      }))
    )
      return;
    if (!kept) return flash.warning(noSuchImage(form.value));
    flash.success(
      <span data-testid="parameter-created">
        Create parameter request succeeded: <strong>{form.name.trim()}</strong>
      </span>,
    );
    clear();
    navigate("parameters");
  };
  return (
    <ParameterFields
      title="Create parameter"
      submitText="Create parameter"
      form={form}
      change={change}
      busy={busy}
      note={refused && <AwsErrorNote refused={refused} />}
      canSubmit={!!form.name.trim() && !!form.value}
      onCancel={() => {
        clear();
        navigate("parameters");
      }}
      onSubmit={() => void submit()}
    />
  );
}

export function EditParameter({ name, navigate }: { name: string; navigate(path: string): void }) {
  const loaded = useLoad(`edit|${name}`, async (ask) => {
    const { metadata } = await loadParameter(ask, name);
    if (!metadata) {
      // The same question again, by the operation that has AWS's own words for "not there".
      await ask("ssm", "GetParameter", { Name: name });
      return undefined;
    }
    if (metadata.Type === "SecureString") return { metadata, value: undefined };
    const { Parameter } = await ask<{ Parameter: { Value: string } }>("ssm", "GetParameter", { Name: name });
    return { metadata, value: Parameter.Value };
  });
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return <Spinner size="large" />;
  return <EditLoaded metadata={loaded.data.metadata} value={loaded.data.value} navigate={navigate} />;
}

function EditLoaded({
  metadata,
  value,
  navigate,
}: {
  metadata: ParameterMetadata;
  value: string | undefined;
  navigate(path: string): void;
}) {
  const { Name, Version } = metadata;
  // A draft belongs to the version it was begun on: after somebody else's change it starts anew.
  const initial = useMemo(() => formFor(metadata, value), [metadata, value]);
  const [form, change, clear] = useFormDraft(`parameter-store/edit/${Version}/${Name}`, initial);
  const { busy, refused, run } = useMutation();
  const showing = useMutation();
  const flash = useFlash();
  const others = formOf(metadata.Policies ?? []).others;
  const back = () => {
    clear();
    navigate(parameterPath(Name));
  };
  const submit = async () => {
    let kept = true;
    if (
      !(await run(async (ask) => {
        kept = await putParameter(ask, putInput(form, true));
      }))
    )
      return;
    if (!kept) return flash.warning(noSuchImage(form.value));
    flash.success(
      <span data-testid="parameter-edited">
        Edit parameter request succeeded: <strong>{Name}</strong>
      </span>,
    );
    back();
  };
  const show = () =>
    showing.run(async (ask) => {
      const { Parameter } = await ask<{ Parameter: { Value: string } }>("ssm", "GetParameter", { Name, WithDecryption: true });
      change({ value: Parameter.Value });
    });
  return (
    <ParameterFields
      title="Edit parameter"
      submitText="Save changes"
      form={form}
      change={change}
      busy={busy}
      stored={metadata}
      note={
        <>
          {refused && <AwsErrorNote refused={refused} />}
          {others.length > 0 && (
            <Alert type="warning" header="This form holds one policy of each type">
              The parameter has more: {others.map(({ PolicyType }) => PolicyType).join(", ")}. Saving here takes them away. Use the CLI to
              keep them.
            </Alert>
          )}
        </>
      }
      valueNote={
        metadata.Type === "SecureString" && (
          <SpaceBetween size="xs">
            {showing.refused && <AwsErrorNote refused={showing.refused} />}
            <Button formAction="none" loading={showing.busy} onClick={() => void show()} data-testid="show-current-value">
              Show current value
            </Button>
          </SpaceBetween>
        )
      }
      canSubmit={!!form.value}
      onCancel={back}
      onSubmit={() => void submit()}
    />
  );
}

interface FieldsProps {
  title: string;
  submitText: string;
  form: ParameterForm;
  change(part: Partial<ParameterForm>): void;
  busy: boolean;
  note: ReactNode;
  valueNote?: ReactNode;
  /** The parameter that is edited. */
  stored?: ParameterMetadata;
  canSubmit: boolean;
  onCancel(): void;
  onSubmit(): void;
}

function ParameterFields({ title, submitText, form, change, busy, note, valueNote, stored, canSubmit, onCancel, onSubmit }: FieldsProps) {
  const { narrow } = usePlace();
  const [tried, setTried] = useState(false);
  const room = valueRoom(form);
  const tiers = tierOptions(!!stored, stored?.Tier);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (canSubmit && !busy) onSubmit();
      }}
    >
      <Form
        header={<Header variant="h1">{title}</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={onCancel}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid={stored ? "edit-parameter-submit" : "create-parameter-submit"}>
              {submitText}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {note}
          <Container header={<Header variant="h2">Parameter details</Header>}>
            <SpaceBetween size="l">
              <FormField
                label="Name"
                errorText={tried && !form.name.trim() ? "Enter a name." : undefined}
                constraintText={
                  stored
                    ? "The name cannot be changed."
                    : "Letters, digits and . - _ with / between levels, at most 15 of them, beginning with /. Names are case-sensitive."
                }
              >
                <Input
                  value={form.name}
                  readOnly={!!stored}
                  placeholder="/my-app/dev/db-url"
                  onChange={({ detail }) => change({ name: detail.value })}
                  data-testid="parameter-name"
                  spellcheck={false}
                />
              </FormField>
              <FormField label="Description - optional">
                <Textarea
                  value={form.description}
                  rows={2}
                  onChange={({ detail }) => change({ description: detail.value })}
                  data-testid="parameter-description"
                />
              </FormField>
              <FormField
                label="Tier"
                description={stored ? "An advanced parameter cannot become a standard one again." : undefined}
                stretch
              >
                <Tiles
                  ariaLabel="Tier"
                  columns={narrow ? 1 : 3}
                  value={form.tier}
                  onChange={({ detail }) => change({ tier: detail.value as Tier })}
                  items={tiers.map((value) => ({ value, label: value, description: TIER_WORDS[value] }))}
                  data-testid="parameter-tier"
                />
              </FormField>
              <FormField label="Type" stretch>
                <RadioGroup
                  ariaLabel="Type"
                  value={form.type}
                  onChange={({ detail }) => change({ type: detail.value as ParameterType })}
                  items={TYPES.map((type) => ({ ...type, disabled: !!stored && type.value !== stored.Type }))}
                  data-testid="parameter-type"
                />
              </FormField>
              {form.type === "SecureString" && <KeyField form={form} change={change} />}
              {form.type === "String" && (
                <FormField label="Data type" description="For aws:ec2:image AWS checks that the value is an AMI ID.">
                  <Select
                    selectedOption={
                      DATA_TYPES.find(({ value }) => value === form.dataType) ?? { value: form.dataType, label: form.dataType }
                    }
                    options={DATA_TYPES}
                    onChange={({ detail }) => change({ dataType: detail.selectedOption.value! })}
                    data-testid="parameter-data-type"
                  />
                </FormField>
              )}
              <FormField
                label="Value"
                stretch
                secondaryControl={valueNote}
                errorText={tried && !form.value ? "Enter a value." : undefined}
                warningText={room.over ? `This is more than the ${form.tier.toLowerCase()} tier takes; AWS will refuse it.` : undefined}
                constraintText={`${room.bytes.toLocaleString("en")} of ${room.most.toLocaleString("en")} bytes`}
              >
                <Textarea
                  value={form.value}
                  rows={4}
                  onChange={({ detail }) => change({ value: detail.value })}
                  data-testid="parameter-value"
                  spellcheck={false}
                />
              </FormField>
            </SpaceBetween>
          </Container>
          {form.tier !== "Standard" && (
            <Container header={<Header variant="h2">Parameter policies - optional</Header>}>
              <PoliciesField policies={form.policies} onChange={(policies) => change({ policies })} />
            </Container>
          )}
          {!stored && (
            <Container header={<Header variant="h2">Tags - optional</Header>}>
              <NewTags tags={form.tags} onChange={(tags) => change({ tags })} />
            </Container>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
