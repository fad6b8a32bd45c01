import type { Source } from "@/lib/lessons/types";

/** AWS's API models, as botocore 1.43.11 (2026) has them. */
export const kmsApi = (operation: string): Source => ({ text: `AWS KMS API Reference, ${operation} (API model in botocore 1.43.11)`, date: "2026", url: `https://docs.aws.amazon.com/kms/latest/APIReference/API_${operation}.html` });
export const ssmApi = (operation: string): Source => ({ text: `AWS Systems Manager API Reference, ${operation} (API model in botocore 1.43.11)`, date: "2026", url: `https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_${operation}.html` });
export const ec2Api = (operation: string): Source => ({ text: `Amazon EC2 API Reference, ${operation}`, date: "2026", url: `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${operation}.html` });

/** The guides as they were published in June 2023, their last public source. */
export const kmsGuide = (page: string): Source => ({ text: `AWS KMS Developer Guide, ${page}`, date: "2023-06" });
export const ssmGuide = (page: string): Source => ({ text: `AWS Systems Manager User Guide, ${page}`, date: "2023-06" });

export const kmsPricing: Source = { text: "AWS KMS pricing", date: "2026", url: "https://aws.amazon.com/kms/pricing/" };
export const ssmPricing: Source = { text: "AWS Systems Manager pricing, Parameter Store (as quoted by others; the page itself was not read)", date: "2026", url: "https://aws.amazon.com/systems-manager/pricing/" };
export const tls13: Source = { text: "RFC 8446, The Transport Layer Security Protocol Version 1.3", date: "2018-08", url: "https://www.rfc-editor.org/rfc/rfc8446" };
export const inTransit: Source = { text: "AWS Well-Architected Framework, SEC09-BP02 Enforce encryption in transit", date: "2023-04", url: "https://docs.aws.amazon.com/wellarchitected/2023-04-10/framework/sec_protect_data_transit_encrypt.html" };
export const lockIcon: Source = { text: "Chromium Blog, An Update on the Lock Icon", date: "2023-05", url: "https://blog.chromium.org/2023/05/an-update-on-lock-icon.html" };

export const secretsManagerApi = (operation: string): Source => ({ text: `AWS Secrets Manager API Reference, ${operation} (API model in botocore 1.43.11)`, date: "2026", url: `https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_${operation}.html` });
export const secretsManagerGuide = (page: string): Source => ({ text: `AWS Secrets Manager User Guide, ${page}`, date: "2026" });
export const secretsManagerPricing: Source = { text: "AWS Secrets Manager pricing (as quoted by others; the page itself was not read)", date: "2026", url: "https://aws.amazon.com/secrets-manager/pricing/" };

export const wafApi = (operation: string): Source => ({ text: `AWS WAF API Reference, ${operation} (API model in botocore 1.43.11)`, date: "2026", url: `https://docs.aws.amazon.com/waf/latest/APIReference/API_${operation}.html` });
export const wafGuide = (page: string, url?: string): Source => ({ text: `AWS WAF Developer Guide, ${page}`, date: "2026", ...(url ? { url: `https://docs.aws.amazon.com/waf/latest/developerguide/${url}.html` } : {}) });
export const wafPricing: Source = { text: "AWS WAF pricing (as quoted by others; the page itself was not read)", date: "2026", url: "https://aws.amazon.com/waf/pricing/" };
export const shieldApi = (operation: string): Source => ({ text: `AWS Shield Advanced API Reference, ${operation} (API model in botocore 1.43.11)`, date: "2026", url: `https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_${operation}.html` });
export const shieldPricing: Source = { text: "AWS Shield pricing (as quoted by others; the page itself was not read)", date: "2026", url: "https://aws.amazon.com/shield/pricing/" };
export const fmsApi = (operation: string): Source => ({ text: `AWS Firewall Manager API Reference, ${operation} (API model in botocore 1.43.11)`, date: "2026", url: `https://docs.aws.amazon.com/fms/2018-01-01/APIReference/API_${operation}.html` });
