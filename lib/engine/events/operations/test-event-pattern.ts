import { ok } from "../../errors";
import type { Json, JsonObject, Operation } from "../../types";
import { eventErrors } from "../errors";
import { compile } from "../pattern/compile";
import { matches } from "../pattern/match";

interface Input {
  EventPattern: string;
  Event: string;
}

/** What an event must have. Source: EventBridge API, TestEventPattern (Event); AWS asks for no `resources`. */
const mandatory = ["id", "account", "source", "time", "region", "detail-type"];

function eventIn(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) && mandatory.every((name) => Object.hasOwn(value, name)) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Errors: InvalidEventPatternException, ValidationException. Source: EventBridge API, TestEventPattern. */
export const TestEventPattern: Operation = {
  name: "TestEventPattern",
  authorise: () => ({ action: "events:TestEventPattern", resource: "*" }),
  handle({ EventPattern, Event }: Input) {
    const compiled = compile(EventPattern);
    if (!compiled.ok) return eventErrors.pattern(compiled.reason);
    const event = eventIn(Event);
    return event ? ok({ Result: matches(compiled.pattern, event) }) : eventErrors.invalid("Parameter Event is not valid.");
  },
};
