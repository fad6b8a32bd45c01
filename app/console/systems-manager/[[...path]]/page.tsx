import type { Metadata } from "next";

export const metadata: Metadata = { title: "Parameter Store" };

/** The console itself stands in the layout and reads its address. */
export default function ParameterStorePage() {
  return null;
}
