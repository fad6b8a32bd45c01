import inFlight from "@/content/lessons/01-encryption/01-in-flight/meta";
import atRest from "@/content/lessons/01-encryption/02-at-rest/meta";
import clientSide from "@/content/lessons/01-encryption/03-client-side/meta";
import whatKmsIs from "@/content/lessons/02-kms/01-what-kms-is/meta";
import kindsOfKeys from "@/content/lessons/02-kms/02-kinds-of-keys/meta";
import managing from "@/content/lessons/02-kms/03-managing-and-paying/meta";
import usingKms from "@/content/lessons/02-kms/04-using-kms/meta";
import keysAndRegions from "@/content/lessons/02-kms/05-regions/meta";
import keyPolicies from "@/content/lessons/02-kms/06-key-policies/meta";
import kmsHandsOn from "@/content/lessons/02-kms/07-hands-on/meta";
import whatParameterStoreIs from "@/content/lessons/03-parameter-store/01-what-it-is/meta";
import hierarchy from "@/content/lessons/03-parameter-store/02-hierarchy/meta";
import tiers from "@/content/lessons/03-parameter-store/03-tiers-and-policies/meta";
import parameterStoreHandsOn from "@/content/lessons/03-parameter-store/04-hands-on/meta";
import whatSecretsManagerIs from "@/content/lessons/04-secrets-manager/01-what-it-is/meta";
import secretVersions from "@/content/lessons/04-secrets-manager/02-versions/meta";
import rotation from "@/content/lessons/04-secrets-manager/03-rotation/meta";
import secretsManagerHandsOn from "@/content/lessons/04-secrets-manager/04-hands-on/meta";
import shield from "@/content/lessons/06-shield/01-standard-and-advanced/meta";
import shieldResponse from "@/content/lessons/06-shield/02-response-and-credits/meta";
import whatWafIs from "@/content/lessons/07-waf/01-what-waf-is/meta";
import wafRules from "@/content/lessons/07-waf/02-rules/meta";
import wafAttacks from "@/content/lessons/07-waf/03-attacks-sizes-countries/meta";
import wafRates from "@/content/lessons/07-waf/04-rates/meta";
import wafHandsOn from "@/content/lessons/07-waf/05-hands-on/meta";
import firewallManager from "@/content/lessons/08-firewall-manager/01-policies/meta";
import ddos from "@/content/lessons/09-ddos/01-architecture/meta";
import type { LessonMeta, Section } from "./types";

/** All lessons, in the order of the course. The page loads the text: `import(\`@/content/lessons/${dir}/index.mdx\`)`. */
export const lessons: LessonMeta[] = [
  inFlight, atRest, clientSide,
  whatKmsIs, kindsOfKeys, managing, usingKms, keysAndRegions, keyPolicies, kmsHandsOn,
  whatParameterStoreIs, hierarchy, tiers, parameterStoreHandsOn,
  whatSecretsManagerIs, secretVersions, rotation, secretsManagerHandsOn,
  shield, shieldResponse,
  whatWafIs, wafRules, wafAttacks, wafRates, wafHandsOn,
  firewallManager,
  ddos,
];

/** The sections of the notes, in their order; those without lessons come later and are shown as such on the course map. */
export const sections: { id: Section; title: string }[] = [
  { id: "encryption", title: "Encryption" },
  { id: "kms", title: "KMS" },
  { id: "parameter-store", title: "Parameter Store" },
  { id: "secrets-manager", title: "Secrets Manager" },
  { id: "shield", title: "Shield" },
  { id: "waf", title: "WAF" },
  { id: "firewall-manager", title: "Firewall Manager" },
  { id: "ddos", title: "Resilience to DDoS" },
];

export const lessonBySlug = (slug: string): LessonMeta | undefined => lessons.find((lesson) => lesson.slug === slug);
