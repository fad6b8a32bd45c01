import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,components,app,content,.ci}/**/*.test.{ts,tsx}"],
    environment: "node",
    testTimeout: 20_000,
    // One for each core, where there are two: what is not counted here is the main process, which mostly waits.
    maxWorkers: 2,
  },
});
