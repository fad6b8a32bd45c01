"use client";
import { useRef } from "react";
import { rotationTemplates } from "@/lib/engine/lambda/templates/list";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { StepWizard } from "../../frame/step-wizard";
import { useMutation } from "../../frame/use-mutation";
import { secretPath } from "../place-of";
import { DEFAULT_KEY } from "../secret-types";
import { newToken } from "../token";
import { ConfigureStep } from "./configure-step";
import { createInput, draftProblem, engineIn, firstDraft, rotateInput, templateOf, type StoreDraft } from "./draft";
import { KindStep } from "./kind-step";
import { ReviewStep } from "./review-step";
import { RotationStep } from "./rotation-step";

/** Store a new secret. Source: Secrets Manager User Guide, Create an AWS Secrets Manager secret. */
export function StoreSecret({ navigate }: { navigate(path: string): void }) {
  const [draft, change, clear, begun] = useFormDraft<StoreDraft>("secrets-manager/store", firstDraft);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  // A second try after a refusal half-way: what was made is not made again.
  const made = useRef<{ secretArn?: string; functionArn?: string; policy?: boolean }>({});
  const leave = () => {
    clear();
    navigate("secrets");
  };

  const submit = async () => {
    const { name, policy, rotation, functionFrom, functionName, functionArn, strategy, adminSecret, key } = draft;
    const worked = await run(async (ask) => {
      const done = made.current;
      done.secretArn ??= (await ask<{ ARN: string }>("secretsmanager", "CreateSecret", createInput(draft, newToken()))).ARN;
      if (policy !== undefined && !done.policy) {
        await ask("secretsmanager", "PutResourcePolicy", { SecretId: done.secretArn, ResourcePolicy: policy, BlockPublicPolicy: true });
        done.policy = true;
      }
      if (!rotation) return;
      if (functionFrom === "existing") done.functionArn = functionArn;
      if (!done.functionArn) {
        const { createRotationFunction } = await import("./rotation-function");
        const admin = strategy === "alternating-users" && engineIn(draft) ? adminSecret : undefined;
        done.functionArn = await createRotationFunction(ask, { functionName: functionName.trim(), template: templateOf(draft, rotationTemplates), secretArn: done.secretArn, adminSecretArn: admin, keys: key === DEFAULT_KEY ? [] : [key] });
      }
      await ask("secretsmanager", "RotateSecret", rotateInput(draft, done.secretArn, done.functionArn, newToken()));
    });
    if (!worked) return;
    made.current = {};
    flash.success(rotation ? `${name.trim()} was stored, and its rotation is set up.` : `${name.trim()} was stored.`);
    clear();
    navigate(secretPath(name.trim()));
  };

  const form = { draft, change };
  return (
    <StepWizard
      testId="store-secret"
      step={draft.step}
      onStep={(step) => {
        forget();
        change({ step });
      }}
      submitLabel="Store"
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={leave}
      steps={[
        { title: "Choose secret type", content: <KindStep {...form} />, problem: draftProblem(draft, 0) },
        { title: "Configure secret", content: <ConfigureStep {...form} />, problem: draftProblem(draft, 1) },
        { title: "Configure rotation", optional: true, content: <RotationStep {...form} />, problem: draftProblem(draft, 2) },
        { title: "Review", content: <ReviewStep {...form} /> },
      ]}
    />
  );
}
