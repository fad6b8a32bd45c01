// Finds a Chromium, or installs one: Debian's package where this is Debian and root, Playwright's own download elsewhere.
import { existsSync } from "node:fs";
import { run } from "./steps.mjs";

const found = () => [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

/** Path of the browser; empty for Playwright's own. */
export function chromium() {
  const here = found();
  if (here) return here;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    console.log("Installing Debian's Chromium for the tests…");
    run("apt-get", ["update", "-qq"], { tolerate: true });
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { tolerate: true });
    if (found()) return found();
  }
  if (run("npx", ["playwright", "install", "chromium"], { tolerate: true }) === 0) return "";
  console.error("The tests need Chromium. Install it by one of these, then run npm test again:\n  apt-get install -y --no-install-recommends chromium   (as root, on Debian)\n  npx playwright install --with-deps chromium");
  process.exit(1);
}
