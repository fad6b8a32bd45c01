"use client";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { listing } from "../load-iam";
import { named, titleOf, type Holder } from "../types";
import { holderPath } from "./holder-path";
import { PolicyPicker } from "./policy-picker";

const none: { chosen: string[] } = { chosen: [] };

/** Attaches managed policies to a user, group or role. */
export function AttachPolicies({ holder }: { holder: Holder }) {
  const Title = titleOf[holder.kind];
  const { navigate } = usePlace();
  const [{ chosen }, change, clear] = useFormDraft(`iam/attach/${holder.kind}/${holder.name}`, none);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const attached = useLoad(`attached|${holder.kind}|${holder.name}`, async (ask) =>
    (await listing<{ PolicyArn: string }>(ask, `ListAttached${Title}Policies`, "AttachedPolicies", named(holder))).map(({ PolicyArn }) => PolicyArn),
  );
  const leave = () => {
    clear();
    navigate(holderPath(holder, "permissions"));
  };
  const submit = async () => {
    const done = await run(async (ask) => {
      for (const PolicyArn of chosen) await ask("iam", `Attach${Title}Policy`, { ...named(holder), PolicyArn });
    });
    if (!done) return;
    flash.success(chosen.length === 1 ? `The policy was attached to ${holder.name}.` : `${chosen.length} policies were attached to ${holder.name}.`);
    leave();
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{holder.kind === "user" ? `Add permissions to ${holder.name}` : `Attach policies to ${holder.name}`}</Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      {attached.refused ? (
        <AwsErrorNote refused={attached.refused} />
      ) : (
        <PolicyPicker chosen={chosen} onChange={(next) => change({ chosen: next })} except={attached.data} />
      )}
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={leave}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} disabled={!chosen.length} onClick={() => void submit()} data-testid="attach-submit">
          {holder.kind === "user" ? "Add permissions" : "Attach policies"}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}

/** Sets or changes the permissions boundary of a user or role. */
export function SetBoundary({ holder }: { holder: Holder }) {
  const { navigate } = usePlace();
  const [{ chosen }, change, clear] = useFormDraft(`iam/boundary/${holder.kind}/${holder.name}`, none);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const leave = () => {
    clear();
    navigate(holderPath(holder, "permissions"));
  };
  const submit = async () => {
    const PermissionsBoundary = chosen[0];
    if (!(await run((ask) => ask("iam", `Put${titleOf[holder.kind]}PermissionsBoundary`, { ...named(holder), PermissionsBoundary })))) return;
    flash.success(`${PermissionsBoundary.split("/").at(-1)} is now the permissions boundary of ${holder.name}.`);
    leave();
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="A boundary is a managed policy that says the most that the permissions policies can give.">
        Set permissions boundary of {holder.name}
      </Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <PolicyPicker title="Policies" chosen={chosen} onChange={(next) => change({ chosen: next })} single />
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={leave}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} disabled={!chosen.length} onClick={() => void submit()} data-testid="boundary-submit">
          Set boundary
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
