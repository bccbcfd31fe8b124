import { type Language, type Messages, messages } from "../i18n";
import type { LabelView } from "../ipc/LabelView";
import { readSize, type TextSize } from "../text";

export type Theme = "light" | "dark";

const KEYS = {
  language: "hwagin.language",
  theme: "hwagin.theme",
  sound: "hwagin.sound",
  camera: "hwagin.camera",
  nudged: "hwagin.nudged",
  customerWindow: "hwagin.customer",
  text: "hwagin.text",
  guided: "hwagin.guided",
} as const;

/** The eight things this window remembers. Nothing about a person or a check ever joins them. */
export class Settings {
  language = $state<Language>("ko");
  theme = $state<Theme>("light");
  sound = $state(true);
  /** The id of the camera that the clerk chose last: its make and serial number, or its socket. */
  camera = $state<string | null>(null);
  /** Whether the camera may be set for bright screens while it is open. */
  nudged = $state(true);

  /** Whether the window that faces the customer opens with this one. */
  customerWindow = $state(false);
  text = $state<TextSize>(100);
  /** Whether the first steps were shown; a driven window has nobody to show them to. */
  guided = $state(true);

  get t(): Messages {
    return messages[this.language];
  }

  /** A label from the desk in the language of the window. */
  say(label: LabelView): string {
    return label[this.language];
  }

  /** Takes up what was remembered, else what the computer prefers. */
  recall(): void {
    const language = localStorage.getItem(KEYS.language);
    const spoken = navigator.language.toLowerCase().startsWith("en") ? "en" : "ko";
    this.language = language === "ko" || language === "en" ? language : spoken;

    const theme = localStorage.getItem(KEYS.theme);
    const preferred = matchMedia("(prefers-color-scheme: dark)");
    if (theme === "light" || theme === "dark") this.theme = theme;
    else {
      this.theme = preferred.matches ? "dark" : "light";
      preferred.addEventListener("change", (change) => {
        if (localStorage.getItem(KEYS.theme) === null) this.theme = change.matches ? "dark" : "light";
      });
    }
    this.sound = localStorage.getItem(KEYS.sound) !== "off";
    this.camera = localStorage.getItem(KEYS.camera);
    this.customerWindow = localStorage.getItem(KEYS.customerWindow) === "on";
    this.nudged = localStorage.getItem(KEYS.nudged) !== "off";
    this.text = readSize(localStorage.getItem(KEYS.text));
    this.guided = localStorage.getItem(KEYS.guided) === "yes" || navigator.webdriver === true;
  }

  switchLanguage(): void {
    this.language = this.language === "ko" ? "en" : "ko";
    localStorage.setItem(KEYS.language, this.language);
  }

  switchTheme(): void {
    this.theme = this.theme === "dark" ? "light" : "dark";
    localStorage.setItem(KEYS.theme, this.theme);
  }

  keepText(size: TextSize): void {
    this.text = size;
    localStorage.setItem(KEYS.text, String(size));
  }

  keepGuided(): void {
    this.guided = true;
    localStorage.setItem(KEYS.guided, "yes");
  }

  keepCamera(id: string): void {
    this.camera = id;
    localStorage.setItem(KEYS.camera, id);
  }

  keepCustomerWindow(open: boolean): void {
    this.customerWindow = open;
    localStorage.setItem(KEYS.customerWindow, open ? "on" : "off");
  }

  switchNudged(): void {
    this.nudged = !this.nudged;
    localStorage.setItem(KEYS.nudged, this.nudged ? "on" : "off");
  }

  switchSound(): void {
    this.sound = !this.sound;
    localStorage.setItem(KEYS.sound, this.sound ? "on" : "off");
  }
}

export const settings = new Settings();
