import { parseBlock } from "@/lib/engine/wafv2/inspect/ip";

/** Whether a security group's rule can have it: an IPv4 or IPv6 block, or a prefix list. */
export const isCidr = (text: string): boolean => /^pl-\w+$/.test(text) || (text.includes("/") && parseBlock(text) !== undefined);
