import { body, group, headers, path, pattern, plain, query, rule } from "./parts";
import { managedCapacities } from "./capacity";

/**
 * Groups for applications: AWSManagedRulesPHPRuleSet and AWSManagedRulesWordPressRuleSet. AWS's names, fields and labels; own patterns.
 * Source: AWS WAF Developer Guide, Use-case specific rule groups.
 */

/** Functions whose names are no words of a language, and those whose names are: in prose a blank and a word in parentheses may follow them. */
const rareNames = "fsockopen|pfsockopen|passthru|shell_exec|proc_open|popen|pcntl_exec|phpinfo|phpversion|base64_decode|str_rot13|gzinflate|gzuncompress|call_user_func(_array)?|create_function|file_get_contents|file_put_contents|fwrite|fputs|readfile|move_uploaded_file|preg_replace|array_map|array_filter|usort|ob_start|var_dump|print_r|hex2bin|highlight_file|show_source|parse_ini_file|unserialize|curl_exec|curl_init|mysql_query|ini_set|putenv|opendir|scandir|chmod|posix_\\w{3,20}|getenv|get_defined_\\w{3,20}|reflectionfunction|session_start|array_walk|gzdecode|file_exists|gethostbyname";
const commonNames = "eval|assert|system|exec|fopen|chr|dl|include(_once)?|require(_once)?|glob|unlink|symlink|printf|die|serialize|unpack";
const blank = "[ \\t\\r\\n]{0,8}";
const calls = `\\b(${rareNames})${blank}\\(${blank}["'$\\w)]|\\b(${commonNames})(${blank}\\(${blank}["'$)]|\\(\\w)`;
const others =
  /\$_(get|post|request|cookie|server|session|files|env)\b|\$globals\b|(php|zip|phar|expect|data|glob|zlib|compress\.zlib|ogg|ssh2\.\w{1,8}):\/\/(input|filter|stdin|memory|temp|[\w./]{1,20})|data:text\/plain;base64|<\?(php|=|\s)|\[php\]|allow_url_(include|fopen)|auto_prepend_file|disable_functions|\bo:\d{1,5}:"[\w\\]{1,60}":\d{1,5}:\{|\ba:\d{1,5}:\{[is]:\d{1,5}|\$\w{1,20}\[\w{0,10}\][ \r\n]{0,4}\(|\$_{1,6}\[|\(["' ]{0,4}(system|exec|passthru|shell_exec|eval|assert|popen)["' ]{0,4}\) ?\(|__halt_compiler|php_value/;
const risky = new RegExp(`${calls}|${others.source}`);

export const php = group("AWSManagedRulesPHPRuleSet", managedCapacities.AWSManagedRulesPHPRuleSet, "php-app", "Against injection of PHP.", [
  rule("PHPHighRiskMethodsVariables_HEADER", pattern(headers, risky), "PHPHighRiskMethodsVariables_Header"),
  rule("PHPHighRiskMethodsVariables_QUERYSTRING", pattern(query, risky), "PHPHighRiskMethodsVariables_QueryString"),
  rule("PHPHighRiskMethodsVariables_BODY", pattern(body, risky), "PHPHighRiskMethodsVariables_Body"),
]);

const commands = /do-reset-wordpress|wp_automatic|revslider_(show_image|ajax_action)|duplicator_download|swp_url=|action=(upload-plugin|install-plugin|wp_handle_upload)|\bwp-config\.php|wpmp-?[a-z]{0,10}download|author=\d{1,4}$/;
const wordPressPaths = /xmlrpc\.php|wp-config\.(php|bak|old|txt)|\/wp-admin\/(install|setup-config|upgrade)\.php|timthumb\.php|\/wp-content\/(debug\.log|backup|uploads\/[\w/.-]{1,60}\.php)|wp-file-manager\/lib|revslider\/temp|\/wp-json\/wp\/v2\/users/;

export const wordPress = group("AWSManagedRulesWordPressRuleSet", managedCapacities.AWSManagedRulesWordPressRuleSet, "wordpress-app", "Against attacks on WordPress.", [
  rule("WordPressExploitableCommands_QUERYSTRING", pattern(query, commands, plain)),
  rule("WordPressExploitablePaths_URIPATH", pattern(path, wordPressPaths, plain)),
]);
