"use client";
import type { ReactNode } from "react";
import { ConsoleFrame, type Crumb } from "../frame/console-frame";
import { decodePart, pathTo } from "../frame/place";
import { AwsManagedKeys, CustomerManagedKeys } from "./key-lists";
import { CustomKeyStores } from "./custom-key-stores";
import { CreateKeyWizard } from "./create/create-key-wizard";
import { KeyDetail } from "./detail/key-detail";
import { ImportKeyMaterial } from "./import/import-wizard";
import { ReplicateKey } from "./replicate/replicate-wizard";
import { ScheduleDeletion } from "./schedule-deletion";

const WATCHES = ["kms"];
const KEYS: Crumb = { text: "Customer managed keys", to: "keys" };

/**
 * AWS KMS as its console shows it. `path` are the parts of the address after `/console/kms`: `keys`, `keys/create`,
 * `keys/<id>[/<tab>]`, `keys/<id>/import/<initial|new|material id>`, `keys/<id>/replicate`, `keys/<id>[,<id>]/schedule-deletion`, `aws-managed`, `custom-key-stores`.
 * `navigate` gets such a path, its parts encoded.
 */
export function KmsConsole({ path, navigate, base = "/console/kms" }: { path: string[]; navigate(path: string): void; base?: string }) {
  const parts = path.map(decodePart);
  const { active, crumbs, page } = route(parts, navigate);
  return (
    <ConsoleFrame
      service="Key Management Service (KMS)"
      base={base}
      home="keys"
      navigate={navigate}
      active={active}
      crumbs={crumbs}
      watches={WATCHES}
      navigation={[
        { type: "link", text: "AWS managed keys", href: "aws-managed" },
        { type: "link", text: "Customer managed keys", href: "keys" },
        { type: "link", text: "Custom key stores", href: "custom-key-stores" },
      ]}
    >
      {page}
    </ConsoleFrame>
  );
}

function route([first, second, third, fourth]: string[], navigate: (path: string) => void): { active: string; crumbs: Crumb[]; page: ReactNode } {
  if (first === "aws-managed") {
    if (second)
      return {
        active: first,
        crumbs: [{ text: "AWS managed keys", to: "aws-managed" }, { text: second }],
        page: <KeyDetail key={second} id={second} tab={third} under="aws-managed" />,
      };
    return { active: first, crumbs: [{ text: "AWS managed keys" }], page: <AwsManagedKeys /> };
  }
  if (first === "custom-key-stores") return { active: first, crumbs: [{ text: "Custom key stores" }], page: <CustomKeyStores /> };
  if (second === "create") return { active: "keys", crumbs: [KEYS, { text: "Create key" }], page: <CreateKeyWizard navigate={navigate} /> };
  if (second && third === "schedule-deletion") {
    const ids = second.split(",");
    return {
      active: "keys",
      crumbs: [KEYS, ...(ids.length === 1 ? [{ text: second, to: pathTo("keys", second) }] : []), { text: "Schedule key deletion" }],
      page: <ScheduleDeletion key={second} ids={ids} navigate={navigate} />,
    };
  }
  if (second && third === "import") {
    const crumbs = [KEYS, { text: second, to: pathTo("keys", second) }, { text: "Import key material" }];
    return { active: "keys", crumbs, page: <ImportKeyMaterial key={second} id={second} mode={fourth ?? "initial"} navigate={navigate} /> };
  }
  if (second && third === "replicate") {
    const crumbs = [KEYS, { text: second, to: pathTo("keys", second) }, { text: "Create new replica keys" }];
    return { active: "keys", crumbs, page: <ReplicateKey key={second} id={second} navigate={navigate} /> };
  }
  if (second)
    return { active: "keys", crumbs: [KEYS, { text: second }], page: <KeyDetail key={second} id={second} tab={third} under="keys" /> };
  return { active: "keys", crumbs: [{ text: KEYS.text }], page: <CustomerManagedKeys /> };
}
