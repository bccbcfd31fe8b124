/** Drawn pixels for the developer's browser: a phone before a camera, and a face that is nobody's. */
import type { PortraitView } from "../lib/ipc/PortraitView";
import type { Corners } from "../lib/state/desk.svelte";

const WIDTH = 960;
const HEIGHT = 720;
const CODE = { x: 372, y: 250, size: 236 };

function sheet(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  return pen;
}

function drawCode(pen: CanvasRenderingContext2D): void {
  const modules = 37;
  const step = CODE.size / modules;
  let seed = 20261121;
  pen.fillStyle = "#14181c";
  for (let row = 0; row < modules; row += 1) {
    for (let column = 0; column < modules; column += 1) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const inFinder =
        (row < 8 && (column < 8 || column > modules - 9)) || (row > modules - 9 && column < 8);
      if (!inFinder && seed % 7 < 3) {
        pen.fillRect(CODE.x + column * step, CODE.y + row * step, step + 0.4, step + 0.4);
      }
    }
  }
  for (const [left, top] of [
    [0, 0],
    [modules - 7, 0],
    [0, modules - 7],
  ] as const) {
    const x = CODE.x + left * step;
    const y = CODE.y + top * step;
    pen.fillStyle = "#14181c";
    pen.fillRect(x, y, 7 * step, 7 * step);
    pen.fillStyle = "#f6f7f8";
    pen.fillRect(x + step, y + step, 5 * step, 5 * step);
    pen.fillStyle = "#14181c";
    pen.fillRect(x + 2 * step, y + 2 * step, 3 * step, 3 * step);
  }
}

/** A preview frame as the desk sends it: size, then RGBA. */
export function frame(withPhone: boolean): ArrayBuffer {
  const pen = sheet(WIDTH, HEIGHT);
  const room = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  room.addColorStop(0, "#8d959b");
  room.addColorStop(0.55, "#666d73");
  room.addColorStop(1, "#464c51");
  pen.fillStyle = room;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#5b6166";
  pen.fillRect(0, 540, WIDTH, 180);
  if (withPhone) {
    pen.fillStyle = "#16191d";
    pen.beginPath();
    pen.roundRect(326, 90, 328, 660, 40);
    pen.fill();
    pen.fillStyle = "#f6f7f8";
    pen.beginPath();
    pen.roundRect(340, 106, 300, 640, 28);
    pen.fill();
    drawCode(pen);
  }
  const pixels = pen.getImageData(0, 0, WIDTH, HEIGHT).data;
  const bytes = new ArrayBuffer(8 + pixels.length);
  const header = new DataView(bytes);
  header.setUint32(0, WIDTH, true);
  header.setUint32(4, HEIGHT, true);
  new Uint8Array(bytes, 8).set(pixels);
  return bytes;
}

export function codeCorners(): Corners {
  const left = CODE.x / WIDTH;
  const right = (CODE.x + CODE.size) / WIDTH;
  const top = CODE.y / HEIGHT;
  const bottom = (CODE.y + CODE.size) / HEIGHT;
  return [
    [left, top],
    [right, top + 0.004],
    [right - 0.002, bottom],
    [left + 0.002, bottom - 0.003],
  ];
}

/** What tells one drawn face from another. */
export type Look = {
  skin?: string;
  hair?: "short" | "long" | "none";
  coat?: string;
  glasses?: boolean;
  beard?: boolean;
};

export function portrait(look: Look = {}): PortraitView {
  const { skin = "#d9a77f", hair = "short", coat = "#2f4257", glasses, beard } = look;
  const width = 120;
  const height = 150;
  const pen = sheet(width, height);
  const oval = (y: number, across: number, down: number, half = false) => {
    pen.beginPath();
    pen.ellipse(60, y, across, down, 0, half ? Math.PI : 0, Math.PI * 2);
    pen.fill();
  };
  pen.fillStyle = "#c9d4dc";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#26201d";
  if (hair === "long") pen.fillRect(27, 44, 66, 74);
  pen.fillStyle = coat;
  oval(152, 50, 42);
  pen.fillStyle = skin;
  pen.fillRect(50, 92, 20, 26);
  oval(68, 27, 34);
  pen.fillStyle = "#26201d";
  if (beard) {
    pen.fillRect(36, 78, 48, 8);
    oval(88, 20, 15);
  }
  if (hair !== "none") {
    oval(46, 31, 23, true);
    pen.fillRect(29, 44, 7, 22);
    pen.fillRect(84, 44, 7, 22);
  }
  for (const x of [49, 71]) {
    pen.beginPath();
    pen.arc(x, 69, 2.6, 0, Math.PI * 2);
    pen.fill();
    pen.fillRect(x - 6, 60, 12, 2);
  }
  pen.strokeStyle = "#7d4e35";
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(60, 70);
  pen.lineTo(57, 79);
  pen.lineTo(61, 80);
  pen.moveTo(52, 88);
  pen.quadraticCurveTo(60, 93, 68, 88);
  pen.stroke();
  if (glasses) {
    pen.strokeStyle = "#14181c";
    for (const x of [40, 62]) pen.strokeRect(x, 62, 18, 14);
    pen.strokeRect(58, 66, 4, 1);
  }
  const pixels = pen.getImageData(0, 0, width, height).data;
  let binary = "";
  for (const byte of pixels) binary += String.fromCharCode(byte);
  return { width, height, rgba: btoa(binary) };
}
