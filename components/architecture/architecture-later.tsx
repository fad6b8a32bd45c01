"use client";

import dynamic from "next/dynamic";

/** The architecture in a lesson: of one lesson only, so that the others do not carry it. */
export const ArchitectureLater = dynamic(() => import("./workbench").then(({ Workbench }) => function Architecture() {
  return <Workbench place="text" />;
}), {
  ssr: false,
  loading: () => <p className="block min-h-40 text-soft">A reference architecture under attack …</p>,
});
