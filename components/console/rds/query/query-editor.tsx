"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { openWhy } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { allPages, refusalOf, useAsk, useLoad, type Refusal } from "../../frame/use-load";
import { loadDatabases } from "../load-databases";
import { queryPath } from "../place-of";
import type { Database } from "../rds-types";
import { type LoginForm, type OpenConnection, type Outcome, execute, logIn, serverWords } from "./login";
import { QueryResult } from "./query-result";

const first: Record<string, string> = { mysql: "SELECT USER(), VERSION();", postgres: "SELECT current_user, version();", docdb: '{ "connectionStatus": 1 }' };
const exampleOf = (engine: string): string => first[engine === "docdb" ? "docdb" : engine.includes("postgres") ? "postgres" : "mysql"];

/** Logs in to a database with a user and a password, or with what a secret holds, and sends it statements over one connection. */
export function QueryEditor({ chosen }: { chosen?: { kind: string; id: string } }) {
  const { navigate } = usePlace();
  const list = useLoad("databases", loadDatabases);
  const reachable = (list.data ?? []).filter(({ host }) => host !== undefined);
  const database = reachable.find(({ kind, id }) => kind === chosen?.kind && id === chosen.id);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="Keyhole’s own, for every engine: what is done here a client in the terminal does too.">
        Query editor
      </Header>
      {list.refused && <AwsErrorNote refused={list.refused} />}
      <Container>
        <FormField label="Database" stretch>
          <Select
            ariaLabel="Database"
            placeholder="Choose a database"
            selectedOption={database ? { value: database.arn, label: database.id } : null}
            options={reachable.map(({ arn, id, role, shared }) => ({ value: arn, label: id, description: `${role}, ${shared.Engine}` }))}
            statusType={list.loading && !list.data ? "loading" : "finished"}
            loadingText="Loading databases"
            empty="No database of this Region can be reached yet."
            onChange={({ detail }) => navigate(queryPath(reachable.find(({ arn }) => arn === detail.selectedOption.value)))}
            data-testid="query-database"
          />
        </FormField>
      </Container>
      {database && <Session key={database.arn} database={database} />}
    </SpaceBetween>
  );
}

function Session({ database }: { database: Database }) {
  const ask = useAsk();
  const { host, port, shared, name } = database;
  const [form, setForm] = useState<LoginForm>({ by: shared.MasterUserSecret ? "secret" : "password", secret: shared.MasterUserSecret?.SecretArn ?? "", user: shared.MasterUsername, password: "", database: shared.Engine.includes("postgres") ? (name ?? "postgres") : (name ?? "") });
  const [connection, setConnection] = useState<OpenConnection>();
  const [statement, setStatement] = useState(exampleOf(shared.Engine));
  const [outcome, setOutcome] = useState<Outcome>();
  const [refused, setRefused] = useState<Refusal>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const during = async (work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setRefused(undefined);
    setProblem("");
    try {
      await work();
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      setRefused(refusal);
      setOutcome(undefined);
      if (refusal.reply.error.code === "ConnectionLost") setConnection(undefined);
    } finally {
      setBusy(false);
    }
  };
  const enter = () =>
    during(async () => {
      setOutcome(undefined);
      const made = await logIn(ask, { host: host!, port: port!, engine: shared.Engine }, form);
      if ("problem" in made) return setProblem(made.problem);
      setForm((before) => ({ ...before, password: "" }));
      setConnection(made);
    });
  const leave = () =>
    during(async () => {
      const { id } = connection!;
      setConnection(undefined);
      setOutcome(undefined);
      await ask("database", "Close", { ConnectionId: id });
    });
  const run = () => during(async () => setOutcome(await execute(ask, connection!, statement.trim().replace(/;$/, ""))));

  return (
    <SpaceBetween size="m">
      {problem !== "" && <Alert type="error">{problem}</Alert>}
      {refused && <Refused refused={refused} />}
      {connection ? (
        <Container
          header={
            <Header
              variant="h2"
              description={`Logged in to ${connection.host}. The connection stays open, whatever becomes of the password.`}
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  <Button onClick={() => void leave()} data-testid="query-leave">
                    Disconnect
                  </Button>
                  <Button variant="primary" loading={busy} disabled={!statement.trim()} onClick={() => void run()} data-testid="query-run">
                    Run
                  </Button>
                </SpaceBetween>
              }
            >
              <span data-testid="query-user">{connection.user}</span>
            </Header>
          }
        >
          <SpaceBetween size="m">
            <FormField label={shared.Engine === "docdb" ? "Command, as JSON" : "Statement"} stretch>
              <div className="rds-statement">
                <Textarea value={statement} onChange={({ detail }) => setStatement(detail.value)} rows={5} spellcheck={false} data-testid="query-statement" />
              </div>
            </FormField>
            {outcome && <QueryResult outcome={outcome} />}
          </SpaceBetween>
        </Container>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          <Container
            header={<Header variant="h2">Log in</Header>}
            footer={
              <Button variant="primary" loading={busy} disabled={form.by === "secret" && !form.secret} data-testid="query-login">
                Log in
              </Button>
            }
          >
            <LoginFields form={form} change={(part) => setForm((before) => ({ ...before, ...part }))} engine={shared.Engine} />
          </Container>
        </form>
      )}
    </SpaceBetween>
  );
}

