/**
 * What of a mail's HTML and CSS is kept: what newsletters and letters are made of, and nothing that runs, asks, embeds or
 * leaves its place. Lists of what is allowed; whatever is not here is dropped (its text stays).
 */

const words = (text: string) => text.trim().split(/\s+/);

export const allowedTags = words(`
  body a abbr acronym address article aside b bdi big blockquote br caption center cite code col colgroup dd del
  details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark
  menu nav ol p picture pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th
  thead time tr tt u ul var wbr
`);

export const allowedAttributes = words(`
  abbr align alt background bgcolor border cellpadding cellspacing class clear color cols colspan compact datetime dir
  face headers height href hspace id lang noshade nowrap open reversed role rowspan rules scope size span src start style
  summary title type valign value vspace width
`);

/** Roles that say what a part of a mail is. Others speak to who listens in our name: `alert`, `dialog`, `status`. */
export const allowedRoles = new Set(
  words(
    'presentation none article banner contentinfo figure heading img link list listitem main region table row cell',
  ),
);

/** Longhand properties, by name or by the start of it. `position` is checked further by its value. */
const properties = new Set(
  words(`
  color direction display float clear opacity visibility position top right bottom left z-index width height order
  vertical-align table-layout caption-side empty-cells line-height letter-spacing tab-size unicode-bidi writing-mode
  object-fit object-position box-sizing box-shadow white-space white-space-collapse hyphens quotes row-gap column-gap
  hanging-punctuation line-break
`),
);
const prefixes = words(`
  background- border- margin- padding- font- text- list-style- min- max- flex- align- justify- outline- overflow- word-
  column- grid- inset- inline- block- -webkit-text- -webkit-border- -webkit-box- -webkit-line- -webkit-column-
`);
const never = new Set(words('background-attachment text-anchor'));

export function isAllowedProperty(name: string): boolean {
  if (never.has(name)) return false;
  return properties.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** CSS functions that compute; none of them fetches, reads the page or stands for text that is not parsed yet. */
export const allowedFunctions = new Set(
  words(`
  rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp linear-gradient radial-gradient
  conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient -webkit-linear-gradient
  -webkit-radial-gradient -webkit-gradient from to color-stop minmax repeat fit-content
`),
);
