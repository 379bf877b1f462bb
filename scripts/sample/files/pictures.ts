import { type Colour, png } from './png.ts';

const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** Evening over the water: a sky, a low sun, waves, and a boat when there is room for one. */
export function seascape(width: number, height: number, hue: 'dawn' | 'day' | 'dusk' = 'dusk'): Buffer {
  const [high, low, sea]: [Colour, Colour, Colour] = {
    dawn: [
      [142, 166, 200],
      [250, 214, 190],
      [88, 118, 140],
    ] as [Colour, Colour, Colour],
    day: [
      [96, 150, 206],
      [206, 228, 240],
      [40, 96, 128],
    ] as [Colour, Colour, Colour],
    dusk: [
      [44, 58, 104],
      [240, 150, 92],
      [28, 46, 74],
    ] as [Colour, Colour, Colour],
  }[hue];
  const ratio = width / height;
  return png(width, height, (x, y) => {
    const sun = Math.hypot((x - 0.68) * ratio, y - 0.5);
    if (isBoat(x * ratio, y, ratio)) return [34, 32, 38];
    if (y < 0.62) {
      const sky = mix(high, low, (y / 0.62) ** 1.6);
      return sun < 0.09 ? [255, 236, 196] : mix([255, 224, 176], sky, Math.min(1, sun * 1.5));
    }
    const wave = Math.sin(y * 160 + Math.sin(x * 22) * 2.4) * 0.5 + 0.5;
    const glint = Math.abs(x - 0.68) < 0.05 + wave * 0.05 ? 0.5 * wave : 0;
    return mix(mix(sea, low, (1 - y) * 0.7 + wave * 0.06), [255, 226, 180], glint);
  });
}

function isBoat(x: number, y: number, ratio: number): boolean {
  const middle = 0.28 * ratio;
  const hull = y > 0.615 && y < 0.655 && Math.abs(x - middle) < 0.13 - (y - 0.615) * 0.9;
  const mast = y > 0.36 && y <= 0.615 && Math.abs(x - middle) < 0.004;
  const sail = y > 0.39 && y < 0.6 && x > middle + 0.012 && x - middle < (y - 0.36) * 0.42;
  return hull || mast || sail;
}

/** A drawing office's plan: pale paper, a grid, and the line of a quay wall. */
export function plan(width: number, height: number): Buffer {
  const ratio = width / height;
  return png(width, height, (x, y) => {
    const gridX = (x * ratio * 16) % 1;
    const gridY = (y * 16) % 1;
    const wall = 0.55 + Math.max(0, x - 0.4) * 0.35;
    if (Math.abs(y - wall) < 0.006 || Math.abs(y - wall - 0.06) < 0.003) return [36, 68, 128];
    if (y > wall + 0.06) return gridX < 0.5 === gridY < 0.5 ? [222, 232, 242] : [214, 226, 240];
    return gridX < 0.03 || gridY < 0.03 ? [220, 224, 228] : [250, 249, 244];
  });
}

/** A small round badge in one colour on white, for letterheads. */
export function badge(size: number, colour: Colour): Buffer {
  return png(size, size, (x, y) => {
    const away = Math.hypot(x - 0.5, y - 0.5);
    if (away > 0.48) return [255, 255, 255];
    const wave = 0.56 + Math.sin(x * 18) * 0.05;
    return y > wave && away < 0.4 ? [255, 255, 255] : colour;
  });
}
