// The phone's camera, and pictures, read for a desk's challenge. Nothing leaves the page.
import { readSymbol } from "./qr.ts";

/** Of the Shape Detection API, which some phones have; it reads better than what this page brings. */
interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector;
}

const LOOK_EVERY = 120; // milliseconds
const LONGEST_SIDE = 1_600; // pixels of a picture that is read

export type CameraFailure = "camera_missing" | "camera_denied" | "camera_unavailable";

export interface Looking {
  stop(): void;
}

/** Looks through the camera until a symbol is read, and again until `stop`; the picture is in `video`. */
export async function look(video: HTMLVideoElement, found: (text: string) => void): Promise<Looking> {
  // Asked of `mediaDevices`, which a page without a secure context does not have.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw failure("camera_unavailable");
  const stream = await devices
    .getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1_920 }, height: { ideal: 1_080 } } })
    .catch((cause: unknown) => {
      const name = cause instanceof Error ? cause.name : "";
      throw failure(name === "NotAllowedError" ? "camera_denied" : "camera_missing");
    });
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  video.srcObject = stream;
  await video.play().catch(() => undefined);

  const canvas = document.createElement("canvas");
  const step = async (): Promise<void> => {
    if (stopped) return;
    const text = video.videoWidth > 0 ? await readFrom(video, video.videoWidth, video.videoHeight, canvas) : undefined;
    // Read again: the screen may have been left meanwhile.
    if (text !== undefined && !isStopped()) found(text);
    setTimeout(() => void step(), LOOK_EVERY);
  };
  const isStopped = (): boolean => stopped;
  void step();
  return { stop };
}

/** The text of the symbol in a picture file; undefined where none is read. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file);
    return await readFrom(picture, picture.width, picture.height, document.createElement("canvas"), true);
  } catch {
    return undefined;
  }
}

async function readFrom(
  source: CanvasImageSource,
  width: number,
  height: number,
  canvas: HTMLCanvasElement,
  patient = false,
): Promise<string | undefined> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return undefined;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const known = await detected(canvas);
  return known ?? readSymbol(context.getImageData(0, 0, canvas.width, canvas.height), patient);
}

async function detected(canvas: HTMLCanvasElement): Promise<string | undefined> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  if (!maker) return undefined;
  try {
    const [first] = await new maker({ formats: ["qr_code"] }).detect(canvas);
    return first?.rawValue;
  } catch {
    return undefined;
  }
}

function failure(name: CameraFailure): Error {
  return Object.assign(new Error(name), { name });
}
