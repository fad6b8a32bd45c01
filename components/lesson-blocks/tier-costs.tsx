"use client";

import { useState } from "react";
import { type TierUse, tierCosts } from "@/lib/lessons/tier-costs";
import { dollars } from "./dollars";
import { Slider } from "./slider";

/** How many, how large, how often read: which tier works, and what it costs a month. The figure PS of the notes, with your numbers in it. */
export function TierCosts() {
  const [use, setUse] = useState<TierUse>({ parameters: 200, bytes: 1_000, callsPerMonth: 500_000, policies: false, higherThroughput: false });
  const set = (change: Partial<TierUse>) => setUse((before) => ({ ...before, ...change }));
  const { standard, advanced, intelligent } = tierCosts(use);
  return (
    <figure id="figure-PS" className="block max-w-[40rem] scroll-mt-20 rounded-lg border border-rule bg-raised px-5 py-4 font-sans text-[0.875rem] leading-normal [font-variant-numeric:tabular-nums_lining-nums]">
      <figcaption className="overline">Which tier, and what it costs</figcaption>
      <div className="mt-3 grid gap-3 phone:grid-cols-2">
        <Slider label="Parameters" value={use.parameters} max={120_000} scale="log" onChange={(parameters) => set({ parameters })} />
        <Slider label="Bytes in the largest value" value={use.bytes} max={9_000} onChange={(bytes) => set({ bytes })} />
        <Slider label="Calls a month" value={use.callsPerMonth} max={1_000_000_000} scale="log" onChange={(callsPerMonth) => set({ callsPerMonth })} />
        <div className="flex flex-col justify-center gap-1.5">
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={use.policies} onChange={(event) => set({ policies: event.target.checked })} /> Parameter policies
          </label>
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={use.higherThroughput} onChange={(event) => set({ higherThroughput: event.target.checked })} /> Higher throughput
          </label>
        </div>
      </div>
      <table className="mt-4 w-full border-collapse" aria-live="polite">
        <thead>
          <tr className="border-b border-rule-strong text-left text-soft">
            <th className="py-1 pr-3 font-semibold">Asked for</th>
            <th className="py-1 pr-3 font-semibold">Storage</th>
            <th className="py-1 pr-3 font-semibold">Calls</th>
            <th className="py-1 text-right font-semibold">A month</th>
          </tr>
        </thead>
        <tbody>
          {[standard, advanced, intelligent].map((tier) => (
            <tr key={tier.name} className="border-b border-rule align-top">
              <th scope="row" className="py-1.5 pr-3 text-left font-medium">
                {tier.name}
              </th>
              {tier.refused ? (
                <td colSpan={3} className="py-1.5 text-implicit">
                  {tier.refused}
                </td>
              ) : (
                <>
                  <td className="py-1.5 pr-3">{dollars(tier.storage)}</td>
                  <td className="py-1.5 pr-3">{dollars(tier.calls)}</td>
                  <td className="py-1.5 text-right font-semibold">{dollars(tier.storage + tier.calls)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-faint">US dollars, as of 2026. All parameters are taken to be alike; KMS requests of SecureStrings come on top.</p>
    </figure>
  );
}