/** A server's own words as its clients print them; what AWS said, as everywhere. */
function Refused({ refused }: { refused: Refusal }) {
  const { code, message = "", fields } = refused.reply.error;
  if (refused.service !== "database" || code === "NotSimulated") return <AwsErrorNote refused={refused} />;
  const { number, words } = serverWords(code, message, fields);
  return (
    <Alert type="error" header={number} data-testid="server-error" action={<Button onClick={() => openWhy(refused.reply.seq)} ariaLabel={`Why? ${refused.operation} ended in ${number}`}>Why?</Button>}>
      <span className="aws-words">{words || "The server could not be reached."}</span>
    </Alert>
  );
}

function LoginFields({ form, change, engine }: { form: LoginForm; change(part: Partial<LoginForm>): void; engine: string }) {
  const secrets = useLoad(form.by === "secret" ? "secret-names" : undefined, (read) =>
    allPages<{ Name: string; ARN: string }>(async (NextToken) => {
      const page = await read("secretsmanager", "ListSecrets", { MaxResults: 100, ...(NextToken && { NextToken }) });
      return { items: page.SecretList, next: page.NextToken };
    }, 5),
  );
  const options = (secrets.data ?? []).map(({ Name, ARN }) => ({ value: ARN, label: Name }));
  return (
    <SpaceBetween size="m">
      <FormField label="Log in with" stretch>
        <RadioGroup
          ariaLabel="Log in with"
          value={form.by}
          onChange={({ detail }) => change({ by: detail.value as LoginForm["by"] })}
          items={[
            { value: "secret", label: "A secret", description: "What the secret holds now is read with your permissions: username and password." },
            { value: "password", label: "User name and password" },
          ]}
          data-testid="query-by"
        />
      </FormField>
      {form.by === "secret" ? (
        <SpaceBetween size="m">
          {secrets.refused && <AwsErrorNote refused={secrets.refused} />}
          <FormField label="Secret" stretch>
            <Select
              ariaLabel="Secret"
              placeholder="Choose a secret"
              selectedOption={options.find(({ value }) => value === form.secret) ?? (form.secret ? { value: form.secret, label: form.secret } : null)}
              options={options}
              filteringType="auto"
              statusType={secrets.loading && !secrets.data ? "loading" : "finished"}
              loadingText="Loading secrets"
              empty="There is no secret in this Region."
              onChange={({ detail }) => change({ secret: detail.selectedOption.value ?? "" })}
              data-testid="query-secret"
            />
          </FormField>
        </SpaceBetween>
      ) : (
        <SpaceBetween size="m">
          <FormField label="User name">
            <Input value={form.user} onChange={({ detail }) => change({ user: detail.value })} autoComplete={false} spellcheck={false} data-testid="query-username" />
          </FormField>
          <FormField label="Password">
            <Input type="password" value={form.password} onChange={({ detail }) => change({ password: detail.value })} autoComplete={false} data-testid="query-password" />
          </FormField>
        </SpaceBetween>
      )}
      {engine === "docdb" ? (
        <Box variant="small">DocumentDB’s commands about users are simulated; collections are not.</Box>
      ) : (
        <FormField label={engine.includes("postgres") ? "Database name" : <>Database name <i>- optional</i></>}>
          <Input value={form.database} onChange={({ detail }) => change({ database: detail.value })} spellcheck={false} data-testid="query-database-name" />
        </FormField>
      )}
    </SpaceBetween>
  );
}
