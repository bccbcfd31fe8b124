import type { SoundMessages } from "./sounds";

export const soundsKo: SoundMessages = {
  title: "소리",
  label: "결과가 나올 때 소리로 알리기",
  why: "결과마다 소리가 다릅니다. 이 PC의 음량으로 한 번씩 들어 보세요.",
  play: (outcome) => `들어 보기: ${outcome}`,
  heard: {
    accept: "올라가는 두 음",
    abstain: "긴 한 음",
    refuse: "낮은 두 번",
  },
};
