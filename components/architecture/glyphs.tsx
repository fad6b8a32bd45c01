import { glyph } from "../ui/glyphs";

/** Signs of the reference architecture's parts, on the house's grid. */

export const UsersGlyph = glyph(
  "UsersGlyph",
  <>
    <circle cx="9" cy="8.5" r="3" />
    <path d="M3 19c.5-3.3 2.9-5 6-5s5.5 1.7 6 5" />
    <circle cx="16.5" cy="7" r="2.25" />
    <path d="M16.5 11.75c2.4.1 4.2 1.5 4.6 4.2" />
  </>,
);
/** Many alike, sent by one. */
export const AttackerGlyph = glyph(
  "AttackerGlyph",
  <>
    <rect x="3.5" y="4" width="5" height="4" rx="1" />
    <rect x="3.5" y="10" width="5" height="4" rx="1" />
    <rect x="3.5" y="16" width="5" height="4" rx="1" />
    <path d="M8.5 6 16 11M8.5 12H16M8.5 18l7.5-5M16.5 8.5l4.5 3.5-4.5 3.5z" />
  </>,
);
/** A name that becomes an address. */
export const DnsGlyph = glyph(
  "DnsGlyph",
  <>
    <path d="M5 3.5v17M5 5h11l2.75 2.5L16 10H5M5 12.5h9l2.75 2.5L14 17.5H5" />
  </>,
);
/** Edge locations around one origin. */
export const EdgeGlyph = glyph(
  "EdgeGlyph",
  <>
    <circle cx="12" cy="12" r="2.5" />
    <circle cx="12" cy="4.25" r="1.5" />
    <circle cx="18.75" cy="8" r="1.5" />
    <circle cx="18.75" cy="16" r="1.5" />
    <circle cx="12" cy="19.75" r="1.5" />
    <circle cx="5.25" cy="16" r="1.5" />
    <circle cx="5.25" cy="8" r="1.5" />
    <path d="M12 5.75v3.75M17.4 8.75l-3.2 1.9M17.4 15.25l-3.2-1.9M12 18.25V14.5M6.6 15.25l3.2-1.9M6.6 8.75l3.2 1.9" />
  </>,
);
export const BalancerGlyph = glyph(
  "BalancerGlyph",
  <>
    <circle cx="6" cy="12" r="3" />
    <path d="M9 12h4.5M13.5 12 17 6.5M13.5 12H17M13.5 12l3.5 5.5" />
    <rect x="17" y="4.5" width="4" height="4" rx="1" />
    <rect x="17" y="10" width="4" height="4" rx="1" />
    <rect x="17" y="15.5" width="4" height="4" rx="1" />
  </>,
);
/** Instances, and room for more. */
export const InstancesGlyph = glyph(
  "InstancesGlyph",
  <>
    <rect x="8.5" y="8.5" width="11" height="11" rx="1.5" />
    <path d="M6 16V7.5A1.5 1.5 0 0 1 7.5 6H16M3.5 13.5V5A1.5 1.5 0 0 1 5 3.5h8.5" />
    <path d="M11.5 12h5M11.5 15.5h3" />
  </>,
);
