import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { SavedKind } from "@/lib/engine/wafv2/requests/saved";
import type { VerdictOutcome } from "@/lib/engine/wafv2/requests/verdict";
import { rightness, type Rightness } from "./set/compare-tries";
import type { Tried } from "./try-requests";

export const kindWords: Record<SavedKind, string> = {
  sqli: "SQL injection", xss: "Cross-site scripting", lfi: "Local files", rfi: "Remote files", ssrf: "Server-side requests", log4j: "Log4j", java: "Java", probe: "Probes", scanner: "Scanners", bot: "Bots",
  php: "PHP", wordpress: "WordPress", shell: "Unix shell", windows: "Windows shell", size: "Size", login: "Login", everyday: "Everyday",
};

export const outcomeWords: Record<VerdictOutcome, { label: string; look: StatusIndicatorProps.Type }> = {
  blocked: { label: "Blocked", look: "error" },
  challenged: { label: "CAPTCHA or challenge", look: "warning" },
  counted: { label: "Counted, let through", look: "info" },
  allowed: { label: "Let through", look: "success" },
};

export const rightWords: Record<Rightness, string> = { right: "as it should", missed: "missed", "false alarm": "false alarm" };

/** Who decided, the rule inside a group with it. */
export const deciderText = ({ decided: { rule, within }, counted }: Tried): string => {
  const by = rule === "Default_Action" ? "Default action" : within === undefined ? rule : `${rule}, ${within}`;
  return counted.length ? `${by}; counted by ${counted.map((each) => each.within ?? each.rule).slice(0, 2).join(", ")}${counted.length > 2 ? ` and ${counted.length - 2} more` : ""}` : by;
};

/** What came of a request, and whether it should have. */
export function VerdictText({ tried, harmful }: { tried: Tried | undefined; harmful: boolean }) {
  if (!tried) return <StatusIndicator type="pending">Not tried</StatusIndicator>;
  const { label, look } = outcomeWords[tried.outcome];
  const right = rightness(harmful, tried);
  return (
    <span className="bench-verdict">
      <StatusIndicator type={look}>{label}</StatusIndicator>
      {right !== "right" && <span className="bench-wrong">{rightWords[right]}</span>}
    </span>
  );
}
