import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

/** What stands in the window's tab. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path = [] } = await params;
  return { title: path[1] ? `Event ${path[1].slice(0, 8)}, CloudTrail` : "Event history, CloudTrail" };
}

/** The console itself stands in the layout and reads its address. */
export default function CloudTrailPage() {
  return null;
}
