/**
 * The function's clock and its zone, in a browser: lab time, which stands while the lab answers and jumps where the code sleeps, and UTC, as
 * in Lambda (`TZ=:UTC`). An interpreter that has both from its host needs none of this.
 */
export function installDates(scope: typeof globalThis, now: () => number): void {
  const Real = scope.Date;
  const realParse = Real.parse.bind(Real);
  const zoneOf = Real.prototype.getTimezoneOffset;
  const zoneless = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;
  const parse = (text: string): number => {
    if (zoneless.test(text.trim())) return realParse(`${text.trim()}Z`);
    const time = realParse(text);
    // Other texts without a zone were read as of the browser's.
    return Number.isNaN(time) || /(z|gmt|utc|[+-]\d\d:?\d\d|\))\s*$/i.test(text) || /^\d{4}(-\d\d){0,2}$/.test(text.trim()) ? time : time - zoneOf.call(new Real(time)) * 60_000;
  };
  const DateInUtc: DateConstructor = new Proxy(Real, {
    apply: () => new DateInUtc().toString(),
    construct(target, args: unknown[], newTarget) {
      const given = args.length === 0 ? [Math.floor(now())] : args.length > 1 ? [Real.UTC(...(args as [number, number]))] : typeof args[0] === "string" ? [parse(args[0])] : args;
      return Reflect.construct(target, given, newTarget) as object;
    },
  });
  const define = (target: object, name: string, value: unknown): void => void Object.defineProperty(target, name, { value, writable: true, configurable: true });
  define(Real, "now", () => Math.floor(now()));
  define(Real, "parse", (text: unknown) => parse(String(text)));
  define(Real.prototype, "constructor", DateInUtc);
  const proto = Real.prototype as unknown as Record<string, (this: Date, ...args: unknown[]) => unknown>;
  for (const name of Object.getOwnPropertyNames(proto)) {
    const utc = name.replace(/^([gs]et)(?!UTC|Time)/, "$1UTC");
    if (utc !== name && utc in proto) define(proto, name, proto[utc]);
  }
  define(proto, "getYear", function (this: Date) {
    return this.getUTCFullYear() - 1900;
  });
  define(proto, "getTimezoneOffset", function (this: Date) {
    return Number.isNaN(this.getTime()) ? NaN : 0;
  });
  const [days, months] = ["Sun Mon Tue Wed Thu Fri Sat", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"].map((names) => names.split(" "));
  const two = (value: number): string => String(value).padStart(2, "0");
  const dateText = (date: Date): string => `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())} ${String(date.getUTCFullYear()).padStart(4, "0")}`;
  const timeText = (date: Date): string => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`;
  const orInvalid = (text: (date: Date) => string) =>
    function (this: Date) {
      return Number.isNaN(this.getTime()) ? "Invalid Date" : text(this);
    };
  define(proto, "toDateString", orInvalid(dateText));
  define(proto, "toTimeString", orInvalid(timeText));
  define(proto, "toString", orInvalid((date) => `${dateText(date)} ${timeText(date)}`));
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
    const real = proto[name];
    define(proto, name, function (this: Date, locales?: unknown, options?: object) {
      return real.call(this, locales ?? "en-US", { timeZone: "UTC", ...options });
    });
  }
  scope.Date = DateInUtc;
  const { DateTimeFormat } = scope.Intl;
  scope.Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
    apply: (target, _, [locales, options]: [string?, object?]) => Reflect.construct(target, [locales ?? "en-US", { timeZone: "UTC", ...options }]) as unknown,
    construct: (target, [locales, options]: [string?, object?], newTarget) => Reflect.construct(target, [locales ?? "en-US", { timeZone: "UTC", ...options }], newTarget) as object,
  });
  const origin = now();
  define(scope.performance, "now", () => now() - origin);
  define(scope.performance, "timeOrigin", origin);
}
