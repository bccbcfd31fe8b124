// Elements, made without a framework. Text is always text: nothing from a card or a desk is read as HTML.

type Child = Node | string | undefined | false;

export interface Props {
  class?: string;
  testid?: string;
  attributes?: Record<string, string>;
  on?: Record<string, (event: Event) => void>;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.testid) element.dataset["testid"] = props.testid;
  for (const [name, value] of Object.entries(props.attributes ?? {})) element.setAttribute(name, value);
  for (const [type, listener] of Object.entries(props.on ?? {})) element.addEventListener(type, listener);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const ICONS = {
  back: ["M15 5l-7 7 7 7"],
  next: ["M9 5l7 7-7 7"],
  scan: ["M4 8V4h4", "M16 4h4v4", "M20 16v4h-4", "M8 20H4v-4", "M8 8h3v3H8z", "M13 8h3v3h-3z", "M8 13h3v3H8z", "M14 14h2v2"],
  picture: ["M4 5h16v14H4z", "M4 16l5-5 4 4 3-3 4 4", "M15 9h.01"],
  camera: ["M4 8h4l1.5-2.5h5L16 8h4v11H4z", "M12 10a3 3 0 100 6 3 3 0 000-6z", "M4 4l16 17"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  missing: ["M6 12h12"],
  warning: ["M12 4l9 16H3z", "M12 10v4", "M12 17h.01"],
  language: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M3 12h18", "M12 3c5 5 5 13 0 18", "M12 3c-5 5-5 13 0 18"],
  show: ["M7 3h10v18H7z", "M10 7h4v4h-4z", "M11 18h2"],
  desk: ["M4 5h16v11H4z", "M12 16v4", "M8 20h8"],
} as const;

export type IconName = keyof typeof ICONS;

const SVG = "http://www.w3.org/2000/svg";

/** A drawing beside a word; it says nothing by itself. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

export interface ButtonProps {
  testid: string;
  text: string;
  kind?: "strong" | "plain" | "quiet";
  icon?: IconName;
  press: () => void;
}

export function button({ testid, text, kind = "plain", icon: name, press }: ButtonProps): HTMLButtonElement {
  return h(
    "button",
    { class: `button ${kind}`, testid, attributes: { type: "button" }, on: { click: press } },
    name && icon(name),
    h("span", {}, text),
  );
}
