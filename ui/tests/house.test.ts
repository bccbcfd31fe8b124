import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(ts|svelte|css)$/.test(path))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, "utf8") }));
const shipped = files.filter(({ path }) => !path.startsWith("dev/"));

const holding = (pattern: RegExp): string[] =>
  shipped.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe("the house", () => {
  it("has one front door to the desk", () => {
    expect(holding(/@tauri-apps/)).toEqual(["lib/desk.ts"]);
  });

  it("turns no text into markup", () => {
    expect(holding(/\{@html|innerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
  });

  it("writes nothing to the console, the title, the history or a network", () => {
    expect(
      holding(/console\.|document\.title|history\.|fetch\(|XMLHttpRequest|sendBeacon|WebSocket/),
    ).toEqual([]);
  });

  it("remembers only in its settings", () => {
    expect(holding(/localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([
      "lib/state/settings.svelte.ts",
    ]);
  });

  it("writes no style attribute, which the window's policy would drop", () => {
    expect(holding(/\sstyle=|\sstyle:/)).toEqual([]);
  });

  it("keeps its files small", () => {
    const long = files.filter(({ text }) => text.split("\n").length > 300).map(({ path }) => path);
    expect(long).toEqual([]);
  });
});
