/** What an attachment is to a person; each has a word in the catalogue and an icon. */
export type AttachmentKind =
  | 'picture'
  | 'pdf'
  | 'document'
  | 'sheet'
  | 'slides'
  | 'archive'
  | 'audio'
  | 'video'
  | 'calendar'
  | 'contact'
  | 'message'
  | 'report'
  | 'code'
  | 'text'
  | 'file';

const byEnding: Record<string, AttachmentKind> = {
  ...kinds('picture', 'png jpg jpeg gif webp avif heic bmp tif tiff svg ico'),
  ...kinds('pdf', 'pdf'),
  ...kinds('document', 'doc docx odt rtf pages epub'),
  ...kinds('sheet', 'xls xlsx ods csv tsv numbers'),
  ...kinds('slides', 'ppt pptx odp key'),
  ...kinds('archive', 'zip gz tgz tar bz2 xz 7z rar zst'),
  ...kinds('audio', 'mp3 m4a ogg oga opus wav flac aac'),
  ...kinds('video', 'mp4 mov mkv webm avi m4v'),
  ...kinds('calendar', 'ics'),
  ...kinds('contact', 'vcf'),
  ...kinds('message', 'eml msg'),
  ...kinds('code', 'js ts py go rs c h java sh html css json xml yml yaml sql patch diff'),
  ...kinds('text', 'txt md log'),
};
const byType: [RegExp, AttachmentKind][] = [
  [/^image\//, 'picture'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/^application\/pdf$/, 'pdf'],
  [/^text\/calendar$/, 'calendar'],
  [/vcard$/, 'contact'],
  [/^message\/(?:delivery-status|disposition-notification|feedback-report|global-d)/, 'report'],
  [/^message\//, 'message'],
  [/spreadsheet|excel|^text\/csv$/, 'sheet'],
  [/presentation|powerpoint/, 'slides'],
  [/wordprocessing|msword|opendocument\.text|rtf$/, 'document'],
  [/zip|compressed|x-tar|gzip/, 'archive'],
  [/^text\/plain$/, 'text'],
];

/** The kind by the type, or by the ending of the name where the sender's program knew no better. */
export function kindOf(type: string, name: string | null): AttachmentKind {
  const known = byType.find(([pattern]) => pattern.test(type.toLowerCase()))?.[1];
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  if (known === undefined || known === 'text') return byEnding[ending] ?? known ?? 'file';
  return known;
}

function kinds(kind: AttachmentKind, endings: string): Record<string, AttachmentKind> {
  return Object.fromEntries(endings.split(' ').map((ending) => [ending, kind]));
}
