import type { ReactNode } from "react";
import { playFigure } from "./play";
import { Player } from "./player";
import { figures } from "./registry";
import type { DrawnFigure, Figure } from "@/lib/lessons/figure";

/** The figure without its script, which the page fetches only when somebody changes a setting. */
export function drawn({ play: _play, ...rest }: Figure): DrawnFigure {
  return rest;
}

/** A figure in a lesson. Its first playing is done where the page is built: reading it needs no engine. */
export async function FigureInText({ id }: { id: string }) {
  if (!figures[id]) throw new Error(`No figure ${id}: add it to components/figure/registry.ts, or use FigureLater.`);
  const { default: figure } = await figures[id]();
  return <Player figure={drawn(figure)} first={await playFigure(figure, {})} place="text" />;
}

/** A picture of the notes that is not drawn yet: what it shows stands here in words. */
export function FigureLater({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={`figure-${id}`} role="note" className="block max-w-[36rem] scroll-mt-20 rounded-lg border border-dashed border-rule-strong px-4 py-3 font-sans text-[0.875rem] leading-relaxed text-soft">
      <p className="overline">The figure comes later. In words</p>
      <div className="mt-1">{children}</div>
    </div>
  );
}
