const pad = (part: string) => part.padStart(2, '0')

/** A day typed in any usual way (2026.3.1, 20260301, 2026年3月1日) as `YYYY-MM-DD`, or null when it is none. */
export function parseDay(typed: string): string | null {
  const parts = /^\s*(\d{4})(?:\D+(\d{1,2})\D+(\d{1,2})|(\d{2})(\d{2}))\D*$/.exec(typed)
  if (!parts) return null
  const [, year = '', month = parts[4] ?? '', day = parts[5] ?? ''] = parts
  const iso = `${year}-${pad(month)}-${pad(day)}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso) ? null : iso
}

/** A time of day typed in any usual way (8:30, 830, 8点30分) as `HH:MM`, or null when it is none. */
export function parseClock(typed: string): string | null {
  const parts = /^\s*(\d{1,2})(?:[:\uff1a点时.](\d{0,2})|(\d{2}))?\D*$/.exec(typed)
  if (!parts) return null
  const [, hour = '', minute = parts[3] ?? '0'] = parts
  return Number(hour) > 23 || Number(minute || '0') > 59 ? null : `${pad(hour)}:${pad(minute || '0')}`
}
