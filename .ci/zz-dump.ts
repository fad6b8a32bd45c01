import { readFileSync } from "node:fs";
import { Reader } from "../lib/engine/wafv2/detect/sqli/reader";
import { Folder } from "../lib/engine/wafv2/detect/sqli/fold";
import { signs } from "../lib/engine/wafv2/detect/sqli/kinds";
const r = new Reader(), f = new Folder(r);
const counts = new Map<string, [number, number, string, string, number]>();
const per: any = {};
for (const line of readFileSync("/work/shared/waf-corpus/values.jsonl", "utf8").trim().split("\n")) {
  const { kind, value, source, enc } = JSON.parse(line);
  if (!/^(sqli|benign|benign_hard)$/.test(kind)) continue;
  let v = value; if (enc === "pct") try { v = decodeURIComponent(value); } catch {}
  for (const q of [0, 39, 34]) {
    if (q && !v.includes(String.fromCharCode(q))) continue;
    const my = v.includes("#");
    r.begin(v, my); f.run(q);
    const key = [...f.kinds.slice(0, f.count)].map((k) => signs[k]).join("") + (f.cut ? "…" : "");
    const c = counts.get(key) ?? [0, 0, "", "", 0]; counts.set(key, c);
    if (kind === "sqli") { if (source !== "libinjection" && source !== "httpparams") c[4]++; c[0]++; c[2] ||= v.slice(0, 80); } else { c[1]++; c[3] ||= v.slice(0, 80); }
  }
}
const rows = [...counts].filter(([, c]) => c[0]).sort((a, b) => b[1][4] - a[1][4] || b[1][0] - a[1][0]);
console.log(rows.length);
for (const [k, c] of rows) console.log(k.padEnd(11), c[4], c[0], c[1], JSON.stringify(c[2]), c[1] ? JSON.stringify(c[3]) : "");
