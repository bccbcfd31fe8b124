import type { PortraitView } from "./ipc/PortraitView";

const HEADER_BYTES = 8;

/** A preview frame as sent by the desk: width and height (u32 LE), then RGBA rows. Null when the bytes do not add up. */
export function readFrame(frame: ArrayBuffer): ImageData | null {
  if (frame.byteLength <= HEADER_BYTES) return null;
  const header = new DataView(frame, 0, HEADER_BYTES);
  const width = header.getUint32(0, true);
  const height = header.getUint32(4, true);
  if (width === 0 || width * height * 4 !== frame.byteLength - HEADER_BYTES) return null;
  return new ImageData(new Uint8ClampedArray(frame, HEADER_BYTES), width, height);
}

/** A portrait's pixels. Null when they do not add up. */
export function readPortrait(portrait: PortraitView): ImageData | null {
  const binary = atob(portrait.rgba);
  const { width, height } = portrait;
  if (width === 0 || width * height * 4 !== binary.length) return null;
  const pixels = new Uint8ClampedArray(binary.length);
  for (let at = 0; at < binary.length; at += 1) pixels[at] = binary.charCodeAt(at);
  return new ImageData(pixels, width, height);
}

/** Shows an image at its own size; CSS scales it. */
export function paint(canvas: HTMLCanvasElement, image: ImageData): void {
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** A small picture drawn large and smooth: card portraits are a hundred pixels wide. */
export function paintEnlarged(canvas: HTMLCanvasElement, image: ImageData, times: number): void {
  const small = document.createElement("canvas");
  paint(small, image);
  canvas.width = image.width * times;
  canvas.height = image.height * times;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(small, 0, 0, canvas.width, canvas.height);
  }
  wipe(small);
}

/** Leaves no pixel of a person in the canvas. */
export function wipe(canvas: HTMLCanvasElement): void {
  canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
  canvas.width = 1;
  canvas.height = 1;
}
