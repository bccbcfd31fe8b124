import type { EaseMessages } from "./ease";

export const easeEn: EaseMessages = {
  title: "Reading and learning",
  text: {
    label: "Text size",
    percent: (size) => `${size}%`,
    next: (size) => `Text size ${size}%. Change it`,
    step: { larger: "Larger text", smaller: "Smaller text", normal: "Normal text" },
  },
  guide: {
    open: "First steps",
    title: "First steps at this desk",
    place: (at, of) => `Step ${at} of ${of}`,
    steps: [
      {
        title: "What this desk does",
        lines: [
          "It tells whether an ID code is genuine and current, and shows only what your purpose needs.",
          "It works without a network and keeps nothing about a person. Every result clears by itself.",
        ],
      },
      {
        title: "Scan it. Do not judge by eye.",
        lines: [
          "Have the code shown to the camera, live, from the person’s own phone.",
          "A screenshot, a video or a moving picture on a screen proves nothing, however real it looks.",
        ],
      },
      {
        title: "Choose the purpose first",
        lines: [
          "The purpose decides what is checked and what you see. Choose it with the mouse or the keys 1 to 9.",
          "Choose the one that fits the visit; never a wider one to see more.",
        ],
      },
      {
        title: "Compare the photo with the person",
        lines: [
          "The code says that the card is genuine. Only you can say that it belongs to the person before you.",
          "Take a moment: eyes, nose, ears, the shape of the face. If unsure, ask a colleague.",
        ],
      },
      {
        title: "Do what the result says",
        lines: [
          "Accept: genuine and current. Compare the photo, then go on.",
          "Refuse: do not rely on this card. Stay friendly, read the advice, ask for another proof.",
          "Can’t decide: it says nothing against the person. Do what the screen says next.",
        ],
      },
    ],
    back: "Back",
    next: "Next",
    skip: "Skip",
    done: "Start",
  },
  page: { open: "Desk guide", title: "Desk guide", print: "Print", close: "Close" },
};
