"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import Tiles from "@cloudscape-design/components/tiles";
import { specsNotSimulated } from "@/lib/engine/kms/specs";
import { NewTags } from "../../frame/tags";
import { usePlace } from "../../frame/place";
import { OtherAccounts } from "../accounts";
import { AdvancedOptions } from "./advanced-options";
import { KEY_USAGES, keySpecs, type KeyType } from "../key-specs";
import { PrincipalTable } from "../principals";
import { PolicyText } from "../policy-text";
import { withConfiguration, type KeyDraft } from "./draft";

export interface StepProps {
  draft: KeyDraft;
  change(part: Partial<KeyDraft>): void;
  account: string;
  /** Why the step could not be left. */
  complaint?: string;
  goTo(step: number): void;
}

export function ConfigureStep({ draft, change, complaint }: StepProps) {
  const { narrow } = usePlace();
  // Another kind of key has other actions in its policy: one edited by hand starts anew.
  const configure = (part: Parameters<typeof withConfiguration>[1]) => change({ ...withConfiguration(draft, part), policy: undefined });
  const specs = keySpecs(draft.type, draft.usage);
  return (
    <Container>
      <SpaceBetween size="l">
        <FormField label="Key type" stretch>
          <Tiles
            columns={narrow ? 1 : 2}
            ariaLabel="Key type"
            value={draft.type}
            data-testid="key-type"
            onChange={({ detail }) => configure({ type: detail.value as KeyType })}
            items={[
              {
                value: "symmetric",
                label: "Symmetric",
                description: "A single key that encrypts and decrypts, or makes and checks HMAC codes.",
              },
              {
                value: "asymmetric",
                label: "Asymmetric",
                description: "A public and private key pair that encrypts and decrypts, signs and verifies, or agrees on a shared secret.",
              },
            ]}
          />
        </FormField>
        <FormField label="Key usage" stretch>
          <RadioGroup
            ariaLabel="Key usage"
            value={draft.usage}
            data-testid="key-usage"
            onChange={({ detail }) => configure({ usage: detail.value })}
            items={KEY_USAGES[draft.type]}
          />
        </FormField>
        {specs.length > 1 && (
          <FormField label="Key spec" description="It cannot be changed after the key is created." stretch>
            <RadioGroup
              ariaLabel="Key spec"
              value={draft.spec}
              data-testid="key-spec"
              onChange={({ detail }) => configure({ spec: detail.value })}
              items={specs.map((value) => ({
                value,
                label: value,
                disabled: value in specsNotSimulated,
                description: specsNotSimulated[value] && `Not simulated in Keyhole: ${specsNotSimulated[value]}.`,
              }))}
            />
          </FormField>
        )}
        <AdvancedOptions draft={draft} change={change} complaint={complaint} />
      </SpaceBetween>
    </Container>
  );
}

export function LabelsStep({ draft, change, complaint }: StepProps) {
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Alias</Header>}>
        <FormField
          label="Alias"
          description="A name for the key that you can change at any time."
          errorText={complaint && !draft.alias.trim() ? complaint : undefined}
          constraintText="Letters, digits, /, _ and -. It may not begin with aws/."
        >
          <Input value={draft.alias} onChange={({ detail }) => change({ alias: detail.value })} data-testid="alias" />
        </FormField>
      </Container>
      <Container header={<Header variant="h2">Description - optional</Header>}>
        <FormField label="Description" description="What the key is for.">
          <Textarea
            value={draft.description}
            rows={2}
            onChange={({ detail }) => change({ description: detail.value })}
            data-testid="description"
          />
        </FormField>
      </Container>
      <Container header={<Header variant="h2">Tags - optional</Header>}>
        <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
      </Container>
    </SpaceBetween>
  );
}

export function AdministratorsStep({ draft, change }: StepProps) {
  return (
    <SpaceBetween size="m">
      <Box variant="p">
        Key administrators manage the key and cannot use it. If you choose nobody, the key policy lets the account&apos;s IAM policies
        decide.
      </Box>
      <PrincipalTable
        title="Key administrators"
        chosen={draft.administrators}
        onChange={(administrators) => change({ administrators, policy: undefined })}
        data-testid="key-administrators"
      />
      <Container header={<Header variant="h2">Key deletion</Header>}>
        <Checkbox
          checked={draft.allowDeletion}
          onChange={({ detail }) => change({ allowDeletion: detail.checked, policy: undefined })}
          data-testid="allow-deletion"
        >
          Allow key administrators to delete this key.
        </Checkbox>
      </Container>
    </SpaceBetween>
  );
}

export function UsersStep({ draft, change, account }: StepProps) {
  return (
    <SpaceBetween size="m">
      <Box variant="p">
        Key users can use the key for cryptographic operations. If you choose nobody, the account&apos;s IAM policies decide.
      </Box>
      <PrincipalTable
        title="Key users"
        chosen={draft.users}
        onChange={(users) => change({ users, policy: undefined })}
        data-testid="key-users"
      />
      <Container
        header={
          <Header variant="h2" description="Their administrators must also allow the use, with IAM policies in their account.">
            Other AWS accounts
          </Header>
        }
      >
        <OtherAccounts own={account} accounts={draft.accounts} onChange={(accounts) => change({ accounts, policy: undefined })} />
      </Container>
    </SpaceBetween>
  );
}

export function PolicyStep({ draft, change, policy }: StepProps & { policy: string }) {
  const edited = draft.policy !== undefined;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={edited ? "Edited by hand. Changing an earlier choice starts it anew." : "Made of your choices in the steps before."}
          actions={
            edited ? (
              <Button onClick={() => change({ policy: undefined })}>Discard edits</Button>
            ) : (
              <Button onClick={() => change({ policy })} data-testid="edit-policy">
                Edit
              </Button>
            )
          }
        >
          Key policy
        </Header>
      }
    >
      <PolicyText value={policy} onChange={edited ? (text) => change({ policy: text }) : undefined} />
    </Container>
  );
}
