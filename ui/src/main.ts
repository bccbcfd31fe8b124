import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/large.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { openDesk } from "./lib/desk";
import { DeskState } from "./lib/state/desk.svelte";
import { settings } from "./lib/state/settings.svelte";

/** The letters come from a local file; waiting for them briefly spares the window a jump. */
const LETTERS_WITHIN_MS = 600;
const letters = document.fonts.load("450 16px Pretendard", "확인 Hwagin").catch(() => undefined);
const patience = new Promise((done) => setTimeout(done, LETTERS_WITHIN_MS));

const target = document.getElementById("window");
const desk = new DeskState(await openDesk());
settings.recall();
await Promise.race([letters, patience]);
if (target) mount(App, { target, props: { desk } });
