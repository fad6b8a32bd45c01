import type { Snapshot } from "../engine/lab";
import type { Row } from "../engine/types";

/** Rows of a lab that are saved together, each with its place (account, Region, service, table) and its id. */
export type RowsOfPage = [place: string, id: string, row: Row][];

/** Among how many pages the rows of a lab are spread. Part of the saved form: another number needs a new database version. */
export const pageCount = 16_384;

export const placeKey = (account: string, region: string, service: string, table: string): string => `${account}\n${region}\n${service}\n${table}`;

/** The page that a row belongs to: FNV-1a of its place and id. */
export function pageOf(place: string, id: string): number {
  let hash = 0x811c9dc5;
  for (const text of [place, id]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 10, 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (pageCount - 1);
}

/** Puts a row on its page, or with undefined takes it off. */
export function writeRow(page: RowsOfPage, place: string, id: string, row: Row | undefined): void {
  const at = page.findIndex((kept) => kept[1] === id && kept[0] === place);
  if (row === undefined) {
    if (at >= 0) page.splice(at, 1);
  } else if (at >= 0) page[at] = [place, id, row];
  else page.push([place, id, row]);
}

/** All rows of a snapshot by page, and how many there are. */
export function rowsOf(records: Snapshot["records"]): { pages: Map<number, RowsOfPage>; rows: number } {
  const pages = new Map<number, RowsOfPage>();
  let count = 0;
  for (const [account, regions] of Object.entries(records))
    for (const [region, services] of Object.entries(regions))
      for (const [service, tables] of Object.entries(services))
        for (const [table, rows] of Object.entries(tables)) {
          const place = placeKey(account, region, service, table);
          for (const [id, row] of rows) {
            const page = pageOf(place, id);
            const content = pages.get(page);
            if (content) content.push([place, id, row]);
            else pages.set(page, [[place, id, row]]);
            count++;
          }
        }
  return { pages, rows: count };
}

/** The records of a snapshot from all its pages; ids in order. */
export function snapshotRecords(pages: readonly RowsOfPage[]): { plain: Snapshot["records"]; rows: number } | { problem: string } {
  const places = new Map<string, [string, Row][]>();
  let rows = 0;
  for (const page of pages) {
    if (!Array.isArray(page)) return { problem: "a page of records cannot be read" };
    for (const kept of page) {
      if (!Array.isArray(kept) || typeof kept[0] !== "string" || typeof kept[1] !== "string") return { problem: "a record has no name" };
      const [place, id, row] = kept;
      if (row === null || typeof row !== "object") return { problem: `the record ${place.split("\n").slice(2).join("/")}/${id} cannot be read` };
      const table = places.get(place);
      if (table) table.push([id, row]);
      else places.set(place, [[id, row]]);
      rows++;
    }
  }
  const plain: Snapshot["records"] = {};
  for (const place of [...places.keys()].sort(byCodeUnit)) {
    const [account, region, service, table] = place.split("\n");
    (((plain[account] ??= {})[region] ??= {})[service] ??= {})[table] = places.get(place)!.sort((a, b) => byCodeUnit(a[0], b[0]));
  }
  return { plain, rows };
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
