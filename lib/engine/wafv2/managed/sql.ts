import type { ManagedStatement } from "../inspect/statement";
import type { FieldToMatch } from "../inspect/types";
import { args, body, cookies, group, path, pattern, rule, turns } from "./parts";
import { managedCapacities } from "./capacity";

/**
 * AWSManagedRulesSQLiRuleSet: the built-in SQLi statement at LOW, and own patterns for what it does not cover.
 * Source: AWS WAF Developer Guide, Use-case specific rule groups.
 */

const sqli = (FieldToMatch: FieldToMatch): ManagedStatement => ({ SqliMatchStatement: { FieldToMatch, SensitivityLevel: "LOW", TextTransformations: turns("URL_DECODE_UNI") } });

/** Comments and blanks have become one space. */
const tidy = turns("URL_DECODE_UNI", "REPLACE_COMMENTS", "COMPRESS_WHITE_SPACE", "LOWERCASE");
const extended =
  /\bunion ?(all ?|distinct ?)?[( ]{0,4}select\b|\bselect [^;]{1,80} from (information_schema|mysql\.|sys\.|sysobjects|dual|all_tables|pg_|msysobjects|sqlite_master|users?\b)|information_schema\.|\b(pg_)?sleep ?\( ?['"\d]|\bbenchmark ?\( ?\d|\bwaitfor (delay|time) ?['"]|\bload_file ?\(|\binto (out|dump)file ?['"]|\bxp_(cmdshell|dirtree|regread|fileexist)|\bsp_(executesql|oacreate|password)|\b(extractvalue|updatexml) ?\( ?|\b(utl_http|utl_inaddr|dbms_pipe|dbms_lock|ctxsys\.drithsx)\b|['")\d] ?(or|and|xor|\|\||&&) ?[('"]{0,3}\d{1,9}['"]? ?(=|<|>|like) ?[('"]{0,3}\d|['"]\)? ?(or|and|xor) ['"(]?\w{1,20}['"]? ?(=|<|>|like ['"]|is null|glob |between \d)|['"] ?(\|\||&&) ?['"(]?\w{1,20}['"]? ?[=<>]|['"]\)? ?; ?(drop|insert|update|delete|alter|create|truncate|exec|declare|shutdown|grant)\b|; ?(drop|truncate|alter) (table|database|user)\b|['"\d)] ?order by \d{1,3}\b|['")] ?having \d|\bgroup_concat ?\(|\bconcat(_ws)? ?\( ?(0x|char|@@)|\bchar ?\( ?\d{1,3} ?(,|\) ?\+)|@@(version|datadir|hostname|basedir)|\bcase when [^;]{1,60} then\b|\bprocedure analyse ?\(|\b(ascii|ord|substr|substring|mid|length) ?\( ?\(? ?(select|user|database|version)|\bselect ?(@@|user ?\(|version ?\(|database ?\(|sleep ?\(|load_file)|\bexec(ute)? (immediate|master|xp_|sp_)|^['"]?\)? ?(or|and) ['"(]?\w{1,20}['"]? ?= ?['"(]?\w|'-- ?-?$|'#$|=[\w@.]{1,40}'\)? ?(--|#)|\$(ne|gt|lt|regex|where|nin)\b["'\]]/;

export const sqlDatabase = group("AWSManagedRulesSQLiRuleSet", managedCapacities.AWSManagedRulesSQLiRuleSet, "sql-database", "Against SQL injection.", [
  rule("SQLi_QUERYARGUMENTS", sqli(args), "SQLi_QueryArguments"),
  rule("SQLiExtendedPatterns_QUERYARGUMENTS", pattern(args, extended, tidy), "SQLiExtendedPatterns_QueryArguments"),
  rule("SQLi_BODY", sqli(body), "SQLi_Body"),
  rule("SQLiExtendedPatterns_BODY", pattern(body, extended, tidy), "SQLiExtendedPatterns_Body"),
  rule("SQLi_COOKIE", sqli(cookies), "SQLi_Cookie"),
  rule("SQLi_URIPATH", sqli(path), "SQLi_URIPath"),
]);
