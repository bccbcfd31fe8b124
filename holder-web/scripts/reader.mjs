// Another reader than the one the page has, for what the page draws.
import { readFileSync } from "node:fs";
import jsqrModule from "jsqr";
import { PNG } from "pngjs";

/** Its types say that the function is what is imported, and Node that it is the default of it. */
const jsqr = /** @type {{ default: typeof jsqrModule }} */ (/** @type {unknown} */ (jsqrModule)).default ?? jsqrModule;

/**
 * The text of the symbol in a PNG file; undefined where none is read.
 * @param {string | Buffer} png
 */
export function readPng(png) {
  const { data, width, height } = PNG.sync.read(typeof png === "string" ? readFileSync(png) : png);
  return jsqr(new Uint8ClampedArray(data), width, height)?.data;
}
