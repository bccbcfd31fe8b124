import type { SoundMessages } from "./sounds";

export const soundsEn: SoundMessages = {
  title: "Sound",
  label: "Play a sound with each result",
  why: "Each result has its own. Listen to them once at this desk’s volume.",
  play: (outcome) => `Listen: ${outcome}`,
  heard: {
    accept: "two notes, going up",
    abstain: "one long note",
    refuse: "two low knocks",
  },
};
