import { fileURLToPath } from "node:url";
import { viteSingleFile } from "vite-plugin-singlefile";
import { defineConfig } from "vitest/config";
import { contentSecurityPolicy } from "./csp.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "./",
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), contentSecurityPolicy()],
  // The package that cuts a message into parts is written for Node.
  resolve: {
    alias: [
      { find: /^assert$/, replacement: here("src/assert.ts") },
      { find: /^buffer$/, replacement: "buffer/" },
    ],
  },
  define: { global: "globalThis" },
  build: {
    target: "es2022",
    modulePreload: false,
    rolldownOptions: { transform: { inject: { Buffer: ["buffer/", "Buffer"] } } },
  },
  // A test shows what is right, never how fast: a busy machine fails none.
  test: { include: ["test/**/*.test.ts"], alias: [], testTimeout: 60_000 },
});
