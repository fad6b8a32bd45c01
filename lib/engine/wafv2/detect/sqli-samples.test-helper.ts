import { Maker, seeded, type Sample } from "./samples.test-helper";

const tables = ["users", "customers", "orders", "members", "accounts", "admin", "wp_users", "tbl_login", "products", "news"];
const columns = ["id", "name", "password", "email", "username", "pass", "login", "price", "card_no", "title"];
const parts: Record<string, (m: Maker) => string> = {
  n: (m) => String(m.below(m.one([10, 100, 10_000]))),
  id: (m) => m.one(["1", "-1", "0", "42", "999", "1.5", "12", "-9999", "7"]),
  t: (m) => m.one(tables),
  c: (m) => m.one(columns),
  w: (m) => m.one(["a", "x", "foo", "admin", "test", "zz", "bar"]),
  cols: (m) => Array.from({ length: 1 + m.below(8) }, (_, i) => m.one([String(i + 1), "null", "{info}", "{c}", "'{w}'"])).join(","),
  info: (m) => m.one(["version()", "@@version", "user()", "database()", "current_user", "@@hostname", "system_user()", "sqlite_version()"]),
  info2: (m) => m.one(["user()", "version()", "database()"]),
  hex: (m) => `0x${m.below(0xffffff).toString(16).padStart(6, "0")}`,
  inner: (m) => m.one(["select {c} from {t}", "select {info}", "select count(*) from {t}", "select concat({c},{hex},{c}) from {t} limit {n},1", "select top 1 name from sysobjects where xtype='U'", "select table_name from information_schema.tables", "select banner from v$version where rownum=1", "select password from {t} where {c}='{w}'"]),
  inner2: () => "(select max(id) from {t})",
  and: (m) => m.one(["and", "or", "AND", "OR", "And", "oR", "&&", "||"]),
  true: (m) => m.one(["{n}={n}", "1=1", "'{w}'='{w}'", "{n}<{n}", "1 like 1", "1 in (1)", "{n}!={n}", "2>1", "{n} between 1 and {n}", "not 1=2", "1 is not null", "(1)=(1)"]),
  sleep: (m) => m.one(["sleep({n})", "benchmark({n}00000,md5({n}))", "pg_sleep({n})", "(select {n} from pg_sleep({n}))", "dbms_pipe.receive_message('{w}',{n})", "(select(0)from(select(sleep({n})))v)", "(select * from (select(sleep({n})))a)"]),
  tail: (m) => m.one(["-- ", "--", "#", "-- -", "/*", "--+", ";--", ";#"]),
};

