import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The font's licence travels with the font into the built window. */
function fontLicence(): Plugin {
  const licence = fileURLToPath(
    new URL("./node_modules/pretendard/dist/LICENSE.txt", import.meta.url),
  );
  return {
    name: "font-licence",
    apply: "build",
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "licences/Pretendard-OFL.txt",
        source: readFileSync(licence, "utf8"),
      });
    },
  };
}

/** The scripted desk is for a developer's browser; a build that holds it stops. */
function noScriptedDesk(): Plugin {
  return {
    name: "no-scripted-desk",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const found = file.moduleIds.find((id) => id.includes("/src/dev/"));
        if (found) this.error(`${found} must not be in the window`);
      }
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [svelte(), fontLicence(), noScriptedDesk()],
  build: {
    outDir: "dist",
    target: "safari16.4",
    // The window's CSP allows files of its own only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Two windows: the clerk's, and the one that faces the customer.
    rollupOptions: { input: ["index.html", "customer.html"] },
  },
  // The desk guide is a page of the documentation; a developer's browser may read it from there.
  server: { port: 5173, strictPort: true, fs: { allow: [".", "../docs"] } },
  clearScreen: false,
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "happy-dom",
    // A test shows what is right, never how fast: a busy machine fails none.
    testTimeout: 60_000,
  },
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
});
