"use client";
import type { ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { GoLink } from "../../frame/place";
import { type Ask, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Line } from "../../waf/shared/choose";
import { type Contact, type Team, askShield, loadProtections } from "../load-shield";
import { useSubscription } from "../shared/for-subscribers";

const statusWords = {
  ENABLED: <StatusIndicator>Enabled</StatusIndicator>,
  PENDING: <StatusIndicator type="pending">Pending: the team is asked, and says yes within a day of the lab’s clock</StatusIndicator>,
  DISABLED: <StatusIndicator type="stopped">Disabled</StatusIndicator>,
};
const mostContacts = 10;
const blank = { EmailAddress: "", PhoneNumber: "", ContactNotes: "" };
const sent = (contacts: readonly Contact[]): Contact[] =>
  contacts.map(({ EmailAddress, PhoneNumber, ContactNotes }) => ({ EmailAddress, ...(PhoneNumber ? { PhoneNumber } : {}), ...(ContactNotes ? { ContactNotes } : {}) }));
const emailProblem = (text: string): string | undefined => (/^\S+@\S+\.\S+$/.test(text) ? undefined : "An e-mail address.");
const phoneProblem = (text = ""): string | undefined => (text === "" || /^\+[1-9]\d{1,14}$/.test(text) ? undefined : "As in +441632960001.");

/** Whom the team calls, and whether it does so by itself. */
export function Engagement({ team }: { team: Team }) {
  const subscription = useSubscription().data?.subscription;
  const protections = useLoad("protections", loadProtections).data;
  const [draft, change, drop, begun] = useFormDraft<{ contacts?: Contact[] }>("shield/contacts", {});
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const contacts = draft.contacts ?? (team.contacts.length ? team.contacts : [blank]);
  const valid = contacts.every(({ EmailAddress, PhoneNumber }) => !emailProblem(EmailAddress) && !phoneProblem(PhoneNumber));
  const edit = (at: number, part: Partial<Contact>) => change({ contacts: contacts.map((contact, i) => (i === at ? { ...contact, ...part } : contact)) });
  const status = subscription?.ProactiveEngagementStatus ?? "DISABLED";
  const conditions: [boolean, ReactNode][] = [
    [contacts.some(({ EmailAddress, PhoneNumber }) => EmailAddress && PhoneNumber), "A contact with a telephone number"],
    [!!protections?.some(({ HealthCheckIds }) => HealthCheckIds.length), <>A health check on a <GoLink to="protected-resources">protected resource</GoLink></>],
  ];
  const save = async () => {
    if (!(await run(async (ask) => void (await askShield(ask, "UpdateEmergencyContactSettings", { EmergencyContactList: sent(contacts) as never }))))) return;
    drop();
    flash.success("The contacts were saved.");
  };
  const enable = async () => {
    // The first time contacts go with it; later they are there.
    const first = begun || team.contacts.length === 0;
    const call = async (ask: Ask) => void (await (first ? askShield(ask, "AssociateProactiveEngagementDetails", { EmergencyContactList: sent(contacts) as never }) : askShield(ask, "EnableProactiveEngagement")));
    if (!(await run(call))) return;
    drop();
    flash.success("Proactive engagement is asked for.");
  };
  const disable = async () => {
    if (await run(async (ask) => void (await askShield(ask, "DisableProactiveEngagement")))) flash.success("Proactive engagement is disabled.");
  };
  return (
    <Container
      data-testid="engagement"
      header={
        <Header
          variant="h2"
          description="The team calls you when Shield sees an attack and a resource’s health check fails."
          actions={
            status === "DISABLED" ? (
              <Button loading={busy} disabled={!valid} onClick={() => void enable()} data-testid="engagement-enable">
                Enable
              </Button>
            ) : (
              <Button loading={busy} onClick={() => void disable()} data-testid="engagement-disable">
                Disable
              </Button>
            )
          }
        >
          Proactive engagement and contacts
        </Header>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <div data-testid="engagement-status">{statusWords[status]}</div>
        <SpaceBetween size="xxs">
          <Box variant="strong">What it needs</Box>
          {conditions.map(([met, words], at) => (
            <div key={at}>
              <StatusIndicator type={met ? "success" : "pending"} iconAriaLabel={met ? "met" : "not met"}>
                {words}
              </StatusIndicator>
            </div>
          ))}
        </SpaceBetween>
        {contacts.map((contact, at) => (
          <div key={at} className="shield-contact" role="group" aria-label={`Contact ${at + 1}`}>
            <Line label="E-mail address" value={contact.EmailAddress} onChange={(EmailAddress) => edit(at, { EmailAddress })} errorText={contact.EmailAddress ? emailProblem(contact.EmailAddress) : undefined} placeholder="oncall@example.com" testId={`contact-${at + 1}-email`} />
            <Line label="Telephone number" value={contact.PhoneNumber} onChange={(PhoneNumber) => edit(at, { PhoneNumber })} errorText={phoneProblem(contact.PhoneNumber)} placeholder="+441632960001" testId={`contact-${at + 1}-phone`} />
            <Line label="Notes" value={contact.ContactNotes} onChange={(ContactNotes) => edit(at, { ContactNotes })} placeholder="Nights and weekends" testId={`contact-${at + 1}-notes`} />
            <Button iconName="remove" variant="icon" disabled={contacts.length === 1} ariaLabel={`Remove contact ${at + 1}`} onClick={() => change({ contacts: contacts.filter((_, i) => i !== at) })} />
          </div>
        ))}
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={contacts.length >= mostContacts} onClick={() => change({ contacts: [...contacts, blank] })} data-testid="contact-add">
            Add contact
          </Button>
          <Button loading={busy} disabled={!begun || !valid} onClick={() => void save()} data-testid="contacts-save">
            Save contacts
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
