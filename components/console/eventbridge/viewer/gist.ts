import type { CloudEvent, JsonObject } from "@/lib/engine/types";

/** What an event is about, in a few words of its own. */
export function gist({ detail, "detail-type": type }: Readonly<CloudEvent>): string {
  const text = (name: string): string => (typeof detail[name] === "string" ? (detail[name] as string) : "");
  switch (type) {
    case "AWS API Call via CloudTrail":
    case "AWS Service Event via CloudTrail":
      return [text("eventName"), text("errorCode")].filter(Boolean).join(": ");
    case "Parameter Store Change":
      return `${text("operation")} ${text("name")}`;
    case "Parameter Store Policy Action":
      return `${text("policy-type")} of ${text("parameter-name")}`;
    case "Secret Label Updated":
      return `${text("labelUpdated")} of ${text("name")}`;
    case "CloudFormation Stack Status Change":
    case "CloudFormation Resource Status Change":
      return [text("logical-resource-id"), (detail["status-details"] as JsonObject | undefined)?.status].filter(Boolean).join(": ");
    default:
      return text("key-id") || text("Message") || short(detail);
  }
}

const most = 80;

function short(detail: JsonObject): string {
  const text = JSON.stringify(detail);
  return text === "{}" ? "-" : text.length > most ? `${text.slice(0, most)}…` : text;
}
