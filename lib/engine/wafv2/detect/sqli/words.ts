import * as K from "./kinds";

/**
 * Words of SQL by what they are, collected from the manuals of MySQL, PostgreSQL, SQL Server, Oracle, SQLite and Db2.
 */
const lists: [kind: number, words: string][] = [
  [K.SELECT, "select"],
  [K.VERB, "insert update delete drop create alter truncate merge replace grant revoke rename backup restore load handler"],
  [K.TSQL, "exec execute waitfor shutdown dbcc openquery openrowset raiserror reconfigure"],
  [K.WEAK_TSQL, "if while goto begin bulk print kill call declare"],
  [K.UNION, "union intersect except minus"],
  [K.CLAUSE, "from where having into limit offset"],
  [K.KEYWORD, `all any as asc by case cascade check constraint cross current database databases default desc describe distinct distinctrow
    do dumpfile else elseif elsif end escape exists explain fetch for foreign full group grouping identified index inner join key lateral left lock
    natural next nowait of on only open order outer outfile over partition pivot primary privileges procedure qualify read references return returning right rollup row rows
    schema show some table tablesample terminated then to top trigger unique unpivot use user using values view when window with within xmlnamespaces`],
  [K.TYPE, `bigint binary bit blob boolean bool bytea char character clob date datetime datetime2 decimal double float int integer interval json jsonb long money
    nchar nclob numeric nvarchar nvarchar2 real regclass rowid serial signed smallint sysname text time timestamp tinyint uniqueidentifier unsigned varbinary varchar
    varchar2 character`],
  [K.COLLATE, "collate"],
  [K.SET, "set"],
  [K.LOGIC, "and or xor"],
  [K.UNARY, "not"],
  [K.COMPARE, "like ilike rlike regexp glob similar in is between isnull notnull contains overlaps"],
  [K.OPERATOR, "div mod eqv"],
  [K.NUMBER, "null true false unknown binary_double_infinity binary_double_nan binary_float_infinity binary_float_nan"],
  [K.SERVER, `current_user current_date current_time current_timestamp current_schema current_catalog current_role session_user system_user localtime localtimestamp
    utc_date utc_time utc_timestamp sysdate systimestamp rownum`],
  [K.FUNCTION, `abs acos add_months ascii asin atan atan2 avg base64_encode bin bit_and bit_count bit_length bit_or bit_xor btrim ceil ceiling changes
    char_length character_length charindex chr coalesce coercibility col_length col_name concat concat_ws conv convert convert_tz cos cot count count_big crc32
    curdate curtime database date_add date_format date_sub current_user datediff dateadd datename datepart day dayname dayofmonth dayofweek dayofyear db_id db_name decode
    decode_base64 default_value degrees difference dump elt encode encrypt export_set extract field file_name find_in_set floor format format_bytes found_rows from_base64
    from_days from_unixtime generate_series getdate greatest group_concat grouping has_perms_by_name hex host_name hour iif ident_current ifnull inet_aton inet_ntoa
    insert instr is_member is_srvrolemember isdate isnumeric json_array json_depth json_extract json_keys json_object json_valid json_value json_query json_length json_type jsonb_pretty last_day last_insert_id lcase
    least left len length likelihood likely listagg ln localtimestamp locate log log10 log2 lower lpad ltrim make_set makedate max md5 microsecond mid min minute
    mod month monthname name_const nchar newid now nullif nvl nvl2 object_id object_name oct octet_length old_password openjson ord parsename password patindex pi position pow power
    printf quarter quote quotename radians rand random randomblob rawtohex regexp_count regexp_instr regexp_like regexp_replace regexp_substr regexp_substring repeat replace replicate reverse right round row_count row_number row_to_json rpad
    rtrim schema schema_name second sec_to_time session_user sha sha1 sha2 sign sin soundex space sqrt squareroot starts_with std stddev str strcmp str_to_date string_agg strpos stuff subdate substr
    substring substring_index subtime sum suser_name suser_sname suser_id sysdate system_user tan time_format time_to_sec timediff timestampadd timestampdiff to_base64 to_char to_clob to_date
    to_days to_hex to_number to_timestamp total total_changes translate trim trunc truncate try_cast try_convert typeof ucase uncompress unhex unicode unistr unix_timestamp unlikely upper user user_id user_name
    uuid row values variance version week weekday weekofyear xmlagg xmlelement xmlforest year yearweek zeroblob aes_decrypt aes_encrypt array_agg array_to_string array_to_json array_length cast char json_arrayagg compress des_decrypt des_encrypt exp
    sqlite_version sqlite_source_id sqlite_compileoption_get sqlite_compileoption_used serverproperty current_setting current_database charset collation connection_id if exists unicode json_table last_insert_rowid`],
  [K.INQUIRY, `version database user current_user session_user system_user schema current_database current_schema sqlite_version connection_id db_name suser_name suser_sname
    user_name host_name current_catalog row_count found_rows last_insert_id`],
  [K.DANGER, `sleep benchmark pg_sleep load_file load_extension extractvalue updatexml xp_cmdshell sp_executesql receive_message get_host_address get_host_name
    geometrycollection multipoint polygon multipolygon linestring multilinestring st_latfromgeohash st_longfromgeohash gtid_subset gtid_subtract release_lock get_lock is_free_lock is_used_lock
    master_pos_wait query_to_xml database_to_xml table_to_xml dblink_connect dblink pg_read_file pg_ls_dir lo_import lo_export dbms_pipe utl_inaddr xp_dirtree drithsx httpuritype
    fn_xe_file_target_read_file fn_get_audit_file fn_trace_gettable writefile readfile fts3_tokenizer xmltype  sys_eval sys_exec  bfilename pg_sleep_for`],
  [K.INTERNAL, `information_schema performance_schema sysobjects syscolumns sysusers sysdatabases syslogins sysservers systypes sysxlogins dual
    all_tables all_tab_columns all_users all_objects all_source all_db_links user_tables user_tab_columns user_objects user_users user_source user_role_privs user_lock
    sysibm sysibmadm syscat systables sysdummy1 sysdba msysobjects msysaccessobjects msysaces rdb$database rdb$relations ctxsys`],
];

