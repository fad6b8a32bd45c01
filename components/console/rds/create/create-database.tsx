"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { NewTags } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { KeySelect } from "../../lambda/configuration/key-select";
import { databasePath } from "../place-of";
import { createCalls, type CreateDraft, emptyDraft, engines, isClustered, problemsOf, usualUser } from "./create-draft";
import { PasswordFields } from "./password-fields";

const secretsKey = { label: "aws/secretsmanager", description: "AWS managed key, the default" };
const storageKey = { label: "aws/rds", description: "AWS managed key, the default" };

/** One page, as in AWS: engine, identifier, credentials, class, encryption. */
export function CreateDatabase() {
  const { narrow, navigate } = usePlace();
  const [draft, change, clear, begun] = useFormDraft<CreateDraft>("rds/create", emptyDraft);
  const [{ password, again }, setPasswords] = useState({ password: "", again: "" });
  const [tried, setTried] = useState(false);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const offers = useLoad(`offers|${draft.engine}`, async (ask) => {
    const { DBEngineVersions } = await ask<{ DBEngineVersions: { EngineVersion: string }[] }>("rds", "DescribeDBEngineVersions", { Engine: draft.engine });
    const { DBEngineVersions: usual } = await ask<{ DBEngineVersions: { EngineVersion: string }[] }>("rds", "DescribeDBEngineVersions", { Engine: draft.engine, DefaultOnly: true });
    const { OrderableDBInstanceOptions } = await ask<{ OrderableDBInstanceOptions: { DBInstanceClass: string }[] }>("rds", "DescribeOrderableDBInstanceOptions", { Engine: draft.engine });
    return {
      versions: DBEngineVersions.map(({ EngineVersion }) => EngineVersion).reverse(),
      usual: usual[0]?.EngineVersion ?? "",
      classes: [...new Set(OrderableDBInstanceOptions.map(({ DBInstanceClass }) => DBInstanceClass))],
    };
  });
  const { versions = [], usual = "", classes = [] } = offers.data ?? {};
  const version = versions.includes(draft.version) ? draft.version : usual;
  const small = classes.includes("db.t4g.micro") ? "db.t4g.micro" : classes.includes("db.t4g.medium") ? "db.t4g.medium" : (classes[0] ?? "");
  const dbClass = classes.includes(draft.class) ? draft.class : small;
  const cluster = isClustered(draft.engine);
  const problems = problemsOf(draft, password, again);
  const shown = tried ? problems : {};

  const submit = async () => {
    setTried(true);
    if (busy || !dbClass || Object.keys(problems).length) return;
    const made = await run(async (ask) => {
      for (const [operation, input] of createCalls({ ...draft, version, class: dbClass }, password)) await ask("rds", operation, input);
    });
    if (!made) return;
    flash.success(<span data-testid="database-created">Creating database {draft.id.trim()}. It takes some minutes of the lab’s clock.</span>);
    clear();
    navigate(databasePath({ kind: cluster ? "cluster" : "instance", id: draft.id.trim().toLowerCase() }));
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
          <Header variant="h1" description="A server with a master user. Networks are not simulated: whoever knows its endpoint can reach it.">
            Create database
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {begun && (
              <Button formAction="none" variant="link" onClick={clear}>
                Clear form
              </Button>
            )}
            <Button formAction="none" variant="link" onClick={() => navigate("databases")}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} data-testid="create-database-submit">
              Create database
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          {offers.refused && <AwsErrorNote refused={offers.refused} />}
          <Container header={<Header variant="h2">Engine options</Header>}>
            <SpaceBetween size="l">
              <FormField label="Engine type" stretch>
                <Tiles
                  ariaLabel="Engine type"
                  columns={narrow ? 1 : 3}
                  value={draft.engine}
                  onChange={({ detail }) => change({ engine: detail.value, version: "", class: "", ...(draft.username === usualUser(draft.engine) && { username: usualUser(detail.value) }) })}
                  items={engines}
                  data-testid="engine"
                />
              </FormField>
              <FormField label="Engine version">
                <Select
                  ariaLabel="Engine version"
                  selectedOption={version ? { value: version, label: version } : null}
                  options={versions.map((value) => ({ value, label: value }))}
                  statusType={offers.loading && !offers.data ? "loading" : "finished"}
                  loadingText="Loading versions"
                  onChange={({ detail }) => change({ version: detail.selectedOption.value })}
                  data-testid="engine-version"
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Settings</Header>}>
            <SpaceBetween size="l">
              <FormField label={cluster ? "DB cluster identifier" : "DB instance identifier"} constraintText="Letters, digits and hyphens; the first is a letter." errorText={shown.id}>
                <Input value={draft.id} onChange={({ detail }) => change({ id: detail.value })} spellcheck={false} data-testid="database-id" />
              </FormField>
              <FormField label="Master username" errorText={shown.username}>
                <Input value={draft.username} onChange={({ detail }) => change({ username: detail.value })} spellcheck={false} data-testid="master-username" />
              </FormField>
              <FormField label="Credentials management" stretch>
                <RadioGroup
                  ariaLabel="Credentials management"
                  value={draft.credentials}
                  onChange={({ detail }) => change({ credentials: detail.value as CreateDraft["credentials"] })}
                  items={[
                    { value: "managed", label: "Managed in AWS Secrets Manager", description: "RDS makes the password, keeps it in a secret of its own, and rotates it every seven days." },
                    { value: "self", label: "Self managed", description: "You choose the password, and change it yourself." },
                  ]}
                  data-testid="credentials"
                />
              </FormField>
              {draft.credentials === "managed" ? (
                <FormField label="Encryption key of the secret">
                  <KeySelect label="Encryption key of the secret" value={draft.secretKey} onChange={(secretKey) => change({ secretKey })} none={secretsKey} testId="secret-key" />
                </FormField>
              ) : (
                <PasswordFields password={password} again={again} errors={shown} onChange={(part) => setPasswords((before) => ({ ...before, ...part }))} />
              )}
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Instance and storage</Header>}>
            <SpaceBetween size="l">
              <FormField label="DB instance class" description="Kept with the instance and paid for by the hour of the lab’s clock.">
                <Select
                  ariaLabel="DB instance class"
                  selectedOption={dbClass ? { value: dbClass, label: dbClass } : null}
                  options={classes.map((value) => ({ value, label: value }))}
                  statusType={offers.loading && !offers.data ? "loading" : "finished"}
                  loadingText="Loading classes"
                  onChange={({ detail }) => change({ class: detail.selectedOption.value })}
                  data-testid="instance-class"
                />
              </FormField>
              {draft.engine !== "docdb" && (
                <FormField label={<>Initial database name <i>- optional</i></>}>
                  <Input value={draft.database} onChange={({ detail }) => change({ database: detail.value })} spellcheck={false} data-testid="database-name" />
                </FormField>
              )}
              <Checkbox checked={draft.encrypted} onChange={({ detail }) => change({ encrypted: detail.checked })} data-testid="encrypted">
                Encrypt the storage
              </Checkbox>
              {draft.encrypted && (
                <FormField label="Encryption key of the storage" description="A database whose key is disabled cannot be used until the key is enabled again.">
                  <KeySelect label="Encryption key of the storage" value={draft.storageKey} onChange={(key) => change({ storageKey: key })} none={storageKey} testId="storage-key" />
                </FormField>
              )}
              <Checkbox checked={draft.protection} onChange={({ detail }) => change({ protection: detail.checked })} data-testid="deletion-protection">
                Enable deletion protection
              </Checkbox>
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">Tags</Header>}>
            <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}
