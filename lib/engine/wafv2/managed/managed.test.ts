import { describe, expect, test } from "vitest";
import { compile } from "../inspect/compile";
import { request } from "../inspect/inspect.test-helper";
import type { WafRequest } from "../inspect/request";
import { managedCapacities } from "./capacity";
import { aclOf } from "./corpus.test-helper";
import { availableLabels, managedRuleGroup, managedRuleGroups, managedRuleGroupState, marketplace } from "./index";

const run = (group: string, more: Partial<WafRequest>) => compile(aclOf(group)).inspect(request({ source: "CLOUDFRONT", ...more }));
const agent = (value: string): Partial<WafRequest> => ({ headers: [["Host", "example.com"], ["User-Agent", value]] });
const query = (value: string): Partial<WafRequest> => ({ uri: `/?q=${encodeURIComponent(value)}` });
const cookie = (value: string): Partial<WafRequest> => ({ headers: [["Host", "example.com"], ["User-Agent", "Mozilla/5.0"], ["Cookie", `a=${value}`]] });
const host = (value: string): Partial<WafRequest> => ({ headers: [["Host", value], ["User-Agent", "Mozilla/5.0"]] });
const test_ = (value: string): Partial<WafRequest> => ({ headers: [["Host", "example.com"], ["User-Agent", "Mozilla/5.0"], ["X-Test", value]] });
const body = (value: string): Partial<WafRequest> => ({ method: "POST", body: value });
const path = (uri: string): Partial<WafRequest> => ({ uri });

