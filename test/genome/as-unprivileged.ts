const NOBODY = 65534;

/** Runs `act` as a user whom permissions bind, which they do not bind root. */
export async function asUnprivileged<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
