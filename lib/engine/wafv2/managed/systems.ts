import { args, body, cookies, deep, group, headersNotCookie, headers, path, pattern, plain, query, rule } from "./parts";
import { managedCapacities } from "./capacity";

/**
 * Groups for operating systems: AWSManagedRulesLinuxRuleSet, AWSManagedRulesUnixRuleSet, AWSManagedRulesWindowsRuleSet. AWS's names,
 * fields and labels; own patterns. Source: AWS WAF Developer Guide, Use-case specific rule groups.
 */

const files =
  /\/etc\/(passwd|shadow|group|hosts|issue|motd|mysql|apache|nginx|httpd|ssh|crontab|fstab|resolv\.conf|sudoers)|\/proc\/(version|self|cpuinfo|\d{1,7}\/|net\/|mounts|cmdline|sched_debug)|\/\.(bash_history|bashrc|profile|ssh\/|aws\/)|\/var\/(log|lib|run|www)\/|\/usr\/local\/(etc|apache)|\/boot\/grub|\/root\/\./;

export const linux = group("AWSManagedRulesLinuxRuleSet", managedCapacities.AWSManagedRulesLinuxRuleSet, "linux-os", "Against local file inclusion on Linux.", [
  rule("LFI_URIPATH", pattern(path, files, deep), "LFI_URIPath"),
  rule("LFI_QUERYSTRING", pattern(query, files, deep), "LFI_QueryString"),
  rule("LFI_HEADER", pattern(headers, files, deep), "LFI_Header"),
]);

