import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string | undefined> = {
  "web-acls": "Web ACLs",
  "rule-groups": "Rule groups",
  "managed-rule-groups": "Managed rule groups",
  "ip-sets": "IP sets",
  "regex-pattern-sets": "Regex pattern sets",
};
const created: Record<string, string | undefined> = { "web-acl": "Create web ACL", "rule-group": "Create rule group", "ip-set": "Create IP set", "regex-pattern-set": "Create regex pattern set" };

/** What stands in the window's tab: the place, or the name of what is shown. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first = "web-acls", second = "", third, fourth] = [] } = await params;
  const name = first === "create" ? undefined : first === "managed-rule-groups" ? fourth : third;
  const place = name ? nameOf(name) : first === "create" ? (created[second] ?? "Create web ACL") : (places[first] ?? "Web ACLs");
  return { title: `${place}, WAF & Shield` };
}

/** A name as it was written; an address that is not well encoded stays as it is. */
function nameOf(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The console itself stands in the layout and reads its address. */
export default function WafPage() {
  return null;
}
