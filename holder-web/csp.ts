// Writes the content security policy into the one file that is built: nothing but its own script and style runs.
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const SCRIPT = /<script type="module"[^>]*>([\s\S]*?)<\/script>/g;
const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;

export function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    enforce: "post",
    // After the plugin that puts script and style into the page.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const others = Object.keys(bundle).filter((name) => name !== "index.html");
        if (others.length > 0) this.error(`not in the one file: ${others.join(", ")}`);
        const page = bundle["index.html"];
        if (page?.type !== "asset" || typeof page.source !== "string") return this.error("no page");
        page.source = page.source.replace('<meta charset="utf-8" />', `$&\n    ${policyOf(page.source)}`);
      },
    },
  };
}

function policyOf(html: string): string {
  const scripts = hashes(html, SCRIPT);
  const styles = hashes(html, STYLE);
  if (scripts.length !== 1 || styles.length !== 1) throw new Error("one script and one style are expected");
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(" ")}`,
    `style-src ${styles.join(" ")}`,
    "img-src data: blob:",
    "media-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
}

function hashes(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, inside = ""]) => {
    return `'sha256-${createHash("sha256").update(inside).digest("base64")}'`;
  });
}