const unixVariables = /\$\{?(home|path|ifs|shell|pwd|user|hostname|bash|random|logname|lang)\b|\$\{#?\w{1,20}:|\(\) ?\{ ?[:_]|\/dev\/(tcp|udp)\/|\$\{ifs|;\w{1,8}\$[$@*?!_-]{1,2}\w|\/\[[\w?-]{1,5}\]|\[\?\]|\/\?{2,4}\/|\balias [-\w"'.]{1,20} ?=/;
const unixPaths = /\/(usr\/)?(local\/)?s?bin\/([a-z?*[\]]{2,20})|\/b\?n\/|\/\?in\/|\b(bash|sh|zsh|dash|ksh|csh) -[ic]{1,2}\b|\b(wget|curl|fetch|lynx) (-\w{1,4} ){0,3}['"]?(https?|ftp):|\b(nc|ncat|netcat) (-\w{1,6} ){1,3}|\b(python[23]?|perl|ruby|php|lua|node) -[cer]{1,2}\b|\bbase64 -d\b|\bchmod [+0-7]{1,4}/;
/** Commands that are hardly words of a language, and those that are. */
const rare =
  "cat|ls|id|uname|whoami|wget|curl|ping|nslookup|dig|ifconfig|netstat|ps|rm|cp|mv|chmod|chown|echo|printf|bash|sh|zsh|nc|ncat|telnet|scp|tar|gzip|grep|awk|sed|xargs|python[23]?|perl|ruby|php|gcc|crontab|systemctl|sudo|passwd|adduser|useradd|mkdir|pwd|uptime|busybox|socat|lsof|sysctl|printenv|env|tee|sleep|hostname|ssh|xxd|base64|uniq|vim?|nohup|strace|ansible|trap";
const common = "kill|touch|head|tail|more|less|set|export|ftp|find|cut|sort|cc|make|service|su|df|du|mount|who|last|history|alias|eval|exec|time|timeout|ed|dd|od|rev|tac|nl|strings|file|stat|jq|w|dir|nice|test|read|source|kick|df";
const after = "([ \\t;|&<>`)\"'\\\\$/{}?*]|$)";
const unixCommands = new RegExp(
  `(;|\\||&&|\\$\\()[ \\t'"\\\\(\`]{0,8}(${rare})${after}|(\\||&&|\\$\\()[ \\t]{0,4}(${common})([ \\t;|&<>\`)]{1,2}[-./$~\\w]|\\)|$)|[\\r\\n\`][ \\t]{0,4}(cat|id|uname|whoami|wget|curl|ping|nslookup|ifconfig|netstat)([ \\t]{1,4}[-./\\w$]|[\`;|&]|$)|\\{(${rare}),|=(${rare}) {1,4}[-/.~$]`,
);
const shell = new RegExp(`${unixVariables.source}|${unixPaths.source}|${unixCommands.source}`);
const shellInHeaders = new RegExp(`\\(\\) ?\\{|${unixVariables.source}|${unixPaths.source}|\`[a-z]{2,12}[ \`]`);

export const posix = group("AWSManagedRulesUnixRuleSet", managedCapacities.AWSManagedRulesUnixRuleSet, "posix-os", "Against commands for POSIX systems.", [
  rule("UNIXShellCommandsVariables_QUERYSTRING", pattern(query, shell), "UNIXShellCommandsVariables_QueryString"),
  rule("UNIXShellCommandsVariables_BODY", pattern(body, shell), "UNIXShellCommandsVariables_Body"),
  rule("UNIXShellCommandsVariables_HEADER", pattern(headersNotCookie, shellInHeaders), "UNIXShellCommandsVariables_Header"),
]);

const windowsShell =
  /(;|\||&&|&|\n|`)[ \t'"^(]{0,8}(cmd|nslookup|dir|type|copy|del|ipconfig|ping|net|netsh|tasklist|taskkill|systeminfo|whoami|wmic|reg|sc|schtasks|certutil|bitsadmin|ftp|tftp|start|powershell|mshta|rundll32|regsvr32|cscript|wscript|attrib|cacls|findstr|ver|vol|echo %)(\.exe|\.com)?([ \t/"&|<>^]|$)|\bcmd(\.exe|\^)? ?\/[ck]\b|cmd\.exe|command\.com|%(comspec|systemroot|windir|programfiles|appdata|username|userprofile)%|\bnet (user|localgroup|view|share|use)\b|\bcertutil (-|\/)urlcache|\bbitsadmin \/transfer|c:[\\/](windows|winnt|inetpub|boot\.ini|users)|\bwmic (process|os|useraccount)|\\system32\\|\bfor {1,6}\/[dflr] |\bfor {1,6}%{1,2}[a-z] {1,6}in {1,6}\(|\bif {1,6}(\/i {1,6})?(not {1,6})?(exist|defined|errorlevel) |\bwin\.ini\b|\bboot\.ini\b/;
const powerShell =
  /invoke-(expression|webrequest|restmethod|command|item|wmimethod|mimikatz|shellcode|history)|\biex ?[( '"$]|powershell(\.exe)? (-|\/)|-encodedcommand|-executionpolicy|new-object (system\.)?net\.|downloadstring ?\(|downloadfile ?\(|\[system\.|start-process|start-bitstransfer|set-executionpolicy|get-(process|childitem|content|wmiobject|service|aduser|command|item|location|history)|\bset-(content|item|variable)\b|frombase64string|\bout-(file|string|null)\b|convertto-|convertfrom-|write-(output|host)|import-module|add-type|remove-item|copy-item|test-path/;

export const windows = group("AWSManagedRulesWindowsRuleSet", managedCapacities.AWSManagedRulesWindowsRuleSet, "windows-os", "Against commands for Windows and PowerShell.", [
  rule("WindowsShellCommands_COOKIE", pattern(cookies, windowsShell), "WindowsShellCommands_Cookie"),
  rule("WindowsShellCommands_QUERYARGUMENTS", pattern(args, windowsShell, plain), "WindowsShellCommands_QueryArguments"),
  rule("WindowsShellCommands_BODY", pattern(body, new RegExp(windowsShell.source.replace("|&&|&|", "|&&|")), plain), "WindowsShellCommands_Body"),
  rule("PowerShellCommands_COOKIE", pattern(cookies, powerShell), "PowerShellCommands_Cookie"),
  rule("PowerShellCommands_QUERYARGUMENTS", pattern(args, powerShell), "PowerShellCommands_QueryArguments"),
  rule("PowerShellCommands_BODY", pattern(body, powerShell), "PowerShellCommands_Body"),
]);
