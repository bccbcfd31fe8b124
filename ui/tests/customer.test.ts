import { readFileSync } from "node:fs";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import CustomerApp from "../src/customer/CustomerApp.svelte";
import { CustomerState, IDLE, THANKS } from "../src/customer/state.svelte";
import { claimName, TONGUES, WORDS } from "../src/customer/words";
import type { CustomerDesk } from "../src/lib/desk";
import type { CustomerEvent } from "../src/lib/ipc/CustomerEvent";
import { isWhole, pathOf, runs } from "../src/lib/qr";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { accept, all, challenge, find, NOW, overview, SECRETS, settle, stagedDesk, text } from "./stage";

let app: Record<string, unknown> | undefined;
let customer: CustomerState;
let tell: (event: CustomerEvent) => void;

const click = (id: string) => {
  find(id)?.click();
  flushSync();
};
const say = (event: CustomerEvent) => {
  tell(event);
  flushSync();
};
const ask = (over = {}) => say({ type: "challenge", challenge: challenge(over) });

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function () {
    this.open = true;
  };
});

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
  settings.sound = false;
});

afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});

async function openWindow(): Promise<void> {
  vi.useFakeTimers({ now: NOW * 1000 });
  customer = new CustomerState();
  const desk: CustomerDesk = {
    watch: async (onEvent) => {
      tell = onEvent;
    },
  };
  app = mount(CustomerApp, { target: document.body, props: { desk, customer } });
  flushSync();
}
const pass = (seconds: number) => {
  vi.advanceTimersByTime(seconds * 1000);
  flushSync();
};

