"use client";

import { regions } from "@/lib/lessons/region-names";
import { setIdentity } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { PlaceGlyph, TickGlyph } from "../ui/glyphs";

/** The Region in which a lesson's commands belong, and the way there. Nobody is taken there unasked: it is the whole lab's. */
export function Region({ code }: { code: string }) {
  const there = useLab((state) => state.identity.region === code);
  const name = regions[code];
  return (
    <div className="flex max-w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-rule bg-raised px-3 py-1.5 font-sans text-[0.875rem]" data-region={code} data-there={there}>
      <PlaceGlyph size={16} className="text-brass" />
      <span className="min-w-0 flex-1">
        This lesson works in {name} (<code>{code}</code>).
      </span>
      {there ? (
        <span className="inline-flex items-center gap-1 text-allow">
          <TickGlyph size={14} /> You are there
        </span>
      ) : (
        <button type="button" className="button button-quiet min-h-8 text-brass" onClick={() => setIdentity({ region: code })}>
          Go to {name}
        </button>
      )}
    </div>
  );
}
