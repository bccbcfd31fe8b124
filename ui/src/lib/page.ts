import en from "../../../docs/desk-guide.en.html?raw";
import ko from "../../../docs/desk-guide.ko.html?raw";
import type { Language } from "./i18n";

const PAGES: Record<Language, string> = { en, ko };

/** Where letters are so large that the sheet is wider than the window: it is read down, not across. */
export const NARROW = `
  @media screen {
    :host(.narrow) .sheet { width: auto; min-height: 0; margin: 0; }
    :host(.narrow) .steps { grid-template-columns: repeat(auto-fit, minmax(40mm, 1fr)); }
    :host(.narrow) :is(.pair, .help) { grid-template-columns: minmax(0, 1fr); }
    :host(.narrow) td:last-child { width: auto; }
    :host(.narrow) .line { white-space: normal; }
  }`;

/** The desk guide of the documentation, as it is printed there: its sheet, and its rules for that sheet alone. */
export function deskGuide(language: Language): { sheet: Element; rules: string } | null {
  const page = new DOMParser().parseFromString(PAGES[language], "text/html");
  const sheet = page.querySelector(".sheet");
  const rules = page.querySelector("style")?.textContent;
  return sheet && rules ? { sheet: document.importNode(sheet, true), rules } : null;
}