describe("each rule does what AWS says that it does", () => {
  test.each<[group: string, rule: string, Partial<WafRequest>, label: string]>([
    ["CommonRuleSet", "NoUserAgent_HEADER", { headers: [["Host", "a"]] }, "core-rule-set:NoUserAgent_Header"],
    ["CommonRuleSet", "UserAgent_BadBots_HEADER", agent("Nessus"), "core-rule-set:BadBots_Header"],
    ["CommonRuleSet", "UserAgent_BadBots_HEADER", agent("Mozilla nmap scripting engine"), "core-rule-set:BadBots_Header"],
    ["CommonRuleSet", "SizeRestrictions_QUERYSTRING", path(`/?${"a".repeat(2_049)}`), "core-rule-set:SizeRestrictions_QueryString"],
    ["CommonRuleSet", "SizeRestrictions_Cookie_HEADER", cookie("x".repeat(10_239)), "core-rule-set:SizeRestrictions_Cookie_Header"],
    ["CommonRuleSet", "SizeRestrictions_BODY", body("a".repeat(8_193)), "core-rule-set:SizeRestrictions_Body"],
    ["CommonRuleSet", "SizeRestrictions_BODY", { ...body("a".repeat(8_193)), source: "ALB" }, "core-rule-set:SizeRestrictions_Body"],
    ["CommonRuleSet", "SizeRestrictions_URIPATH", path(`/${"a".repeat(1_024)}`), "core-rule-set:SizeRestrictions_URIPath"],
    ["CommonRuleSet", "EC2MetaDataSSRF_BODY", body("url=http://169.254.169.254/"), "core-rule-set:EC2MetaDataSSRF_Body"],
    ["CommonRuleSet", "EC2MetaDataSSRF_COOKIE", cookie("http://169.254.169.254/"), "core-rule-set:EC2MetaDataSSRF_Cookie"],
    ["CommonRuleSet", "EC2MetaDataSSRF_URIPATH", path("/http://169.254.169.254/latest"), "core-rule-set:EC2MetaDataSSRF_URIPath"],
    ["CommonRuleSet", "EC2MetaDataSSRF_QUERYARGUMENTS", query("http://169.254.169.254/"), "core-rule-set:EC2MetaDataSSRF_QueryArguments"],
    ["CommonRuleSet", "GenericLFI_QUERYARGUMENTS", query("../../etc"), "core-rule-set:GenericLFI_QueryArguments"],
    ["CommonRuleSet", "GenericLFI_URIPATH", path("/..%252f..%252fx"), "core-rule-set:GenericLFI_URIPath"],
    ["CommonRuleSet", "GenericLFI_BODY", body("f=../../x"), "core-rule-set:GenericLFI_Body"],
    ["CommonRuleSet", "RestrictedExtensions_URIPATH", path("/app/debug.log"), "core-rule-set:RestrictedExtensions_URIPath"],
    ["CommonRuleSet", "RestrictedExtensions_QUERYARGUMENTS", query("php.ini"), "core-rule-set:RestrictedExtensions_QueryArguments"],
    ["CommonRuleSet", "GenericRFI_QUERYARGUMENTS", query("http://192.0.2.1/x"), "core-rule-set:GenericRFI_QueryArguments"],
    ["CommonRuleSet", "GenericRFI_BODY", body("u=ftp://192.0.2.1/x"), "core-rule-set:GenericRFI_Body"],
    ["CommonRuleSet", "GenericRFI_URIPATH", path("/http://192.0.2.1/x"), "core-rule-set:GenericRFI_URIPath"],
    ["CommonRuleSet", "CrossSiteScripting_COOKIE", cookie("<script>alert(1)</script>"), "core-rule-set:CrossSiteScripting_Cookie"],
    ["CommonRuleSet", "CrossSiteScripting_QUERYARGUMENTS", query("<script>alert(1)</script>"), "core-rule-set:CrossSiteScripting_QueryArguments"],
    ["CommonRuleSet", "CrossSiteScripting_BODY", body("<script>alert(1)</script>"), "core-rule-set:CrossSiteScripting_Body"],
    ["CommonRuleSet", "CrossSiteScripting_URIPATH", path("/%3Cscript%3Ealert(1)%3C/script%3E"), "core-rule-set:CrossSiteScripting_URIPath"],
    ["AdminProtectionRuleSet", "AdminProtection_URIPATH", path("/sqlmanager/"), "admin-protection:AdminProtection_URIPath"],
    ["KnownBadInputsRuleSet", "Host_localhost_HEADER", host("localhost"), "known-bad-inputs:Host_Localhost_Header"],
    ["KnownBadInputsRuleSet", "PROPFIND_METHOD", { method: "PROPFIND" }, "known-bad-inputs:Propfind_Method"],
    ["KnownBadInputsRuleSet", "ExploitablePaths_URIPATH", path("/WEB-INF/web.xml"), "known-bad-inputs:ExploitablePaths_URIPath"],
    ["KnownBadInputsRuleSet", "JavaDeserializationRCE_HEADER", test_("rO0ABXNyAA=="), "known-bad-inputs:JavaDeserializationRCE_Header"],
    ["KnownBadInputsRuleSet", "JavaDeserializationRCE_BODY", body("(java.lang.Runtime).getRuntime().exec('id')"), "known-bad-inputs:JavaDeserializationRCE_Body"],
    ["KnownBadInputsRuleSet", "JavaDeserializationRCE_QUERYSTRING", query("class.module.classLoader.x"), "known-bad-inputs:JavaDeserializationRCE_QueryString"],
    ["KnownBadInputsRuleSet", "JavaDeserializationRCE_URIPATH", path("/java.lang.Runtime"), "known-bad-inputs:JavaDeserializationRCE_URIPath"],
    ["KnownBadInputsRuleSet", "Log4JRCE_HEADER", agent("${jndi:ldap://example.com/a}"), "known-bad-inputs:Log4JRCE_Header"],
    ["KnownBadInputsRuleSet", "Log4JRCE_QUERYSTRING", query("${${lower:j}ndi:ldap://x}"), "known-bad-inputs:Log4JRCE_QueryString"],
    ["KnownBadInputsRuleSet", "Log4JRCE_BODY", body("a=${jndi:rmi://x}"), "known-bad-inputs:Log4JRCE_Body"],
    ["KnownBadInputsRuleSet", "Log4JRCE_URIPATH", path("/$%7Bjndi:ldap://x%7D"), "known-bad-inputs:Log4JRCE_URIPath"],
    ["KnownBadInputsRuleSet", "ReactJSRCE_BODY", body('{"then":"$1:__proto__:then","status":"resolved_model"}'), "known-bad-inputs:ReactJSRCE_Body"],
    ["SQLiRuleSet", "SQLi_QUERYARGUMENTS", query("1' or '1'='1"), "sql-database:SQLi_QueryArguments"],
    ["SQLiRuleSet", "SQLi_BODY", body("1' or '1'='1"), "sql-database:SQLi_Body"],
    ["SQLiRuleSet", "SQLi_COOKIE", cookie("1' or '1'='1"), "sql-database:SQLi_Cookie"],
    ["SQLiRuleSet", "SQLiExtendedPatterns_BODY", body("id=5&name=x from information_schema.tables"), "sql-database:SQLiExtendedPatterns_Body"],
    ["LinuxRuleSet", "LFI_URIPATH", path("/..%2f/proc/version"), "linux-os:LFI_URIPath"],
    ["LinuxRuleSet", "LFI_QUERYSTRING", query("/etc/passwd"), "linux-os:LFI_QueryString"],
    ["LinuxRuleSet", "LFI_HEADER", test_("/proc/self/environ"), "linux-os:LFI_Header"],
    ["UnixRuleSet", "UNIXShellCommandsVariables_QUERYSTRING", query("echo $HOME"), "posix-os:UNIXShellCommandsVariables_QueryString"],
    ["UnixRuleSet", "UNIXShellCommandsVariables_BODY", body("a=1; cat /etc/hosts"), "posix-os:UNIXShellCommandsVariables_Body"],
    ["UnixRuleSet", "UNIXShellCommandsVariables_HEADER", test_("() { :;}; /bin/bash -c id"), "posix-os:UNIXShellCommandsVariables_Header"],
    ["WindowsRuleSet", "WindowsShellCommands_QUERYARGUMENTS", query("||nslookup example.com"), "windows-os:WindowsShellCommands_QueryArguments"],
    ["WindowsRuleSet", "WindowsShellCommands_BODY", body("a=1;cmd /c dir"), "windows-os:WindowsShellCommands_Body"],
    ["WindowsRuleSet", "WindowsShellCommands_COOKIE", cookie("|cmd.exe"), "windows-os:WindowsShellCommands_Cookie"],
    ["WindowsRuleSet", "PowerShellCommands_QUERYARGUMENTS", query("Invoke-Expression x"), "windows-os:PowerShellCommands_QueryArguments"],
    ["WindowsRuleSet", "PowerShellCommands_BODY", body("a=Invoke-Expression"), "windows-os:PowerShellCommands_Body"],
    ["WindowsRuleSet", "PowerShellCommands_COOKIE", cookie("Invoke-Expression"), "windows-os:PowerShellCommands_Cookie"],
    ["PHPRuleSet", "PHPHighRiskMethodsVariables_QUERYSTRING", query("$_GET[a]"), "php-app:PHPHighRiskMethodsVariables_QueryString"],
    ["PHPRuleSet", "PHPHighRiskMethodsVariables_BODY", body("x=fsockopen('a')"), "php-app:PHPHighRiskMethodsVariables_Body"],
    ["PHPRuleSet", "PHPHighRiskMethodsVariables_HEADER", test_("<?php eval($_POST[1]);"), "php-app:PHPHighRiskMethodsVariables_Header"],
    ["WordPressRuleSet", "WordPressExploitableCommands_QUERYSTRING", path("/?do-reset-wordpress=1"), "wordpress-app:WordPressExploitableCommands_QUERYSTRING"],
    ["WordPressRuleSet", "WordPressExploitablePaths_URIPATH", path("/xmlrpc.php"), "wordpress-app:WordPressExploitablePaths_URIPATH"],
    ["AmazonIpReputationList", "AWSManagedIPReputationList", { clientIp: "198.51.100.1" }, "amazon-ip-list:AWSManagedIPReputationList"],
    ["AmazonIpReputationList", "AWSManagedReconnaissanceList", { clientIp: "198.51.100.40" }, "amazon-ip-list:AWSManagedReconnaissanceList"],
    ["AnonymousIpList", "AnonymousIPList", { clientIp: "203.0.113.165" }, "anonymous-ip-list:AnonymousIPList"],
    ["AnonymousIpList", "HostingProviderIPList", { clientIp: "203.0.113.40" }, "anonymous-ip-list:HostingProviderIPList"],
    ["BotControlRuleSet", "CategoryHttpLibrary", agent("curl/8.5.0"), "bot-control:bot:category:http_library"],
    ["BotControlRuleSet", "CategorySearchEngine", agent("Mozilla/5.0 (compatible; Googlebot/2.1)"), "bot-control:bot:category:search_engine"],
    ["BotControlRuleSet", "SignalAutomatedBrowser", agent("Mozilla/5.0 HeadlessChrome/120"), "bot-control:signal:automated_browser"],
    ["BotControlRuleSet", "CategoryMonitoring", agent("Mozilla/5.0 (compatible; UptimeRobot/2.0)"), "bot-control:CategoryMonitoring"],
    ["BotControlRuleSet", "SignalKnownBotDataCenter", { clientIp: "203.0.113.100" }, "bot-control:signal:known_bot_data_center"],
    ["BotControlRuleSet", "SignalNonBrowserUserAgent", agent("something"), "bot-control:signal:non_browser_user_agent"],
  ])("%s: %s", (group, name, more, label) => {
    const result = run(`AWSManagedRules${group}`, more);
    expect([result.action, result.ruleWithinGroup]).toEqual(["BLOCK", name]);
    expect(result.labels.map((each) => each.name)).toContain(`awswaf:managed:aws:${label}`);
  });

  test("the DDoS list only counts", () => {
    const result = run("AWSManagedRulesAmazonIpReputationList", { clientIp: "198.51.100.70" });
    expect(result.action).toBe("ALLOW");
    expect(result.groups[0].nonTerminatingMatchingRules).toMatchObject([{ ruleId: "AWSManagedIPDDoSList", action: "COUNT" }]);
  });
  test("a verified bot gets labels and passes; the token's state is told", () => {
    const result = run("AWSManagedRulesBotControlRuleSet", { ...agent("Mozilla/5.0 (compatible; Googlebot/2.1)"), clientIp: "203.0.113.70" });
    expect(result.action).toBe("ALLOW");
    expect(result.labels.map(({ name }) => name)).toEqual(expect.arrayContaining(["awswaf:managed:token:absent", "awswaf:managed:aws:bot-control:bot:verified", "awswaf:managed:aws:bot-control:bot:name:googlebot"]));
  });
  test.each(managedRuleGroups.map(({ name }) => name))("%s lets a plain request pass", (name) => expect(run(name, { uri: "/index.html?page=2" }).action).toBe("ALLOW"));
});

