import { readDraft, writeDraft } from "@/lib/store/drafts";

/**
 * Test events, as AWS's console keeps private ones: with whoever made them, not with the function. Here they are kept in
 * this browser, by account, Region and function.
 * Source: Lambda Developer Guide, Testing Lambda functions in the console.
 */
export interface TestEvent {
  name: string;
  /** The event as it is typed; JSON when it is sent. */
  text: string;
}

interface Where {
  account: string;
  region: string;
  name: string;
}

export const firstEvent = "MyEvent";

export const eventsKey = ({ account, region, name }: Where): string => `lambda/events/${account}/${region}/${name}`;

export function readEvents(text: string | undefined): TestEvent[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is TestEvent => typeof one?.name === "string" && typeof one.text === "string") : [];
  } catch {
    return [];
  }
}

/** With this event in place of one of the same name, or at the end. */
export const withEvent = (events: readonly TestEvent[], event: TestEvent): TestEvent[] =>
  events.some(({ name }) => name === event.name) ? events.map((one) => (one.name === event.name ? event : one)) : [...events, event];

export function saveEvent(where: Where, event: TestEvent): void {
  writeDraft(eventsKey(where), JSON.stringify(withEvent(readEvents(readDraft(eventsKey(where))), event)));
}

/** Source: Lambda Developer Guide, Testing Lambda functions in the console (event name: letters, digits, dots, hyphens, underscores; 25). */
export function problemOfEventName(name: string): string | undefined {
  if (!name.trim()) return "Enter an event name.";
  return /^[a-zA-Z0-9._-]{1,25}$/.test(name.trim()) ? undefined : "Use at most 25 letters, digits, dots, hyphens and underscores.";
}

/** Events to begin with. */
export const eventTemplates: readonly TestEvent[] = [
  { name: "hello-world", text: '{\n  "key1": "value1",\n  "key2": "value2",\n  "key3": "value3"\n}' },
  { name: "empty", text: "{}" },
  {
    name: "secretsmanager-rotation-step",
    text: '{\n  "SecretId": "arn:aws:secretsmanager:us-east-1:111122223333:secret:my-secret-AbCdEf",\n  "ClientRequestToken": "00000000-0000-0000-0000-000000000000",\n  "Step": "createSecret"\n}',
  },
  {
    name: "parameter-store-change",
    text: '{\n  "version": "0",\n  "id": "00000000-0000-0000-0000-000000000000",\n  "detail-type": "Parameter Store Change",\n  "source": "aws.ssm",\n  "account": "111122223333",\n  "time": "2026-11-30T08:00:00Z",\n  "region": "us-east-1",\n  "resources": ["arn:aws:ssm:us-east-1:111122223333:parameter/my-app/dev/db-url"],\n  "detail": {\n    "operation": "Update",\n    "name": "/my-app/dev/db-url",\n    "type": "String"\n  }\n}',
  },
];
