"use client";
import { useEffect, useMemo, useState } from "react";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Autosuggest, { type AutosuggestProps } from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { wouldAllow, type WouldAllow } from "@/lib/engine/iam/would-allow";
import { theLab } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { allResources } from "../../../editor/lab-resources";
import { useFormDraft, useWhere, wakeLab } from "../../frame/lab";
import { refusalOf, useAsk } from "../../frame/use-load";
import { CopyButton } from "../../frame/copyable";
import { SwitchIdentity } from "../shared/switch-identity";
import { RealDecision, SimulatorResult, type Simulated, type SimulatorAnswer } from "./answer";
import { contextOf, emptyTest, notSimulated, simulationInput, testProblems, type TestForm } from "./form";
import { identitiesOf, type Identity } from "./identities";
import { resourcePolicyOf } from "./resource-policy";

type Words = typeof import("@/lib/engine/iam/policy/warnings-words");

/** Actions and condition keys are many; they are fetched with this page. */
function useWords(): Words | undefined {
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let current = true;
    void import("@/lib/engine/iam/policy/warnings-words").then((loaded) => current && setWords(loaded));
    return () => void (current = false);
  }, []);
  return words;
}

/**
 * Any identity of the lab against any action and resource: the decision that a call would get, with all its reasons, and
 * beside it what IAM's own policy simulator says of the same.
 */
export function TestAs({ identity: chosen }: { identity?: string }) {
  const { account, region } = useWhere();
  const ready = useLab((state) => state.status === "ready");
  const versions = useLab((state) => state.versions);
  const words = useWords();
  const ask = useAsk();
  const [form, change] = useFormDraft<TestForm>("iam/test-as", emptyTest);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<{ form: TestForm; simulated: SimulatorAnswer }>();
  const [busy, setBusy] = useState(false);
  useEffect(() => wakeLab(), []);
  // An address that names somebody wins over what was chosen before.
  useEffect(() => {
    if (chosen) change({ identity: chosen });
  }, [chosen, change]);

  const lab = ready ? theLab() : undefined;
  const identities = useMemo(() => (lab ? identitiesOf(lab) : []), [lab, versions]);
  const resources = useMemo(() => (lab ? allResources(lab, region) : []), [lab, versions, region]);
  const identity = identities.find(({ arn }) => arn === form.identity);
  const problems = testProblems({ ...form, identity: identity ? form.identity : "" });
  const isMany = (key: string) => words?.conditionKey(key)?.many ?? false;

  const test = async () => {
    setTried(true);
    if (!lab || !identity || Object.keys(problems).length) return;
    setBusy(true);
    const simulated = await simulate(ask, form, identity, account, contextOf(form.context, isMany), resourcePolicyOf(lab, form.resource.trim()));
    setAsked({ form, simulated });
    setBusy(false);
  };

  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description="Would this identity be allowed to do this? Nothing is done: the policies are asked, and the answer comes with its reasons."
        actions={identity && <SwitchIdentity account={identity.account} caller={identity.caller} />}
      >
        Test as…
      </Header>
      <Container data-testid="test-as-form">
        <SpaceBetween size="m">
          <FormField label="Identity" errorText={tried ? problems.identity : undefined} stretch>
            <Select
              data-testid="test-identity"
              ariaLabel="Identity"
              selectedOption={identity ? optionOf(identity) : null}
              placeholder="Choose a user, role or root user"
              filteringType="auto"
              options={groupsOf(identities)}
              onChange={({ detail }) => change({ identity: detail.selectedOption.value! })}
            />
          </FormField>
          <FormField label="Action" errorText={tried ? problems.action : undefined} stretch>
            <Autosuggest
              data-testid="test-action"
              ariaLabel="Action"
              value={form.action}
              placeholder="kms:Decrypt"
              enteredTextLabel={(text) => `Use "${text}"`}
              onChange={({ detail }) => change({ action: detail.value })}
              options={actionOptions(words, form.action)}
              empty="Type a service and a colon: kms:"
            />
          </FormField>
          <FormField label="Resource" errorText={tried ? problems.resource : undefined} description="An ARN, or * where the action names no resource." stretch>
            <Autosuggest
              data-testid="test-resource"
              ariaLabel="Resource"
              value={form.resource}
              placeholder="arn:aws:kms:…"
              enteredTextLabel={(text) => `Use "${text}"`}
              onChange={({ detail }) => change({ resource: detail.value })}
              options={resourceOptions(resources)}
              empty="Nothing in the lab has this in its name or ARN."
            />
          </FormField>
          <FormField
            label="Context keys - optional"
            description="What the call would say of itself: aws:SourceIp, kms:EncryptionContext:stage. The identity's and the resource's own keys are known."
            stretch
          >
            <AttributeEditor
              data-testid="test-context"
              items={form.context}
              addButtonText="Add context key"
              removeButtonText="Remove"
              removeButtonAriaLabel={({ key }) => `Remove context key ${key}`}
              onAddButtonClick={() => change({ context: [...form.context, { key: "", value: "" }] })}
              onRemoveButtonClick={({ detail }) => change({ context: form.context.filter((_, index) => index !== detail.itemIndex) })}
              empty="None given."
              definition={[
                {
                  label: "Key",
                  control: (row, index) => (
                    <Autosuggest
                      ariaLabel={`Context key ${index + 1}`}
                      value={row.key}
                      enteredTextLabel={(text) => `Use "${text}"`}
                      onChange={({ detail }) => change({ context: replaced(form.context, index, { ...row, key: detail.value }) })}
                      options={(words?.conditionKeys ?? []).map(({ name }) => ({ value: name.replace(/\*$/, "") }))}
                      empty="No key of AWS is called so."
                    />
                  ),
                },
                {
                  label: "Value",
                  control: (row, index) => (
                    <Input
                      ariaLabel={`Value of context key ${index + 1}`}
                      value={row.value}
                      onChange={({ detail }) => change({ context: replaced(form.context, index, { ...row, value: detail.value }) })}
                    />
                  ),
                },
              ]}
            />
          </FormField>
          <Button variant="primary" loading={busy} onClick={() => void test()} data-testid="test-submit">
            Test
          </Button>
        </SpaceBetween>
      </Container>
      {asked && lab && <Answer asked={asked} identities={identities} isMany={isMany} region={region} />}
    </SpaceBetween>
  );
}

