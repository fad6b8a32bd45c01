"use client";

import { useState } from "react";
import { Dialog } from "../ui/dialog";
import { KeyChip, Plain, Sealed } from "../ui/sealed";
import type { Token } from "@/lib/lessons/figure";

type Form = "text" | "base64" | "hex";

/** What a token holds: its bytes in three forms, the key, the encryption context, and the call that made it. */
export function OpenedToken({ token, onClose, onWhy }: { token?: Token; onClose(): void; onWhy(): void }) {
  const holds = token?.holds;
  const forms: Form[] = holds?.text ? ["text", "base64", "hex"] : ["base64", "hex"];
  const [chosen, setChosen] = useState<Form>("text");
  const form = forms.includes(chosen) ? chosen : forms[0];
  return (
    <Dialog open={holds !== undefined} onClose={onClose} title={holds?.title ?? ""}>
      <div className="space-y-4 px-5 py-4 text-sm">
        {holds?.bytes !== undefined ? (
          <div>
            <div role="group" aria-label="Form of the bytes" className="mb-2 flex gap-1">
              {forms.map((each) => (
                <button key={each} type="button" aria-pressed={each === form} className="button min-h-7 px-2 py-0 text-xs aria-pressed:border-brass aria-pressed:text-brass" onClick={() => setChosen(each)}>
                  {each}
                </button>
              ))}
              <span className="ml-auto self-center text-xs text-faint">{atob(holds.bytes).length.toLocaleString("en")} bytes</span>
            </div>
            {token!.look === "sealed" || (token!.look === "request" && holds.keyArn) ? <Sealed keyId={holds.keyArn}>{inForm(holds.bytes, form)}</Sealed> : <Plain>{inForm(holds.bytes, form)}</Plain>}
          </div>
        ) : null}
        <dl className="grid grid-cols-[8rem_1fr] gap-x-3 gap-y-2">
          {holds?.keyArn ? (
            <>
              <dt className="text-faint">Key</dt>
              <dd>
                <KeyChip keyId={holds.keyArn} />
              </dd>
            </>
          ) : null}
          {holds?.context ? (
            <>
              <dt className="text-faint">Encryption context</dt>
              <dd className="font-mono text-xs [overflow-wrap:anywhere]">
                {Object.entries(holds.context).map(([key, value]) => (
                  <span key={key} className="block">
                    {key} = {value}
                  </span>
                ))}
              </dd>
            </>
          ) : null}
          {holds?.call ? (
            <>
              <dt className="text-faint">Call</dt>
              <dd className="font-mono text-xs [overflow-wrap:anywhere]">
                {holds.call.service}:{holds.call.operation} {JSON.stringify(holds.call.input)}
              </dd>
            </>
          ) : null}
        </dl>
        {holds?.note ? <p className="text-soft [overflow-wrap:anywhere]">{holds.note}</p> : null}
        <button type="button" className="button" onClick={onWhy}>
          Why?
        </button>
      </div>
    </Dialog>
  );
}

function inForm(bytes: string, form: Form): string {
  if (form === "base64") return bytes;
  const raw = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
  return form === "text" ? new TextDecoder().decode(raw) : [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
