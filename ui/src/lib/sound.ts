/** A short tone an outcome: rising for accept, twice low for refuse, one long middle note for abstain. */
import type { Outcome } from "./i18n";

type Note = { hertz: number; from: number; length: number };

const TONES: Record<Outcome, { shape: OscillatorType; notes: Note[] }> = {
  accept: {
    shape: "sine",
    notes: [
      { hertz: 660, from: 0, length: 0.12 },
      { hertz: 990, from: 0.13, length: 0.22 },
    ],
  },
  refuse: {
    shape: "triangle",
    notes: [
      { hertz: 208, from: 0, length: 0.17 },
      { hertz: 208, from: 0.24, length: 0.26 },
    ],
  },
  abstain: { shape: "sine", notes: [{ hertz: 440, from: 0, length: 0.45 }] },
};

/** The notes of an outcome: how many, and which way they go, tells one from another. */
export function tune(outcome: Outcome): readonly Note[] {
  return TONES[outcome].notes;
}

const LOUDNESS = 0.16;
const RAMP = 0.015;

let context: AudioContext | null = null;

/** Browsers keep sound locked until somebody touches the window; call this on the first touch. */
export function unlockSound(): void {
  if (context?.state === "suspended") void context.resume().catch(() => undefined);
}

export function play(outcome: Outcome): void {
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  unlockSound();
  const { shape, notes } = TONES[outcome];
  for (const note of notes) sing(context, shape, note);
}

function sing(audio: AudioContext, shape: OscillatorType, note: Note): void {
  const start = audio.currentTime + 0.02 + note.from;
  const end = start + note.length;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + RAMP);
  gain.gain.setValueAtTime(LOUDNESS, end - RAMP);
  gain.gain.linearRampToValueAtTime(0, end);
  const voice = audio.createOscillator();
  voice.type = shape;
  voice.frequency.value = note.hertz;
  voice.connect(gain).connect(audio.destination);
  voice.start(start);
  voice.stop(end);
}