/** Asked anew whenever the lab changes: what is shown is what a call would get now. */
function Answer({
  asked: { form, simulated },
  identities,
  isMany,
  region,
}: {
  asked: { form: TestForm; simulated: SimulatorAnswer };
  identities: Identity[];
  isMany(key: string): boolean;
  region: string;
}) {
  const identity = identities.find(({ arn }) => arn === form.identity);
  const lab = theLab();
  if (!identity || !lab) return null;
  const context = contextOf(form.context, isMany);
  const answer: WouldAllow = wouldAllow(lab, { caller: identity.caller, action: form.action.trim(), resource: form.resource.trim(), region, context });
  const command = `aws iam simulate-principal-policy --policy-source-arn ${identity.arn} --action-names ${form.action.trim()} --resource-arns '${form.resource.trim()}'`;
  return (
    <SpaceBetween size="m">
      <RealDecision answer={answer} identity={identity} />
      <SimulatorResult simulated={simulated} real={answer} />
      <div className="cli-line">
        <CopyButton text={command} what="command" /> <code>{command}</code>
      </div>
    </SpaceBetween>
  );
}

async function simulate(
  ask: ReturnType<typeof useAsk>,
  form: TestForm,
  identity: Identity,
  account: string,
  context: ReturnType<typeof contextOf>,
  resource: { policy: string; owner: string } | undefined,
): Promise<SimulatorAnswer> {
  const left = notSimulated(identity, account);
  if (left) return { left, withResourcePolicy: false };
  const withResourcePolicy = resource !== undefined && identity.kind === "IAM user";
  try {
    const answer = await ask("iam", "SimulatePrincipalPolicy", simulationInput(form, identity, context, resource?.policy, resource?.owner));
    return { result: answer.EvaluationResults[0] as Simulated, withResourcePolicy };
  } catch (thrown) {
    return { refused: refusalOf(thrown), withResourcePolicy };
  }
}

const replaced = <Item,>(items: readonly Item[], at: number, item: Item): Item[] => items.map((old, index) => (index === at ? item : old));

const optionOf = ({ arn, name, kind }: Identity) => ({ value: arn, label: name, description: arn, labelTag: kind });

const groupsOf = (identities: Identity[]) =>
  [...new Set(identities.map(({ account }) => account))].map((account) => ({
    label: `Account ${account}`,
    options: identities.filter((one) => one.account === account).map(optionOf),
  }));

/** Before the colon the services; behind it the service's actions. */
function actionOptions(words: Words | undefined, typed: string): AutosuggestProps.Options {
  if (!words) return [];
  const service = typed.split(":")[0].toLowerCase();
  const actions = typed.includes(":") ? words.actionsOf.get(service) : undefined;
  if (actions) return actions.map((name) => ({ value: `${service}:${name}` }));
  return [...words.actionsOf.keys()].map((prefix) => ({ value: `${prefix}:`, label: prefix, description: "Service" }));
}

function resourceOptions(resources: ReturnType<typeof allResources>): AutosuggestProps.Options {
  const kinds = [...new Set(resources.map(({ kind }) => kind))];
  return [
    { value: "*", label: "*", description: "No resource of its own" },
    ...kinds.map((kind) => ({
      label: kind,
      options: resources.filter((one) => one.kind === kind).map(({ arn, name }) => ({ value: arn, label: arn, description: name })),
    })),
  ];
}
