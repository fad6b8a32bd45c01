"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton, Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { FunctionCode } from "../code/function-code";
import { useHasCodeDraft } from "../code/use-package";
import { ConfigurationTab } from "../configuration/configuration-tab";
import { DeleteFunctions } from "../delete-functions";
import { runtimeName, secondsOf, type Alias, type FunctionAnswer, type Subject } from "../lambda-types";
import { loadFunction } from "../load-functions";
import { functionPath } from "../place-of";
import { TestTab } from "../test/test-tab";
import { AliasesTab } from "../versions/aliases-tab";
import { PublishVersion } from "../versions/publish-version";
import { VersionsTab } from "../versions/versions-tab";
import { MonitorTab } from "./monitor-tab";

/** A function's page, or that of a version or alias of it. `rest`: the tab, and what stands in it. */
export function FunctionPage({ subject, rest: [tab, ...rest] }: { subject: Subject; rest: string[] }) {
  const { navigate } = usePlace();
  /** Deleted: there is nothing to ask for any more, and the list comes next. */
  const [gone, setGone] = useState(false);
  const loaded = useLoad(gone ? undefined : `function|${subject.name}|${subject.qualifier ?? ""}`, async (ask) => ({
    found: await loadFunction(ask, subject),
    alias: isAlias(subject) ? await ask<Alias>("lambda", "GetAlias", { FunctionName: subject.name, Name: subject.qualifier! }) : undefined,
  }));
  const unsaved = useHasCodeDraft(subject.name);
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{title(subject)}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { found, alias } = loaded.data;
  const { Configuration: configuration } = found;
  const itself = subject.qualifier === undefined;
  const tabs: TabsProps.Tab[] = [
    {
      id: "code",
      label: "Code",
      content: (
        <SpaceBetween size="m">
          <FunctionCode
            subject={subject}
            configuration={configuration}
            file={rest[0]}
            line={rest[1] && /^\d+$/.test(rest[1]) ? Number(rest[1]) : undefined}
            onTest={() => navigate(functionPath(subject, "test"))}
          />
          <CodeProperties found={found} editable={itself} />
        </SpaceBetween>
      ),
    },
    {
      id: "test",
      label: "Test",
      content: <TestTab subject={subject} configuration={configuration} seq={rest[0] && /^\d+$/.test(rest[0]) ? Number(rest[0]) : undefined} unsaved={unsaved} />,
    },
    { id: "monitor", label: "Monitor", content: <MonitorTab configuration={configuration} /> },
    { id: "configuration", label: "Configuration", content: <ConfigurationTab subject={subject} found={found} alias={alias} section={rest[0]} /> },
    ...(itself
      ? [
          { id: "aliases", label: "Aliases", content: <AliasesTab name={subject.name} /> },
          { id: "versions", label: "Versions", content: <VersionsTab name={subject.name} /> },
        ]
      : []),
  ];
  const active = tabs.some(({ id }) => id === tab) ? tab! : "code";
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={<Actions subject={subject} found={found} onGone={() => setGone(true)} />}>
        {title(subject)}
      </Header>
      {configuration.State === "Pending" && (
        <Alert type="info" data-testid="function-pending">
          Creating the function {subject.name}. It can be invoked in a moment.
        </Alert>
      )}
      <Overview subject={subject} found={found} alias={alias} />
      <Tabs
        data-testid="function-tabs"
        ariaLabel="About this function"
        tabs={tabs}
        activeTabId={active}
        onChange={({ detail }) => navigate(functionPath(subject, detail.activeTabId))}
      />
    </SpaceBetween>
  );
}

const isAlias = ({ qualifier }: Subject): boolean => qualifier !== undefined && !/^\d+$|^\$LATEST$/.test(qualifier);
const title = ({ name, qualifier }: Subject): string => (qualifier === undefined ? name : `${name}:${qualifier}`);

