"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { ConsoleLink } from "../../frame/console-link";
import { pathTo, usePlace } from "../../frame/place";
import { unless, useLoad } from "../../frame/use-load";
import { askWaf } from "../load-waf";
import type { Scope, WebAcl } from "../waf-types";
import { groupOfArn, type LoggingConfiguration } from "./logging-draft";
import { LoggingForm } from "./logging-form";

/** Where the web ACL writes what it inspected. */
export function LoggingTab({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  const { narrow } = usePlace();
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const loaded = useLoad(`logging|${acl.ARN}`, async (ask) => {
    const answer = await askWaf<{ LoggingConfiguration: LoggingConfiguration }>(ask, scope, "GetLoggingConfiguration", { ResourceArn: acl.ARN }).catch(unless("WAFNonexistentItemException"));
    return { there: answer ? answer.LoggingConfiguration : undefined };
  });
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return <StatusIndicator type="loading">Loading the log configuration</StatusIndicator>;
  const { there } = loaded.data;
  if (editing) return <LoggingForm acl={acl} scope={scope} there={there} onClose={() => setEditing(false)} />;
  const group = there && groupOfArn(there.LogDestinationConfigs[0]);
  return (
    <>
      <Container
        data-testid="logging-details"
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {there && (
                  <Button onClick={() => setRemoving(true)} data-testid="disable-logging">
                    Disable
                  </Button>
                )}
                <Button onClick={() => setEditing(true)} data-testid="edit-logging">
                  {there ? "Edit" : "Enable"}
                </Button>
              </SpaceBetween>
            }
          >
            Logging
          </Header>
        }
      >
        <KeyValuePairs
          columns={narrow ? 1 : 4}
          items={[
            { label: "Logging", value: there ? <StatusIndicator type="success">Enabled</StatusIndicator> : <StatusIndicator type="stopped">Disabled</StatusIndicator> },
            { label: "Destination", value: group ? <ConsoleLink to={`/console/cloudwatch/${pathTo("log-groups", group)}`}>{group}</ConsoleLink> : "-" },
            { label: "Redacted fields", value: there?.RedactedFields?.map((field) => field.SingleHeader?.Name ?? Object.keys(field)[0]).join(", ") || "-" },
            { label: "Filters", value: there?.LoggingFilter ? `${there.LoggingFilter.Filters.length}, else ${there.LoggingFilter.DefaultBehavior === "KEEP" ? "keep" : "drop"}` : "-" },
          ]}
        />
      </Container>
      {removing && (
        <ConfirmModal
          title="Disable logging"
          action="Disable"
          testId="disable-logging"
          work={async (ask) => void (await askWaf(ask, scope, "DeleteLoggingConfiguration", { ResourceArn: acl.ARN }))}
          done={`${acl.Name} no longer writes a log.`}
          onClose={() => setRemoving(false)}
        >
          What was written stays in the log group.
        </ConfirmModal>
      )}
    </>
  );
}
