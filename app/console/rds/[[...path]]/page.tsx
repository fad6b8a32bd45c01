import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

/** What stands in the window's tab: the place, or the database's name. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first, , id] = [] } = await params;
  const place = first === "create" ? "Create database" : first === "query-editor" ? "Query editor" : id ? nameOf(id) : "Databases";
  return { title: `${place}, RDS` };
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
export default function RdsPage() {
  return null;
}