/** What two words (the second may stand for any of several) make together. */
const pairs: [kind: number, first: string, second: string][] = [
  [K.UNION, "union intersect except minus", "all distinct"],
  [K.BY, "group order partition", "by"],
  [K.STATEMENT, "insert replace merge", "into"],
  [K.STATEMENT, "insert", "ignore delayed low_priority high_priority"],
  [K.STATEMENT, "delete", "from"],
  [K.STATEMENT, "drop create alter truncate rename", "table database schema view index procedure function trigger user role login sequence tablespace column type server package temporary synonym assembly"],
  [K.STATEMENT, "create", "unique or"],
  [K.STATEMENT, "load", "data xml"],
  [K.STATEMENT, "backup restore", "database log"],
  [K.STATEMENT, "bulk", "insert"],
  [K.TSQL, "waitfor", "delay time"],
  [K.TSQL, "if", "exists"],
  [K.COMPARE, "not", "like ilike rlike regexp glob similar in between"],
  [K.COMPARE, "is", "not distinct"],
  [K.COMPARE, "similar", "to"],
  [K.COMPARE, "sounds", "like"],
  [K.COMPARE, "in", "boolean"],
  [K.KEYWORD, "left right full inner outer cross natural", "join outer inner"],
  [K.STATEMENT, "procedure", "analyse"],
  [K.FUNCTION, "case", "when"],
  [K.STATEMENT, "into", "outfile dumpfile"],
  [K.LOGIC, "and or xor", "not"],
  [K.TYPE, "character char double long", "varying precision varchar raw"],
  [K.SELECT, "select", "distinct all distinctrow top sql_calc_found_rows sql_no_cache straight_join high_priority"],
];

/** Names by how they begin: a database's own procedures, packages and views. */
const internalStarts = /^(xp_|sp_|dbms_|utl_|pg_|sqlite_|dba_|g?v\$)/;

/** `plain` is what the word is by itself, `called` what it is before a parenthesis, 0 when it is nothing there. */
interface Name {
  word: string;
  plain: number;
  called: number;
  /** Whether some pair begins with it. */
  first: boolean;
}

const names = new Map<string, Name>();
function nameOf(word: string): Name {
  const name = names.get(word) ?? { word, plain: 0, called: 0, first: false };
  names.set(word, name);
  return name;
}
for (const [kind, words] of lists)
  for (const word of words.split(/\s+/)) {
    const name = nameOf(word);
    if (kind === K.FUNCTION || kind === K.DANGER || kind === K.INQUIRY) name.called = kind;
    else name.plain ||= kind;
  }

const joined = new Map<string, number>();
for (const [kind, first, second] of pairs)
  for (const one of first.split(" ")) {
    nameOf(one).first = true;
    for (const other of second.split(" ")) {
      nameOf(other);
      joined.set(`${one} ${other}`, kind);
    }
  }

const all = [...names.values()];
export const plain = Uint8Array.from(all, (name) => name.plain);
export const called = Uint8Array.from(all, (name) => name.called);
export const first = Uint8Array.from(all, (name) => Number(name.first));

/** Lower case of ASCII letters, by character code below 128. */
export const lower = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

const SLOTS = 4096;
const slots = new Int16Array(SLOTS).fill(-1);
export const hashed = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;
for (const [at, { word }] of all.entries()) {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = hashed(hash, word.charCodeAt(i));
  let slot = hash & (SLOTS - 1);
  while (slots[slot] >= 0) slot = (slot + 1) & (SLOTS - 1);
  slots[slot] = at;
}

/** Number of the word that stands in `text` from `start` to `end` and has this hash in lower case; -1 if it is none of ours. */
export function lookUp(text: string, start: number, end: number, hash: number): number {
  for (let slot = hash & (SLOTS - 1); slots[slot] >= 0; slot = (slot + 1) & (SLOTS - 1)) {
    const { word } = all[slots[slot]];
    if (word.length !== end - start) continue;
    let i = 0;
    while (i < word.length && lower[text.charCodeAt(start + i) & 127] === word.charCodeAt(i)) i++;
    if (i === word.length) return slots[slot];
  }
  return -1;
}

/** The kind of two words together, 0 if they are no pair. */
export const pairOf = (one: string, other: string): number => joined.get(`${one.toLowerCase()} ${other.toLowerCase()}`) ?? 0;

/** Whether an unknown name is of a database's own by how it begins. */
export const isInternal = (word: string): boolean => internalStarts.test(word.toLowerCase());
