import type { ManagedStatement } from "../inspect/statement";
import type { FieldToMatch } from "../inspect/types";
import { args, body, cookies, deep, group, header, larger, path, pattern, plain, query, rule, turns } from "./parts";
import { managedCapacities } from "./capacity";

/**
 * AWSManagedRulesCommonRuleSet and AWSManagedRulesAdminProtectionRuleSet: AWS's names, fields, sizes and labels; own patterns.
 * Source: AWS WAF Developer Guide, Baseline rule groups.
 */

/** The instance metadata address as it is written by those who ask a server to fetch it. */
const metadata = /169\.254\.169\.254|2852039166|0xa9fea9fe|0xa9\.0xfe\.0xa9\.0xfe|0251\.0376\.0251\.0376|a9fe:a9fe|fd00:ec2::254|instance-data\/|latest\/meta-data/;
const traversal = /\.\.[/\\]{1,4}\.\.|\.\.\\\/\.\.|\.\.;\/\.\.|(^|[=/\\])\.{2,4}[/\\]{1,4}[\w.-]{1,40}[/\\]{1,4}\.\.|(^|[=\s"'])\.\.[/\\](etc|proc|windows|winnt|boot)/;
const restricted = /\.(log|ini|bak|backup|old|orig|swp|swo|sql|mdb|dbf|conf|cfg|htaccess|htpasswd|pem|env|inc|lnk|rdb|tfstate)(~|\.\w{1,4})?$/;
const remoteFile = /(https?|ftps?|file|gopher|sftp|smb):\/\/(\w{1,60}@)?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/;
const badBots =
  /nessus|nmap|nikto|sqlmap|masscan|zgrab|acunetix|netsparker|openvas|w3af|dirbuster|gobuster|wpscan|havij|morfeus|zmeu|arachni|burpcollaborator|whatweb|joomscan|fimap|grabber|jorgee|nuclei|qualys|webinspect|paros|skipfish|hydra|blackwidow|brutus|cgichk|feroxbuster|wfuzz|ffuf|absinthe|bsqlbf|mysqloit|pangolin|n-stealth|webshag|sqlninja|commix|vega\/|core-project/;

const xss = (FieldToMatch: FieldToMatch): ManagedStatement => ({ XssMatchStatement: { FieldToMatch, TextTransformations: turns("URL_DECODE_UNI", "HTML_ENTITY_DECODE") } });

export const core = group("AWSManagedRulesCommonRuleSet", managedCapacities.AWSManagedRulesCommonRuleSet, "core-rule-set", "Against a wide range of common attacks.", [
  rule("NoUserAgent_HEADER", { NotStatement: { Statement: { SizeConstraintStatement: { FieldToMatch: header("user-agent"), ComparisonOperator: "GE", Size: 0, TextTransformations: turns() } } } }, "NoUserAgent_Header"),
  rule("UserAgent_BadBots_HEADER", pattern(header("user-agent"), badBots, turns("LOWERCASE")), "BadBots_Header"),
  rule("SizeRestrictions_QUERYSTRING", larger(query, 2_048), "SizeRestrictions_QueryString"),
  rule("SizeRestrictions_Cookie_HEADER", larger(header("cookie"), 10_240), "SizeRestrictions_Cookie_Header"),
  rule("SizeRestrictions_BODY", { SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling: "MATCH" } }, ComparisonOperator: "GT", Size: 8_192, TextTransformations: turns() } }, "SizeRestrictions_Body"),
  rule("SizeRestrictions_URIPATH", larger(path, 1_024), "SizeRestrictions_URIPath"),
  rule("EC2MetaDataSSRF_BODY", pattern(body, metadata), "EC2MetaDataSSRF_Body"),
  rule("EC2MetaDataSSRF_COOKIE", pattern(cookies, metadata), "EC2MetaDataSSRF_Cookie"),
  rule("EC2MetaDataSSRF_URIPATH", pattern(path, metadata), "EC2MetaDataSSRF_URIPath"),
  rule("EC2MetaDataSSRF_QUERYARGUMENTS", pattern(args, metadata), "EC2MetaDataSSRF_QueryArguments"),
  rule("GenericLFI_QUERYARGUMENTS", pattern(args, traversal, deep), "GenericLFI_QueryArguments"),
  rule("GenericLFI_URIPATH", pattern(path, traversal, deep), "GenericLFI_URIPath"),
  rule("GenericLFI_BODY", pattern(body, traversal, deep), "GenericLFI_Body"),
  rule("RestrictedExtensions_URIPATH", pattern(path, restricted), "RestrictedExtensions_URIPath"),
  rule("RestrictedExtensions_QUERYARGUMENTS", pattern(args, restricted), "RestrictedExtensions_QueryArguments"),
  rule("GenericRFI_QUERYARGUMENTS", pattern(args, remoteFile), "GenericRFI_QueryArguments"),
  rule("GenericRFI_BODY", pattern(body, remoteFile), "GenericRFI_Body"),
  rule("GenericRFI_URIPATH", pattern(path, remoteFile), "GenericRFI_URIPath"),
  rule("CrossSiteScripting_COOKIE", xss(cookies), "CrossSiteScripting_Cookie"),
  rule("CrossSiteScripting_QUERYARGUMENTS", xss(args), "CrossSiteScripting_QueryArguments"),
  rule("CrossSiteScripting_BODY", xss(body), "CrossSiteScripting_Body"),
  rule("CrossSiteScripting_URIPATH", xss(path), "CrossSiteScripting_URIPath"),
]);

const admin =
  /sqlmanager|phpmyadmin|php-my-admin|phppgadmin|myadmin|dbadmin|mysqladmin|pgadmin|adminer|webadmin|sqladmin|\/pma(\/|$)|\/administrator(\/|$)|\/admin(\/|$|\.\w{2,4}$)|\/admincp|\/cpanel|\/manager\/(html|text|status)|\/jmx-console|\/web-console|\/host-manager|\/solr\/admin|\/server-(status|info)/;

export const adminProtection = group("AWSManagedRulesAdminProtectionRuleSet", managedCapacities.AWSManagedRulesAdminProtectionRuleSet, "admin-protection", "Against access to administration pages.", [
  rule("AdminProtection_URIPATH", pattern(path, admin, plain), "AdminProtection_URIPath"),
]);
