"use client";

/** A fault of ours. The lab is saved after every call, so that nothing is lost by it. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-6 py-24">
      <h1 className="font-serif text-[2.25rem] font-semibold leading-tight tracking-[-0.02em]">This page broke</h1>
      <p className="mt-3 text-soft">The fault is Keyhole’s. Your lab is saved after every call, and what you typed is kept.</p>
      <pre className="mt-4 overflow-x-auto bg-sunk px-4 py-3 text-xs">{error.message || error.digest}</pre>
      <p className="mt-6">
        <button type="button" className="button button-next" onClick={reset}>
          Try again
        </button>
      </p>
    </main>
  );
}
