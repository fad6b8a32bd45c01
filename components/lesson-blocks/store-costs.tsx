"use client";

import { useState } from "react";
import { type StoreCost, type StoreUse, storeCosts } from "@/lib/lessons/store-costs";
import { dollars } from "./dollars";
import { Slider } from "./slider";

/** Parameter Store or Secrets Manager: what each can do of what is needed, and what it costs a month. */
export function StoreCosts() {
  const [use, setUse] = useState<StoreUse>({ secrets: 20, bytes: 200, readsPerMonth: 200_000, rotation: true, regions: 0, otherAccount: false });
  const set = (change: Partial<StoreUse>) => setUse((before) => ({ ...before, ...change }));
  const { parameterStore, secretsManager } = storeCosts(use);
  return (
    <figure className="block max-w-[40rem] scroll-mt-20 rounded-lg border border-rule bg-raised px-5 py-4 font-sans text-[0.875rem] leading-normal [font-variant-numeric:tabular-nums_lining-nums]">
      <figcaption className="overline">Which store, and what it costs</figcaption>
      <div className="mt-3 grid gap-3 phone:grid-cols-2">
        <Slider label="Secrets" value={use.secrets} max={600_000} scale="log" onChange={(secrets) => set({ secrets })} />
        <Slider label="Bytes in the largest" value={use.bytes} max={70_000} scale="log" onChange={(bytes) => set({ bytes })} />
        <Slider label="Reads a month" value={use.readsPerMonth} max={1_000_000_000} scale="log" onChange={(readsPerMonth) => set({ readsPerMonth })} />
        <Slider label="Copies in other Regions" value={use.regions} min={0} max={10} onChange={(regions) => set({ regions })} />
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={use.rotation} onChange={(event) => set({ rotation: event.target.checked })} /> Changed by itself, on a schedule
        </label>
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={use.otherAccount} onChange={(event) => set({ otherAccount: event.target.checked })} /> Read from another account
        </label>
      </div>
      <div className="mt-4 grid gap-4 phone:grid-cols-2" aria-live="polite">
        {[parameterStore, secretsManager].map((store) => (
          <Store key={store === parameterStore ? "ps" : "sm"} {...store} />
        ))}
      </div>
      <p className="mt-3 text-xs text-faint">US dollars, as of November 2026. All secrets are taken to be alike; requests to KMS come on top of both.</p>
    </figure>
  );
}

function Store({ name, cannot, storage, calls }: StoreCost) {
  return (
    <section aria-label={name} className={`border-t-2 pt-2 ${cannot.length ? "border-implicit" : "border-allow"}`}>
      <h3 className="text-[0.875rem]! font-semibold">{name}</h3>
      {cannot.length ? (
        <ul className="mt-1 space-y-1 text-implicit">
          {cannot.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      ) : (
        <p className="mt-1 text-allow">Does all of it.</p>
      )}
      <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-3">
        <dt className="text-soft">Storage</dt>
        <dd className="text-right">{dollars(storage)}</dd>
        <dt className="text-soft">Calls</dt>
        <dd className="text-right">{dollars(calls)}</dd>
        <dt className="font-semibold">A month</dt>
        <dd className="text-right font-semibold">{dollars(storage + calls)}</dd>
      </dl>
    </section>
  );
}
