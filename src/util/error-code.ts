/** The operating system's name of a failure, such as ENOENT; undefined when `cause` did not come from the system. */
export function errorCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !("syscall" in cause) || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
