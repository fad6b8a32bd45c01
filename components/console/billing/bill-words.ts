import type { Bill, BillLine } from "@/lib/engine/billing/bill";
import type { Price } from "@/lib/engine/pricing";
import { regions } from "@/lib/engine/regions";

/** Dollars as a bill prints them: two decimals, and of less than ten cents two digits, so that nothing looks free that is not. */
export function usd(amount: number): string {
  const digits = amount !== 0 && Math.abs(amount) < 0.1 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return amount.toLocaleString("en-US", { style: "currency", currency: "USD", ...digits });
}

const whole = (count: number): string => count.toLocaleString("en-US", { maximumFractionDigits: 0 });
const close = (count: number): string => count.toLocaleString("en-US", { maximumFractionDigits: 2 });
const many = (count: number, { counted }: Pick<Price, "counted">): string =>
  counted ? `${count.toLocaleString("en-US", { maximumSignificantDigits: 4 })} ${counted}${counted === "GB" || count === 1 ? "" : "s"}` : `${whole(count)} ${count === 1 ? "request" : "requests"}`;

/** How much was used, as the bill's quantity: `24,500 requests`, `1.70 key-months`. */
export function quantityOf({ quantity, kept, price }: BillLine): string {
  if (!kept) return many(quantity, price);
  const digits = quantity < 0.01 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 4 };
  return `${quantity.toLocaleString("en-US", digits)} ${price.unit === "hour" ? "hours" : price.counted ? `${price.counted}-months` : "months"}`;
}

/** The price: `$1.00 a month`, `$0.03 for 10,000`. */
export const rateOf = ({ price }: BillLine): string => `${usd(price.usd)} ${price.unit === "hour" ? "an hour" : price.unit === "month" ? (price.counted ? `a ${price.counted}-month` : "a month") : `for ${whole(price.per)}`}`;

/** Why a line has this amount: the quantity and how it came to be, times the rate. Every number is the line's own. */
export function whyOf(line: BillLine): string {
  const { kept, quantity, free, price, usd: amount } = line;
  if (kept && price.unit === "hour") return `${close(kept.hours)} hours × ${usd(price.usd)} = ${usd(amount)}.`;
  if (kept) return `${close(kept.hours)} ${price.counted ? `${price.counted}-hours` : "hours"} kept, all together, of ${whole(kept.hoursInMonth)} hours in the month × ${usd(price.usd)} = ${usd(amount)}.`;
  if (!price.usd) return `${many(quantity, price)}: these cost nothing.`;
  const charged = quantity - free;
  if (free && !charged) return `${many(quantity, price)}, all within the free ${whole(price.free!)} a month.`;
  const counted = free ? `${many(quantity, price)} less ${whole(free)} free = ${price.counted ? close(charged) : whole(charged)}` : many(quantity, price);
  return `${counted} × ${usd(price.usd)} ÷ ${whole(price.per)} = ${usd(amount)}.`;
}

/** `November 2026`. */
export const monthName = ({ start }: Bill["month"]): string => new Date(start).toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });

/** A row of the bill's tree: service, Region, line. */
export interface BillRow {
  id: string;
  name: string;
  usd: number;
  children: BillRow[];
  line?: BillLine;
}

/** The lines as the console lists them: services, in them Regions, in them what was used. Dearest first. */
export function billTree({ lines }: Bill): BillRow[] {
  const services = new Map<string, Map<string, BillLine[]>>();
  for (const line of lines) {
    const places = services.get(line.price.service) ?? new Map<string, BillLine[]>();
    services.set(line.price.service, places);
    places.set(line.region, [...(places.get(line.region) ?? []), line]);
  }
  const dearest = (rows: BillRow[]): BillRow[] => rows.sort((a, b) => b.usd - a.usd);
  const sum = (rows: readonly BillRow[]): number => rows.reduce((total, row) => total + row.usd, 0);
  return dearest(
    [...services].map(([service, places]) => {
      const inRegions = dearest(
        [...places].map(([region, list]) => {
          const children = list.map((line) => ({ id: `${region} ${line.item}`, name: line.price.what, usd: line.usd, children: [], line }));
          return { id: `${service} ${region}`, name: `${regions[region]} (${region})`, usd: sum(children), children };
        }),
      );
      return { id: service, name: service, usd: sum(inRegions), children: inRegions };
    }),
  );
}

/** The bill as a table for a spreadsheet; amounts in full. */
export function billAsCsv({ account, month, lines }: Bill): string {
  const quote = (value: string | number): string => (/[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  const rows = lines.map(({ price, region, item, quantity, free, usd: amount }) => [month.id, account, price.service, region, item, price.what, quantity, free, price.usd, price.per, amount]);
  return [["Month", "Account", "Service", "Region", "Item", "Description", "Quantity", "Free", "Price USD", "Per", "Amount USD"], ...rows].map((row) => row.map(quote).join(",")).join("\r\n") + "\r\n";
}
