const intervalMs = 100;

/** Lets things happen by themselves while nobody asks. It keeps no process alive. */
export function startHeartbeat(beat: () => void): () => void {
  const timer = setInterval(beat, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
