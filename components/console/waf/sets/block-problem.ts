import { isBlock } from "@/lib/engine/wafv2/addresses";

/** What is wrong with the first block that AWS WAF would not take. */
export function blockProblem(addresses: readonly string[], version: "IPV4" | "IPV6"): string | undefined {
  if (addresses.length > 10_000) return "An IP set has at most 10,000 addresses.";
  const wrong = addresses.find((address) => !isBlock(address, version));
  if (wrong === undefined) return undefined;
  if (!wrong.includes("/")) return `${wrong}: say how long the block is, as in ${wrong}/${version === "IPV4" ? 32 : 128}.`;
  return isBlock(wrong, version === "IPV4" ? "IPV6" : "IPV4") ? `${wrong} is of the other IP version.` : `${wrong} is no ${version === "IPV4" ? "IPv4" : "IPv6"} block that AWS WAF takes; /0 it does not take either.`;
}
