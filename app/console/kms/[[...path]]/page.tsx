import type { Metadata } from "next";
import { ConsolePage } from "@/components/lesson/console-page";

export const metadata: Metadata = { title: "Key Management Service" };

export default function KmsPage() {
  return <ConsolePage name="kms" />;
}
