"use client";
import { useEffect, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { blueprints as ours, type Blueprint } from "@/content/functions/blueprints";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { NewTags } from "../../frame/tags";
import { useMutation } from "../../frame/use-mutation";
import { runtimeName } from "../lambda-types";
import { functionPath } from "../place-of";
import { firstEvent, saveEvent } from "../test/test-events";
import { VariablesEditor } from "../configuration/variables-editor";
import { basicPolicy, createBasicRole, randomNames } from "./basic-role";
import { RoleField } from "./role-field";
import { beginningOf, createInput, emptyFunction, environmentOf, problemsOf, type CreateDraft } from "./create-draft";

/** All of them; the rotation functions come when blueprints are wanted. */
function useBlueprints(wanted: boolean): readonly Blueprint[] {
  const [all, setAll] = useState(ours);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void import("./rotation-blueprints").then(({ rotationBlueprints }) => current && setAll([...ours, ...rotationBlueprints]));
    return () => void (current = false);
  }, [wanted]);
  return all;
}

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

/** One page, as in AWS: what it begins with, its name and runtime, and the role that it runs as. */
export function CreateFunction() {
  const { narrow, navigate } = usePlace();
  const { account, region } = useWhere();
  const [draft, change, clear, begun] = useFormDraft<CreateDraft>("lambda/create", emptyFunction);
  const [tried, setTried] = useState(false);
  /** The role of an earlier try that AWS refused later on: it is there, and need not be made twice. */
  const [madeRole, setMadeRole] = useState<{ of: string; arn: string }>();
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const blueprints = useBlueprints(draft.start === "blueprint");
  const beginning = beginningOf(draft, blueprints);
  const { blueprint, runtime, runtimes, program } = beginning;
  const problems = problemsOf(draft, beginning);
  const shown = tried ? problems : {};
  const name = draft.name.trim();

  const submit = async () => {
    setTried(true);
    if (busy || Object.keys(problems).length) return;
    const made = await run(async (ask) => {
      let role = draft.roleArn.trim();
      if (draft.role === "new") {
        role = madeRole?.of === name ? madeRole.arn : await createBasicRole(ask, { account, region, functionName: name, ...randomNames(name, random) });
        setMadeRole({ of: name, arn: role });
      }
      await ask("lambda", "CreateFunction", createInput(draft, beginning, role));
    });
    if (!made) return;
    if (blueprint) saveEvent({ account, region, name }, { name: firstEvent, text: blueprint.event });
    flash.success(
      <span data-testid="function-created">
        Successfully created the function <strong>{name}</strong>. You can now change its code and configuration. To invoke it with a test event, choose Test.
      </span>,
    );
    clear();
    navigate(functionPath({ name }));
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={
          <Header variant="h1" description="A program, the runtime that it runs in, and the role whose permissions it has.">
            Create function
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {begun && (
              <Button formAction="none" variant="link" onClick={clear}>
                Clear form
              </Button>
            )}
            <Button formAction="none" variant="link" onClick={() => navigate("functions")}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid="create-function-submit">
              Create function
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          <Tiles
            ariaLabel="What the function begins with"
            columns={narrow ? 1 : 2}
            value={draft.start}
            onChange={({ detail }) => change({ start: detail.value as CreateDraft["start"], environment: undefined })}
            items={[
              { value: "scratch", label: "Author from scratch", description: "Start with a simple Hello world example." },
              { value: "blueprint", label: "Use a blueprint", description: "Build on a program that works with Parameter Store, Secrets Manager, KMS or events." },
            ]}
            data-testid="function-start"
          />
          <Container header={<Header variant="h2">Basic information</Header>}>
            <SpaceBetween size="l">
              {blueprint && (
                <FormField label="Blueprint name" description={blueprint.what} stretch>
                  <Select
                    data-testid="blueprint"
                    ariaLabel="Blueprint name"
                    selectedOption={{ value: blueprint.id, label: blueprint.name }}
                    filteringType="auto"
                    options={blueprints.map(({ id, name: label, programs }) => ({ value: id, label, labelTag: [programs.python && "Python", programs.nodejs && "Node.js"].filter(Boolean).join(", ") }))}
                    onChange={({ detail }) => change({ blueprint: detail.selectedOption.value!, environment: undefined })}
                  />
                </FormField>
              )}
              <FormField
                label="Function name"
                description="Enter a name that describes the purpose of your function."
                constraintText="Letters, digits, hyphens and underscores; at most 64."
                errorText={shown.name}
              >
                <Input value={draft.name} placeholder="myFunctionName" onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} data-testid="function-name" />
              </FormField>
              <FormField label="Runtime" description="Keyhole runs Python and Node.js. AWS has others; a function in one of them can be made with the CLI, and says at its invocation that it is not run here.">
                <Select
                  data-testid="runtime"
                  ariaLabel="Runtime"
                  selectedOption={{ value: runtime, label: runtimeName(runtime) }}
                  options={runtimes.map((value) => ({ value, label: runtimeName(value) }))}
                  onChange={({ detail }) => change({ runtime: detail.selectedOption.value })}
                />
              </FormField>
              <FormField label="Architecture" description="Kept with the function. Nothing of what is simulated depends on it.">
                <RadioGroup
                  ariaLabel="Architecture"
                  value={draft.architecture}
                  onChange={({ detail }) => change({ architecture: detail.value as CreateDraft["architecture"] })}
                  items={[
                    { value: "arm64", label: "arm64" },
                    { value: "x86_64", label: "x86_64" },
                  ]}
                  data-testid="architecture"
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container
            header={
              <Header variant="h2" description="Whatever the program calls, it calls as its execution role. The person who invokes it lends it nothing.">
                Permissions
              </Header>
            }
          >
            <SpaceBetween size="l">
              <FormField label="Execution role" stretch>
                <RadioGroup
                  ariaLabel="Execution role"
                  value={draft.role}
                  onChange={({ detail }) => change({ role: detail.value as CreateDraft["role"] })}
                  items={[
                    { value: "new", label: "Create a new role with basic Lambda permissions", description: "Lambda may take it on, and it may write the function’s log. Nothing else." },
                    { value: "existing", label: "Use an existing role" },
                  ]}
                  data-testid="role-kind"
                />
              </FormField>
              {draft.role === "existing" ? (
                <RoleField value={draft.roleArn} onChange={(roleArn) => change({ roleArn })} error={shown.role} />
              ) : (
                <ExpandableSection headerText="What the new role may do">
                  <SpaceBetween size="xs">
                    <Box variant="small">Three calls: iam:CreatePolicy with this document, iam:CreateRole that trusts lambda.amazonaws.com, iam:AttachRolePolicy.</Box>
                    <pre className="json-view" tabIndex={0} role="region" aria-label="Policy of the new role, JSON">
                      {basicPolicy({ account, region, functionName: name || "<function name>" })}
                    </pre>
                  </SpaceBetween>
                </ExpandableSection>
              )}
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">{blueprint ? "Code and environment variables" : "Code"}</Header>}>
            <SpaceBetween size="l">
              {blueprint && <VariablesEditor variables={environmentOf(draft, beginning)} onChange={(environment) => change({ environment })} tried={tried} />}
              {Object.entries(program.files).map(([path, text]) => (
                <div key={path}>
                  <Box variant="awsui-key-label">{path}</Box>
                  <pre className="json-view" tabIndex={0} role="region" aria-label={`${path}, to be edited when the function is there`} data-testid="blueprint-code">
                    {text}
                  </pre>
                </div>
              ))}
              <Box variant="small">
                Handler <code>{program.handler}</code>. The code can be edited when the function is there.
              </Box>
            </SpaceBetween>
          </Container>
          <ExpandableSection variant="container" headerText="Tags - optional">
            <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
          </ExpandableSection>
        </SpaceBetween>
      </Form>
    </form>
  );
}
