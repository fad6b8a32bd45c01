import type { ReactNode, SVGProps } from "react";

/**
 * Our own signs, on a 24 px grid with one line weight. They stand beside words and are hidden from screen readers,
 * unless `label` gives them a name of their own.
 */
export interface GlyphProps extends Omit<SVGProps<SVGSVGElement>, "children"> {
  /** Pixels; default 20. */
  size?: number;
  label?: string;
}

/** Makes a glyph of the house from its drawing. */
export function glyph(name: string, drawing: ReactNode) {
  const Glyph = ({ size = 20, label, className = "", ...rest }: GlyphProps) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      {...rest}
    >
      {drawing}
    </svg>
  );
  Glyph.displayName = name;
  return Glyph;
}

const solid = { fill: "currentColor", stroke: "none" } as const;

// ---------------------------------------------------------------- things

/** A KMS key: a bow with a hole, a shaft, two teeth. */
export const KeyGlyph = glyph(
  "KeyGlyph",
  <>
    <circle cx="7.5" cy="12" r="4.25" />
    <circle cx="6.5" cy="12" r="1.1" {...solid} />
    <path d="M11.75 12H21.5M17 12v3.25M20.5 12v4.25" />
  </>,
);
/** Ciphertext. */
export const LockGlyph = glyph(
  "LockGlyph",
  <>
    <rect x="5" y="10.5" width="14" height="10" rx="1.5" />
    <path d="M8 10.5V7.75a4 4 0 0 1 8 0v2.75" />
    <circle cx="12" cy="14.6" r="1.2" {...solid} />
    <path d="M12 15v2.4" />
  </>,
);
export const OpenLockGlyph = glyph(
  "OpenLockGlyph",
  <>
    <rect x="5" y="10.5" width="14" height="10" rx="1.5" />
    <path d="M8 10.5V6.75a4 4 0 0 1 7.6-1.75" />
    <circle cx="12" cy="14.6" r="1.2" {...solid} />
    <path d="M12 15v2.4" />
  </>,
);
export const EnvelopeGlyph = glyph(
  "EnvelopeGlyph",
  <>
    <rect x="2.5" y="5.5" width="19" height="13.5" rx="1.5" />
    <path d="m3 6.5 9 7 9-7" />
  </>,
);
/** A parameter: a name that leads to a value. */
export const ParameterGlyph = glyph(
  "ParameterGlyph",
  <>
    <path d="M8 4.5H6.5A1.5 1.5 0 0 0 5 6v4.2c0 1-1 1.8-2.2 1.8C4 12 5 12.8 5 13.8V18a1.5 1.5 0 0 0 1.5 1.5H8M16 4.5h1.5A1.5 1.5 0 0 1 19 6v4.2c0 1 1 1.8 2.2 1.8-1.2 0-2.2.8-2.2 1.8V18a1.5 1.5 0 0 1-1.5 1.5H16" />
    <path d="M9.5 10.25h5M9.5 13.75h3" />
  </>,
);
export const SecretGlyph = glyph(
  "SecretGlyph",
  <>
    <path d="M12 2.75 19.5 7v10L12 21.25 4.5 17V7z" />
    <path d="M9 12h.01M12 12h.01M15 12h.01" strokeWidth={2.25} />
  </>,
);
export const RuleGlyph = glyph(
  "RuleGlyph",
  <>
    <path d="M4 6h9M4 12h16M4 18h6" />
    <path d="m15.5 17.5 1.75 1.75L21 15.5" />
  </>,
);
export const ShieldGlyph = glyph(
  "ShieldGlyph",
  <path d="M12 2.75c2.5 1.7 5 2.5 7.5 2.5v6.5c0 4.5-3 7.7-7.5 9.5-4.5-1.8-7.5-5-7.5-9.5v-6.5c2.5 0 5-.8 7.5-2.5z" />,
);
/** A web application firewall: a wall, and the gap that requests come through. */
export const WafGlyph = glyph(
  "WafGlyph",
  <>
    <path d="M3.5 5.25h17v4.5h-17zM3.5 14.25h17v4.5h-17z" />
    <path d="M9 5.25v4.5M15 5.25v4.5M9 14.25v4.5M15 14.25v4.5M2 12h17.5M17 9.75 19.5 12 17 14.25" />
  </>,
);
/** A hardware security module: a box with its own lock. */
export const HsmGlyph = glyph(
  "HsmGlyph",
  <>
    <rect x="2.5" y="5" width="19" height="14" rx="1.5" />
    <path d="M6 9h5M6 12h5M6 15h3" />
    <circle cx="16.5" cy="11.25" r="1.5" {...solid} />
    <path d="M16.5 12v3" />
  </>,
);
export const PolicyGlyph = glyph(
  "PolicyGlyph",
  <>
    <path d="M6 2.75h8.5L19 7.25v14H6z" />
    <path d="M14.5 2.75v4.5H19M9 12h6.5M9 15.5h4.5" />
  </>,
);
export const UserGlyph = glyph(
  "UserGlyph",
  <>
    <circle cx="12" cy="8" r="3.75" />
    <path d="M4.5 20.25c.7-4 3.7-6 7.5-6s6.8 2 7.5 6" />
  </>,
);
export const TrailGlyph = glyph(
  "TrailGlyph",
  <>
    <path d="M9 5.25h11.25M9 12h11.25M9 18.75h11.25" />
    <circle cx="4.5" cy="5.25" r="1.25" />
    <circle cx="4.5" cy="12" r="1.25" />
    <circle cx="4.5" cy="18.75" r="1.25" />
    <path d="M4.5 6.5v4.25M4.5 13.25v4.25" />
  </>,
);
export const BillGlyph = glyph(
  "BillGlyph",
  <>
    <path d="M5.25 3.75h13.5v16.5l-2.25-1.5-2.25 1.5-2.25-1.5-2.25 1.5-2.25-1.5-2.25 1.5z" />
    <path d="M8.75 8.25h6.5M8.75 12h6.5" />
  </>,
);
/** A function: a lambda. */
export const FunctionGlyph = glyph(
  "FunctionGlyph",
  <>
    <path d="M6 4h2.75c1.5 0 2.2.6 2.8 2L18 20h1.5" />
    <path d="M12 9.5 6.5 20H4.75" />
  </>,
);
/** Logs: lines, and the time that goes by them. */
export const LogGlyph = glyph(
  "LogGlyph",
  <>
    <path d="M5 3.75h14v16.5H5z" />
    <path d="M8.25 8h3.5M8.25 12h7.5M8.25 16h5.5" />
    <path d="M14.5 8h1.25" />
  </>,
);
/** An event on a bus: what comes in goes on to several. */
export const EventGlyph = glyph(
  "EventGlyph",
  <>
    <path d="M3.5 12h6" />
    <circle cx="12" cy="12" r="2.5" />
    <path d="M14 10.5 18 6.5h2.5M14.5 12h6M14 13.5l4 4h2.5" />
  </>,
);
/** A database: a drum of disks. */
export const DatabaseGlyph = glyph(
  "DatabaseGlyph",
  <>
    <ellipse cx="12" cy="6" rx="7.5" ry="2.75" />
    <path d="M4.5 6v12c0 1.5 3.4 2.75 7.5 2.75s7.5-1.25 7.5-2.75V6M4.5 12c0 1.5 3.4 2.75 7.5 2.75s7.5-1.25 7.5-2.75" />
  </>,
);
/** A stack: plates upon each other, made together. */
export const StackGlyph = glyph(
  "StackGlyph",
  <>
    <path d="m12 3.5 8.5 4.25L12 12 3.5 7.75z" />
    <path d="m3.5 12 8.5 4.25L20.5 12M3.5 16.25 12 20.5l8.5-4.25" />
  </>,
);
export const PlaceGlyph = glyph(
  "PlaceGlyph",
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c2.6 2.7 3.8 5.7 3.8 9s-1.2 6.3-3.8 9c-2.6-2.7-3.8-5.7-3.8-9S9.4 5.7 12 3z" />
  </>,
);

