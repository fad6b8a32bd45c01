"use client";
import { ConsoleFrame } from "../frame/console-frame";
import { Bills } from "./bills";

const WATCHES = ["billing", "kms", "ssm"];

/**
 * The bills of the chosen account, as Billing and Cost Management shows them. `path` are the parts of the address after
 * `/console/billing`: `bills`, `bills/<month>` (`2026-11`). `navigate` gets such a path.
 */
export function BillingConsole({ path: [, month], navigate, base = "/console/billing" }: { path: string[]; navigate(path: string): void; base?: string }) {
  return (
    <ConsoleFrame
      service="Billing and Cost Management"
      base={base}
      home="bills"
      navigate={navigate}
      active="bills"
      crumbs={[{ text: "Bills" }]}
      watches={WATCHES}
      navigation={[{ type: "section", text: "Billing and Payments", items: [{ type: "link", text: "Bills", href: "bills" }] }]}
    >
      <Bills month={month} />
    </ConsoleFrame>
  );
}
