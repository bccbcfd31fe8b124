import type { CameraStateView } from "./CameraStateView";
import type { HintCode } from "./HintCode";
import type { OverviewView } from "./OverviewView";
import type { VerdictView } from "./VerdictView";

export type DeskEvent =
  | { type: "camera"; camera: CameraStateView }
  | {
      type: "outline";
      corners: [[number, number], [number, number], [number, number], [number, number]] | null;
    }
  | { type: "hint"; hint: HintCode | null }
  | { type: "verdict"; verdict: VerdictView }
  | { type: "cleared" }
  | { type: "overview"; overview: OverviewView };