// ---------------------------------------------------------------- decisions

export const TickGlyph = glyph("TickGlyph", <path d="m4.5 12.5 5 5 10-11" strokeWidth={2} />);
export const CrossGlyph = glyph("CrossGlyph", <path d="m6 6 12 12M18 6 6 18" strokeWidth={2} />);
export const DashGlyph = glyph("DashGlyph", <path d="M5 12h14" strokeWidth={2} />);
export const RingGlyph = glyph("RingGlyph", <circle cx="12" cy="12" r="6.5" strokeWidth={2} />);

// ---------------------------------------------------------------- what can be done

export const CloseGlyph = glyph("CloseGlyph", <path d="m6 6 12 12M18 6 6 18" />);
export const CopyGlyph = glyph(
  "CopyGlyph",
  <>
    <rect x="8.5" y="8.5" width="12" height="12" rx="1.5" />
    <path d="M15.5 8.5V5A1.5 1.5 0 0 0 14 3.5H5A1.5 1.5 0 0 0 3.5 5v9A1.5 1.5 0 0 0 5 15.5h3.5" />
  </>,
);
export const SunGlyph = glyph(
  "SunGlyph",
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2.5v2.25M12 19.25v2.25M2.5 12h2.25M19.25 12h2.25M5.3 5.3l1.6 1.6M17.1 17.1l1.6 1.6M5.3 18.7l1.6-1.6M17.1 6.9l1.6-1.6" />
  </>,
);
export const MoonGlyph = glyph("MoonGlyph", <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />);
export const SystemGlyph = glyph(
  "SystemGlyph",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" {...solid} />
  </>,
);
export const DownGlyph = glyph("DownGlyph", <path d="m6 9.5 6 6 6-6" />);
export const RightGlyph = glyph("RightGlyph", <path d="m9.5 6 6 6-6 6" />);
export const ConsoleGlyph = glyph(
  "ConsoleGlyph",
  <>
    <rect x="3" y="4.5" width="18" height="15" rx="1.5" />
    <path d="M3 9h18M8.5 9v10.5" />
  </>,
);
export const TerminalGlyph = glyph(
  "TerminalGlyph",
  <>
    <rect x="3" y="4.5" width="18" height="15" rx="1.5" />
    <path d="m7 10 2.5 2.25L7 14.5M12.5 15h4.5" />
  </>,
);
export const CodeGlyph = glyph("CodeGlyph", <path d="m8 7.5-4.5 4.5L8 16.5M16 7.5l4.5 4.5-4.5 4.5M13.5 5l-3 14" />);
export const ClockGlyph = glyph(
  "ClockGlyph",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5l3.25 2" />
  </>,
);
export const BookGlyph = glyph(
  "BookGlyph",
  <path d="M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14c-3.5 0-6.5.5-8.5 2zm0 0v14" />,
);

