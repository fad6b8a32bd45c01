"use client";

import dynamic from "next/dynamic";

export const Waiting = ({ what }: { what: string }) => (
  <p role="status" className="p-6 text-[0.875rem] text-faint">
    Opening {what}…
  </p>
);

/** Consoles and the terminal are fetched when they are opened, never before. */
export const KmsConsole = dynamic(() => import("../console/kms/kms-console").then((module) => module.KmsConsole), {
  ssr: false,
  loading: () => <Waiting what="the KMS console" />,
});
export const ParameterStoreConsole = dynamic(
  () => import("../console/parameter-store/parameter-store-console").then((module) => module.ParameterStoreConsole),
  {
    ssr: false,
    loading: () => <Waiting what="the Parameter Store console" />,
  },
);
export const Terminal = dynamic(() => import("../terminal/terminal").then((module) => module.Terminal), {
  ssr: false,
  loading: () => <Waiting what="the terminal" />,
});
