import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

/** What stands in the window's tab: the place, or the stack's name. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first, name] = [] } = await params;
  const place = first === "create" ? "Create stack" : first === "exports" ? "Exports" : name ? nameOf(name) : "Stacks";
  return { title: `${place}, CloudFormation` };
}

/** A name as it was written, of an id the stack's name; an address that is not well encoded stays as it is. */
function nameOf(part: string): string {
  try {
    const name = decodeURIComponent(part);
    return name.startsWith("arn:") ? (name.split("/")[1] ?? name) : name;
  } catch {
    return part;
  }
}

/** The console itself stands in the layout and reads its address. */
export default function CloudFormationPage() {
  return null;
}
