// Headless Chromium on the built page, as it would be opened from a file.
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PAGE = new URL("../dist/index.html", import.meta.url);
export const PHONE = { width: 390, height: 844 };

/** CHROMIUM, or the first of the usual names on PATH. */
export function chromiumPath() {
  const said = process.env["CHROMIUM"];
  if (said) return said;
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
  throw new Error("no Chromium: set CHROMIUM, or install chromium");
}

/** @param {string[]} [args] */
export async function launch(args = []) {
  if (!existsSync(PAGE)) throw new Error("the page is not built: npm run build");
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", ...args] });
}

/**
 * The page with these parameters in its address; what it says in its console is an error here.
 * @param {import("playwright-core").Browser} browser
 * @param {Record<string, string>} parameters
 * @param {{ scale?: number, size?: { width: number, height: number }, fakeTime?: boolean, permissions?: string[] }} [how]
 */
export async function open(browser, parameters, { scale = 2, size = PHONE, fakeTime = false, permissions = [] } = {}) {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: scale, permissions });
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  if (fakeTime) await page.clock.install();
  const address = new URL(PAGE);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  await page.goto(address.href);
  return { page, complaints, close: () => context.close() };
}

export const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
