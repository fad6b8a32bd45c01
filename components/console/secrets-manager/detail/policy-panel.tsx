"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { DocumentPanel } from "../../iam/shared/document-panel";
import { useLoad } from "../../frame/use-load";
import { useWhere } from "../../frame/lab";

/** What an editor begins with where there is no policy yet: nobody is let in by it but whoever is named. */
export const firstPolicy = (account: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:role/my-app` }, Action: "secretsmanager:GetSecretValue", Resource: "*" }] }, null, 2);

/** Laid out for reading; a text that is no JSON stays as it is. */
const readable = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** The secret's own policy: who may use it beside what IAM allows. */
export function PolicyPanel({ name, arn, fixed }: { name: string; arn: string; fixed: boolean }) {
  const { account } = useWhere();
  const [block, setBlock] = useState(true);
  const [removing, setRemoving] = useState(false);
  const loaded = useLoad(fixed ? undefined : `secret-policy|${name}`, (ask) => ask<{ ResourcePolicy?: string }>("secretsmanager", "GetResourcePolicy", { SecretId: name }));
  if (fixed) return null;
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return null;
  const { ResourcePolicy } = loaded.data;
  return (
    <SpaceBetween size="xs">
      <DocumentPanel
        title="Resource permissions - optional"
        description={ResourcePolicy === undefined ? "No policy stands on this secret: who may read it is decided by IAM and by the key." : "Who may use this secret, beside what IAM allows."}
        label="Resource policy"
        kind="ResourcePolicy"
        resource={arn}
        limit={20_480}
        edit="Edit permissions"
        update="Save"
        stored={ResourcePolicy === undefined ? firstPolicy(account) : readable(ResourcePolicy)}
        draftKey={`secrets-manager/policy/${name}`}
        save={async (ask, ResourcePolicy) => void (await ask("secretsmanager", "PutResourcePolicy", { SecretId: name, ResourcePolicy, BlockPublicPolicy: block }))}
        done="The resource policy was saved."
        testId="resource-policy"
        empty={ResourcePolicy === undefined}
      />
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <Checkbox checked={block} onChange={({ detail }) => setBlock(detail.checked)} data-testid="block-public">
          Block public access when saving
        </Checkbox>
        {ResourcePolicy !== undefined && (
          <Button onClick={() => setRemoving(true)} data-testid="delete-policy">
            Delete policy
          </Button>
        )}
      </SpaceBetween>
      {removing && (
        <ConfirmModal title="Delete resource policy" testId="delete-policy" done="The resource policy was deleted." onClose={() => setRemoving(false)} work={(ask) => ask("secretsmanager", "DeleteResourcePolicy", { SecretId: name })}>
          Whoever could use the secret by this policy alone no longer can.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
