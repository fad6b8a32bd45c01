"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";

/** The panel brings the API's shapes with it; it is fetched when somebody asks. */
const WhyPanel = dynamic(() => import("./why-panel").then((module) => module.WhyPanel), { ssr: false });

function Host() {
  const seq = Number(useSearchParams().get("why") ?? Number.NaN);
  return Number.isInteger(seq) ? <WhyPanel seq={seq} /> : null;
}

export function WhyHost() {
  return (
    <Suspense>
      <Host />
    </Suspense>
  );
}
