import * as K from "./kinds";
import { letters } from "./kinds";
import { Folder } from "./fold";
import { Reader } from "./reader";
import { COLUMNS, shapeOf, shapes } from "./shapes";

const reader = new Reader();
const folder = new Folder(reader);
const columns = new Uint8Array(COLUMNS);

/** The shape that the folded tokens have, -1 if none. Parentheses only group: they are no columns. */
function judge(high: boolean): number {
  let count = 0;
  for (let i = 0; i < folder.count && count < COLUMNS; i++) {
    const kind = folder.kinds[i];
    if (kind !== K.OPEN && kind !== K.CLOSE) columns[count++] = kind;
  }
  if (!count) return -1;
  const shape = shapeOf(columns, count, high);
  if (shape >= 0 || !folder.commented) return shape;
  columns.copyWithin(1, 0);
  columns[0] = K.COMMENT;
  return shapeOf(columns, Math.min(count + 1, COLUMNS), high);
}

function read(value: string, quote: number, mysql: boolean, high: boolean): number {
  reader.begin(value, mysql);
  folder.run(quote);
  return judge(high);
}

export function sqli(value: string, high: boolean): { shape: string; fingerprint: string } | undefined {
  for (const quote of [0, 39, 34]) {
    if (quote && !value.includes(String.fromCharCode(quote))) continue;
    let shape = read(value, quote, false, high);
    if (shape < 0 && reader.differs) shape = read(value, quote, true, high);
    if (shape >= 0) return { shape: `${shapes[shape].name}: ${shapes[shape].pattern}`, fingerprint: [...folder.kinds.slice(0, folder.count)].map((k) => letters[k]).join("") };
  }
}
