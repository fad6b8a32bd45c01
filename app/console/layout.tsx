import type { ReactNode } from "react";
import { ConsolePage } from "@/components/lesson/console-page";

/** Holds the console, so that it stays as it is from page to page; the pages below bring the titles. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <ConsolePage>{children}</ConsolePage>;
}
