"use client";

import dynamic from "next/dynamic";

/** The comparison of the two stores with its prices: of one lesson only, so that the others do not carry it. */
export const StoreCostsLater = dynamic(() => import("./store-costs").then(({ StoreCosts }) => StoreCosts), {
  loading: () => <p className="block text-soft">Which store, and what it costs …</p>,
});
