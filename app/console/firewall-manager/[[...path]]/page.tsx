import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string | undefined> = {
  "getting-started": "Getting started",
  policies: "Security policies",
  "create-policy": "Create policy",
  accounts: "Accounts",
  settings: "Settings",
  lists: "Application and protocol lists",
};

/** What stands in the window's tab: the place. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path: [first = "getting-started", second, third] = [] } = await params;
  const place = first === "accounts" && second ? `Account ${second}` : first === "policies" && third ? "Policy" : (places[first] ?? "Getting started");
  return { title: `${place}, Firewall Manager` };
}

/** The console itself stands in the layout and reads its address. */
export default function FirewallManagerPage() {
  return null;
}
