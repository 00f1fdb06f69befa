import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome"];

/** The browser's program: the one that CHROMIUM names, else the first found; nothing if there is none. */
export function findChromium() {
  return [process.env.CHROMIUM, ...PLACES].find((file) => file && existsSync(file));
}

/** Starts a browser that knows nothing and asks nobody; closing it removes what it has learnt. */
export async function openBrowser() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium: install one (Debian's package chromium will do), or name it in CHROMIUM");
  const directory = mkdtempSync(path.join(tmpdir(), "ringfence-browser-"));
  const context = await chromium.launchPersistentContext(directory, {
    executablePath,
    headless: true,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
