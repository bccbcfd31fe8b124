// Opens the built page as a file, goes every way through it in both languages, reads what it draws, and keeps a
// picture of every screen in shots/.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import encodeQR from "qr";
import { runnerImport } from "vite";
import { here, launch, open } from "./browser.mjs";
import { readPng } from "./reader.mjs";

/** @typedef {import("playwright-core").Page} Page */

const SHOTS = here("../shots");
rmSync(SHOTS, { recursive: true, force: true });
mkdirSync(SHOTS, { recursive: true });

const { module: desk } = await runnerImport(here("../test/desk.ts"));
const now = () => Math.floor(Date.now() / 1000);

let done = 0;
/** @param {boolean} holds @param {string} what */
function must(holds, what) {
  if (!holds) throw new Error(what);
  done += 1;
}

/** @param {Page} page @param {string} name */
const shot = (page, name) => page.screenshot({ path: join(SHOTS, `${name}.png`) });

/** What the symbol on the page says. @param {Page} page */
async function read(page) {
  await page.locator("[data-testid=qr][data-made]").waitFor();
  return readPng(await page.getByTestId("qr").screenshot()) ?? "";
}

/** @param {import("playwright-core").Browser} browser @param {string} lang */
async function everyScreen(browser, lang) {
  const { page, complaints, close } = await open(browser, { lang });
  await page.getByTestId("screen-cards").waitFor();
  await shot(page, `${lang}-1-cards`);
  await page.getByTestId("card-mfc").click();
  await shot(page, `${lang}-2-card`);
  must(await page.getByTestId("training").isVisible(), "the page says that it is for training");

  await page.getByTestId("fresh").click();
  await shot(page, `${lang}-3-nobody-asks`);
  await page.getByTestId("agree").click();
  must((await read(page)).startsWith("UR:BYTES/"), "a portrait is shown in parts");
  await shot(page, `${lang}-4-moving`);
  await page.goBack();
  await page.goBack();

  await page.getByTestId("scan").click();
  await page.getByText(/^(No camera|카메라가 없)/).waitFor();
  await shot(page, `${lang}-5-no-camera`);
  for (const [name, text] of [
    ["other", "https://example.org/"],
    ["signature", desk.challengeText({ desk: { strangeKey: true }, payload: undefined })],
    ["ended", desk.challengeAt(now() - 400)],
  ]) {
    await page.getByTestId("paste-text").fill(text ?? "");
    await page.getByTestId("paste-take").click();
    must(await page.getByTestId("refusal").isVisible(), `${name} is refused`);
    if (name === "signature") await shot(page, `${lang}-6-refused`);
  }
  await page.getByTestId("paste-text").fill(desk.challengeAt(now()));
  await page.getByTestId("paste-take").click();
  await page.getByTestId("agree").waitFor();
  must((await page.getByTestId("desk").innerText()) === "Window 3", "it says who asks");
  must((await page.getByTestId("items").locator("li").count()) === 7, "it says which items");
  must((await page.getByTestId("items-missing").locator("li").count()) === 1, "it says which it does not have");
  await shot(page, `${lang}-7-asked`);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await shot(page, `${lang}-7-asked-below`);
  await page.getByTestId("agree").click();
  must((await read(page)) !== "", "an answer is shown");
  await shot(page, `${lang}-8-answer`);
  must(complaints.length === 0, complaints.join("; "));
  await close();
}

/** A challenge without the portrait fits one symbol; from the address, with the clock set. @param {import("playwright-core").Browser} browser */
async function oneSymbol(browser) {
  const challenge = desk.smallChallenge();
  for (const lang of ["ko", "en"]) {
    const { page, complaints, close } = await open(browser, { lang, card: "mfc", format: "sd-cwt", code: "one", challenge, at: String(desk.AT) });
    await page.getByTestId("agree").click();
    const first = await read(page);
    must(first.startsWith("HWG1:"), "one symbol begins with HWG1:");
    await shot(page, `${lang}-9-one-symbol`);
    if (lang === "en") {
      await page.locator("[data-testid=qr][data-made='2']").waitFor({ timeout: 7_000 });
      const second = await read(page);
      must(second.startsWith("HWG1:") && second !== first, "a new presentation is made after five seconds");
    }
    must(complaints.length === 0, complaints.join("; "));
    await close();
  }
}

