import type { SideNavigationProps } from "@cloudscape-design/components/side-navigation";

/** AWS shows these three in one console; here each has its own, and leads to the other two. */
const services = [
  { text: "AWS WAF", href: "/console/wafv2/web-acls" },
  { text: "AWS Shield", href: "/console/shield/getting-started" },
  { text: "AWS Firewall Manager", href: "/console/firewall-manager/getting-started" },
];

/** What ends the navigation of the console at `base`. */
export const otherFirewalls = (base: string): SideNavigationProps.Item[] => [
  { type: "divider" },
  ...services.filter(({ href }) => !href.startsWith(`${base}/`)).map(({ text, href }): SideNavigationProps.Item => ({ type: "link", text, href })),
];
