import type { Metadata } from "next";

export const metadata: Metadata = { title: "Key Management Service" };

/** The console itself stands in the layout and reads its address. */
export default function KmsPage() {
  return null;
}
