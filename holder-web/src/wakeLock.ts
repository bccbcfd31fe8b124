/** Keeps the screen on until what comes back is called, where the browser can. */
export function keepAwake(): () => void {
  const locks = navigator.wakeLock as WakeLock | undefined;
  let held: WakeLockSentinel | undefined;
  let over = false;
  const take = async (): Promise<void> => {
    if (!locks || document.visibilityState !== "visible") return;
    held = await locks.request("screen").catch(() => undefined);
    if (over) await held?.release();
  };
  // The browser takes the lock away while the page is hidden.
  const again = (): void => void take();
  document.addEventListener("visibilitychange", again);
  void take();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", again);
    void held?.release();
  };
}
