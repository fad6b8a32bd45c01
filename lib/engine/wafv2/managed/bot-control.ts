import { addressSet, parseAddress } from "../inspect/ip";
import type { WafRequest } from "../inspect/request";
import type { ManagedStatement } from "../inspect/statement";
import { managedCapacities } from "./capacity";
import { lists } from "./ip-lists";
import { group, header, pattern, rule, turns } from "./parts";
import type { ManagedRule } from "./types";

/**
 * AWSManagedRulesBotControlRuleSet at the common level: bots that say who they are, by their User-Agent; those from a verified address get
 * labels only. Each rule adds the label of what it found and one of its own name. The names, categories and labels are AWS's, the lists are own. The targeted level (TGT_ rules) needs sessions of browsers and is not
 * run. Sources: AWS WAF Developer Guide, AWS WAF Bot Control rule group; Types of token labels.
 */

const bots: Record<string, Record<string, string>> = {
  advertising: { adsbot_google: "adsbot-google", criteobot: "criteobot", mediapartners: "mediapartners-google", amazonadbot: "amazonadbot" },
  archiver: { archive_org_bot: "archive.org_bot", ia_archiver: "ia_archiver" },
  content_fetcher: { feedly: "feedly", feedfetcher: "feedfetcher", google_read_aloud: "google-read-aloud" },
  email_client: { thunderbird: "thunderbird", yahoomailproxy: "yahoomailproxy" },
  http_library: { curl: "curl/", wget: "wget/", python_requests: "python-requests", python_urllib: "python-urllib", go_http: "go-http-client", okhttp: "okhttp/", axios: "axios/", java: "java/1", libwww: "libwww-perl", aiohttp: "aiohttp/", httpclient: "apache-httpclient", node_fetch: "node-fetch", guzzle: "guzzlehttp", httpie: "httpie/" },
  link_checker: { w3c_checklink: "w3c-checklink", linkchecker: "linkchecker" },
  miscellaneous: { yacy: "yacybot", mojeek: "mojeekbot", generic_bot: "bot/0" },
  monitoring: { uptimerobot: "uptimerobot", pingdom: "pingdom", datadog: "datadog", statuscake: "statuscake", site24x7: "site24x7", route53: "amazon-route53-health-check" },
  page_preview: { slackbot: "slackbot", discordbot: "discordbot", whatsapp: "whatsapp/", telegrambot: "telegrambot", skype: "skypeuripreview" },
  scraping_framework: { scrapy: "scrapy", colly: "colly", heritrix: "heritrix", nutch: "nutch", crawlee: "crawlee" },
  search_engine: { googlebot: "googlebot", bingbot: "bingbot", yandexbot: "yandexbot", baiduspider: "baiduspider", duckduckbot: "duckduckbot", applebot: "applebot/", slurp: "slurp" },
  security: { censys: "censysinspect", shodan: "shodan", detectify: "detectify", expanse: "expanse" },
  seo: { ahrefsbot: "ahrefsbot", semrushbot: "semrushbot", mj12bot: "mj12bot", dotbot: "dotbot", screaming_frog: "screaming frog", dataforseo: "dataforseobot" },
  social_media: { facebook: "facebookexternalhit", twitterbot: "twitterbot", linkedinbot: "linkedinbot", pinterest: "pinterest", redditbot: "redditbot" },
  webhooks: { github_hookshot: "github-hookshot", stripe: "stripe/1.0", gitlab: "gitlab/" },
  ai: { gptbot: "gptbot", claudebot: "claudebot", ccbot: "ccbot", perplexitybot: "perplexitybot", bytespider: "bytespider", amazonbot: "amazonbot", oai_searchbot: "oai-searchbot" },
};
const ruleNames: Record<string, string> = {
  advertising: "CategoryAdvertising", archiver: "CategoryArchiver", content_fetcher: "CategoryContentFetcher", email_client: "CategoryEmailClient", http_library: "CategoryHttpLibrary",
  link_checker: "CategoryLinkChecker", miscellaneous: "CategoryMiscellaneous", monitoring: "CategoryMonitoring", page_preview: "CategoryPagePreview", scraping_framework: "CategoryScrapingFramework",
  search_engine: "CategorySearchEngine", security: "CategorySecurity", seo: "CategorySeo", social_media: "CategorySocialMedia", webhooks: "CategoryWebhooks", ai: "CategoryAI",
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const agent = (pieces: string[]) => pattern(header("user-agent"), new RegExp(pieces.map(escaped).join("|")), turns("LOWERCASE"));
const verified = addressSet(lists.verifiedBots);
const isVerified = ({ clientIp }: WafRequest): boolean => {
  const address = parseAddress(clientIp);
  return address !== undefined && verified.has(address);
};
const agentOf = ({ headers }: WafRequest): string => headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1].slice(0, 1_024).toLowerCase() ?? "";

