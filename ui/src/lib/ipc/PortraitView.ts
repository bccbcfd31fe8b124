export type PortraitView = { width: number; height: number; rgba: string };
