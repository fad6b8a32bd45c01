import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string | undefined> = {
  "getting-started": "Getting started",
  overview: "Overview",
  "protected-resources": "Protected resources",
  "protection-groups": "Protection groups",
  "response-team": "Response team",
  events: "Events",
  "cost-protection": "Cost protection",
};
const deeper: Record<string, string | undefined> = { "protected-resources/add": "Add resources to protect", "protection-groups/create": "Create protection group", "events/launch": "Launch an attack" };
const single: Record<string, string | undefined> = { "protected-resources": "Protection", "protection-groups": "Protection group", events: "Event" };

/** What stands in the window's tab. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first = "getting-started", second] = [] } = await params;
  const place = (second && (deeper[`${first}/${second}`] ?? single[first])) || places[first] || "Getting started";
  return { title: `${place}, AWS Shield` };
}

/** The console itself stands in the layout and reads its address. */
export default function ShieldPage() {
  return null;
}
