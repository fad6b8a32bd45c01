import { toHex, utf8 } from "../crypto/bytes";
import { regions } from "../regions";
import type { Ciphers, JsonObject } from "../types";
import { parameterArn, seconds } from "./state";

/**
 * Parameters that AWS publishes in every Region and nobody owns. The names are AWS's; the AMI ids are made up by
 * Keyhole, the same for a Region in every lab, and name no real image.
 * Source: Systems Manager User Guide, discovering and calling public parameters; EC2 and ECS guides for the names.
 */

const images = [
  ...[
    "al2023-ami-kernel-6.1-arm64", "al2023-ami-kernel-6.1-x86_64", "al2023-ami-kernel-6.12-arm64", "al2023-ami-kernel-6.12-x86_64",
    "al2023-ami-kernel-default-arm64", "al2023-ami-kernel-default-x86_64",
    "al2023-ami-minimal-kernel-6.1-arm64", "al2023-ami-minimal-kernel-6.1-x86_64", "al2023-ami-minimal-kernel-6.12-arm64", "al2023-ami-minimal-kernel-6.12-x86_64",
    "al2023-ami-minimal-kernel-default-arm64", "al2023-ami-minimal-kernel-default-x86_64",
    "amzn2-ami-hvm-arm64-gp2", "amzn2-ami-hvm-x86_64-ebs", "amzn2-ami-hvm-x86_64-gp2",
    "amzn2-ami-kernel-5.10-hvm-arm64-gp2", "amzn2-ami-kernel-5.10-hvm-x86_64-ebs", "amzn2-ami-kernel-5.10-hvm-x86_64-gp2",
    "amzn2-ami-minimal-hvm-arm64-ebs", "amzn2-ami-minimal-hvm-x86_64-ebs",
  ].map((name) => `/aws/service/ami-amazon-linux-latest/${name}`),
  ...[
    "Windows_Server-2019-English-Full-Base", "Windows_Server-2022-English-Core-Base", "Windows_Server-2022-English-Full-Base", "Windows_Server-2025-English-Core-Base", "Windows_Server-2025-English-Full-Base",
  ].map((name) => `/aws/service/ami-windows-latest/${name}`),
  "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id",
  "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
];

const infrastructure = new Map<string, string>(
  Object.entries(regions).flatMap(([region, name]): [string, string][] => [
    [`/aws/service/global-infrastructure/regions/${region}`, region],
    [`/aws/service/global-infrastructure/regions/${region}/longName`, name],
  ]),
);

/** In code-unit order. */
export const publicNames: readonly string[] = [...images, ...infrastructure.keys()].sort((a, b) => (a < b ? -1 : 1));
const known = new Set(publicNames);
const imageNames = new Set(images);

/** When AWS published what is here; not a moment of the lab's clock. */
const publishedAt = Date.UTC(2025, 9, 1);

/** As the API shows it; undefined if there is none of this name. Only version numbers up to the newest can be selected. */
export function publicParameter(ciphers: Ciphers, region: string, name: string): JsonObject | undefined {
  if (!known.has(name)) return undefined;
  const digest = ciphers.sha256(utf8(`${region} ${name}`));
  return {
    Name: name,
    Type: "String",
    Value: infrastructure.get(name) ?? imageId(digest),
    Version: infrastructure.has(name) ? 1 : 20 + (digest[31] % 100),
    LastModifiedDate: seconds(publishedAt),
    ARN: parameterArn(region, "", name),
    DataType: "text",
  };
}

const imageId = (digest: Uint8Array): string => `ami-0${toHex(digest).slice(0, 16)}`;

/** Is this an image that the lab knows in this Region? It knows those that the public parameters name. */
export function isKnownImage(ciphers: Ciphers, region: string, id: string): boolean {
  for (const name of imageNames) if (imageId(ciphers.sha256(utf8(`${region} ${name}`))) === id) return true;
  return false;
}
