// The floors of ARCHITECTURE.md. A file may import from its own floor and from those below that are named.
const tests = '(\\.test\\.ts$|/testing/)';
const rule = (name, from, to, comment, fromNot = tests) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: fromNot },
  to,
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(app|lib|components)/', pathNot: tests },
      to: { path: tests },
    },
    rule(
      'ground-floor',
      '^lib/(text/|mail/trace/|mail/(model|errors|keyword|mailbox-name|channel|secure-context)\\.ts)',
      { path: '^(app|lib|components)/', pathNot: '^lib/(text/|mail/trace/|mail/(model|errors)\\.ts)' },
      'lib/text, model, errors and what both protocols share import nothing else of ours',
    ),
    rule(
      'first-floor',
      '^lib/mail/(driver|ids|query)\\.ts|^lib/mail/(mime|query)/',
      {
        path: '^(app|lib|components)/',
        pathNot: '^lib/(text/|mail/(model|errors|keyword|driver|ids|query)\\.ts|mail/(mime|query)/)',
      },
      'driver, ids, query and mime stand on the ground floor alone',
    ),
    rule(
      'imap-floor',
      '^lib/mail/imap/',
      {
        path: '^(app|lib|components)/',
        pathNot:
          '^lib/(text/|mail/(model|errors|keyword|mailbox-name|channel|secure-context|driver|ids|query)\\.ts|mail/(mime|query|trace|imap)/)',
      },
      'drivers never import each other',
    ),
    rule(
      'pop3-floor',
      '^lib/mail/pop3/',
      {
        path: '^(app|lib|components)/',
        pathNot:
          '^lib/(text/|mail/(model|errors|keyword|mailbox-name|channel|secure-context|driver|ids|query)\\.ts|mail/(mime|query|trace|pop3)/)',
      },
      'drivers never import each other',
    ),
    rule(
      'smtp-floor',
      '^lib/mail/smtp/',
      {
        path: '^(app|lib|components)/',
        pathNot: '^lib/(text/|mail/(model|errors|secure-context|driver)\\.ts|mail/(trace|smtp)/)',
      },
      'submission knows no driver',
    ),
    rule(
      'only-open-imports-drivers',
      '^(app|lib|components)/',
      { path: '^lib/mail/(imap|pop3|smtp)/', pathNot: '^lib/mail/pop3/(maildrop|[a-z]+-store)\\.ts' },
      'everyone else speaks to a MailDriver',
      '(\\.test\\.ts$|/testing/|^lib/mail/(imap|pop3|smtp)/|^lib/mail/open\\.ts)',
    ),
    rule(
      'store-floor',
      '^lib/store/',
      {
        path: '^(app|lib|components)/',
        pathNot: '^lib/(store/|text/|mail/(model|errors|query)\\.ts|mail/pop3/(maildrop|[a-z]+-store)\\.ts)',
      },
      'the store knows the model, queries, and the shape of a maildrop',
    ),
    rule(
      'server-floor',
      '^lib/server/',
      {
        path: '^(app|lib|components)/',
        pathNot: '^lib/(server|store|contract)/|^lib/mail/(open|model|errors|driver|ids)\\.ts|^lib/mail/mime/',
      },
      'the server floor opens mail and the store, and composes',
    ),
    rule(
      'api-floor',
      '^lib/api/',
      {
        path: '^(app|lib|components)/',
        pathNot:
          '^lib/(api|server|contract|text)/|^lib/mail/(model|errors|driver|ids|query)\\.ts|^lib/mail/(query|mime)/',
      },
      'the API stands on the server floor',
    ),
    rule(
      'contract-floor',
      '^lib/contract/',
      { path: '^(app|lib|components)/', pathNot: '^lib/contract/|^lib/mail/(model|errors|keyword)\\.ts' },
      'the contract is the model as schemas',
    ),
    rule(
      'routes',
      '^app/.*route\\.ts$',
      { path: '^(lib|components)/', pathNot: '^lib/(api|contract)/' },
      'routes are thin',
    ),
    rule(
      'pages',
      '^app/.*\\.tsx?$',
      { path: '^lib/(server|store)/' },
      'what a page shows comes through lib/api, as what a route answers',
    ),
    rule(
      'browser',
      '^(lib/client|components)/',
      {
        path: '^(app|lib)/',
        pathNot: '^lib/(client|contract|text)/|^lib/mail/(model|errors|query)\\.ts|^lib/mail/query/',
      },
      'the browser sees the contract, the model and text',
    ),
    rule('browser-client', '^lib/client/', { path: '^components/' }, 'the client floor draws nothing'),
    rule(
      'contract-is-types-in-the-browser',
      '^(lib/client|components)/',
      { path: '^lib/contract/(mail|operations)\\.ts', dependencyTypesNot: ['type-only'] },
      'zod stays on the server',
    ),
    rule(
      'imapflow-in-one-room',
      '^(app|lib|components)/',
      { path: 'node_modules/imapflow' },
      'only lib/mail/imap names imapflow',
      '(\\.test\\.ts$|/testing/|^lib/mail/imap/)',
    ),
    rule(
      'node-pop3-in-one-file',
      '^(app|lib|components)/',
      { path: 'node_modules/node-pop3' },
      'only wire.ts names node-pop3',
      '^lib/mail/pop3/wire\\.ts',
    ),
    rule(
      'kysely-in-the-store',
      '^(app|lib|components)/',
      { path: 'node_modules/(kysely|libsql|pg)/' },
      'SQL lives in the store',
      '^lib/store/',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
