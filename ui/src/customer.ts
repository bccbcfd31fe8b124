import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import CustomerApp from "./customer/CustomerApp.svelte";
import { CustomerState } from "./customer/state.svelte";
import { openCustomerDesk } from "./lib/desk";
import { settings } from "./lib/state/settings.svelte";

const target = document.getElementById("window");
const desk = await openCustomerDesk();
settings.recall();
if (target) mount(CustomerApp, { target, props: { desk, customer: new CustomerState() } });
