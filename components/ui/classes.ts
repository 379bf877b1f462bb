/** Joins class names, leaving out what is false or absent. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

/** The class that sets `--h` to the nearest of 24 hues; for `tinted`. */
export function hueClass(hue: number): string {
  return `hue-${Math.round((((hue % 360) + 360) % 360) / 15) % 24}`;
}
