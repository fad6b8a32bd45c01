import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string> = {
  "aws-managed": "AWS managed keys",
  "custom-key-stores": "Custom key stores",
  "keys/create": "Create key",
};

/** What stands in the window's tab: the place, and the key where there is one, by the start of its id. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path = [] } = await params;
  const place = places[path.join("/")] ?? (path[1] ? `Key ${path[1].slice(0, 8)}…` : "Customer managed keys");
  return { title: `${place}, KMS` };
}

/** The console itself stands in the layout and reads its address. */
export default function KmsPage() {
  return null;
}
