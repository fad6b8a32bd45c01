import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

/** What stands in the window's tab: the place, or the secret's name. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first, name] = [] } = await params;
  if (first === "applications") return { title: `${name === "start" ? "Start an application" : name ? nameOf(name) : "Applications"}, Secrets Manager` };
  return { title: `${name === "new" ? "Store a new secret" : name ? nameOf(name) : "Secrets"}, Secrets Manager` };
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
export default function SecretsManagerPage() {
  return null;
}
