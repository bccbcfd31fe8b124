// A text that was scanned, pasted, or given in the address, becomes the challenge that is answered.
import { readChallenge } from "./challenge.ts";
import type { State } from "./state.ts";

/** Whether the text is a challenge that can be shown to the holder; if not, the state says why. */
export function take(state: State, text: string): boolean {
  const read = readChallenge(text, state.clock.now());
  state.challenge = "challenge" in read ? read.challenge : undefined;
  state.refusal = "refusal" in read ? read.refusal : undefined;
  return "challenge" in read;
}
