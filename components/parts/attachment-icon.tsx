import {
  CalendarDays,
  Contact,
  File,
  FileArchive,
  FileCode2,
  FileText,
  Image,
  type LucideIcon,
  Mail,
  Music,
  Presentation,
  Sheet,
  Video,
} from 'lucide-react';
import type { AttachmentKind } from '@/lib/client/reader/attachment-kind';

const icons: Record<AttachmentKind, LucideIcon> = {
  picture: Image,
  pdf: FileText,
  document: FileText,
  sheet: Sheet,
  slides: Presentation,
  archive: FileArchive,
  audio: Music,
  video: Video,
  calendar: CalendarDays,
  contact: Contact,
  message: Mail,
  report: FileText,
  code: FileCode2,
  text: FileText,
  file: File,
};

export function AttachmentIcon({ kind }: { kind: AttachmentKind }) {
  const Icon = icons[kind];
  return (
    <Icon size={20} strokeWidth={1.6} aria-hidden="true" className={kind === 'pdf' ? 'text-danger' : 'text-accent'} />
  );
}
