import type { Metadata } from "next";
import { ConsolePage } from "@/components/lesson/console-page";

export const metadata: Metadata = { title: "Parameter Store" };

export default function ParameterStorePage() {
  return <ConsolePage name="systems-manager" />;
}
