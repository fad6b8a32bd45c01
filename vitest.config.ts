import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Looks at what a fresh process has loaded. */
const alone = ["lib/engine/models.test.ts"];

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    environment: "node",
    testTimeout: 20_000,
    // One for each core, where there are two: what is not counted here is the main process, which mostly waits.
    maxWorkers: 2,
    projects: [
      // The engine is pure: its tests share what was loaded, which saves a third of their time.
      { extends: true, test: { name: "engine", include: ["lib/engine/**/*.test.ts"], exclude: alone, isolate: false } },
      { extends: true, test: { name: "house", include: ["{lib,components,app,content,.ci}/**/*.test.{ts,tsx}"], exclude: ["lib/engine/**", "**/node_modules/**"] } },
      { extends: true, test: { name: "alone", include: alone } },
    ],
  },
});
