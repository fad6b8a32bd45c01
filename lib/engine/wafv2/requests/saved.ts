import type { Client, HttpMessage } from "./types";

/** What a saved request is about. A harmless one has the kind that it could be taken for; `everyday`: for none. */
export const savedKinds = [
  "sqli", "xss", "lfi", "rfi", "ssrf", "log4j", "java", "probe", "scanner", "bot", "php", "wordpress", "shell", "windows", "size", "login", "everyday",
] as const;
export type SavedKind = (typeof savedKinds)[number];

/** A request to send again and again: by hand, as a set against two versions of a web ACL, or in a lesson. Plain data. */
export interface SavedRequest {
  /** Small letters, digits and hyphens. */
  id: string;
  title: string;
  kind: SavedKind;
  /** Whether a web ACL should stop it. */
  harmful: boolean;
  /** One sentence. */
  why: string;
  message: HttpMessage;
  /** Absent: whoever sends it chooses. */
  client?: Client;
}
