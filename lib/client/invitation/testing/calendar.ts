/** A calendar part; `lines` stand in its event, `before` in front of it. */
export const calendar = (lines: string[], { method = 'REQUEST', before = [] as string[] } = {}): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    ...before,
    'BEGIN:VEVENT',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