/** The bot that an agent says to be. */
function botOf(request: WafRequest): { category: string; name: string } | undefined {
  const text = agentOf(request);
  for (const [category, names] of Object.entries(bots)) for (const [name, piece] of Object.entries(names)) if (text.includes(piece)) return { category, name };
  return undefined;
}

const category = ([key, names]: [string, Record<string, string>]): ManagedRule => {
  const says = agent(Object.values(names));
  const unverified = { NotStatement: { Statement: { LabelMatchStatement: { Scope: "LABEL" as const, Key: "awswaf:managed:aws:bot-control:bot:verified" } } } };
  return {
    ...rule(ruleNames[key], key === "ai" ? says : { AllOf: [says, unverified] }),
    labels: [`bot:category:${key}`, ruleNames[key]],
    more: (request) => (isVerified(request) ? [] : [...(botOf(request) ? [`bot:name:${botOf(request)!.name}`] : []), "bot:unverified"]),
  };
};

const tokenLabels = ({ token }: WafRequest): string[] => {
  const reasons = { TOKEN_INVALID: "invalid", TOKEN_EXPIRED: "expired", TOKEN_DOMAIN_MISMATCH: "domain_mismatch" };
  if (!token || token.state === "absent") return ["awswaf:managed:token:absent", "awswaf:managed:captcha:absent"];
  if (token.state === "rejected") return ["token", "captcha"].flatMap((kind) => [`awswaf:managed:${kind}:rejected`, `awswaf:managed:${kind}:rejected:${reasons[token.reason]}`]);
  const state = (solved: number | undefined): string => (solved === undefined ? "absent" : "accepted");
  return [`awswaf:managed:token:${state(token.challengeSolvedAt)}`, `awswaf:managed:captcha:${state(token.captchaSolvedAt)}`];
};

const signal = (name: string, label: string, statement: ManagedStatement): ManagedRule => ({ name, labels: [`signal:${label}`, name], statement });

const namespace = "awswaf:managed:aws:bot-control:";

/** Labels before the rules: the token's, and a verified bot's. */
function before(request: WafRequest): string[] {
  const bot = isVerified(request) ? botOf(request) : undefined;
  return [...tokenLabels(request), ...(bot ? [`bot:category:${bot.category}`, `bot:name:${bot.name}`, "bot:verified"].map((name) => namespace + name) : [])];
}

export const botControl = group("AWSManagedRulesBotControlRuleSet", managedCapacities.AWSManagedRulesBotControlRuleSet, "bot-control", "Against bots: the common level.", [
  ...Object.entries(bots).map(category),
  signal("SignalAutomatedBrowser", "automated_browser", agent(["headlesschrome", "phantomjs", "selenium", "puppeteer", "playwright", "slimerjs", "electron/"])),
  signal("SignalKnownBotDataCenter", "known_bot_data_center", { AddressList: lists.botDataCenters }),
  signal("SignalNonBrowserUserAgent", "non_browser_user_agent", { NotStatement: { Statement: { RegexMatchStatement: { RegexString: "^(Mozilla/\\d|Opera/\\d|Dalvik/)", FieldToMatch: header("user-agent"), TextTransformations: turns() } } } }),
], { needsConfig: true, before });
