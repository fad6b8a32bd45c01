import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string> = { public: "Public parameters", settings: "Settings", "parameters/create": "Create parameter" };

/** What stands in the window's tab: the place, or the parameter's name. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path = [] } = await params;
  const place = places[path.join("/")] ?? (path[1] ? nameOf(path[1]) : undefined);
  return { title: place ? `${place}, Parameter Store` : "Parameter Store" };
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
export default function ParameterStorePage() {
  return null;
}
