import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { openDesk } from "./lib/desk";
import { DeskState } from "./lib/state/desk.svelte";
import { settings } from "./lib/state/settings.svelte";

const target = document.getElementById("window");
const desk = new DeskState(await openDesk());
settings.recall();
if (target) mount(App, { target, props: { desk } });
