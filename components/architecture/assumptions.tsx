import { model, pages, simplified } from "@/lib/engine/architecture/model";
import { partPrices } from "@/lib/engine/architecture/prices";

const number = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 4 });

/** Every number that the runs are made of, with where it comes from. */
export function Assumptions() {
  return (
    <section aria-labelledby="assumptions-title" className="mt-10 border-t border-rule pt-6">
      <h2 id="assumptions-title" className="font-serif text-2xl font-semibold tracking-tight">
        What is simplified
      </h2>
      <ul className="mt-2 max-w-[44rem] list-disc space-y-1 pl-5 text-sm text-soft">
        {simplified.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <details className="mt-3 text-sm">
        <summary className="text-soft hover:text-ink">Every number of the model</summary>
        <div className="mt-2 overflow-x-auto" tabIndex={0} role="group" aria-label="Numbers of the model">
          <table className="w-full max-w-[56rem] border-collapse text-sm [font-variant-numeric:tabular-nums_lining-nums]">
            <thead>
              <tr className="border-b border-rule-strong text-left text-xs text-faint">
                <th scope="col" className="py-1.5 pr-3 font-medium">What</th>
                <th scope="col" className="py-1.5 pr-3 text-right font-medium">Value</th>
                <th scope="col" className="py-1.5 font-medium">From</th>
              </tr>
            </thead>
            <tbody>
              {Object.values(model).map(({ what, value, unit, source }) => (
                <tr key={what} className="border-b border-rule align-top">
                  <td className="py-1 pr-3">{what}</td>
                  <td className="py-1 pr-3 text-right">
                    {number(value)} {unit}
                  </td>
                  <td className="py-1 text-soft">{source}</td>
                </tr>
              ))}
              {pages.map(({ method = "GET", path, work }) => (
                <tr key={method + path} className="border-b border-rule align-top">
                  <td className="py-1 pr-3">
                    {method} <code>{path}</code>: work, answer{work.cacheable ? ", may be cached" : ""}
                  </td>
                  <td className="py-1 pr-3 text-right">
                    {work.cpuMs} ms, {number(work.bytes / 1_000)} kB
                  </td>
                  <td className="py-1 text-soft">chosen</td>
                </tr>
              ))}
              {Object.values(partPrices).map(({ what, usd, per, unit, source }) => (
                <tr key={what} className="border-b border-rule align-top">
                  <td className="py-1 pr-3">{what}</td>
                  <td className="py-1 pr-3 text-right">
                    ${number(usd)} for {number(per)} {unit}
                  </td>
                  <td className="py-1 text-soft">
                    <a className="link" href={source.url}>
                      {source.text}
                    </a>
                    , as of {source.asOf}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
