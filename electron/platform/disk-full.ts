/** Whether a write failed for want of room: SQLite and the system each say it in their own codes. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && /^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(String((error as { code?: unknown }).code))
