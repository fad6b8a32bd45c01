import type { Call, Json } from "@/lib/engine/types";

/** Members that say what a call was about, in the order in which they are looked for. */
const SUBJECTS = ["Names", "Name", "Path", "SecretId", "KeyId", "FunctionName", "RoleArn", "DBInstanceIdentifier", "LogGroupName", "logGroupName", "UserName", "RoleName", "Parameters", "Entries"];

const words = (value: Json | undefined): string => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.slice(0, 3).map((each) => words(each)).filter(Boolean).join(", ") + (value.length > 3 ? ", …" : "");
  return "";
};

/** What a call was about: names and ids, never values. Empty where it names nothing. */
export function callWords({ input = {} }: Call): string {
  for (const member of SUBJECTS) {
    const found = words(input[member]);
    if (found) return found.length > 120 ? `${found.slice(0, 119)}…` : found;
  }
  return "";
}
