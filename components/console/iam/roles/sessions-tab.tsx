"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { setIdentity, theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useNow } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { documentText } from "../load-iam";
import { REVOKE_POLICY, revokePolicy } from "../shared/policy-texts";
import type { Role } from "../types";
import { liveSessions } from "./live-sessions";

/** Revoke sessions, as in the IAM console; and the sessions themselves, which only the lab can list. */
export function SessionsTab({ role, account, fixed }: { role: Role; account: string; fixed: boolean }) {
  const [revoking, setRevoking] = useState(false);
  const now = useNow();
  const { RoleName } = role;
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            actions={
              !fixed && (
                <Button onClick={() => setRevoking(true)} data-testid="revoke-sessions">
                  Revoke active sessions
                </Button>
              )
            }
          >
            Revoke all active sessions
          </Header>
        }
      >
        Temporary credentials cannot be taken back. The inline policy {REVOKE_POLICY} denies everything to sessions that began before now; the role can be
        assumed again at once.
      </Container>
      <Sessions role={role} account={account} now={now} />
      {revoking && (
        <ConfirmModal
          title="Revoke active sessions"
          testId="revoke-sessions"
          done={`Sessions of ${RoleName} that began before now are denied everything.`}
          onClose={() => setRevoking(false)}
          work={(ask) => ask("iam", "PutRolePolicy", { RoleName, PolicyName: REVOKE_POLICY, PolicyDocument: revokePolicy(now) })}
        >
          <Box variant="p">What runs with this role now loses its permissions until it asks for new credentials.</Box>
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

function Sessions({ role, account, now }: { role: Role; account: string; now: number }) {
  useLab((state) => state.versions);
  const lab = theLab();
  const rows = lab ? liveSessions(lab.read({ account, region: "global", service: "sts" }), role.RoleId, now) : [];
  return (
    <SpaceBetween size="m">
      <Table
        data-testid="role-sessions"
        items={[...rows]}
        trackBy="AccessKeyId"
        wrapLines
        header={
          <Header variant="h2" counter={`(${rows.length})`} description="AWS lists them nowhere; they are read from the lab.">
            Active sessions
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: "Session name", cell: ({ name }) => name, isRowHeader: true },
          { id: "key", header: "Access key ID", cell: ({ AccessKeyId }) => AccessKeyId },
          { id: "began", header: "Began", cell: ({ issuedAt }) => <LabTime seconds={issuedAt / 1000} /> },
          { id: "ends", header: "Expires", cell: ({ expiresAt }) => <LabTime seconds={expiresAt / 1000} /> },
          { id: "policies", header: "Session policies", cell: ({ policies }) => policies.length || "None" },
          {
            id: "switch",
            header: "Identity",
            cell: ({ AccessKeyId, name }) => (
              <Button
                variant="inline-link"
                ariaLabel={`Switch to session ${name}`}
                onClick={() => setIdentity({ account, caller: { accessKeyId: AccessKeyId } })}
              >
                Switch to it
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyState title="No active sessions" command={`aws sts assume-role --role-arn ${role.Arn} --role-session-name test`}>
            Nobody holds credentials of this role now.
          </EmptyState>
        }
      />
      {rows.some(({ policies }) => policies.length) && (
        <Alert type="info" header="Session policies">
          A session may do what the role&apos;s policies and its session policies both allow.
        </Alert>
      )}
      {rows.flatMap(({ AccessKeyId, name, policies }) =>
        policies.map((document, index) => (
          <ExpandableSection key={`${AccessKeyId} ${index}`} headerText={`Session policy ${index + 1} of ${name}`}>
            <pre className="json-view" tabIndex={0}>
              {documentText(encodeURIComponent(document))}
            </pre>
          </ExpandableSection>
        )),
      )}
    </SpaceBetween>
  );
}
