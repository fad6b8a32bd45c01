"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { pathTo } from "../../frame/place";
import { jsonProblem } from "../../frame/json-check";
import { AdministratorsStep, ConfigureStep, LabelsStep, PolicyStep, UsersStep } from "./steps";
import { aliasName, createKeyInput, emptyDraft, policyOf, stepProblem } from "./draft";
import { ReviewStep } from "./review-step";

/** Review. Steps count from 0. */
const LAST_STEP = 5;

/**
 * Create a customer managed key, in the AWS console's steps. Finishing calls CreateKey and then CreateAlias, as the
 * AWS console does: a key is there even when its alias is refused, and then only the alias is tried again.
 * Source: KMS Developer Guide, Create a symmetric encryption KMS key.
 */
export function CreateKeyWizard({ navigate }: { navigate(path: string): void }) {
  const { account } = useWhere();
  const [draft, change, clear, begun] = useFormDraft("kms/create", emptyDraft);
  const [complaint, setComplaint] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const { busy, refused, run, clear: forgetRefusal } = useMutation();
  const flash = useFlash();

  const leave = () => {
    clear();
    navigate("keys");
  };

  const finish = async () => {
    let made = draft.made;
    const worked = await run(async (ask) => {
      if (!made) {
        const { KeyMetadata } = await ask<{ KeyMetadata: { KeyId: string } }>("kms", "CreateKey", createKeyInput(draft, account));
        made = KeyMetadata.KeyId;
      }
      await ask("kms", "CreateAlias", { AliasName: aliasName(draft.alias.trim()), TargetKeyId: made });
    });
    if (!worked) {
      if (made) change({ made });
      return;
    }
    flash.success(
      <>
        Success. Your AWS KMS key was created with alias <strong>{draft.alias.trim()}</strong> and key ID{" "}
        <strong data-testid="created-key-id">{made}</strong>.
      </>,
    );
    clear();
    // Without key material the key is of no use yet: the console goes on to the import.
    navigate(draft.origin === "EXTERNAL" ? pathTo("keys", made!, "import", "initial") : "keys");
  };

  const goTo = (step: number, forward: boolean) => {
    const from = draft.step;
    // Forward only over steps that are in order, back always.
    if (forward) {
      for (let at = from; at < step; at++) {
        const problem =
          stepProblem(draft, at, account) ??
          (at === 4 && draft.policy !== undefined && jsonProblem(draft.policy) ? "Mend the JSON first: KMS would refuse it." : undefined);
        if (!problem) continue;
        setComplaint(problem);
        if (at !== from) change({ step: at });
        return;
      }
    }
    setComplaint(undefined);
    forgetRefusal();
    change({ step });
  };

  const form = { draft, change, account, complaint, goTo: (step: number) => goTo(step, false) };
  const errorText = complaint;
  return (
    <div data-testid="create-key-wizard">
      <Wizard
        activeStepIndex={draft.step}
        customPrimaryActions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => (begun ? setLeaving(true) : leave())} data-testid="create-key-cancel">
              Cancel
            </Button>
            {draft.step > 0 && (
              <Button formAction="none" onClick={() => goTo(draft.step - 1, false)} data-testid="create-key-previous">
                Previous
              </Button>
            )}
            {draft.step < LAST_STEP ? (
              <Button variant="primary" formAction="none" onClick={() => goTo(draft.step + 1, true)} data-testid="create-key-next">
                Next
              </Button>
            ) : (
              <Button variant="primary" formAction="none" loading={busy} onClick={() => void finish()} data-testid="create-key-finish">
                Finish
              </Button>
            )}
          </SpaceBetween>
        }
        onNavigate={({ detail }) => goTo(detail.requestedStepIndex, detail.requestedStepIndex > draft.step)}
        i18nStrings={{
          stepNumberLabel: (number) => `Step ${number}`,
          collapsedStepsLabel: (number, count) => `Step ${number} of ${count}`,
          navigationAriaLabel: "Steps",
          optional: "optional",
        }}
        steps={[
          { title: "Configure key", content: <ConfigureStep {...form} />, errorText: draft.step === 0 ? errorText : undefined },
          { title: "Add labels", content: <LabelsStep {...form} />, errorText: draft.step === 1 ? errorText : undefined },
          { title: "Define key administrative permissions", isOptional: true, content: <AdministratorsStep {...form} /> },
          {
            title: "Define key usage permissions",
            isOptional: true,
            content: <UsersStep {...form} />,
            errorText: draft.step === 3 ? errorText : undefined,
          },
          {
            title: "Edit key policy",
            isOptional: true,
            content: <PolicyStep {...form} policy={policyOf(draft, account)} />,
            errorText: draft.step === 4 ? errorText : undefined,
          },
          {
            title: "Review",
            content: (
              <SpaceBetween size="m">
                {refused && (
                  <div data-testid="create-key-refused">
                    <SpaceBetween size="s">
                      {draft.made && (
                        <Box>
                          The key {draft.made} was created. Its alias was not: change the alias in step 2 and finish again, or leave the key
                          without one.
                        </Box>
                      )}
                      <AwsErrorNote refused={refused} />
                    </SpaceBetween>
                  </div>
                )}
                <ReviewStep {...form} policy={policyOf(draft, account)} />
              </SpaceBetween>
            ),
          },
        ]}
      />
      <Modal
        visible={leaving}
        onDismiss={() => setLeaving(false)}
        header="Leave create key"
        closeAriaLabel="Close"
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setLeaving(false)}>
                Stay
              </Button>
              <Button variant="primary" onClick={leave} data-testid="create-key-leave">
                Leave
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        {draft.made
          ? `The key ${draft.made} exists and stays; it has no alias.`
          : "What you entered here will be forgotten. No key has been created."}
      </Modal>
    </div>
  );
}
