"use client";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { PolicyEditor } from "../../../editor/policy-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadDocument } from "../load-iam";
import { named, titleOf, type Holder } from "../types";
import { holderPath } from "./holder-path";
import { newPolicy } from "./policy-texts";

interface Form {
  name: string;
  text?: string;
}
const empty: Form = { name: "" };

/** Characters of all inline policies together, blanks not counted. Source: IAM User Guide, "IAM and AWS STS quotas". */
const LIMITS = { user: 2048, group: 5120, role: 10_240 };

/** A policy that belongs to one user, group or role: written here, and kept with it. `name`: an existing one is edited. */
export function InlinePolicy({ holder, name }: { holder: Holder; name?: string }) {
  const { navigate } = usePlace();
  const [form, change, clear] = useFormDraft<Form>(`iam/inline/${holder.kind}/${holder.name}/${name ?? ""}`, empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const stored = useLoad(name === undefined ? undefined : `inline|${holder.kind}|${holder.name}|${name}`, (ask) =>
    loadDocument(ask, { name: name! }, holder),
  );
  if (stored.refused) return <AwsErrorNote refused={stored.refused} />;
  if (name !== undefined && stored.data === undefined) return <Spinner />;
  const text = form.text ?? stored.data ?? newPolicy;
  const leave = () => {
    clear();
    navigate(holderPath(holder, "permissions"));
  };
  const submit = async () => {
    const PolicyName = name ?? form.name.trim();
    const input = { ...named(holder), PolicyName, PolicyDocument: text };
    if (!(await run((ask) => ask("iam", `Put${titleOf[holder.kind]}Policy`, input)))) return;
    flash.success(name === undefined ? `Policy ${PolicyName} was created.` : `Policy ${PolicyName} was saved.`);
    leave();
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={`An inline policy of ${holder.kind} ${holder.name}: it lives and goes with it.`}>
        {name === undefined ? "Create inline policy" : name}
      </Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container>
        <SpaceBetween size="m">
          {name === undefined && (
            <FormField label="Policy name" constraintText="At most 128 letters, digits and the characters +=,.@-_.">
              <Input value={form.name} onChange={({ detail }) => change({ name: detail.value })} data-testid="inline-name" />
            </FormField>
          )}
          <FormField label="Policy (JSON)" stretch>
            <PolicyEditor
              kind="IdentityPolicy"
              inline={holder.kind}
              label="Policy"
              limit={LIMITS[holder.kind]}
              value={text}
              onChange={(next) => change({ text: next })}
              data-testid="policy-editor"
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={leave}>
          Cancel
        </Button>
        <Button
          variant="primary"
          loading={busy}
          disabled={name === undefined && !form.name.trim()}
          onClick={() => void submit()}
          data-testid="inline-submit"
        >
          {name === undefined ? "Create policy" : "Save changes"}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