describe("the window that faces the customer", () => {
  beforeEach(openWindow);

  it("says a name once that the desk and its house share", () => {
    ask({ organisation: "clinic", desk: "clinic" });
    expect(document.querySelector(".who")?.textContent?.match(/clinic/g)).toHaveLength(1);
    expect(text("customer-announced")).toMatch(/^clinic\. /);
  });

  it("says who asks, what for, which items of the first card, and what to do", () => {
    ask();
    for (const part of ["clinic", "desk 2", "hospital", "Open your ID app and scan this code"]) {
      expect(text("customer-board")).toContain(part);
    }
    expect(all("asked-item").map((item) => item.textContent)).toEqual([
      "Photo",
      "Family name (Latin letters)",
    ]);
    expect(find("challenge-code")?.getAttribute("aria-label")).toContain("scan");
  });

  it("lists the items of the card that the holder has", () => {
    ask();
    find("card-mdl")?.querySelector("input")?.click();
    flushSync();
    expect(all("asked-item").map((item) => item.dataset["name"])).toEqual([
      "portrait",
      "family_name",
      "shoe_size",
    ]);
    ask({ ends: NOW + 90 });
    expect(all("asked-item")).toHaveLength(3);
    ask({ purpose: "landlord" });
    expect(all("asked-item")).toHaveLength(2);
  });

  it("has a list to open in place of buttons where many cards are taken", () => {
    const [first] = challenge().cards;
    const cards = ["a", "b", "c", "d", "e"].flatMap((id) => (first ? [{ ...first, id }] : []));
    ask({ cards });
    const picker = find("card-picker") as HTMLSelectElement;
    expect([...picker.options].map(({ value }) => value)).toEqual(["a", "b", "c", "d", "e"]);
    picker.value = "d";
    picker.dispatchEvent(new Event("change", { bubbles: true }));
    expect(customer.card?.id).toBe("d");
  });

  it("asks for nothing while the desk does not", () => {
    expect(text("customer-board")).toContain("There is no code to scan right now");
    ask();
    say({ type: "challenge", challenge: null });
    expect(find("challenge-code")).toBeNull();
    expect(find("customer-board")?.dataset["view"]).toBe("none");
  });

  it("has a code that runs out calmly, and shows none that has", () => {
    ask();
    expect(customer.left).toBe(1);
    pass(30);
    expect(customer.left).toBeCloseTo(0.5, 1);
    expect(find("customer-renewing")).toBeNull();
    pass(31);
    expect(text("customer-renewing")).toBe("A new code is coming");
    ask({ ends: NOW + 121 });
    expect(customer.left).toBe(1);
    expect(find("customer-renewing")).toBeNull();
  });

  it("thanks for an answer for a moment, in the same words whatever came of it", () => {
    ask({ answered: true });
    expect(text("customer-thanks")).toContain("Thank you");
    pass(THANKS + 1);
    expect(find("customer-thanks")).toBeNull();
    say({ type: "state", state: "checking" });
    expect(text("customer-second")).toContain("Keep showing your phone");
    say({ type: "state", state: "done" });
    expect(text("customer-thanks")).toContain("Thank you");
    for (const { thanks, thanksAdvice } of Object.values(WORDS)) {
      expect(`${thanks} ${thanksAdvice}`).not.toMatch(/accept|refus|valid|확인|거절|合格|拒绝/i);
    }
  });

  it("has each language in its own name, and says so where nobody has reviewed it", () => {
    ask();
    const names = TONGUES.map((tongue) => find(`tongue-${tongue}`)?.textContent?.trim());
    expect(names).toEqual(["한국어", "English", "中文", "Tiếng Việt", "ไทย", "O‘zbekcha", "Bahasa Indonesia", "Русский"]);
    expect(find("unreviewed")).toBeNull();
    click("tongue-th");
    expect(document.documentElement.lang).toBe("th");
    expect(find("customer-board")?.getAttribute("lang")).toBe("th");
    expect(text("customer-board")).toContain(WORDS.th.open);
    expect(text("unreviewed")).toBe(WORDS.th.unreviewed);
    expect(find("tongue-th")?.getAttribute("aria-pressed")).toBe("true");
  });

  it("forgets the language and the card before the next person comes", () => {
    ask();
    click("tongue-vi");
    find("card-mdl")?.querySelector("input")?.click();
    say({ type: "state", state: "done" });
    expect(customer.tongue).toBe("vi");
    say({ type: "state", state: "waiting" });
    expect([customer.tongue, customer.card?.id]).toEqual(["en", "mfc"]);
    click("tongue-ru");
    pass(IDLE + 1);
    expect(customer.tongue).toBe("en");
    expect({ ...localStorage }).toEqual({});
  });

  it("speaks to a screen reader of another purpose, and of no new code or language", () => {
    ask();
    const first = text("customer-announced");
    expect(first).toContain("hospital");
    ask({ ends: NOW + 99, modules: "01".repeat(220) + "0" });
    click("tongue-ru");
    expect(text("customer-announced")).toBe(first);
    ask({ purpose: "landlord", label: { ko: "임대차", en: "tenancy" } });
    expect(text("customer-announced")).toContain("tenancy");
  });
});

describe("the words for the customer", () => {
  const keysOf = (words: object) => [Object.keys(words), Object.keys("claims" in words ? (words.claims as object) : {})];

  it("are the same ones in every language, none of them empty", () => {
    for (const tongue of TONGUES) {
      expect(keysOf(WORDS[tongue]), tongue).toEqual(keysOf(WORDS.en));
      const { claims, reviewed, ...said } = WORDS[tongue];
      expect(typeof reviewed).toBe("boolean");
      for (const word of [...Object.values(said), ...Object.values(claims)]) {
        expect(word.trim(), tongue).not.toBe("");
      }
    }
  });

  it("are marked as reviewed only where they are", () => {
    expect(TONGUES.filter((tongue) => WORDS[tongue].reviewed)).toEqual(["en"]);
  });

  it("leave an item that they do not know the name that the desk gives it", () => {
    const item = { name: "toString", label: { ko: "신발", en: "Shoes" } };
    expect(claimName(item, "th")).toEqual({ text: "Shoes", lang: "en" });
    expect(claimName(item, "ko")).toEqual({ text: "신발", lang: "ko" });
  });
});

