const intervalMs = 100;

/** Runs due jobs between requests, without keeping the process alive. */
export function startHeartbeat(runDueJobs: () => void): () => void {
  const timer = setInterval(runDueJobs, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
