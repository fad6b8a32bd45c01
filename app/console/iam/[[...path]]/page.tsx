import type { Metadata } from "next";

interface Params {
  params: Promise<{ path?: string[] }>;
}

const places: Record<string, string> = {
  home: "Dashboard",
  groups: "User groups",
  "groups/create": "Create user group",
  users: "Users",
  "users/create": "Create user",
  roles: "Roles",
  "roles/create": "Create role",
  policies: "Policies",
  "policies/create": "Create policy",
  account: "Account settings",
  "service-control-policies": "Service control policies",
  "resource-control-policies": "Resource control policies",
  "test-as": "Test as",
};

/** What stands in the window's tab: the place, or the name of what is looked at. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { path = [] } = await params;
  const place = places[path.join("/")] ?? (path[2] ? nameOf(path[2]) : places[path[0] ?? "home"]);
  return { title: place ? `${place}, IAM` : "IAM" };
}

/** The last part of a name or ARN as it was written; an address that is not well encoded stays as it is. */
function nameOf(part: string): string {
  try {
    return decodeURIComponent(part).split("/").at(-1)!;
  } catch {
    return part;
  }
}

/** The console itself stands in the layout and reads its address. */
export default function IamPage() {
  return null;
}
