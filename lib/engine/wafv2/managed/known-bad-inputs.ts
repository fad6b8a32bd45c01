import { body, group, header, headers, path, pattern, plain, query, rule, turns } from "./parts";
import { managedCapacities } from "./capacity";

/**
 * AWSManagedRulesKnownBadInputsRuleSet: AWS's names, fields and labels; own patterns.
 * Source: AWS WAF Developer Guide, Baseline rule groups.
 */

/** Serialised Java objects (raw, hexadecimal, base64), gadget classes, and class loader or OGNL paths. */
const java =
  /\xac\xed\0\x05|aced0005|kztaau|runtime\.getruntime|getruntime\.exec|getruntime\(\)\.exec|processbuilder|class\.module\.classloader|class\.classloader|ognl\.|#_memberaccess|#context\[|xwork\.methodaccessor|xmldecoder|scriptenginemanager|clonetransformer|forclosure|instantiatefactory|instantiatetransformer|invokertransformer|prototypeclonefactory|prototypeserializationfactory|whileclosure|getproperty|filewriter|unmarshaller|base64data|constanttransformer|chainedtransformer|java\.lang\.runtime|java\.lang\.processbuilder|java\.lang\.class|java\.lang\.system|java\.lang\.string|java\.lang\.reflect|javax\.script|javax\.naming|javax\.management|ro0ab[qxny]|java\.(io|net|util|rmi|beans)\.[a-z]{3,40}|org\.(apache|springframework|codehaus|jboss|hibernate|omg)\.[a-z]{3,40}\.|com\.(opensymphony|sun|caucho|mchange)\.[a-z]{3,40}|\(#\w{1,20}=|%\{\(?#/;
/** A JNDI look-up, also one put together of nested look-ups. */
const jndi = /\$\{jndi|\$\{[^{}]{0,60}\$\{[^{}]{0,60}(lower|upper|env|sys|date|main|java|base64|::|:-)|\$\{(lower|upper|env|sys|java|hostname|base64)[:}]|\$\{[^}]{0,30}:-[jndi]\}|jndi:(ldap|rmi|dns|iiop|nis|corba|https?)s?:|\$\{\$\{/;
const paths =
  /web-inf|meta-inf|\/\.(git|svn|hg|bzr|aws|ssh|docker|kube|env|htaccess|htpasswd|npmrc|bash_history)(\/|$|\.)|\/eval-stdin\.php|_ignition\/execute-solution|\/cgi-bin\/\.%|\/hnap1|\/boaform\/|\/goform\/|\/gponform\/|\/tmunblock\.cgi|\/wls-wsat\/|\/_async\/asyncresponse|\/vendor\/phpunit\/|\/cgi-bin\/luci|\/setup\.cgi|\/solr\/[\w-]{1,40}\/(config|dataimport)|\/struts2?-rest-showcase|\/phpinfo\.php|\/\.well-known\/\.\.|\/_cat\/indices|\/invoker\/(jmxinvokerservlet|readonly)|\/owa\/auth\/x\.js|\/trace\.axd|\/elmah\.axd/;
/** Deserialisation of the Flight protocol (CVE-2025-55182). */
const react = /["']?status["']?\s{0,4}:\s{0,4}["']resolved_model["']|\$\d{1,4}:__proto__|\$\d{1,4}:constructor:constructor|:constructor:constructor|"_response"\s{0,4}:\s{0,4}\{\s{0,4}"_prefix"/;

export const knownBadInputs = group("AWSManagedRulesKnownBadInputsRuleSet", managedCapacities.AWSManagedRulesKnownBadInputsRuleSet, "known-bad-inputs", "Against patterns known to be exploits or their search.", [
  rule("JavaDeserializationRCE_HEADER", pattern(headers, java), "JavaDeserializationRCE_Header"),
  rule("JavaDeserializationRCE_BODY", pattern(body, java), "JavaDeserializationRCE_Body"),
  rule("JavaDeserializationRCE_URIPATH", pattern(path, java), "JavaDeserializationRCE_URIPath"),
  rule("JavaDeserializationRCE_QUERYSTRING", pattern(query, java), "JavaDeserializationRCE_QueryString"),
  rule("Host_localhost_HEADER", pattern(header("host"), /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/, turns("LOWERCASE")), "Host_Localhost_Header"),
  rule("PROPFIND_METHOD", pattern({ Method: {} }, /^propfind$/, turns("LOWERCASE")), "Propfind_Method"),
  rule("ExploitablePaths_URIPATH", pattern(path, paths, plain), "ExploitablePaths_URIPath"),
  rule("Log4JRCE_HEADER", pattern(headers, jndi), "Log4JRCE_Header"),
  rule("Log4JRCE_QUERYSTRING", pattern(query, jndi), "Log4JRCE_QueryString"),
  rule("Log4JRCE_BODY", pattern(body, jndi), "Log4JRCE_Body"),
  rule("Log4JRCE_URIPATH", pattern(path, jndi), "Log4JRCE_URIPath"),
  rule("ReactJSRCE_BODY", pattern(body, react), "ReactJSRCE_Body"),
]);
