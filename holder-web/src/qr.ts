// Symbols: alphanumeric mode, the lowest error correction; made, drawn and read.
import encodeQR from "qr";
import decodeQR from "qr/decode.js";

/** Rows of modules, true where dark, with the quiet zone of four modules around them. */
export type Symbol = boolean[][];

const QUIET = 4;
/** How much longer a part can become than the first: two digits, and three bytes of a larger number. */
const GROWTH = 8;

/** The symbol of `text`: the smallest that holds it, or of the version given. */
export function symbolOf(text: string, version?: number): Symbol {
  return encodeQR(text, "raw", { ecc: "low", encoding: "alphanumeric", border: QUIET, version });
}

/** The one version in which every part of an animated code is drawn, from the first of them. */
export function versionOfParts(first: string): number {
  return (symbolOf("A".repeat(first.length + GROWTH)).length - 2 * QUIET - 17) / 4;
}

/** Draws the symbol as large as fits in `side` CSS pixels, a module a whole number of the screen's pixels. */
export function draw(canvas: HTMLCanvasElement, symbol: Symbol, side: number): void {
  const ratio = window.devicePixelRatio || 1;
  const module = Math.max(1, Math.floor((side * ratio) / symbol.length));
  const pixels = module * symbol.length;
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  canvas.style.width = canvas.style.height = `${pixels / ratio}px`;
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, pixels, pixels);
  context.fillStyle = "#000";
  symbol.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect(x * module, y * module, module, module);
    });
  });
}

/** The text of the symbol in a picture; undefined where none is read. `patient` takes more time for it. */
export function readSymbol(image: ImageData, patient = false): string | undefined {
  try {
    return decodeQR(image, patient ? { effort: 8, timeLimit: 4_000 } : {});
  } catch {
    return undefined;
  }
}
