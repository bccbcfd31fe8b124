// A screenshot of what the page shows to a desk:
//   npm run present -- --card mfc --case valid --format mdoc [--challenge TEXT|@FILE] [--at SECONDS]
//     [--code auto|one|moving] [--photo large] --png OUT.png
// A moving code is a folder of that name with 40 pictures, a symbol each.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { here, launch, open } from "./browser.mjs";
import { readPng } from "./reader.mjs";

const FRAMES = 40;
const SYMBOL_MILLISECONDS = 100;

const { values } = parseArgs({
  options: {
    card: { type: "string", default: "mfc" },
    case: { type: "string", default: "valid" },
    format: { type: "string", default: "mdoc" },
    challenge: { type: "string" },
    at: { type: "string" },
    photo: { type: "string" },
    code: { type: "string", default: "auto" },
    png: { type: "string" },
  },
});

/** @param {import("playwright-core").Browser} browser */
async function present(browser) {
  const { png, challenge, code, card, case: which, format, at, photo } = values;
  if (!png) throw new Error("--png OUT.png is missing");
  /** @type {Record<string, string>} */
  const parameters = { card, case: which, format, code, lang: "en" };
  if (challenge) parameters["challenge"] = challenge.startsWith("@") ? readFileSync(challenge.slice(1), "utf8") : challenge;
  if (at) parameters["at"] = at;
  if (photo) parameters["photo"] = photo;

  await known(parameters);

  const { page, complaints } = await open(browser, parameters, { fakeTime: true });
  const chosen = page.getByTestId("case").or(page.getByTestId("agree")).or(page.getByTestId("refusal")).first();
  await chosen.waitFor({ timeout: 10_000 });
  if (await page.getByTestId("refusal").isVisible()) throw new Error(await page.getByTestId("refusal").innerText());
  if (!challenge) {
    await page.getByTestId("fresh").click();
  }
  await page.getByTestId("agree").click();
  await shown(page);

  const mode = await page.getByTestId("qr").getAttribute("data-mode");
  rmSync(png, { recursive: true, force: true });
  if (mode === "moving") await film(page, png);
  else {
    await page.screenshot({ path: png });
    if (!readPng(png)?.startsWith("HWG1:")) throw new Error("the symbol in the picture cannot be read");
  }
  if (complaints.length > 0) throw new Error(complaints.join("; "));
  return mode;
}

/**
 * The page takes its address leniently; here what it does not know is an error.
 * @param {Record<string, string>} parameters
 */
async function known(parameters) {
  const { module } = await runnerImport(here("../src/parameters.ts"));
  const read = module.readParameters(new URLSearchParams(parameters).toString(), []);
  const taken = { card: read.card?.id, case: read.case, format: read.format, code: read.code, at: read.at && String(read.at) };
  for (const [name, value] of Object.entries(taken)) {
    if (parameters[name] !== value) throw new Error(`--${name} ${parameters[name]} is not known`);
  }
}

/**
 * Until the first symbol stands there; the page's clock is ours.
 * @param {import("playwright-core").Page} page
 */
async function shown(page) {
  for (let tries = 0; tries < 100; tries++) {
    if (await page.getByTestId("qr").getAttribute("data-made")) return;
    await page.clock.runFor(10);
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("no symbol came");
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} folder
 */
async function film(page, folder) {
  mkdirSync(folder, { recursive: true });
  for (let frame = 0; frame < FRAMES; frame++) {
    await page.screenshot({ path: join(folder, `${String(frame).padStart(3, "0")}.png`) });
    await page.clock.runFor(SYMBOL_MILLISECONDS);
  }
  if (!readPng(join(folder, "000.png"))?.startsWith("UR:BYTES/")) throw new Error("the first part cannot be read");
}

/** @type {import("playwright-core").Browser | undefined} */
let browser;
try {
  browser = await launch();
  const mode = await present(browser);
  console.log(`${values.png}: ${mode === "moving" ? `${FRAMES} pictures of a moving code` : "one symbol"}`);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
} finally {
  await browser?.close();
}
