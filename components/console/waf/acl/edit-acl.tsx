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
import { Line } from "../shared/choose";
import { fieldProblem } from "../shared/field-problem";
import { saveHolder } from "../shared/holders";
import { MetricFields } from "../shared/metric-fields";
import { descriptionProblem, metricProblem, type Locked, type Scope, type WebAcl } from "../waf-types";

/** What a web ACL has beside its rules. */
export function EditAcl({ acl, scope, onClose }: { acl: Locked<WebAcl>; scope: Scope; onClose(): void }) {
  const initial = useMemo(() => ({ description: acl.Description ?? "", action: acl.DefaultAction, visibility: acl.VisibilityConfig, token: acl.LockToken }), [acl]);
  const [draft, change, clear] = useFormDraft(`wafv2/edit-acl/${acl.Id}`, initial);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const close = () => {
    clear();
    onClose();
  };
  const wrong = descriptionProblem(draft.description) ?? metricProblem(draft.visibility.MetricName);
  const save = async () => {
    const part = { Description: draft.description, DefaultAction: draft.action, VisibilityConfig: draft.visibility };
    if (!(await run(async (ask) => void (await saveHolder(ask, "WEB_ACL", scope, { ...acl, LockToken: draft.token }, part as never))))) return;
    flash.success(`The web ACL ${acl.Name} was saved.`);
    close();
  };
  return (
    <Modal
      visible
      size="large"
      onDismiss={close}
      header={`Edit ${acl.Name}`}
      closeAriaLabel="Close"
      data-testid="edit-acl-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={wrong !== undefined} onClick={() => void save()} data-testid="edit-acl-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        {refused && <AwsErrorNote refused={refused} />}
        <Line label="Description - optional" value={draft.description} onChange={(description) => change({ description })} errorText={descriptionProblem(draft.description)} stretch testId="edit-description" />
        <ActionEditor
          label="Default action, where no rule decides"
          names={["Allow", "Block"]}
          action={draft.action}
          onChange={(action) => change({ action })}
          bodies={acl.CustomResponseBodies}
          id="default"
          errorText={fieldProblem(refused, "DEFAULT_ACTION")}
        />
        <MetricFields visibility={draft.visibility} onChange={(visibility) => change({ visibility })} errorText={fieldProblem(refused, "METRIC_NAME")} id="edit" />
      </SpaceBetween>
    </Modal>
  );
}
