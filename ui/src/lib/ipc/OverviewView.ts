import type { CameraStateView } from "./CameraStateView";
import type { CameraView } from "./CameraView";
import type { KnowledgeView } from "./KnowledgeView";
import type { Mode } from "./Mode";
import type { ProblemView } from "./ProblemView";
import type { PurposeView } from "./PurposeView";
import type { SampleView } from "./SampleView";

export type OverviewView = {
  mode: Mode;
  purposes: PurposeView[];
  purpose: string | null;
  cameras: CameraView[];
  camera: string | null;
  cameraState: CameraStateView;
  sample: SampleView | null;
  knowledge: KnowledgeView;
  problems: ProblemView[];
};
