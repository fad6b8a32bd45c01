import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string | undefined> = { buses: "Event buses", sandbox: "Sandbox", events: "Events", rules: "Rules" };

/** What stands in the window's tab: the place, or the name of the rule or bus. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first = "rules", second, third] = [] } = await params;
  const name = first === "rules" ? third : first === "create" ? undefined : second;
  const place = name ? nameOf(name) : first === "create" ? (second === "bus" ? "Create event bus" : "Create rule") : (places[first] ?? "Rules");
  return { title: `${place}, EventBridge` };
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
export default function EventBridgePage() {
  return null;
}
