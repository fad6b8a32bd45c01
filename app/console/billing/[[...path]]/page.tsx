import type { Metadata } from "next";

export const metadata: Metadata = { title: "Bills, Billing and Cost Management" };

/** The console itself stands in the layout and reads its address. */
export default function BillingPage() {
  return null;
}