describe("as listed", () => {
  test("names and capacities", () => expect(Object.fromEntries(managedRuleGroups.map(({ name, capacity }) => [name, capacity]))).toEqual(managedCapacities));
  test.each(managedRuleGroups.map((group) => [group.name, group] as const))("%s: rule names are unique, labels have the form", (_, group) => {
    expect(new Set(group.rules.map(({ name }) => name)).size).toBe(group.rules.length);
    for (const label of availableLabels(group)) expect(label).toMatch(/^awswaf:managed:aws:[a-z-]+:[\w:-]+$/);
    if (!group.listedOnly) expect(group.rules.length).toBeGreaterThan(0);
  });
  test("versions", () => {
    expect(managedRuleGroup("AWS", "AWSManagedRulesCommonRuleSet", "Version_1.0")).toBeDefined();
    expect(managedRuleGroup("AWS", "AWSManagedRulesCommonRuleSet", "Version_9.0")).toBeUndefined();
    expect(managedRuleGroup("AWS", "AWSManagedRulesAmazonIpReputationList")?.versions).toEqual([]);
    expect(managedRuleGroupState("AWS", "AWSManagedRulesCommonRuleSet", "x")).toBe("unknown version");
    expect(managedRuleGroupState("AWS", "AWSManagedRulesATPRuleSet")).toBe("needs a config");
    expect(managedRuleGroupState("Other", "AWSManagedRulesATPRuleSet")).toBe("unknown");
  });
  test("what is only listed says so", () => {
    for (const each of [...managedRuleGroups.filter(({ rules }) => !rules.length), ...marketplace]) expect(each.listedOnly).toMatch(/^Listed only/);
  });
});
