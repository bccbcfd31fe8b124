/** A symbol as the desk gives it: `size` modules a side, row by row, `1` where dark. */
export type Modules = { size: number; modules: string };

/** Light modules around a symbol (ISO/IEC 18004, 9.1). */
export const QUIET = 4;
const DARK = "#10171e";
const LIGHT = "#ffffff";

/** Whether the modules are as many as the size says, and nothing else. */
export function isWhole({ size, modules }: Modules): boolean {
  return size > 0 && modules.length === size * size && /^[01]+$/.test(modules);
}

/** Each run of dark modules as a rectangle: column, row, length. */
export function* runs({ size, modules }: Modules): Generator<[column: number, row: number, length: number]> {
  for (let row = 0; row < size; row += 1) {
    const line = modules.slice(row * size, (row + 1) * size);
    for (const run of line.matchAll(/1+/g)) yield [run.index, row, run[0].length];
  }
}

/** The dark modules as one path, for paper. */
export function pathOf(symbol: Modules): string {
  let path = "";
  for (const [x, y, length] of runs(symbol)) path += `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`;
  return path;
}

/** Below this share of the square, modules of one whole number of pixels would waste too much of it. */
const WELL_FILLED = 0.93;

/** Draws a symbol into a square of pixels; always dark on light, and no edge between two pixels. */
export function paintSymbol(canvas: HTMLCanvasElement, symbol: Modules, pixels: number): void {
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = LIGHT;
  pen.fillRect(0, 0, pixels, pixels);
  const side = symbol.size + 2 * QUIET;
  const whole = Math.floor(pixels / side);
  if (whole < 1 || !isWhole(symbol)) return;
  const step = whole * side >= pixels * WELL_FILLED ? whole : pixels / side;
  const edge = (pixels - step * symbol.size) / 2;
  const at = (module: number) => Math.round(edge + module * step);
  pen.fillStyle = DARK;
  for (const [x, y, length] of runs(symbol)) {
    pen.fillRect(at(x), at(y), at(x + length) - at(x), at(y + 1) - at(y));
  }
}
