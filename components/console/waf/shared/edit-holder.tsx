"use client";
import { useMemo } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { ActionEditor } from "../rule/action-editor";
import { descriptionProblem, metricProblem, type RuleAction, type Scope } from "../waf-types";
import { Line } from "./choose";
import { fieldProblem } from "./field-problem";
import { saveHolder, type Holder, type HolderKind } from "./holders";
import { MetricFields } from "./metric-fields";

/** What a web ACL or rule group has beside its rules. */
export function EditHolder({ holder, kind, scope, onClose }: { holder: Holder; kind: HolderKind; scope: Scope; onClose(): void }) {
  const initial = useMemo(
    () => ({ description: holder.Description ?? "", action: ("DefaultAction" in holder ? holder.DefaultAction : undefined) as RuleAction | undefined, visibility: holder.VisibilityConfig, token: holder.LockToken }),
    [holder],
  );
  const [draft, change, clear] = useFormDraft(`wafv2/edit/${holder.Id}`, initial);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const close = () => {
    clear();
    onClose();
  };
  const wrong = descriptionProblem(draft.description) ?? metricProblem(draft.visibility.MetricName);
  const save = async () => {
    const part = { Description: draft.description, ...(draft.action ? { DefaultAction: draft.action } : {}), VisibilityConfig: draft.visibility };
    if (!(await run(async (ask) => void (await saveHolder(ask, kind, scope, { ...holder, LockToken: draft.token }, part as never))))) return;
    flash.success(`${holder.Name} was saved.`);
    close();
  };
  return (
    <Modal
      visible
      size="large"
      onDismiss={close}
      header={`Edit ${holder.Name}`}
      closeAriaLabel="Close"
      data-testid="edit-holder-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={wrong !== undefined} onClick={() => void save()} data-testid="edit-holder-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        {refused && <AwsErrorNote refused={refused} />}
        <Line label="Description - optional" value={draft.description} onChange={(description) => change({ description })} errorText={descriptionProblem(draft.description)} stretch testId="edit-description" />
        {kind === "WEB_ACL" && (
          <ActionEditor
            label="Default action, where no rule decides"
            names={["Allow", "Block"]}
            action={draft.action}
            onChange={(action) => change({ action })}
            bodies={holder.CustomResponseBodies}
            id="default"
            errorText={fieldProblem(refused, "DEFAULT_ACTION")}
          />
        )}
        <MetricFields visibility={draft.visibility} onChange={(visibility) => change({ visibility })} errorText={fieldProblem(refused, "METRIC_NAME")} id="edit" />
      </SpaceBetween>
    </Modal>
  );
}
