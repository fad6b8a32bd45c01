/** How a value looks: a colour and, for who does not tell colours apart, a pattern (areas) or dashes (lines). */
export const looks = ["allowed", "counted", "challenged", "blocked", "line-1", "line-2", "line-3", "line-4", "line-5"] as const;
export type Look = (typeof looks)[number];

/** Of lines, in their order. */
export const lineLooks: readonly Look[] = ["line-1", "line-2", "line-3", "line-4", "line-5"];

/** Fills of areas, to be referred to as `url(#<id><look>)`. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}allowed`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className="traffic-ground-allowed" />
      </pattern>
      <pattern id={`${id}counted`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="traffic-ground-counted" />
        <circle cx="3" cy="3" r="1.3" className="traffic-ink-counted" />
      </pattern>
      <pattern id={`${id}challenged`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="traffic-ground-challenged" />
        <path d="M0 3H6M3 0V6" className="traffic-ink-challenged" />
      </pattern>
      <pattern id={`${id}blocked`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="traffic-ground-blocked" />
        <path d="M1.5 0V6" className="traffic-ink-blocked" />
      </pattern>
    </defs>
  );
}

/** The look in a legend. */
export function Swatch({ look, line }: { look: Look; line: boolean }) {
  const id = `swatch-${look}-`;
  return (
    <svg className="traffic-swatch" width="22" height="12" aria-hidden="true">
      {line ? (
        <path d="M1 6H21" className={`traffic-line traffic-${look}`} />
      ) : (
        <>
          <Patterns id={id} />
          <rect x="0.5" y="0.5" width="21" height="11" fill={`url(#${id}${look})`} className={`traffic-area traffic-${look}`} />
        </>
      )}
    </svg>
  );
}
