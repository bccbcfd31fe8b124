export type CameraView = { id: string; name: string; sample: boolean };
