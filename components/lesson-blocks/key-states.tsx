import { checkState, gridRows, gridStates } from "@/lib/engine/kms/state-grid";

/** What the table writes for AWS's answer, and what stands below it. */
const marks: Record<string, string> = { DisabledException: "D", KMSInvalidStateException: "S", UnsupportedOperationException: "U" };

/** `PendingReplicaDeletion` in words, so that it can be broken. */
const words = (state: string): string => state.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");

const arn = "arn:aws:kms:eu-west-2:111122223333:key/example";

/** Which operations work on a key in which state: the table that the engine itself asks, so what stands here is what happens. */
export function KeyStates() {
  // Keys of custom key stores are not simulated; nor is what is about no key a matter of its state.
  const states = gridStates.filter((state) => state !== "Unavailable");
  const rows = gridRows.filter(([cells]) => !/^[-x]/.test(cells));
  const answer = (operation: string, KeyState: (typeof gridStates)[number]): string | undefined => {
    const Origin = operation.includes("Import") ? "EXTERNAL" : "AWS_KMS";
    return checkState(operation, { KeyState, Origin, Arn: arn })?.error.code;
  };
  return (
    <figure id="key-states" className="block scroll-mt-20 font-sans text-[0.8125rem] leading-snug">
      <figcaption className="overline">Key states: what works, and what is answered</figcaption>
      <div className="mt-2 overflow-x-auto rounded-lg border border-rule bg-raised" tabIndex={0} role="region" aria-label="Key states and operations">
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-b border-rule-strong text-left align-bottom text-soft">
              <th scope="col" className="sticky left-0 min-w-44 bg-raised px-3 py-2 font-semibold">Operations</th>
              {states.map((state) => (
                <th key={state} scope="col" className="px-2 py-2 text-center font-semibold">{words(state)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([cells, operations]) => (
              <tr key={operations} className="border-b border-rule align-top last:border-0">
                <th scope="row" className="sticky left-0 bg-raised px-3 py-2 text-left font-normal">{operations.split(" ").join(", ")}</th>
                {states.map((state) => {
                  const code = answer(operations.split(" ")[0], state);
                  return (
                    <td key={state} className={`px-2 py-2 text-center ${code ? "text-implicit" : "text-allow"}`}>
                      {code ? <abbr title={code}>{marks[code] ?? code}</abbr> : <><span aria-hidden>✓</span><span className="sr-only">works</span></>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-xs text-faint">✓ works. {Object.entries(marks).map(([code, mark]) => `${mark} ${code}`).join(". ")}. Rotation is for AWS’s own material, import for yours.</p>
    </figure>
  );
}
