import "./style/frame.css";
import "./style/controls.css";
import "./style/screens.css";
import { startApp } from "./app.ts";

const root = document.getElementById("app");
if (root) startApp(root);
