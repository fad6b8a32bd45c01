import { fileURLToPath } from "node:url";
import createMDX from "@next/mdx";

// Nothing is reported to anybody, by the build tool neither.
process.env.NEXT_TELEMETRY_DISABLED = "1";

const dev = process.env.NODE_ENV !== "production";

/**
 * Nothing may be fetched from, or sent to, another place. Next writes its start-up data as inline scripts into
 * static pages, so scripts allow 'unsafe-inline' (a nonce would need a server for every page); the dev server evaluates code.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${dev ? " ws: wss:" : ""}`,
  // data: is for the Code tab's sandbox. A worker from data: has an origin of its own, and nothing of this page's.
  "worker-src 'self' blob: data:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "object-src 'none'",
].join("; ");

/**
 * The frame in which functions run (lib/store/functions/javascript/frame.html): it evaluates code, so wherever it is opened it has an
 * origin of its own, and nothing goes out of it.
 */
const functionFramePolicy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; worker-src blob: data:; connect-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-scripts";

const withMDX = createMDX({ options: { remarkPlugins: ["remark-gfm", fileURLToPath(new URL("lib/lessons/whole-lines.mjs", import.meta.url))], rehypePlugins: ["rehype-slug"] } });

/** @type {import("next").NextConfig} */
const config = {
  pageExtensions: ["tsx", "mdx", "server.ts"],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The dev server answers to both of its names.
  allowedDevOrigins: ["127.0.0.1"],
  turbopack: {
    resolveAlias: { "node:zlib": { browser: "./lib/cli/zlib-stub.ts" } },
  },
  async redirects() {
    return [
      { source: "/lessons", destination: "/#course", permanent: false },
      { source: "/console", destination: "/console/kms/keys", permanent: false },
    ];
  },
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "Content-Security-Policy", value: contentSecurityPolicy },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "no-referrer" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
        ],
      },
      { source: "/code/frame.html", headers: [{ key: "Content-Security-Policy", value: functionFramePolicy }] },
    ];
  },
};

export default withMDX(config);