export const UndoGlyph = glyph("UndoGlyph", <path d="M8.5 4.5 4 9l4.5 4.5M4 9h10a5.25 5.25 0 0 1 0 10.5H9" />);
export const RedoGlyph = glyph("RedoGlyph", <path d="M15.5 4.5 20 9l-4.5 4.5M20 9H10a5.25 5.25 0 0 0 0 10.5h5" />);
/** A lab as a whole, put away or taken out. */
export const BoxGlyph = glyph(
  "BoxGlyph",
  <>
    <rect x="3.5" y="4.5" width="17" height="4.5" rx="1" />
    <path d="M5 9v9.5a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V9M10 13h4" />
  </>,
);

/** The house's own mark: the plate of a lock, and the hole that one looks through. */
export const KeyholeMark = ({ size = 24 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="shrink-0">
    <path
      d="M12 1.5c4.7 0 7.5 3.6 7.5 8.2 0 3-1 4.9-1 7.3 0 2.9-2.6 5.5-6.5 5.5S5.5 19.9 5.5 17c0-2.4-1-4.3-1-7.3C4.5 5.1 7.3 1.5 12 1.5z"
      fill="var(--brass-mark)"
    />
    <path d="M12 6.3a3.1 3.1 0 0 0-1.65 5.72L9.3 17.4h5.4l-1.05-5.38A3.1 3.1 0 0 0 12 6.3z" fill="var(--paper)" />
  </svg>
);
