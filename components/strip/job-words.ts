const known: Record<string, string> = {
  "kms:automatic-rotation": "a key rotates",
  "kms:deletion": "a key is deleted",
  Expiration: "a parameter expires",
  ExpirationNotification: "a notice before a parameter expires",
  NoChangeNotification: "a notice that a parameter has not changed",
};

/** What a job of the lab's clock will do, in few words. An unknown one is called by its service and its own name. */
export const jobWords = (service: string, kind: string): string => known[kind] ?? `${service} ${kind}`;
