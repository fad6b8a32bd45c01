"use client";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PolicyEditor } from "../../../editor/policy-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { documentText } from "../load-iam";
import type { Role } from "../types";
import { TRUST_LIMIT } from "./create-role-draft";

const none: { text?: string } = {};

/** Whom a role trusts: who may assume it. */
export function TrustTab({ role, fixed }: { role: Role; fixed: boolean }) {
  const { RoleName, Arn } = role;
  const [draft, change, clear] = useFormDraft<{ text?: string }>(`iam/trust/${RoleName}`, none);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const stored = documentText(role.AssumeRolePolicyDocument);
  const editing = draft.text !== undefined;
  const stop = () => {
    forget();
    clear();
  };
  const save = async () => {
    if (!(await run((ask) => ask("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: draft.text! })))) return;
    flash.success("Trust policy updated.");
    clear();
  };
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container
        header={
          <Header
            variant="h2"
            description="Entities that can assume this role under specified conditions."
            actions={
              !editing &&
              !fixed && (
                <Button onClick={() => change({ text: stored })} data-testid="edit-trust">
                  Edit trust policy
                </Button>
              )
            }
          >
            Trusted entities
          </Header>
        }
        footer={
          editing && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={stop}>Cancel</Button>
              <Button variant="primary" loading={busy} onClick={() => void save()} data-testid="save-trust">
                Update policy
              </Button>
            </SpaceBetween>
          )
        }
      >
        {editing ? (
          <PolicyEditor
            kind="TrustPolicy"
            label="Trust policy"
            resource={Arn}
            limit={TRUST_LIMIT}
            value={draft.text!}
            onChange={(text) => change({ text })}
            data-testid="trust-editor"
          />
        ) : (
          <pre className="json-view" tabIndex={0} role="region" aria-label="Trust policy, JSON" data-testid="trust-policy">
            {stored}
          </pre>
        )}
      </Container>
    </SpaceBetween>
  );
}
