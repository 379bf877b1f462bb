import { type Settings, settings } from '../contract/answers.ts';
import { changeSetting, readSetting } from '../store/setting.ts';
import { log } from './log.ts';
import { firstAccountId, type SignedIn } from './session.ts';
import { store } from './store.ts';

/** What holds until a person chooses otherwise. */
export const defaultSettings: Settings = {
  markReadDelayMs: 0,
  density: 'comfortable',
  readingPane: 'right',
  theme: 'system',
  preferredBody: 'html',
  labels: [],
  searches: [],
  mailInDark: 'paper',
  collapsesThreads: true,
  spansMailboxes: true,
  learnsAddresses: true,
  undoSeconds: 10,
};

/** The settings of the signed-in person, whole: what was not chosen has its default. */
export async function readSettings(signedIn: SignedIn): Promise<Settings> {
  return parse(await readSetting(await store(), firstAccountId(signedIn)));
}

/** Whether a person lets us remember whom they write to; asked for what goes out with their browser shut. */
export const learnsAddresses = async (personId: string): Promise<boolean> =>
  parse(await readSetting(await store(), personId)).learnsAddresses;

/** Changes some settings and gives all of them. Two changes at once both count. */
export async function updateSettings(
  signedIn: SignedIn,
  change: { [K in keyof Settings]?: Settings[K] | undefined },
): Promise<Settings> {
  let changed = defaultSettings;
  await changeSetting(await store(), firstAccountId(signedIn), (value) => {
    const given = Object.fromEntries(Object.entries(change).filter(([, wanted]) => wanted !== undefined));
    changed = settings.parse({ ...parse(value), ...given });
    return JSON.stringify(changed);
  });
  return changed;
}

/** A stored value that an older or newer release wrote: what still fits counts, the rest falls back to its default. */
function parse(value: string | null): Settings {
  if (value === null) return defaultSettings;
  const kept: Record<string, unknown> = { ...defaultSettings };
  const stored: unknown = JSON.parse(value);
  for (const [name, shape] of Object.entries(settings.shape)) {
    const parsed = shape.safeParse((stored as Record<string, unknown>)[name]);
    if (parsed.success) kept[name] = parsed.data;
    else log.debug({ setting: name }, 'a stored setting has its default again');
  }
  return settings.parse(kept);
}
