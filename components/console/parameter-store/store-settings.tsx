"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { LabDate } from "../frame/lab-time";
import { useLoad } from "../frame/use-load";
import { useMutation } from "../frame/use-mutation";

interface Setting {
  id: string;
  title: string;
  description: string;
  options: { value: string; label: string; description: string }[];
}

/** Source: SSM User Guide, Specifying a default parameter tier; Changing Parameter Store throughput. */
const SETTINGS: Setting[] = [
  {
    id: "/ssm/parameter-store/default-parameter-tier",
    title: "Default parameter tier",
    description: "The tier of parameters that are put without naming one, in this account and Region.",
    options: [
      { value: "Standard", label: "Standard", description: "Up to 10,000 parameters of up to 4 KB. Free." },
      { value: "Advanced", label: "Advanced", description: "Up to 100,000 parameters of up to 8 KB, with policies. Charged." },
      {
        value: "Intelligent-Tiering",
        label: "Intelligent-Tiering",
        description: "Standard where that will do, advanced where it will not.",
      },
    ],
  },
  {
    id: "/ssm/parameter-store/high-throughput-enabled",
    title: "Parameter Store throughput",
    description: "How many calls a second AWS takes.",
    options: [
      { value: "false", label: "Standard throughput", description: "40 transactions a second." },
      {
        value: "true",
        label: "Higher throughput",
        description: "Up to 10,000 transactions a second for GetParameter. Each call is charged.",
      },
    ],
  },
];

export function StoreSettings() {
  return (
    <SpaceBetween size="m">
      {SETTINGS.map((setting) => (
        <SettingPanel key={setting.id} setting={setting} />
      ))}
    </SpaceBetween>
  );
}

function SettingPanel({ setting }: { setting: Setting }) {
  const [chosen, setChosen] = useState<string>();
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const loaded = useLoad(`setting|${setting.id}`, (ask) =>
    ask<{ ServiceSetting: { SettingValue: string; Status?: string; LastModifiedDate?: number } }>("ssm", "GetServiceSetting", {
      SettingId: setting.id,
    }),
  );
  const stored = loaded.data?.ServiceSetting;
  const save = async () => {
    if (!(await run((ask) => ask("ssm", "UpdateServiceSetting", { SettingId: setting.id, SettingValue: chosen! })))) return;
    flash.success(`${setting.title} was saved.`);
    setChosen(undefined);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={setting.description}
          actions={
            chosen === undefined ? (
              <Button disabled={!stored} onClick={() => setChosen(stored!.SettingValue)} ariaLabel={`Edit ${setting.title}`}>
                Edit
              </Button>
            ) : (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  onClick={() => {
                    clear();
                    setChosen(undefined);
                  }}
                >
                  Cancel
                </Button>
                <Button variant="primary" loading={busy} onClick={() => void save()}>
                  Save
                </Button>
              </SpaceBetween>
            )
          }
        >
          {setting.title}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
        {loaded.loading && !loaded.data && <Spinner />}
        {stored && chosen === undefined && (
          <KeyValuePairs
            columns={2}
            items={[
              { label: "Value", value: setting.options.find(({ value }) => value === stored.SettingValue)?.label ?? stored.SettingValue },
              {
                label: "Last changed",
                value: stored.Status === "Default" ? "Never: AWS's default" : <LabDate seconds={stored.LastModifiedDate} />,
              },
            ]}
          />
        )}
        {chosen !== undefined && (
          <RadioGroup ariaLabel={setting.title} value={chosen} onChange={({ detail }) => setChosen(detail.value)} items={setting.options} />
        )}
      </SpaceBetween>
    </Container>
  );
}
