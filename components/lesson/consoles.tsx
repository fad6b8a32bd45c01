"use client";

import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import type { ConsoleName } from "@/lib/store/pane";
import { BillGlyph, DatabaseGlyph, EventGlyph, FunctionGlyph, KeyGlyph, LogGlyph, ParameterGlyph, PolicyGlyph, SecretGlyph, ShieldGlyph, StackGlyph, TrailGlyph, UserGlyph, WafGlyph } from "../ui/glyphs";

export const Waiting = ({ what }: { what: string }) => (
  <p role="status" className="p-6 text-[0.875rem] text-faint">
    Opening {what}…
  </p>
);

/** Consoles and the terminal are fetched when they are opened, never before. */
export const KmsConsole = dynamic(() => import("../console/kms/kms-console").then((module) => module.KmsConsole), {
  ssr: false,
  loading: () => <Waiting what="the KMS console" />,
});
export const ParameterStoreConsole = dynamic(
  () => import("../console/parameter-store/parameter-store-console").then((module) => module.ParameterStoreConsole),
  {
    ssr: false,
    loading: () => <Waiting what="the Parameter Store console" />,
  },
);
export const SecretsManagerConsole = dynamic(() => import("../console/secrets-manager/secrets-console").then((module) => module.SecretsManagerConsole), {
  ssr: false,
  loading: () => <Waiting what="the Secrets Manager console" />,
});
export const LambdaConsole = dynamic(() => import("../console/lambda/lambda-console").then((module) => module.LambdaConsole), {
  ssr: false,
  loading: () => <Waiting what="the Lambda console" />,
});
export const RdsConsole = dynamic(() => import("../console/rds/rds-console").then((module) => module.RdsConsole), {
  ssr: false,
  loading: () => <Waiting what="the RDS console" />,
});
export const EventBridgeConsole = dynamic(() => import("../console/eventbridge/eventbridge-console").then((module) => module.EventBridgeConsole), {
  ssr: false,
  loading: () => <Waiting what="the EventBridge console" />,
});
export const LogsConsole = dynamic(() => import("../console/logs/logs-console").then((module) => module.LogsConsole), {
  ssr: false,
  loading: () => <Waiting what="the logs" />,
});
export const CloudFormationConsole = dynamic(() => import("../console/cloudformation/cloudformation-console").then((module) => module.CloudFormationConsole), {
  ssr: false,
  loading: () => <Waiting what="the CloudFormation console" />,
});
export const WafConsole = dynamic(() => import("../console/waf/waf-console").then((module) => module.WafConsole), {
  ssr: false,
  loading: () => <Waiting what="the WAF console" />,
});
export const ShieldConsole = dynamic(() => import("../console/shield/shield-console").then((module) => module.ShieldConsole), {
  ssr: false,
  loading: () => <Waiting what="the Shield console" />,
});
export const FirewallManagerConsole = dynamic(() => import("../console/firewall-manager/firewall-manager-console").then((module) => module.FirewallManagerConsole), {
  ssr: false,
  loading: () => <Waiting what="the Firewall Manager console" />,
});
export const IamConsole = dynamic(() => import("../console/iam/iam-console").then((module) => module.IamConsole), {
  ssr: false,
  loading: () => <Waiting what="the IAM console" />,
});
export const CloudTrailConsole = dynamic(() => import("../console/cloudtrail/cloudtrail-console").then((module) => module.CloudTrailConsole), {
  ssr: false,
  loading: () => <Waiting what="the CloudTrail console" />,
});
export const BillingConsole = dynamic(() => import("../console/billing/billing-console").then((module) => module.BillingConsole), {
  ssr: false,
  loading: () => <Waiting what="the bills" />,
});

/** The consoles in the order in which they are offered, by the names of their addresses. */
export const consolesByName: Record<
  ConsoleName,
  { label: string; Glyph: typeof KeyGlyph; Console: ComponentType<{ path: string[]; navigate(path: string): void }> }
> = {
  kms: { label: "KMS", Glyph: KeyGlyph, Console: KmsConsole },
  "systems-manager": { label: "Parameter Store", Glyph: ParameterGlyph, Console: ParameterStoreConsole },
  secretsmanager: { label: "Secrets Manager", Glyph: SecretGlyph, Console: SecretsManagerConsole },
  lambda: { label: "Lambda", Glyph: FunctionGlyph, Console: LambdaConsole },
  rds: { label: "RDS", Glyph: DatabaseGlyph, Console: RdsConsole },
  events: { label: "EventBridge", Glyph: EventGlyph, Console: EventBridgeConsole },
  cloudwatch: { label: "CloudWatch Logs", Glyph: LogGlyph, Console: LogsConsole },
  cloudformation: { label: "CloudFormation", Glyph: StackGlyph, Console: CloudFormationConsole },
  wafv2: { label: "WAF & Shield", Glyph: WafGlyph, Console: WafConsole },
  shield: { label: "Shield", Glyph: ShieldGlyph, Console: ShieldConsole },
  "firewall-manager": { label: "Firewall Manager", Glyph: PolicyGlyph, Console: FirewallManagerConsole },
  iam: { label: "IAM", Glyph: UserGlyph, Console: IamConsole },
  cloudtrail: { label: "CloudTrail", Glyph: TrailGlyph, Console: CloudTrailConsole },
  billing: { label: "Bills", Glyph: BillGlyph, Console: BillingConsole },
};

export const Terminal = dynamic(() => import("../terminal/terminal").then((module) => module.Terminal), {
  ssr: false,
  loading: () => <Waiting what="the terminal" />,
});
export const CodeTab = dynamic(() => import("../code/code-tab").then((module) => module.CodeTab), {
  ssr: false,
  loading: () => <Waiting what="the Code tab" />,
});
