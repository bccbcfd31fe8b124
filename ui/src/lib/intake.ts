/** Ways in beside the camera: a picture file, a pasted picture, a pasted text. */
import type { DeskState } from "./state/desk.svelte";

/** Larger files are not even read into memory; the desk's own bound is smaller. */
const LARGEST_PICTURE = 64 * 1024 * 1024;

export async function takePicture(file: Blob, desk: DeskState): Promise<void> {
  if (file.size > LARGEST_PICTURE) {
    desk.receive({ type: "hint", hint: "picture_too_large" });
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  await desk.readPicture(bytes);
  bytes.fill(0);
}

/** Takes what was pasted: the first file, else the text. False when there was neither. */
export function takeTransfer(data: DataTransfer | null, desk: DeskState): boolean {
  const file = data?.files[0];
  if (file) {
    void takePicture(file, desk);
    return true;
  }
  const text = data?.getData("text/plain").trim();
  if (!text) return false;
  void desk.readText(text);
  return true;
}
