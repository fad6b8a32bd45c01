"use client";
import { useRef, useState } from "react";
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
import { loadRoles } from "../../iam/load-iam";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadSecrets } from "../secret-list";
import { applicationPath } from "./place-of";
import { firstStart, startApplication, startProblems } from "./start-draft";
import { strategies } from "./strategies";

/** Start an application: which secret it reads, as whom, and what it does when it is refused. */
export function StartApplication({ navigate }: { navigate(path: string): void }) {
  const [draft, change, clear] = useFormDraft("secrets-manager/application", firstStart);
  const [complaining, setComplaining] = useState(false);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const made = useRef<{ role?: string }>({});
  const problems = startProblems(draft);
  const wrong = complaining ? problems : {};
  const { name, secret, roleFrom, role, strategy, interval, cache, host, database } = draft;
  const secrets = useLoad("application-secrets", (ask) => loadSecrets(ask, { words: "", deleted: false }));
  const roles = useLoad("application-roles", loadRoles);
  const secretOptions = (secrets.data?.items ?? []).map(({ ARN, Name, Description }) => ({ value: ARN, label: Name, description: Description }));
  const roleOptions = (roles.data ?? []).map(({ RoleName, trusted }) => ({ value: RoleName, label: RoleName, description: trusted.join(", ") }));
  const submit = async () => {
    setComplaining(true);
    if (Object.keys(problems).length || !(await run((ask) => startApplication(ask, draft, made.current)))) return;
    flash.success(`${name.trim()} is running.`);
    clear();
    navigate(applicationPath(name.trim()));
  };
  return (
    <form
      data-testid="start-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={
          <Header variant="h1" description="It logs in to a database again and again, with what a secret says.">
            Start an application
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              variant="link"
              formAction="none"
              onClick={() => {
                clear();
                navigate("applications");
              }}
            >
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid="start-submit">
              Start
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          <Container header={<Header variant="h2">What it is</Header>}>
            <SpaceBetween size="m">
              <FormField label="Name" errorText={wrong.name}>
                <Input value={name} placeholder="shop-web" spellcheck={false} onChange={({ detail }) => change({ name: detail.value })} data-testid="application-name" />
              </FormField>
              <FormField label="Secret" description="Its value has username and password, and mostly host and engine." errorText={wrong.secret}>
                <Select
                  ariaLabel="Secret"
                  selectedOption={secretOptions.find(({ value }) => value === secret) ?? null}
                  options={secretOptions}
                  filteringType="auto"
                  placeholder="Choose a secret"
                  statusType={secrets.refused ? "error" : secrets.loading && !secrets.data ? "loading" : "finished"}
                  errorText={secrets.refused && `${secrets.refused.reply.error.code}: secrets cannot be listed`}
                  loadingText="Loading secrets"
                  empty="There is no secret in this Region yet."
                  onChange={({ detail }) => change({ secret: detail.selectedOption.value ?? "" })}
                  data-testid="application-secret"
                />
              </FormField>
              <FormField label="Role" description="As whom it reads the secret.">
                <RadioGroup
                  ariaLabel="Role"
                  value={roleFrom}
                  onChange={({ detail }) => change({ roleFrom: detail.value as "new" })}
                  items={[
                    { value: "new", label: "Create a role", description: "It may read this one secret, and decrypt under its key where that is one of your own." },
                    { value: "existing", label: "Use a role of this account" },
                  ]}
                  data-testid="role-from"
                />
              </FormField>
              {roleFrom === "existing" && (
                <FormField label="Existing role" errorText={wrong.role}>
                  <Select
                    ariaLabel="Existing role"
                    selectedOption={roleOptions.find(({ value }) => value === role) ?? null}
                    options={roleOptions}
                    filteringType="auto"
                    placeholder="Choose a role"
                    statusType={roles.refused ? "error" : roles.loading && !roles.data ? "loading" : "finished"}
                    errorText={roles.refused && `${roles.refused.reply.error.code}: roles cannot be listed`}
                    loadingText="Loading roles"
                    empty="There is no role in this account yet."
                    onChange={({ detail }) => change({ role: detail.selectedOption.value ?? "" })}
                    data-testid="application-role"
                  />
                </FormField>
              )}
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">What it does</Header>}>
            <SpaceBetween size="m">
              <FormField label="Strategy">
                <RadioGroup ariaLabel="Strategy" value={strategy} onChange={({ detail }) => change({ strategy: detail.value as typeof strategy })} items={[...strategies]} data-testid="application-strategy" />
              </FormField>
              <FormField label="Logs in every" constraintText="Seconds, by the lab’s clock." errorText={wrong.interval}>
                <Input type="number" inputMode="numeric" value={interval} onChange={({ detail }) => change({ interval: detail.value })} data-testid="application-interval" />
              </FormField>
              {strategy !== "never-refreshes" && (
                <FormField label="Keeps what it read for" description="A cache saves calls of GetSecretValue, which are charged; what it holds may be old." constraintText="Seconds; 0 reads the secret for every login." errorText={wrong.cache}>
                  <Input type="number" inputMode="numeric" value={cache} onChange={({ detail }) => change({ cache: detail.value })} data-testid="application-cache" />
                </FormField>
              )}
              <ExpandableSection headerText="Where the secret does not say it">
                <SpaceBetween size="m">
                  <FormField label="Host - optional" description="A secret that RDS manages has the user and the password alone.">
                    <Input value={host} spellcheck={false} onChange={({ detail }) => change({ host: detail.value })} data-testid="application-host" />
                  </FormField>
                  <FormField label="Database - optional">
                    <Input value={database} spellcheck={false} onChange={({ detail }) => change({ database: detail.value })} data-testid="application-database" />
                  </FormField>
                </SpaceBetween>
              </ExpandableSection>
            </SpaceBetween>
          </Container>
          <Box variant="small" color="text-body-secondary">
            It runs until you stop it, for at most 1,000 hours of the lab’s clock.
          </Box>
        </SpaceBetween>
      </Form>
    </form>
  );
}
