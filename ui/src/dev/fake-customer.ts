/**
 * The window that faces the customer, scripted, for `npm run dev` in a browser.
 *
 * Address: customer.html?purpose=… &tongue=ko|en|zh-Hans|vi|th|uz|id|ru &view=code|checking|done|answered|none
 * &theme=light|dark &renews=seconds &cards=number
 */
import type { CustomerDesk } from "../lib/desk";
import { challenge, purposes } from "./fake-counter";

export function openFakeCustomerDesk(): CustomerDesk {
  const asked = new URLSearchParams(location.search);
  const theme = asked.get("theme");
  if (theme) localStorage.setItem("hwagin.theme", theme);
  const view = asked.get("view") ?? "code";
  const tongue = asked.get("tongue");
  const purpose = purposes().find(({ id }) => id === (asked.get("purpose") ?? "hospital-reception"));

  return {
    watch: async (onEvent) => {
      const renew = (answered = false) => {
        const made = view === "none" || !purpose ? null : challenge(purpose);
        onEvent({ type: "challenge", challenge: made && { ...made, answered } });
      };
      renew(view === "answered");
      setInterval(renew, Number(asked.get("renews") ?? 60) * 1000);
      if (view === "checking" || view === "done") onEvent({ type: "state", state: view });
      if (tongue) {
        setTimeout(() => document.querySelector<HTMLElement>(`[data-testid="tongue-${tongue}"]`)?.click(), 50);
      }
    },
  };
}