const families: Record<string, string[]> = {
  tautology: [" {and} {true}", " {and} {true}{tail}", " {and} ({true}", " {and} {true} {and} {true}", ") {and} {true}{tail}", ")) {and} ({true}", " {and} exists({inner}){tail}", "/**/or/**/{n}", ") where {c}='{w}' {and} {true}{tail}", " or {n} in (select {n}){tail}", " or {c}={c}{tail}", " as x where {true}{tail}", " or {c} is null{tail}"],
  union: [" union select {cols}{tail}", " union all select {cols} from {t}{tail}", " UNION SELECT {cols} FROM {t} WHERE {true}", ") union select {cols}{tail}", " union distinct select {cols}", "/**/union/**/select/**/{cols}{tail}", " union(select {cols})", " UNION ALL SELECT {info},{cols}{tail}", " and {n}={n} union select {cols} from information_schema.tables{tail}", "\nunion\nselect {cols}"],
  stacked: ["; drop table {t}{tail}", ";insert into {t} values ({n},'{w}'){tail}", "; update {t} set {c}='{w}' where {true}{tail}", "; exec master..xp_cmdshell 'ping {n}'{tail}", ";select {info}{tail}", "; shutdown{tail}", ";declare @q varchar(200);set @q={hex};exec(@q){tail}", "; delete from {t}{tail}", ";create user {w} identified by '{w}'{tail}", ";alter table {t} drop column {c}{tail}", ";truncate table {t}{tail}", ";select {c} from {t};{tail}", "; drop {t};{tail}", "; exec {t} 'a'{tail}", "; execute immediate 'sel' || 'ect'{tail}"],
  delay: [" {and} {sleep}", " {and} {sleep}{tail}", "; waitfor delay '0:0:{n}'{tail}", ") {and} {sleep}{tail}", " {and} if({true},{sleep},0){tail}", ";select pg_sleep({n}){tail}", " waitfor delay '0:0:5'{tail}", " {and} {n}=(select {n} from pg_sleep({n})){tail}", "-{sleep}", " {and} case when ({true}) then {sleep} else {n} end"],
  error: [" and extractvalue({n},concat({hex},({inner}))){tail}", " or updatexml(1,concat(0x7e,({inner})),1){tail}", " and 1=convert(int,({inner})){tail}", " and (select 1 from(select count(*),concat(({inner}),floor(rand(0)*2))x from {t} group by x)a){tail}", " and 1=cast(({inner}) as int){tail}", " or 1=utl_inaddr.get_host_address(({inner})){tail}", " and gtid_subset(({inner}),{n}){tail}", " or row({n},{n})>(select count(*),concat({info},floor(rand(0)*2))x from {t} group by x){tail}", " procedure analyse(extractvalue({n},concat({hex},version())),1){tail}", " or exp((select * from ({inner})x)){tail}"],
  blind: [" and ascii(substring(({inner}),{n},1))>{n}{tail}", " and substring({info},1,1)={n}{tail}", " and length({info})={n}{tail}", " and (select count(*) from {t})>{n}{tail}", " and ord(mid(({inner}),1,1))={n}{tail}", " and unicode(substr(({inner}),1,1))>{n}{tail}", " and {c} like 'a%'{tail}", " and (select 1)=1{tail}", " or {n} in ({inner}){tail}", " rlike (select (case when ({true}) then 1 else 0x28 end)){tail}", " and substr(({inner}),1,1)='{w}'{tail}"],
  order: [" order by {n}{tail}", " group by {c} having {true}{tail}", " order by {n},{n}{tail}", ") order by {n}{tail}", " having {true}{tail}", " group by {n},{n}{tail}", " limit 1 into outfile '/tmp/{w}'{tail}", " into dumpfile '/tmp/{w}.php'{tail}", " order by if({true},1,{sleep}){tail}", " order by {sleep}{tail}", " or 1 group by concat({info},floor(rand(0)*2)) having min(0){tail}"],
};
/** These come after a quote only: after a number they are arithmetic or say nothing. */
const quoted: Record<string, string[]> = {
  "comment tail": ["{tail}", "){tail}", " or {w}{tail}", " or unknownfn({n}){tail}", " having {c}>{n}{tail}", "; {tail}"],
  concatenation: ["||({inner})||", "+({inner})+", "||{info}||", "+{n}+", "-({inner})-", "^{sleep}^", "*{sleep}*"],
  "comparison of the string": ["=0{tail}", "=0 or 1=1{tail}"],
  reopened: [" {and} ~{w}~=~{w}", " {and} ~1~=~1", ") {and} (~{w}~=~{w}", " {and} ~~=~", " {and} {true} {and} ~{w}~=~{w}", ") {and} {sleep} {and} (~1~=~1"],
};
const alone: Record<string, string[]> = {
  statement: ["select * from {t}", "select {info}", "insert into {t}({c}) values ('{w}')", "exec sp_configure 'show advanced options',1", "drop table {t};", "select {c} from {t} where {true}", "(select {inner})", "declare @s varchar({n}) select @s={hex} exec(@s)", "exec xp_cmdshell 'dir'", "select pg_sleep({n})", "{sleep}", "delete from {t} where {true}", "update {t} set {c}=1 where {true}", "select name from sqlite_master", "select load_file({hex})", "insert into {t} values ({n},'{w}')", "update {t} set {c}='{w}'", "version(){tail}", "{info2}='root'", "cos((select {n})){tail}", "binary (select {n}){tail}", "if({true}) select {n} else drop function x", "exec(@q)", "select {n},sin({n}) from {t}", "length(version())", "length(load_file({hex}))", "1='1' or {true}{tail}", "1='1' or-- -", "select binary {n} from {t}{tail}", "convert(int,({inner}))", " order by {n},{sleep}"],
  headless: [" or {true}{tail}", " and {n}={n}", "union select {cols}{tail}", " union all select {cols} from {t}", " order by {n}{tail}", ") or {sleep}{tail}", ";waitfor delay '0:0:{n}'{tail}", " having {true}{tail}", "or 1=1", " or {c}='{w}'", " order by {sleep}", " order by if(1=1,{n},{sleep}){tail}", "; or '1'='1'", ",(select count(*) from {t}){tail}", " or {n}={inner2}{tail}", " and (select {info})='{w}'"],
  "versioned comment": ["{id}/*!union*/ /*!select*/ {cols}", "{id} /*!50000union*/ select {cols}", "{id}/*!and*/{n}={n}"],
};

/** Spells it as filters are dodged: letter case, comments and other blanks between words. */
function dodge(m: Maker, text: string): string {
  switch (m.below(6)) {
    case 0: return text.toUpperCase();
    case 1: return [...text].map((char) => (m.chance(0.5) ? char.toUpperCase() : char)).join("");
    case 2: return text.replace(/(\w) (?=\w)/g, (whole, before: string) => (m.chance(0.7) ? `${before}/**/` : whole));
    case 3: return text.replace(/(\w) (?=\w)/g, (_, before: string) => `${before}${m.one(["\t", "\n", "  ", "\u00a0", "\r\n"])}`);
    default: return text;
  }
}

const pick = (m: Maker, from: Record<string, string[]>): [string, string] => {
  const family = m.one(Object.keys(from));
  return [family, m.one(from[family])];
};

/** `count` attacks, in the three quote contexts. */
export function sqlAttacks(seed: number, count: number): Sample[] {
  const m = new Maker(seeded(seed));
  return Array.from({ length: count }, () => {
    const kind = m.below(10);
    if (kind < 2) {
      const [family, template] = pick(m, alone);
      return { family, value: dodge(m, m.fill(template, parts)) };
    }
    if (kind < 5) {
      const [family, template] = pick(m, families);
      return { family: `${family}, number`, value: dodge(m, m.fill(`{id}${template}`, parts)) };
    }
    const [family, template] = pick(m, m.chance(0.3) ? quoted : families);
    const quote = m.one(["'", "'", '"']);
    const before = m.one(["", "", "1", "x", "admin", "-1", "foo bar", "OHara", "%", "a@b.example"]);
    let value = dodge(m, m.fill(template, parts));
    // A value in the other quotes stays as it is; what is to be balanced takes the quote of the context.
    value = value.replaceAll("~", quote);
    if (quote === '"') value = value.replaceAll("'", '"');
    const reopens = family === "concatenation" ? quote : "";
    return { family: `${family}, ${quote === "'" ? "single" : "double"}`, value: `${before}${quote}${value}${reopens}` };
  });
}
