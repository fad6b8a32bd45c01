"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { ConsoleName } from "@/lib/store/pane";
import { Strip } from "../strip/strip";
import { consolesByName } from "./consoles";

/** The consoles at their own addresses, full size in our frame. Lives in the layout: going from page to page keeps it. */
export function ConsolePage({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [, , name, ...path] = usePathname().replace(/\/+$/, "").split("/") as [string, string, ConsoleName, ...string[]];
  const base = `/console/${name}`;
  const navigate = (to: string) => router.push(`${base}/${to.replace(/^\/+/, "")}`);
  const { Console } = consolesByName[name];
  return (
    <>
      <main id="main" className="min-h-[calc(100dvh-var(--bar)-var(--strip))] bg-raised">
        <Console path={path} navigate={navigate} />
        {children}
      </main>
      <Strip />
    </>
  );
}
