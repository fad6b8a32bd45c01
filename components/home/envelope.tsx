"use client";

import { useEffect, useRef, useState } from "react";
import type { AwsError, Caller, Reply } from "@/lib/engine/types";
import { useDraft } from "@/lib/store/drafts";
import { keyStyle } from "@/lib/store/hue";
import { call, errorLine, openLab } from "@/lib/store/lab-store";
import { openWhy } from "@/lib/store/why";
import { DecisionMark } from "../ui/decision";
import { LockGlyph } from "../ui/glyphs";
import { KeyChip } from "../ui/sealed";
import styles from "./envelope.module.css";

const account = "111122223333";
/** Where the lessons' key is, and its name. */
const region = "eu-west-2";
const alias = "alias/tutorial";

type Stage =
  | { is: "letter"; opened?: { seq: number } }
  | { is: "sealed"; blob: string; keyArn: string; refused?: { seq: number; error: AwsError; who: string } }
  | { is: "failed"; seq: number; error: AwsError };

const toBlob = (text: string): string => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
const fromBlob = (blob: string): string => new TextDecoder().decode(Uint8Array.from(atob(blob), (char) => char.charCodeAt(0)));

/** A letter that the visitor can seal and open: two calls to the engine, with the bytes that it really makes. */
export function Envelope() {
  const [text, setText] = useDraft("home/letter", "The launch code is 0000.");
  const [stage, setStage] = useState<Stage>({ is: "letter" });
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const next = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const warm = () => void openLab().catch(() => undefined);
    if (typeof requestIdleCallback === "undefined") return;
    const idle = requestIdleCallback(warm, { timeout: 4_000 });
    return () => cancelIdleCallback(idle);
  }, []);

  async function ask(words: string, operation: string, input: Record<string, string>, caller: Caller, then: (reply: Reply) => void) {
    setBusy(words);
    setProblem(undefined);
    try {
      then(await call("kms", operation, input, { door: "figure", region, caller }));
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
    }
    setBusy(undefined);
    // What can be pressed next has changed; the hand stays on it.
    requestAnimationFrame(() => next.current?.focus({ preventScroll: true }));
  }

  const seal = () =>
    ask("Sealing…", "Encrypt", { KeyId: alias, Plaintext: toBlob(text) }, { account, user: "admin" }, (reply) =>
      setStage(
        reply.ok
          ? { is: "sealed", blob: String(reply.output.CiphertextBlob), keyArn: String(reply.output.KeyId) }
          : { is: "failed", seq: reply.seq, error: reply.error },
      ),
    );

  const open = (user: string) => {
    if (stage.is !== "sealed") return;
    void ask("Opening…", "Decrypt", { CiphertextBlob: stage.blob }, { account, user }, (reply) => {
      if (!reply.ok) return setStage({ ...stage, refused: { seq: reply.seq, error: reply.error, who: user } });
      setText(fromBlob(String(reply.output.Plaintext)));
      setStage({ is: "letter", opened: { seq: reply.seq } });
    });
  };

  const sealed = stage.is === "sealed";
  const bytes = sealed ? atob(stage.blob).length : 0;

  return (
    <section
      aria-label="A letter to seal and open"
      data-key=""
      style={sealed ? keyStyle(stage.keyArn) : undefined}
      data-stage={stage.is}
      className="mx-auto w-full max-w-[27rem]"
      onPointerEnter={() => void openLab().catch(() => undefined)}
    >
      <div className={styles.stage} data-sealed={sealed}>
        <div className={styles.back} />
        <svg className={styles.flap} viewBox="0 0 400 140" preserveAspectRatio="none" aria-hidden>
          <path d="M1 1 H399 L212 132 Q200 140 188 132 Z" />
        </svg>
        <div className={styles.letter} inert={sealed}>
          <label htmlFor="letter" className="overline">
            {stage.is === "letter" && stage.opened ? "Opened again" : "Your letter"}
          </label>
          <textarea
            id="letter"
            value={text}
            spellCheck={false}
            onFocus={() => void openLab().catch(() => undefined)}
            onChange={(event) => setText(event.target.value)}
            rows={3}
            className={styles.text}
          />
        </div>
        <svg className={styles.front} viewBox="0 0 400 220" preserveAspectRatio="none" aria-hidden>
          <path d="M1 1 L186 118 Q200 127 214 118 L399 1 V219 H1 Z" />
          <path d="M1 219 L150 96 M399 219 L250 96" className={styles.fold} />
        </svg>
        <div className={styles.stripe} aria-hidden />
        <span className={styles.wax} aria-hidden>
          <LockGlyph size={26} />
        </span>
      </div>

      <div className="mt-4 flex flex-wrap items-center gap-2">
        {sealed ? (
          <>
            <button ref={next} type="button" className="button button-next" disabled={!!busy} onClick={() => open("admin")}>
              {busy ?? "Open as admin"}
            </button>
            <button type="button" className="button" disabled={!!busy} onClick={() => open("app")}>
              Open as app
            </button>
          </>
        ) : (
          <button ref={next} type="button" className="button button-next" disabled={!!busy || !text} onClick={seal}>
            {busy ?? "Seal it with KMS"}
          </button>
        )}
      </div>

      <div role="status" className="mt-3 min-h-[7.5rem] text-[0.875rem]">
        {problem ? <p className="text-deny">The lab could not be opened: {problem}</p> : null}
        {sealed && !stage.refused ? (
          <>
            <p className={`sealed ${styles.bytes}`}>{stage.blob}</p>
            <p className="mt-2 text-[0.8125rem] text-soft">
              {bytes} bytes, sealed under <KeyChip keyId={stage.keyArn} alias={alias} />
            </p>
          </>
        ) : null}
        {sealed && stage.refused ? <Refused {...stage.refused} /> : null}
        {stage.is === "failed" ? <Refused seq={stage.seq} error={stage.error} who="admin" /> : null}
        {stage.is === "letter" && stage.opened ? (
          <p className="text-soft">
            <DecisionMark verdict="Allow" /> The bytes themselves say which key sealed them, and admin may use it.{" "}
            <WhyButton seq={stage.opened.seq} />
          </p>
        ) : null}
        {stage.is === "letter" && !stage.opened ? (
          <p className="max-w-[24rem] text-soft">Real AES-256-GCM, done in this page by a simulated KMS. Nothing you type leaves it.</p>
        ) : null}
      </div>
    </section>
  );
}

function Refused({ seq, error, who }: { seq: number; error: AwsError; who: string }) {
  const denied = error.code === "AccessDeniedException";
  return (
    <div>
      <p>
        {denied ? <DecisionMark verdict="ImplicitDeny">{who} was refused</DecisionMark> : null} <WhyButton seq={seq} />
      </p>
      <p className="mt-2 text-[0.8125rem] leading-snug [overflow-wrap:anywhere]">{errorLine(error)}</p>
    </div>
  );
}

const WhyButton = ({ seq }: { seq: number }) => (
  <button type="button" className="link font-medium" onClick={() => openWhy(seq)}>
    Why?
  </button>
);
