"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ConsoleName } from "@/lib/store/pane";
import { Strip } from "../strip/strip";
import { KmsConsole, ParameterStoreConsole } from "./consoles";

/** A console at its own address, full size in our frame. */
export function ConsolePage({ name }: { name: ConsoleName }) {
  const router = useRouter();
  const base = `/console/${name}`;
  const path = usePathname().slice(base.length).split("/").filter(Boolean);
  const navigate = (to: string) => router.push(`${base}/${to.replace(/^\/+/, "")}`);
  const Console = name === "kms" ? KmsConsole : ParameterStoreConsole;
  return (
    <>
      <main id="main" className="min-h-[calc(100dvh-var(--bar)-var(--strip))] bg-raised">
        <Console path={path} navigate={navigate} />
      </main>
      <Strip />
    </>
  );
}
