import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium of this machine: CHROMIUM_PATH, else the first on the PATH. Throws when there is none. */
export function browserPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found =
    process.env.CHROMIUM_PATH ??
    names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (!found) throw new Error('no Chromium on the PATH: install Debian’s chromium, or set CHROMIUM_PATH');
  return found;
}

/** Pages of Chromium's own behind every window: a second of processor time each. */
const ownPages = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

const argumentsWithout = (features: string[]) => [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  `--disable-features=${features.join(',')}`,
];

/** No GPU, no sandbox (tests run as root in containers), no network and no pages of Chromium's own. */
export const browserArguments = argumentsWithout(ownPages);

/**
 * For tests, whose pages live for seconds: no process in reserve beside every page, and no optimising compilers, which cost
 * more than they give back in that time.
 */
export const testArguments = [
  ...argumentsWithout([...ownPages, 'SpareRendererForSitePerProcess']),
  '--js-flags=--no-turbofan --no-maglev',
];
