/** Something that looks like a code: finders, timing, and noise. It says nothing. */
export function fakeModules(size: number, seed = 20261121): string {
  const rows: string[] = [];
  let state = seed;
  for (let row = 0; row < size; row += 1) {
    let line = "";
    for (let column = 0; column < size; column += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      line += fixed(row, column, size) ?? ((state >>> 16) % 2 === 0 ? "1" : "0");
    }
    rows.push(line);
  }
  return rows.join("");
}

function fixed(row: number, column: number, size: number): "0" | "1" | null {
  for (const [top, left] of [
    [0, 0],
    [0, size - 7],
    [size - 7, 0],
  ] as const) {
    const [y, x] = [row - top, column - left];
    if (y < -1 || y > 7 || x < -1 || x > 7) continue;
    const ring = Math.max(Math.abs(y - 3), Math.abs(x - 3));
    return ring === 4 || ring === 2 ? "0" : "1";
  }
  if (row === 6) return column % 2 === 0 ? "1" : "0";
  if (column === 6) return row % 2 === 0 ? "1" : "0";
  return null;
}
