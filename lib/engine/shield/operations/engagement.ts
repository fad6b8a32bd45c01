import { type Failure, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askAll } from "../authorise";
import { isFailure, shieldErrors } from "../errors";
import { type Contact, ONLY, protections, subscriptions } from "../state";
import { putTeam, teamOf } from "./response-team";
import { subscribed } from "./subscription";

/**
 * Emergency contacts, and the response team that calls them by itself. AWS does not say how long the team takes to say yes; here it is a day.
 * Source: AWS Shield Advanced API Reference, AssociateProactiveEngagementDetails, EnableProactiveEngagement, UpdateEmergencyContactSettings.
 */
const SETTLING = 86_400_000;

const asText = ({ EmailAddress, PhoneNumber = "null", ContactNotes = "null" }: Contact): string => `EmergencyContact(emailAddress=${EmailAddress}, phoneNumber=${PhoneNumber}, contactNotes=${ContactNotes})`;

/** Proactive engagement calls somebody: a telephone number must be there. */
const callable = (contacts: readonly Contact[]): Failure | undefined => (contacts.some(({ PhoneNumber }) => PhoneNumber !== undefined) ? undefined : shieldErrors.noPhone(contacts.map(asText).join(", ")));

/** Without a health check on some protected resource the team does not know when to call. */
const watched = (ctx: Context): Failure | undefined =>
  protections(ctx.db).all().some(({ HealthCheckIds }) => HealthCheckIds.length) ? undefined : shieldErrors.operation("Proactive engagement needs a Route 53 health check that is associated with a protected resource.");

function pending(ctx: Context): void {
  subscriptions(ctx.db).edit(ONLY).ProactiveEngagementStatus = "PENDING";
  ctx.schedule({ id: "engagement", due: ctx.now + SETTLING, kind: "engage" });
}

/** The team has said yes. */
export function engage(_args: unknown, ctx: Context): void {
  if (subscriptions(ctx.db).get(ONLY)?.ProactiveEngagementStatus === "PENDING") subscriptions(ctx.db).edit(ONLY).ProactiveEngagementStatus = "ENABLED";
}

interface Contacts {
  EmergencyContactList: Contact[];
}

/** The first time: contacts, and the request for proactive engagement. Errors: ResourceNotFoundException, InvalidParameterException, InvalidOperationException (asked for already). */
export const AssociateProactiveEngagementDetails: Operation = {
  name: "AssociateProactiveEngagementDetails",
  authorise: () => askAll("AssociateProactiveEngagementDetails"),
  handle({ EmergencyContactList }: Contacts, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const wrong = callable(EmergencyContactList) ?? (subscription.ProactiveEngagementStatus === "DISABLED" ? watched(ctx) : shieldErrors.operation("Proactive engagement is already enabled, or on its way."));
    if (wrong) return wrong;
    putTeam(ctx, { ...structuredClone(teamOf(ctx)), EmergencyContactList: structuredClone(EmergencyContactList) });
    pending(ctx);
    return ok({});
  },
};

/** Again, after it was disabled. Errors: ResourceNotFoundException, InvalidParameterException, InvalidOperationException. */
export const EnableProactiveEngagement: Operation = {
  name: "EnableProactiveEngagement",
  authorise: () => askAll("EnableProactiveEngagement"),
  handle(_input: unknown, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const wrong = callable(teamOf(ctx).EmergencyContactList) ?? (subscription.ProactiveEngagementStatus === "DISABLED" ? watched(ctx) : shieldErrors.operation("Proactive engagement is already enabled, or on its way."));
    if (wrong) return wrong;
    pending(ctx);
    return ok({});
  },
};

/** Errors: ResourceNotFoundException, InvalidOperationException (not enabled). */
export const DisableProactiveEngagement: Operation = {
  name: "DisableProactiveEngagement",
  authorise: () => askAll("DisableProactiveEngagement"),
  handle(_input: unknown, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    if (subscription.ProactiveEngagementStatus === "DISABLED") return shieldErrors.operation("Proactive engagement is not enabled.");
    subscriptions(ctx.db).edit(ONLY).ProactiveEngagementStatus = "DISABLED";
    ctx.unschedule("engagement");
    return ok({});
  },
};

/** All contacts anew. Errors: ResourceNotFoundException; InvalidParameterException where proactive engagement would have nobody to call. */
export const UpdateEmergencyContactSettings: Operation = {
  name: "UpdateEmergencyContactSettings",
  authorise: () => askAll("UpdateEmergencyContactSettings"),
  handle({ EmergencyContactList = [] }: Partial<Contacts>, ctx) {
    const subscription = subscribed(ctx);
    if (isFailure(subscription)) return subscription;
    const wrong = subscription.ProactiveEngagementStatus === "DISABLED" ? undefined : callable(EmergencyContactList);
    if (wrong) return wrong;
    putTeam(ctx, { ...structuredClone(teamOf(ctx)), EmergencyContactList: structuredClone(EmergencyContactList) });
    return ok({});
  },
};

/** Errors: ResourceNotFoundException. */
export const DescribeEmergencyContactSettings: Operation = {
  name: "DescribeEmergencyContactSettings",
  authorise: () => askAll("DescribeEmergencyContactSettings"),
  handle(_input: unknown, ctx) {
    const subscription = subscribed(ctx);
    return isFailure(subscription) ? subscription : ok({ EmergencyContactList: structuredClone(teamOf(ctx).EmergencyContactList) as object[] });
  },
};
