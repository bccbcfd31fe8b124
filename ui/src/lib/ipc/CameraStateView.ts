export type CameraStateView = {
  state: "off" | "opening" | "live" | "none" | "busy" | "denied" | "unplugged" | "failed";
  name: string | null;
};
