"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { leaveOut, unless, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { askWaf } from "../load-waf";
import { regionOf } from "../place-of";
import { Choose, Line, Lines } from "../shared/choose";
import type { Scope, WebAcl } from "../waf-types";
import { emptyFilter, groupNameOf, logPrefix, loggingDraft, loggingInput, loggingProblem, type FilterDraft, type LoggingConfiguration } from "./logging-draft";

const behaviors = [
  { value: "KEEP", label: "Keep in logs" },
  { value: "DROP", label: "Drop from logs" },
] as const;
const actions = ["ALLOW", "BLOCK", "COUNT", "CAPTCHA", "CHALLENGE", "EXCLUDED_AS_COUNT"].map((value) => ({ value, label: value }));

/** The log's destination, what is left out of it, and which requests it has. */
export function LoggingForm({ acl, scope, there, onClose }: { acl: WebAcl; scope: Scope; there: LoggingConfiguration | undefined; onClose(): void }) {
  const where = useWhere();
  const region = regionOf(scope) ?? where.region;
  const initial = useMemo(() => loggingDraft(acl.Name, there), [acl.Name, there]);
  const [draft, change, clear] = useFormDraft(`wafv2/logging/${acl.Id}`, initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const groups = useLoad(`log-groups|${scope}`, (ask) => ask<{ logGroups: { logGroupName: string }[] }>("logs", "DescribeLogGroups", { logGroupNamePrefix: logPrefix }, regionOf(scope)).catch(leaveOut));
  const problem = loggingProblem(draft);
  const close = () => {
    clear();
    onClose();
  };
  const save = async () => {
    const done = await run(async (ask) => {
      if (draft.choice === "new") await ask("logs", "CreateLogGroup", { logGroupName: groupNameOf(draft) }, region).catch(unless("ResourceAlreadyExistsException"));
      await askWaf(ask, scope, "PutLoggingConfiguration", loggingInput(draft, acl.ARN, { account: where.account, region }));
    });
    if (!done) return;
    flash.success(`${acl.Name} writes its log to ${groupNameOf(draft)}.`);
    close();
  };
  const filter = (at: number, part: Partial<FilterDraft>) => change({ filters: draft.filters.map((each, index) => (index === at ? { ...each, ...part } : each)) });
  return (
    <Container
      header={<Header variant="h2">{there ? "Edit logging" : "Enable logging"}</Header>}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" loading={busy} disabled={problem !== undefined} onClick={() => void save()} data-testid="save-logging">
            Save
          </Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
        <FormField label="CloudWatch Logs log group" description="AWS WAF also writes to S3 buckets and Amazon Data Firehose; the lab has neither.">
          <RadioGroup
            ariaLabel="CloudWatch Logs log group"
            value={draft.choice}
            items={[
              { value: "new", label: "Create one" },
              { value: "there", label: "Use one that is there" },
            ]}
            onChange={({ detail }) => change({ choice: detail.value as "new" })}
          />
        </FormField>
        {draft.choice === "new" ? (
          <Line label="Log group name" value={draft.made} onChange={(made) => change({ made })} errorText={problem} constraintText={`Begins with ${logPrefix}`} mono testId="log-group" />
        ) : (
          <Choose
            label="Log group"
            value={draft.group || undefined}
            options={(groups.data?.logGroups ?? []).map(({ logGroupName }) => ({ value: logGroupName, label: logGroupName }))}
            onChange={(group) => change({ group })}
            placeholder="Choose a log group"
            empty={`There is no log group whose name begins with ${logPrefix}.`}
            errorText={draft.group && problem}
            testId="log-group-there"
          />
        )}
        <FormField label="Redacted fields" description="They stand in the log as REDACTED.">
          <SpaceBetween size="xs">
            <Checkbox checked={draft.method} onChange={({ detail }) => change({ method: detail.checked })}>
              HTTP method
            </Checkbox>
            <Checkbox checked={draft.query} onChange={({ detail }) => change({ query: detail.checked })}>
              Query string
            </Checkbox>
            <Checkbox checked={draft.uri} onChange={({ detail }) => change({ uri: detail.checked })}>
              URI path
            </Checkbox>
            <Lines label="Single headers, one in a line" values={draft.headers} onChange={(headers) => change({ headers })} rows={2} placeholder="cookie" testId="redacted-headers" />
          </SpaceBetween>
        </FormField>
        <Toggle checked={draft.filtering} onChange={({ detail }) => change({ filtering: detail.checked })} description="Else all that is inspected is logged." data-testid="filter-logs">
          Filter logs
        </Toggle>
        {draft.filtering && (
          <SpaceBetween size="m">
            {draft.filters.map((each, at) => (
              <fieldset key={at} className="waf-part">
                <legend>Filter {at + 1}</legend>
                <SpaceBetween size="s">
                  <div className="waf-fields">
                    <Choose label="Behavior" value={each.behavior} options={behaviors} onChange={(behavior) => filter(at, { behavior })} />
                    <Choose
                      label="If"
                      value={each.requirement}
                      options={[
                        { value: "MEETS_ALL", label: "all conditions are met" },
                        { value: "MEETS_ANY", label: "at least one is met" },
                      ]}
                      onChange={(requirement) => filter(at, { requirement })}
                    />
                  </div>
                  <FormField label="Rule actions on the request">
                    <Multiselect
                      selectedOptions={each.actions.map((value) => ({ value, label: value }))}
                      options={actions}
                      onChange={({ detail }) => filter(at, { actions: detail.selectedOptions.map(({ value }) => value!) })}
                      placeholder="Choose actions"
                      expandToViewport
                    />
                  </FormField>
                  <Lines label="Labels on the request, one in a line" values={each.labels} onChange={(labels) => filter(at, { labels })} rows={2} />
                  <Button disabled={draft.filters.length === 1} onClick={() => change({ filters: draft.filters.filter((_, index) => index !== at) })} ariaLabel={`Remove filter ${at + 1}`}>
                    Remove
                  </Button>
                </SpaceBetween>
              </fieldset>
            ))}
            <Button iconName="add-plus" onClick={() => change({ filters: [...draft.filters, emptyFilter()] })}>
              Add filter
            </Button>
            <Choose label="Default logging behavior" value={draft.otherwise} options={behaviors} onChange={(otherwise) => change({ otherwise })} errorText={draft.filters.some(({ actions: a, labels }) => a.length + labels.length === 0) && "Each filter needs a condition."} />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}
