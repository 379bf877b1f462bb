/** Calls `work` after a pause, and after `mostMs` even where there is none. */
export function createPauses(pauseMs: number, mostMs: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null;
  const stop = () => {
    clearTimeout(timer);
    since = null;
  };
  const waitFor = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stop();
      work();
    }, ms);
  };
  return {
    stop,
    waitFor,
    wait() {
      since ??= Date.now();
      waitFor(Math.max(0, Math.min(pauseMs, since + mostMs - Date.now())));
    },
  };
}
