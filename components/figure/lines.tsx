import { CrossGlyph, TickGlyph } from "../ui/glyphs";
import type { Line } from "@/lib/lessons/figure";

const looks: Record<Line["state"], string> = {
  unread: "text-faint",
  passed: "text-soft",
  met: "bg-allow-tint text-ink",
  missed: "bg-deny-tint text-ink",
};

/** A document whose lines light up as the evaluation comes to them. */
export function Lines({ title, lines }: { title: string; lines: Line[] }) {
  return (
    <div className="mt-2 min-w-0">
      <p className="overline">{title}</p>
      <pre tabIndex={0} aria-label={title} className="mt-1 overflow-x-auto rounded-md border border-rule bg-paper py-2 font-mono text-xs leading-relaxed">
        {lines.map((line, at) => (
          <span key={at} className={`flex min-w-fit items-center gap-1.5 px-2 ${looks[line.state]}`}>
            <span className="inline-block w-3.5 shrink-0">{line.state === "met" ? <TickGlyph size={13} className="text-allow" label="met:" /> : line.state === "missed" ? <CrossGlyph size={13} className="text-deny" label="not met:" /> : null}</span>
            <span className="whitespace-pre">{line.text}</span>
          </span>
        ))}
      </pre>
    </div>
  );
}
