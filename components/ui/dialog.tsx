"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { CloseGlyph } from "./glyphs";

interface DialogProps {
  open: boolean;
  onClose(): void;
  title: ReactNode;
  children: ReactNode;
  /** `middle`: a dialog. `side`: a panel along the right edge, full width on a phone. */
  place?: "middle" | "side";
  /** Beside the title. */
  aside?: ReactNode;
}

/** The browser's own dialog: focus goes in, Escape closes, focus comes back, the rest is inert. */
export function Dialog({ open, onClose, title, children, place = "middle", aside }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current!;
    if (open && !dialog.open) {
      const before = document.activeElement as HTMLElement | null;
      dialog.showModal();
      return () => {
        dialog.close();
        if (before?.isConnected) before.focus();
      };
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // The backdrop is the dialog element itself; what stands in it covers it entirely.
        if (event.target === ref.current) onClose();
      }}
      className={`floats p-0 backdrop:bg-[rgb(8_12_20/0.38)] ${
        place === "side"
          ? "m-0 ml-auto h-dvh max-h-none w-[min(46rem,100vw)] max-w-none rounded-none border-y-0 border-r-0"
          : "m-auto w-[min(36rem,calc(100vw-2rem))]"
      }`}
    >
      {open ? (
        <div className={place === "side" ? "flex h-full flex-col" : "flex max-h-[85dvh] flex-col"}>
          <div className="flex items-start gap-3 border-b border-rule px-5 py-3">
            <h2 id={titleId} className="min-w-0 flex-1 font-serif text-xl font-semibold leading-snug [overflow-wrap:anywhere]">
              {title}
            </h2>
            {aside}
            <button
              type="button"
              onClick={onClose}
              aria-label="Close"
              className="inline-grid size-8 shrink-0 place-items-center rounded-md text-faint hover:bg-sunk hover:text-ink"
            >
              <CloseGlyph size={18} />
            </button>
          </div>
          {/* Positioned, so that what is hidden in it scrolls with it and does not lengthen the dialog. */}
          <div className="relative min-h-0 flex-1 overflow-y-auto">{children}</div>
        </div>
      ) : null}
    </dialog>
  );
}
