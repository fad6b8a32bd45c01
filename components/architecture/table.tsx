import type { ReactNode } from "react";

/** A table of the page, under its heads; wide ones scroll in a box of their own, also by keyboard. `at` is a head's own look. */
export function FiguresTable({ label, heads, children }: { label: string; heads: readonly { text: string; at: string }[]; children: ReactNode }) {
  return (
    <div className="mt-2 overflow-x-auto" tabIndex={0} role="group" aria-label={label}>
      <table className="w-full max-w-[52rem] border-collapse text-sm [font-variant-numeric:tabular-nums_lining-nums]">
        <thead>
          <tr className="border-b border-rule-strong text-left text-xs text-faint">
            {heads.map(({ text, at }) => (
              <th key={text} scope="col" className={`py-1.5 font-medium ${at}`}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