/** What the desk asks cannot be answered: another card is needed, or it ends meanwhile. @param {import("playwright-core").Browser} browser */
async function cannotAnswer(browser) {
  for (const lang of ["ko", "en"]) {
    const challenge = desk.smallChallenge();
    const { page, close } = await open(browser, { lang, card: "mdl", challenge, at: String(desk.AT + 58) });
    must((await page.getByTestId("agree").count()) === 0, "a card that the desk does not take is not shown");
    await shot(page, `${lang}-11-other-card`);
    await page.getByTestId("take-other").click();
    await page.getByTestId("agree").click();
    await page.getByTestId("ended").waitFor({ timeout: 6_000 });
    must(await page.getByTestId("qr").isHidden(), "nothing is shown to a question that has ended");
    await shot(page, `${lang}-12-ended`);
    await close();
  }
}

/** The very same symbol again, without being made anew. @param {import("playwright-core").Browser} browser */
async function replay(browser) {
  const { page, close } = await open(browser, { lang: "ko", card: "mfc", format: "sd-cwt", code: "one", challenge: desk.smallChallenge(), at: String(desk.AT) });
  await page.getByTestId("agree").click();
  const first = await read(page);
  await page.goBack();
  await page.goBack();
  await page.getByTestId("case").selectOption("replayed");
  await page.getByTestId("again").click();
  must((await read(page)) === first, "the last presentation is shown again");
  await shot(page, "ko-10-replayed");
  await close();
}

/** A picture of the desk's code instead of the camera. @param {import("playwright-core").Browser} browser */
async function picture(browser) {
  const { page, close } = await open(browser, { lang: "en", card: "mfc" });
  await page.getByTestId("scan").click();
  const gif = encodeQR(desk.challengeAt(now()), "gif", { ecc: "low", encoding: "alphanumeric", scale: 4 });
  await page.getByTestId("picture-file").setInputFiles({ name: "desk.gif", mimeType: "image/gif", buffer: Buffer.from(gif) });
  await page.getByTestId("agree").waitFor();
  must((await page.getByTestId("organisation").innerText()) === "Bank of Specimen", "a picture is read");
  await close();
}

/** A film of the desk's code before the camera. @param {string[]} args */
async function camera(args) {
  const browser = await launch(args);
  const { page, close } = await open(browser, { lang: "ko", card: "mfc" }, { permissions: ["camera"] });
  await page.getByTestId("scan").click();
  await page.getByTestId("agree").waitFor({ timeout: 20_000 });
  must((await page.getByTestId("desk").innerText()) === "Window 3", "the camera reads the desk's code");
  await close();
  await browser.close();
}

/** A Y4M film of one symbol. @param {string} text */
function filmOf(text) {
  const [width, height] = [640, 640];
  const symbol = encodeQR(text, "raw", { ecc: "low", encoding: "alphanumeric", border: 4 });
  const module = Math.floor((height - 40) / symbol.length);
  const left = Math.floor((width - module * symbol.length) / 2);
  const luma = Buffer.alloc(width * height, 235);
  symbol.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let line = 0; line < module; line++) {
        const at = (left + y * module + line) * width + left + x * module;
        luma.fill(16, at, at + module);
      }
    });
  });
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, Buffer.alloc((width * height) / 2, 128)]);
  const film = join(SHOTS, "desk.y4m");
  writeFileSync(film, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
  return film;
}

const browser = await launch();
try {
  for (const lang of ["ko", "en"]) await everyScreen(browser, lang);
  await oneSymbol(browser);
  await cannotAnswer(browser);
  await replay(browser);
  await picture(browser);
  const film = filmOf(desk.challengeAt(now()));
  await camera(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`]);
  rmSync(film);
  console.log(`${done} checks held; pictures in shots/`);
} finally {
  await browser.close();
}
