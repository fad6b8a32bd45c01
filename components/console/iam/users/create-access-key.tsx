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
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton, Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import { holderPath } from "../shared/holder-path";
import { accessKeyCsv, configureCommands, type NewAccessKey } from "./access-key-file";

const USES = [
  { value: "cli", label: "Command Line Interface (CLI)", instead: "In AWS, prefer short-lived credentials: aws sso login, or CloudShell." },
  { value: "local", label: "Local code", instead: "In AWS, prefer IAM Identity Center and an SDK that refreshes its credentials." },
  { value: "aws", label: "Application running on an AWS compute service", instead: "In AWS, give the instance, container or function a role." },
  { value: "other", label: "Other", instead: "Keep the key out of code and repositories, and rotate it." },
];
const begin = { use: "", description: "" };

/** Create access key, in the IAM console's three steps on one page. The secret is in this page's memory alone. */
export function CreateAccessKey({ name }: { name: string }) {
  const { navigate } = usePlace();
  const [{ use, description }, change, clear] = useFormDraft(`iam/access-key/${name}`, begin);
  const [made, setMade] = useState<NewAccessKey>();
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const back = () => {
    clear();
    navigate(holderPath({ kind: "user", name }, "security-credentials"));
  };
  const submit = async () => {
    const done = await run(async (ask) => {
      const { AccessKey } = await ask<{ AccessKey: NewAccessKey }>("iam", "CreateAccessKey", { UserName: name });
      setMade(AccessKey);
      // AWS keeps the description as a tag on the user whose key is the access key id.
      if (description.trim()) await ask("iam", "TagUser", { UserName: name, Tags: [{ Key: AccessKey.AccessKeyId, Value: description.trim() }] });
    });
    if (done) flash.success("Access key created.");
  };
  if (made) return <Retrieve accessKey={made} onDone={back} />;
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Create access key</Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container header={<Header variant="h2">Access key best practices &amp; alternatives</Header>}>
        <SpaceBetween size="m">
          <FormField label="Use case" stretch>
            <RadioGroup
              ariaLabel="Use case"
              value={use}
              onChange={({ detail }) => change({ use: detail.value })}
              items={USES.map(({ value, label }) => ({ value, label }))}
              data-testid="key-use"
            />
          </FormField>
          {use !== "" && (
            <Alert type="info" header="Alternative recommended">
              {USES.find(({ value }) => value === use)?.instead}
            </Alert>
          )}
          <FormField label="Description tag value - optional" description="What the key is for. It becomes a tag of the user.">
            <Input value={description} onChange={({ detail }) => change({ description: detail.value })} />
          </FormField>
        </SpaceBetween>
      </Container>
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={back}>
          Cancel
        </Button>
        <Button variant="primary" disabled={!use} loading={busy} onClick={() => void submit()} data-testid="create-access-key-submit">
          Create access key
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}

function Retrieve({ accessKey, onDone }: { accessKey: NewAccessKey; onDone(): void }) {
  const [shown, setShown] = useState(false);
  const { AccessKeyId, SecretAccessKey } = accessKey;
  const visible = shown ? SecretAccessKey : "•".repeat(20);
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Retrieve access keys</Header>
      <Alert type="warning" header="This is the only time that the secret access key can be viewed or downloaded" data-testid="secret-once">
        You cannot recover it later. If you lose it, delete the key and create a new one.
      </Alert>
      <Container header={<Header variant="h2">Access key</Header>}>
        <SpaceBetween size="m">
          <div>
            <Box variant="awsui-key-label">Access key</Box>
            <Copyable text={AccessKeyId} what="access key ID" />
          </div>
          <div>
            <Box variant="awsui-key-label">Secret access key</Box>
            <span className="copyable">
              <CopyButton text={SecretAccessKey} what="secret access key" />{" "}
              <span className="copyable-text" data-testid="secret-access-key">
                {visible}
              </span>{" "}
              <Button variant="inline-link" onClick={() => setShown(!shown)} data-testid="show-secret" ariaLabel={shown ? "Hide secret access key" : "Show secret access key"}>
                {shown ? "Hide" : "Show"}
              </Button>
            </span>
          </div>
          <div>
            <Box variant="awsui-key-label">In the terminal</Box>
            <pre className="json-view" tabIndex={0}>
              {configureCommands({ ...accessKey, SecretAccessKey: visible })}
            </pre>
            <CopyButton text={configureCommands(accessKey)} what="commands" label />
          </div>
        </SpaceBetween>
      </Container>
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          iconName="download"
          download={`${accessKey.UserName}_accessKeys.csv`}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(accessKeyCsv(accessKey))}`}
          data-testid="download-csv"
        >
          Download .csv file
        </Button>
        <Button variant="primary" onClick={onDone} data-testid="access-key-done">
          Done
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