function Actions({ subject, found, onGone }: { subject: Subject; found: FunctionAnswer; onGone(): void }) {
  const { navigate } = usePlace();
  const [open, setOpen] = useState<"delete" | "publish">();
  const { busy, run, refused, clear } = useMutation();
  const flash = useFlash();
  const { name, qualifier } = subject;
  const throttled = found.Concurrency?.ReservedConcurrentExecutions === 0;
  const throttle = async () => {
    const done = await run((ask) =>
      throttled ? ask("lambda", "DeleteFunctionConcurrency", { FunctionName: name }) : ask("lambda", "PutFunctionConcurrency", { FunctionName: name, ReservedConcurrentExecutions: 0 }),
    );
    if (done) flash.success(throttled ? "The function can be invoked again." : "The function is throttled: its reserved concurrency is 0, and every invocation is refused.");
  };
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {qualifier === undefined && (
          <Button onClick={() => void throttle()} loading={busy} data-testid="throttle">
            {throttled ? "Stop throttling" : "Throttle"}
          </Button>
        )}
        <CopyButton text={found.Configuration.FunctionArn} what="ARN" label />
        {qualifier === undefined && (
          <ButtonDropdown
            data-testid="function-actions"
            items={[
              { id: "publish", text: "Publish new version" },
              { id: "alias", text: "Create alias" },
              { id: "delete", text: "Delete function" },
            ]}
            onItemClick={({ detail }) => (detail.id === "alias" ? navigate(functionPath(subject, "edit", "alias")) : setOpen(detail.id as "delete" | "publish"))}
          >
            Actions
          </ButtonDropdown>
        )}
      </SpaceBetween>
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      {open === "publish" && <PublishVersion name={name} onClose={() => setOpen(undefined)} />}
      {open === "delete" && (
        <DeleteFunctions
          names={[name]}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            onGone();
            navigate("functions");
          }}
        />
      )}
    </SpaceBetween>
  );
}

function Overview({ subject, found: { Configuration }, alias }: { subject: Subject; found: FunctionAnswer; alias?: Alias }) {
  const { narrow } = usePlace();
  const weights = Object.entries(alias?.RoutingConfig?.AdditionalVersionWeights ?? {});
  return (
    <Container header={<Header variant="h2">Function overview</Header>}>
      <KeyValuePairs
        columns={narrow ? 2 : 3}
        minColumnWidth={narrow ? 200 : 150}
        items={[
          { label: "Description", value: (alias ? alias.Description : Configuration.Description) || "-" },
          { label: "Last modified", value: <LabTime seconds={secondsOf(Configuration.LastModified)} /> },
          { label: "Function ARN", value: <Copyable text={Configuration.FunctionArn} what="ARN" /> },
          ...(subject.qualifier === undefined
            ? []
            : [
                { label: "Function", value: <GoLink to={functionPath({ name: subject.name })}>{subject.name}</GoLink> },
                {
                  label: alias ? "Version" : "Published version",
                  value: alias ? (
                    <>
                      <GoLink to={functionPath({ name: subject.name, qualifier: alias.FunctionVersion })}>{alias.FunctionVersion}</GoLink>
                      {weights.map(([version, weight]) => (
                        <span key={version}>
                          {" "}
                          and <GoLink to={functionPath({ name: subject.name, qualifier: version })}>{version}</GoLink> ({Math.round(weight * 100)}% of invocations)
                        </span>
                      ))}
                    </>
                  ) : (
                    Configuration.Version
                  ),
                },
              ]),
        ]}
      />
    </Container>
  );
}

function CodeProperties({ found: { Configuration }, editable }: { found: FunctionAnswer; editable: boolean }) {
  const { narrow } = usePlace();
  const { CodeSize, CodeSha256, LastModified, Runtime, Handler, Architectures, LastUpdateStatus, FunctionName } = Configuration;
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Code properties</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Package size", value: `${CodeSize.toLocaleString("en")} bytes` },
            { label: "SHA256 hash", value: <Copyable text={CodeSha256} what="SHA256 hash" /> },
            {
              label: "Last modified",
              value: (
                <>
                  <LabTime seconds={secondsOf(LastModified)} /> {LastUpdateStatus === "InProgress" && <StatusIndicator type="in-progress">Updating</StatusIndicator>}
                </>
              ),
            },
          ]}
        />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            actions={
              editable && (
                <GoButton to={functionPath({ name: FunctionName }, "edit", "runtime-settings")} data-testid="edit-runtime">
                  Edit
                </GoButton>
              )
            }
          >
            Runtime settings
          </Header>
        }
      >
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Runtime", value: runtimeName(Runtime) },
            { label: "Handler", value: <Box variant="code">{Handler}</Box> },
            { label: "Architecture", value: Architectures.join(", ") },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}

