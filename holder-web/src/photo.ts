// Portraits: as a picture on this screen, and a larger one for the code that moves.
import { cbor, readCbor } from "./cbor.ts";
import type { Card, Item } from "./training.ts";

/** The optical presentation, section 4: 200 × 250 is more than two seconds of a moving code. */
const WIDTH = 200;
const HEIGHT = 250;
const QUALITY = 0.6;

export function portraitOf(card: Card): Item | undefined {
  return card.items.find(({ element }) => element === "portrait");
}

/** The picture in an item; the browser tells JPEG, PNG and WebP by what they begin with. */
export function pictureIn(item: Item): Blob | undefined {
  const bytes = readCbor(item.value);
  return bytes instanceof Uint8Array ? new Blob([new Uint8Array(bytes)]) : undefined;
}

/** The card with its portrait drawn larger, as JPEG; the same card where it has none. */
export async function withLargePhoto(card: Card): Promise<Card> {
  const portrait = portraitOf(card);
  const picture = portrait && pictureIn(portrait);
  if (!picture) return card;
  const small = await createImageBitmap(picture);
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  if (!context) return card;
  context.drawImage(small, 0, 0, WIDTH, HEIGHT);
  context.font = "700 22px sans-serif";
  context.textAlign = "center";
  context.fillStyle = "rgba(16, 23, 30, 0.75)";
  context.fillText("TRAINING", WIDTH / 2, HEIGHT - 14);
  const large = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!large) return card;
  const value = cbor(new Uint8Array(await large.arrayBuffer()));
  return { ...card, items: card.items.map((item) => (item === portrait ? { ...item, value } : item)) };
}
