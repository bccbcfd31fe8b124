export type Mode = "training" | "production";
