"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { KeySelect } from "../../lambda/configuration/key-select";
import { PasswordFields } from "../create/password-fields";
import { loadDatabase } from "../load-databases";
import { databasePath } from "../place-of";
import type { Database } from "../rds-types";
import { formOf, modifyCall, type ModifyForm } from "./modify-calls";

export function ModifyDatabase({ kind, id }: { kind: "instance" | "cluster"; id: string }) {
  const loaded = useLoad(`database|${kind}|${id}`, (ask) => loadDatabase(ask, kind, id));
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  return loaded.data ? <ModifyPage database={loaded.data} /> : <Spinner size="large" />;
}

function ModifyPage({ database }: { database: Database }) {
  const { navigate } = usePlace();
  const { shared, cluster, kind, id } = database;
  const managed = shared.MasterUserSecret !== undefined;
  const [form, setForm] = useState(() => formOf(database));
  const [{ password, again }, setPasswords] = useState({ password: "", again: "" });
  const [tried, setTried] = useState(false);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const classes = useLoad(kind === "instance" ? `classes|${shared.Engine}` : undefined, async (ask) => {
    const { OrderableDBInstanceOptions } = await ask<{ OrderableDBInstanceOptions: { DBInstanceClass: string }[] }>("rds", "DescribeOrderableDBInstanceOptions", { Engine: shared.Engine });
    return [...new Set(OrderableDBInstanceOptions.map(({ DBInstanceClass }) => DBInstanceClass))];
  });
  const change = (part: Partial<ModifyForm>): void => setForm((before) => ({ ...before, ...part }));
  const asks = form.credentials === "password" || form.credentials === "unmanage";
  const errors = tried && asks ? { ...(!password && { password: "Enter a password." }), ...(password && password !== again && { again: "The passwords are not the same." }) } : {};
  const call = modifyCall(database, form, password);

  const submit = async () => {
    setTried(true);
    if (busy || !call || (asks && (!password || password !== again))) return;
    if (!(await run(async (ask) => void (await ask("rds", ...call))))) return;
    flash.success(`Modifying ${id}. ${form.now ? "Its status shows it until the lab’s clock has moved on." : "What has to wait is done in the next maintenance window."}`);
    navigate(databasePath(database));
  };

  const choices: { value: ModifyForm["credentials"]; label: string; description?: string }[] = managed
    ? [
        { value: "keep", label: "Leave them as they are" },
        { value: "rotate", label: "Rotate the secret immediately", description: "RDS makes a new password and changes the server and the secret together." },
        { value: "unmanage", label: "Self managed", description: "You choose a password. The secret is deleted." },
      ]
    : [
        { value: "keep", label: "Leave the password as it is" },
        { value: "password", label: "New master password" },
        { value: "manage", label: "Managed in AWS Secrets Manager", description: "RDS makes a password, keeps it in a secret of its own, and rotates it every seven days." },
      ];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={<Header variant="h1">{`Modify DB ${kind}: ${id}`}</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={() => navigate(databasePath(database))}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!call} data-testid="modify-submit">
              {`Modify DB ${kind}`}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          {cluster === undefined ? (
            <Container header={<Header variant="h2">Master credentials</Header>}>
              <SpaceBetween size="m">
                <FormField label="Credentials management" stretch>
                  <RadioGroup ariaLabel="Credentials management" value={form.credentials} onChange={({ detail }) => change({ credentials: detail.value as ModifyForm["credentials"] })} items={choices} data-testid="credentials" />
                </FormField>
                {form.credentials === "manage" && (
                  <FormField label="Encryption key of the secret">
                    <KeySelect label="Encryption key of the secret" value={form.secretKey} onChange={(secretKey) => change({ secretKey })} none={{ label: "aws/secretsmanager", description: "AWS managed key, the default" }} testId="secret-key" />
                  </FormField>
                )}
                {asks && <PasswordFields password={password} again={again} errors={errors} onChange={(part) => setPasswords((before) => ({ ...before, ...part }))} />}
              </SpaceBetween>
            </Container>
          ) : (
            <Alert type="info">
              The master user belongs to the cluster: its password is changed at <GoLink to={databasePath({ kind: "cluster", id: cluster }, "modify")}>{cluster}</GoLink>.
            </Alert>
          )}
          <Container header={<Header variant="h2">Configuration</Header>}>
            <SpaceBetween size="m">
              {kind === "instance" && (
                <FormField label="DB instance class">
                  <Select
                    ariaLabel="DB instance class"
                    selectedOption={{ value: form.class, label: form.class }}
                    options={(classes.data ?? [form.class]).map((value) => ({ value, label: value }))}
                    onChange={({ detail }) => change({ class: detail.selectedOption.value! })}
                    data-testid="instance-class"
                  />
                </FormField>
              )}
              {cluster === undefined && (
                <Checkbox checked={form.protection} onChange={({ detail }) => change({ protection: detail.checked })} data-testid="deletion-protection">
                  Enable deletion protection
                </Checkbox>
              )}
              <FormField label="Scheduling of modifications" stretch>
                <RadioGroup
                  ariaLabel="Scheduling of modifications"
                  value={form.now ? "now" : "later"}
                  onChange={({ detail }) => change({ now: detail.value === "now" })}
                  items={[
                    { value: "now", label: "Apply immediately" },
                    { value: "later", label: "Apply during the next scheduled maintenance window", description: "A new password is set at once all the same." },
                  ]}
                  data-testid="scheduling"
                />
              </FormField>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}