describe("a symbol", () => {
  it("is drawn run by run, with its quiet zone", () => {
    const small = { size: 3, modules: "110" + "000" + "101" };
    expect([...runs(small)]).toEqual([[0, 0, 2], [0, 2, 1], [2, 2, 1]]);
    expect(pathOf(small)).toBe("M4 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z");
  });

  it("is whole or it is not drawn", () => {
    expect(isWhole({ size: 2, modules: "1010" })).toBe(true);
    for (const modules of ["101", "10101", "10a0", ""]) expect(isWhole({ size: 2, modules })).toBe(false);
  });
});

describe("the customer in the window of the clerk", () => {
  let stage: ReturnType<typeof stagedDesk>;
  const openDesk = async (use: "required" | "offered" | "off" = "offered") => {
    const known = overview();
    known.purposes = known.purposes.map((purpose) => ({ ...purpose, challenge: use }));
    stage = stagedDesk(known);
    app = mount(App, { target: document.body, props: { desk: new DeskState(stage.desk) } });
    await settle();
    stage.send({ type: "challenge", challenge: challenge() });
    await settle();
  };

  it("is shown the code in place of the guide, and the verdict takes the place of both", async () => {
    await openDesk();
    expect(find("customer-panel")).toBeNull();
    click("customer-show");
    expect(text("customer-panel")).toContain("Open your ID app and scan this code");
    expect(find("idle")).toBeNull();
    stage.send({ type: "verdict", verdict: accept() });
    await settle();
    expect(find("customer-panel")).toBeNull();
    expect(find("verdict")).not.toBeNull();
  });

  it("is asked nothing where the purpose has no challenge", async () => {
    await openDesk("off");
    for (const id of ["customer-show", "customer-window", "poster-open"]) expect(find(id), id).toBeNull();
  });

  it("is to scan first where an answer is needed", async () => {
    await openDesk("required");
    expect(text("idle")).toContain("Have them scan this desk’s code");
  });

  it("has a window of their own where the clerk opens it, and the next time too", async () => {
    await openDesk();
    click("customer-window");
    await settle();
    expect(stage.desk.openCustomerWindow).toHaveBeenCalledWith(true);
    expect(localStorage.getItem("hwagin.customer")).toBe("on");
    stage.send({ type: "overview", overview: { ...overview(), customer: true, purposes: [] } });
    if (app) await unmount(app);
    settings.recall();
    settings.language = "en";
    await openDesk();
    expect(stage.desk.openCustomerWindow).toHaveBeenCalledWith(true);
    settings.keepCustomerWindow(false);
  });

  it("has a sheet of paper in both languages, valid until a day", async () => {
    await openDesk();
    click("poster-open");
    await settle();
    expect(stage.desk.printChallenge).toHaveBeenCalledOnce();
    for (const part of ["clinic", "desk 2", "hospital", "사진", "Photo", "이 QR을 찍으세요", "Valid until"]) {
      expect(text("poster-sheet")).toContain(part);
    }
    const printer = vi.fn();
    vi.stubGlobal("print", printer);
    click("poster-print");
    expect(printer).toHaveBeenCalled();
    click("poster-close");
    await settle();
    expect(find("poster-sheet")).toBeNull();
  });

  it("is told so where no sheet can be made", async () => {
    await openDesk();
    stage.desk.printChallenge.mockRejectedValueOnce(new Error("no key"));
    click("poster-open");
    await settle();
    await settle();
    expect(text("poster")).toContain("It could not be made");
  });
});

describe("what the customer can see", () => {
  it("is of no person: the window's files know neither verdicts nor claims with values", () => {
    const files = ["CustomerApp.svelte", "Board.svelte", "Items.svelte", "Steps.svelte", "CodeCard.svelte", "state.svelte.ts"];
    for (const file of files) {
      expect(readFileSync(`src/customer/${file}`, "utf8"), file).not.toMatch(
        /VerdictView|AcceptedView|ClaimView|PortraitView|DeskState/,
      );
    }
    expect(SECRETS.some((secret) => JSON.stringify(challenge()).includes(secret))).toBe(false);
  });
});
