"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line, Lines } from "../shared/choose";
import { saveHolder } from "../shared/holders";
import type { Locked, Scope, WebAcl } from "../waf-types";
import { defaultLimit, limited, limitOptions, named, protectable, type ProtectionDraft, settingsDraft, settingsInput, timeProblem } from "./settings-draft";

const ways = [
  { value: "SUBSTITUTION", label: "Substitution", hint: "The log says REDACTED." },
  { value: "HASH", label: "Hash", hint: "The same value has the same hash." },
] as const;

/** The settings, to be changed; what is typed is kept with the lock token that it began with. */
export function SettingsForm({ acl, scope, onClose }: { acl: Locked<WebAcl>; scope: Scope; onClose(): void }) {
  const initial = useMemo(() => settingsDraft(acl), [acl]);
  const [draft, change, clear] = useFormDraft(`wafv2/settings/${acl.Id}`, initial);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const wrong = { captcha: timeProblem(draft.captcha, 60), challenge: timeProblem(draft.challenge, 300) };
  const close = () => {
    clear();
    onClose();
  };
  const save = async () => {
    if (!(await run(async (ask) => void (await saveHolder(ask, "WEB_ACL", scope, { ...acl, LockToken: draft.token }, settingsInput(draft)))))) return;
    flash.success(`The settings of ${acl.Name} were saved.`);
    close();
  };
  const protection = (at: number, part: Partial<ProtectionDraft>) => change({ protections: draft.protections.map((each, index) => (index === at ? { ...each, ...part } : each)) });
  return (
    <Container
      data-testid="settings-form"
      header={<Header variant="h2">Edit settings</Header>}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" loading={busy} disabled={Object.values(wrong).some(Boolean)} onClick={() => void save()} data-testid="save-settings">
            Save
          </Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {refused && (
          <SpaceBetween size="xs">
            <AwsErrorNote refused={refused} onDismiss={forget} />
            {refused.reply.error.code === "WAFOptimisticLockException" && (
              <Button
                iconName="refresh"
                onClick={() => {
                  forget();
                  change({ token: acl.LockToken });
                }}
              >
                Keep these settings, and go on from what is there now
              </Button>
            )}
          </SpaceBetween>
        )}
        <div className="waf-fields">
          <Line label="CAPTCHA immunity time, seconds" description="So long nobody is asked again who solved a puzzle." value={draft.captcha} placeholder="300" onChange={(captcha) => change({ captcha: captcha.trim() })} errorText={wrong.captcha} testId="captcha-time" />
          <Line label="Challenge immunity time, seconds" description="So long a browser’s silent proof holds." value={draft.challenge} placeholder="300" onChange={(challenge) => change({ challenge: challenge.trim() })} errorText={wrong.challenge} testId="challenge-time" />
        </div>
        <Lines label="Token domains, one in a line" description="Tokens of these domains count here too." values={draft.domains} onChange={(domains) => change({ domains })} placeholder="shop.example.com" testId="token-domains" />
        <FormField label="How much of a body is inspected" description="More than 16 KB costs more for each request. Of load balancers and AppSync it is 8 KB, always." stretch>
          <div className="waf-fields">
            {limited[scope].map(({ type, label }) => (
              <Choose key={type} label={label} value={draft.limits[type] ?? defaultLimit} options={limitOptions} onChange={(limit) => change({ limits: { ...draft.limits, [type]: limit } })} testId={`limit-${type}`} />
            ))}
          </div>
        </FormField>
        <FormField label="Data protection" description="What logs and samples show of these parts." stretch>
          <SpaceBetween size="m">
            {draft.protections.map((each, at) => (
              <fieldset key={at} className="waf-part">
                <legend>Protected part {at + 1}</legend>
                <SpaceBetween size="s">
                  <div className="waf-fields">
                    <Choose label="Part of the request" value={each.type} options={protectable} onChange={(type) => protection(at, { type })} testId={`protect-${at + 1}-type`} />
                    <Choose label="Shown as" value={each.action} options={ways} onChange={(action) => protection(at, { action })} testId={`protect-${at + 1}-action`} />
                  </div>
                  {named(each.type) && <Lines label="Names, one in a line" values={each.keys} onChange={(keys) => protection(at, { keys })} rows={2} placeholder="authorization" testId={`protect-${at + 1}-keys`} />}
                  <Checkbox checked={each.keepMatch} onChange={({ detail }) => protection(at, { keepMatch: detail.checked })}>
                    Show it where a rule tells what it matched
                  </Checkbox>
                  <Checkbox checked={each.keepRate} onChange={({ detail }) => protection(at, { keepRate: detail.checked })}>
                    Show it where a rate-based rule tells its key
                  </Checkbox>
                  <Button onClick={() => change({ protections: draft.protections.filter((_, index) => index !== at) })} ariaLabel={`Remove protected part ${at + 1}`}>
                    Remove
                  </Button>
                </SpaceBetween>
              </fieldset>
            ))}
            <Button iconName="add-plus" onClick={() => change({ protections: [...draft.protections, { type: "SINGLE_HEADER", keys: [], action: "SUBSTITUTION", keepMatch: false, keepRate: false }] })} data-testid="add-protection">
              Protect a part
            </Button>
          </SpaceBetween>
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
