// The desk's challenge comes in: by the camera, as a picture, or as text.
import { type CameraFailure, look, type Looking, readPicture } from "../camera.ts";
import { button, h, icon } from "../element.ts";
import { type Screen, type Way, wordsOf } from "../state.ts";
import { take } from "../take.ts";

const FAILURES: readonly string[] = ["camera_missing", "camera_denied", "camera_unavailable"] satisfies CameraFailure[];

export function scanScreen({ state, go }: Way): Screen {
  const words = wordsOf(state);
  let looking: Looking | undefined;
  let left = false;
  let given: string | undefined;

  const problem = h("p", { class: "notice bad", testid: "refusal", attributes: { role: "alert" } });
  const say = (sentence: string | undefined): void => {
    problem.replaceChildren(...(sentence ? [icon("warning"), h("span", {}, sentence)] : []));
    problem.hidden = !sentence;
  };
  const offer = (text: string): void => {
    if (left || text === given) return;
    given = text;
    if (take(state, text)) go("consent");
    else say(state.refusal && words.refusal[state.refusal]);
  };

  const video = h("video", { testid: "camera", attributes: { playsinline: "", muted: "" } });
  video.muted = true;
  const stateOfCamera = h("p", { class: "camera-state", testid: "camera-state" }, words.camera_starts);
  const finder = h("div", { class: "finder" }, video, h("div", { class: "corners" }), stateOfCamera);

  const file = h("input", {
    class: "unseen",
    testid: "picture-file",
    attributes: { type: "file", accept: "image/*", id: "picture", tabindex: "-1" },
  });
  file.addEventListener("change", () => {
    const [picture] = file.files ?? [];
    file.value = "";
    if (!picture) return;
    void readPicture(picture).then((text) => {
      given = undefined;
      if (text === undefined) say(words.picture_empty);
      else offer(text);
    });
  });

  const paste = h("textarea", {
    class: "field",
    testid: "paste-text",
    attributes: {
      rows: "3", placeholder: "HWC1:…", id: "paste", spellcheck: "false", autocapitalize: "off", autocomplete: "off",
    },
  });
  const read = (): void => {
    given = undefined;
    offer(paste.value);
  };

  const element = h(
    "main",
    { class: "page", testid: "screen-scan" },
    h("h1", {}, words.scan_title),
    h("p", { class: "lead" }, words.scan_lead),
    problem,
    finder,
    h("p", { class: "caption" }, words.scan_other),
    h(
      "div",
      { class: "panel padded" },
      button({ testid: "picture", text: words.picture, icon: "picture", press: () => file.click() }),
      file,
      h("label", { class: "caption", attributes: { for: "paste" } }, words.paste),
      paste,
      button({ testid: "paste-take", text: words.paste_take, press: read }),
    ),
  );
  say(state.refusal && words.refusal[state.refusal]);
  state.refusal = undefined;

  look(video, offer).then(
    (started) => {
      looking = started;
      if (left) started.stop();
      finder.classList.add("live");
      stateOfCamera.textContent = words.camera_looks;
    },
    (cause: unknown) => {
      const name = cause instanceof Error && FAILURES.includes(cause.name) ? (cause.name as CameraFailure) : "camera_missing";
      finder.replaceWith(h("p", { class: "notice soft", testid: "camera-state" }, icon("camera"), h("span", {}, words[name])));
    },
  );
  return {
    element,
    leave: () => {
      left = true;
      looking?.stop();
    },
  };
}
