"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";

/** The panel brings the API's shapes with it; it is fetched when somebody asks. */
const WhyPanel = dynamic(() => import("./why-panel").then((module) => module.WhyPanel), { ssr: false });

function Host() {
  const [, seq, made] = /^(\d+)(?:\.(\d+))?$/.exec(useSearchParams().get("why") ?? "") ?? [];
  return seq === undefined ? null : <WhyPanel seq={Number(seq)} made={made === undefined ? undefined : Number(made)} />;
}

export function WhyHost() {
  return (
    <Suspense>
      <Host />
    </Suspense>
  );
}
