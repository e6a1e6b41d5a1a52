/** Waits until something is so; fails with a stack of the caller if it never is. */
export async function until(isSo: () => boolean, withinMs = 5_000): Promise<void> {
  const late = new Error(`not so within ${withinMs} ms: ${isSo}`);
  const end = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > end) throw late;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
