/** Commands that are told in plain words beside their lines. */
export type Hint =
  | 'signIn'
  | 'capability'
  | 'startTls'
  | 'id'
  | 'select'
  | 'fetch'
  | 'idle'
  | 'notify'
  | 'done'
  | 'store'
  | 'expunge'
  | 'move'
  | 'copy'
  | 'append'
  | 'search'
  | 'sort'
  | 'folders'
  | 'status'
  | 'noop'
  | 'logout'
  | 'uidl'
  | 'sizes'
  | 'top'
  | 'retr'
  | 'dele'
  | 'quit'
  | 'greet'
  | 'sender'
  | 'recipient'
  | 'data'
  | 'reset'
  | 'leave';

/** RFC 9051 §6, with UID left off; SORT and THREAD of RFC 5256, MOVE of RFC 6851, NOTIFY of RFC 5465. */
const imap: Record<string, Hint> = {
  LOGIN: 'signIn',
  AUTHENTICATE: 'signIn',
  CAPABILITY: 'capability',
  STARTTLS: 'startTls',
  ID: 'id',
  SELECT: 'select',
  EXAMINE: 'select',
  FETCH: 'fetch',
  IDLE: 'idle',
  NOTIFY: 'notify',
  DONE: 'done',
  STORE: 'store',
  EXPUNGE: 'expunge',
  MOVE: 'move',
  COPY: 'copy',
  APPEND: 'append',
  SEARCH: 'search',
  SORT: 'sort',
  LIST: 'folders',
  LSUB: 'folders',
  STATUS: 'status',
  NOOP: 'noop',
  LOGOUT: 'logout',
};

/** RFC 1939 §5–7, RFC 2449, RFC 2595, RFC 5034. */
const pop3: Record<string, Hint> = {
  USER: 'signIn',
  PASS: 'signIn',
  APOP: 'signIn',
  AUTH: 'signIn',
  CAPA: 'capability',
  STLS: 'startTls',
  UIDL: 'uidl',
  LIST: 'sizes',
  TOP: 'top',
  RETR: 'retr',
  DELE: 'dele',
  QUIT: 'quit',
};

/** RFC 5321 §4.1.1, RFC 3207, RFC 4954. */
const smtp: Record<string, Hint> = {
  EHLO: 'greet',
  HELO: 'greet',
  STARTTLS: 'startTls',
  AUTH: 'signIn',
  MAIL: 'sender',
  RCPT: 'recipient',
  DATA: 'data',
  RSET: 'reset',
  QUIT: 'leave',
};

/** What a line from the client is about; null for lines from the server and for what nobody meets. */
export function hintOf(line: { connection: string; direction: 'client' | 'server'; text: string }): Hint | null {
  if (line.direction === 'server') return null;
  const [first = '', second = ''] = line.text.split(' ', 2);
  const isImap = line.connection.startsWith('IMAP');
  const verb = isImap && first === 'UID' ? second : first;
  const verbs = isImap ? imap : line.connection.startsWith('SMTP') ? smtp : pop3;
  return verbs[verb.toUpperCase()] ?? null;
}
