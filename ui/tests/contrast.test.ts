import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");

function tokens(theme: "light" | "dark"): Record<string, string> {
  const block = new RegExp(`data-theme="${theme}"\\] \\{([^}]+)\\}`).exec(css)?.[1] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: [ink: string, ground: string][] = [
  ...["ink", "ink-2", "ink-3"].flatMap((ink): [string, string][] =>
    ["paper", "surface", "sunk"].map((ground) => [ink, ground]),
  ),
  ["ink", "accent-wash"],
  ["accent", "surface"],
  ["accent", "paper"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-accept", "accept"],
  ["on-refuse", "refuse"],
  ["on-soft", "soft"],
  ["on-abstain", "abstain"],
  ["abstain-ink", "abstain-wash"],
  ["abstain-ink", "surface"],
  ["abstain-ink", "sunk"],
  ["refuse-mark", "surface"],
  ["refuse-mark", "sunk"],
  ["refuse-mark", "refuse-wash"],
  ["accept-mark", "surface"],
  ["ink", "accept-wash"],
  ["ink", "abstain-wash"],
  ["ink-2", "accept-wash"],
  ["ink-2", "abstain-wash"],
  ["on-banner", "banner"],
  ["on-scene", "scene"],
  ["on-scene-2", "scene"],
];
const SHAPES: [shape: string, ground: string][] = [
  ["line-strong", "surface"],
  ["line-strong", "paper"],
  ["line-strong", "sunk"],
  ["accept-mark", "sunk"],
  ["refuse-mark", "sunk"],
  ["abstain-mark", "sunk"],
  ["accent", "sunk"],
  ["accept-mark", "accept-wash"],
  ["abstain-mark", "abstain-wash"],
  ["line-strong", "accent-wash"],
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const colours = tokens(theme);
  const of = (name: string): string => {
    const colour = colours[name];
    if (!colour) throw new Error(`no colour --${name}`);
    return colour;
  };

  it.each(TEXT)("%s is readable on %s (1.4.3)", (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)("%s can be made out on %s (1.4.11)", (shape, ground) => {
    expect(contrast(of(shape), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
