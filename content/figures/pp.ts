import type { CloudEvent } from "@/lib/engine/types";
import type { Figure, FigureHand, Line, Scene } from "@/lib/lessons/figure";

const day = 86_400_000;
const name = "/my-app/dev/db-password";

type PolicyName = "Expiration" | "ExpirationNotification" | "NoChangeNotification";

/** Three policies, a clock, and what the engine does when it gets there. */
const figure: Figure = {
  id: "PP",
  title: "Parameter policies and the clock",
  summary: "A parameter has three policies: it expires at an instant, an event is to come some days before, and another when its value has not changed for so long. The clock goes on, events are sent to EventBridge, and the parameter goes.",
  wide: { width: 460, height: 400 },
  narrow: { width: 400, height: 400 },
  actors: [
    { id: "clock", label: "Clock", glyph: "clock", wide: [80, 80], narrow: [76, 80] },
    { id: "ssm", label: "Parameter Store", sub: name, glyph: "parameter", wide: [110, 270], narrow: [110, 270] },
    { id: "events", label: "EventBridge", glyph: "events", wide: [340, 270], narrow: [326, 270] },
  ],
  wires: [
    { from: "clock", to: "ssm" },
    { from: "ssm", to: "events" },
  ],
  controls: [
    { id: "expires", kind: "choice", label: "Expires after", options: ["20", "30", "60"].map((value) => ({ value, label: `${value} days` })) },
    { id: "before", kind: "choice", label: "Notice before", options: ["5", "15", "25"].map((value) => ({ value, label: `${value} days` })) },
    { id: "after", kind: "choice", label: "No change for", options: ["10", "20"].map((value) => ({ value, label: `${value} days` })) },
  ],
  breaks: [
    { id: "standard", label: "On a standard parameter", set: { tier: "Standard" } },
    { id: "tooLong", label: "Notice longer than the life", set: { expires: "20", before: "25" } },
    { id: "edit", label: "Change the value on day 12", set: { edit: true } },
  ],
  start: { expires: "30", before: "15", after: "20", tier: "Advanced", edit: false },
  document: "The three policies",
  simplified: "AWS enforces policies by scans that run from time to time; here it happens to the second.",

  async play(settings, hand) {
    const began = hand.now();
    const expiry = new Date(began + Number(settings.expires) * day).toISOString();
    const policies: { Type: PolicyName; Version: string; Attributes: Record<string, string> }[] = [
      { Type: "Expiration", Version: "1.0", Attributes: { Timestamp: expiry } },
      { Type: "ExpirationNotification", Version: "1.0", Attributes: { Before: String(settings.before), Unit: "Days" } },
      { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: String(settings.after), Unit: "Days" } },
    ];
    const done = new Set<PolicyName>();
    const lines = (now?: PolicyName): Line[] =>
      policies.flatMap(({ Type, Attributes }) =>
        [`{ "Type": "${Type}", "Version": "1.0",`, `  "Attributes": ${JSON.stringify(Attributes)} }`].map((text, at) => ({ text, state: Type === now ? (at === 0 ? "met" : "passed") : done.has(Type) ? "passed" : "unread" }) satisfies Line),
      );

    const parameter = { id: "parameter", at: "ssm", look: "plain" as const, label: "the parameter" };
    const scenes: Scene[] = [];
    const put = { Name: name, Type: "String", Value: "not for ever", Tier: String(settings.tier), Policies: JSON.stringify(policies) };
    const { reply } = await hand.call({ service: "ssm", operation: "PutParameter", input: put });
    if (!reply.ok)
      return [
        { caption: `A parameter of the ${String(settings.tier).toLowerCase()} tier is to have three policies.`, lit: ["ssm"], marks: [], tokens: [{ ...parameter, look: "request", label: "PutParameter" }], lines: lines() },
        { caption: `Parameter Store refuses: ${reply.error.code}. ${reply.error.message ?? ""}`, lit: ["ssm"], marks: [{ actor: "ssm", verdict: "ExplicitDeny", words: reply.error.code }], tokens: [{ ...parameter, look: "denied", label: "not put" }], lines: lines() },
      ];
    scenes.push({ caption: `Day 0: the parameter is put, with three policies, in the ${String(settings.tier).toLowerCase()} tier. It is to expire on day ${settings.expires}.`, lit: ["ssm"], marks: [], tokens: [parameter], lines: lines() });

    const until = Number(settings.expires) + 2;
    let gone = false;
    for (let today = 1; today <= until && !gone; today++) {
      if (settings.edit && today === 12) {
        await hand.must({ service: "ssm", operation: "PutParameter", input: { ...put, Value: "a new value", Overwrite: true } });
        scenes.push({ caption: "Day 12: somebody changes the value. It is version 2 now, and the time without change starts anew.", lit: ["ssm"], marks: [], tokens: [{ ...parameter, label: "version 2" }], lines: lines() });
      }
      for (const event of await happenedUntil(hand, began + today * day)) {
        const detail = event.detail as { "policy-type"?: PolicyName; "action-status"?: string; "action-reason"?: string; operation?: string };
        const type = detail["policy-type"];
        if (type) {
          scenes.push({
            caption: `Day ${Math.round((event.time - began) / day)}: ${type} is due. An event “${event["detail-type"]}” goes to EventBridge: ${detail["action-status"] ?? ""}${detail["action-reason"] ? `, ${detail["action-reason"]}` : ""}.`,
            lit: ["clock", "ssm", "events"], marks: [], lines: lines(type),
            tokens: [...(type === "Expiration" ? [] : [parameter]), { id: event.id, from: "ssm", at: "events", look: "request", label: type, holds: { title: event["detail-type"], note: JSON.stringify(event) } }],
          });
          done.add(type);
        }
        if (detail.operation === "Delete") gone = true;
      }
    }
    const { reply: after } = await hand.call({ service: "ssm", operation: "GetParameter", input: { Name: name } });
    scenes.push({
      caption: after.ok ? `Day ${until}: the parameter is still there.` : `Day ${Math.round((hand.now() - began) / day)}: somebody asks for the parameter. ${after.error.code}: it is gone.`,
      lit: ["ssm"], marks: [{ actor: "ssm", verdict: after.ok ? "Allow" : "ExplicitDeny", words: after.ok ? "still there" : after.error.code }], tokens: after.ok ? [parameter] : [], lines: lines(),
    });
    return scenes;
  },
};

/** Moves the clock there and returns the events that were sent on the way. */
async function happenedUntil(hand: FigureHand, time: number): Promise<CloudEvent[]> {
  const entries = await hand.advance(Math.max(0, time - hand.now()));
  return entries.flatMap((entry) => entry.changes.filter((change) => change.service === "events" && change.after).map((change) => change.after as CloudEvent));
}

export default figure;
