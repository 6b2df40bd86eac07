/** The import rules of docs/architecture.md. A part is a folder two levels below server/ (flow/x, people/x ...). */
const PART = '^server/(flow|people|connectors|guards|platform)/([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^(server|storefront-snippet)/', pathNot: ['\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'others-through-index',
      comment: 'A part is entered through its index.ts only.',
      severity: 'error',
      from: { path: '^server/', pathNot: PART },
      to: {
        path: PART,
        pathNot: '^server/(flow|people|connectors|guards|platform)/[^/]+/(embedded/)?index\\.ts$',
      },
    },
    {
      name: 'parts-through-index',
      comment: 'A part enters another part through its index.ts only.',
      severity: 'error',
      from: { path: PART },
      to: {
        path: PART,
        pathNot: ['^server/$1/$2/', '^server/(flow|people|connectors|guards|platform)/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'shared-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^server/shared/' },
      to: { path: '^(server|storefront-snippet|plugins)/', pathNot: '^server/shared/' },
    },
    {
      name: 'platform-knows-no-business',
      severity: 'error',
      from: { path: '^server/platform/' },
      to: { path: '^server/(flow|people|connectors|guards|reports|web|demo)/' },
    },
    {
      name: 'connectors-import-shared-and-platform',
      severity: 'error',
      from: { path: '^server/connectors/([^/]+)/' },
      to: { path: '^server/', pathNot: ['^server/(shared|platform)/', '^server/connectors/$1/'] },
    },
    {
      name: 'flow-never-imports-a-connector',
      severity: 'error',
      from: { path: '^server/(flow|people|guards|reports)/' },
      to: { path: '^server/(connectors|web|demo)/' },
    },
    {
      name: 'decisions-are-pure',
      comment:
        'Everything in a stage or a part of people that is not a model, store, routes, receiver, wiring or use case imports shared/ and its own folder only.',
      severity: 'error',
      from: {
        path: '^server/(flow|people)/([^/]+)/(base/|decision/|posting/|receipts/|rules/|states/|apply|build|check|compare|compute|derive|describe|hash|is|judge|merge|pick|post-difference|post-versions|rank|read|reference|refuse|rule|select|translate|trial|chain|verify-chain)[^/]*\\.ts$',
        pathNot: ['\\.(schema|routes)\\.ts$'],
      },
      to: {
        path: '^server/',
        pathNot: ['^server/shared/', '^server/$1/$2/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'mongoose-in-models-and-stores',
      severity: 'error',
      from: { path: '^server/', pathNot: ['\\.(model|store)\\.ts$', '^server/platform/mongo/'] },
      to: { path: 'node_modules/(mongoose|mongodb|bson|mingo)/' },
    },
    {
      name: 'express-at-the-edge',
      severity: 'error',
      from: { path: '^server/', pathNot: ['\\.routes\\.ts$', '^server/platform/http/', '^server/web/'] },
      to: { path: 'node_modules/express/' },
    },
    {
      name: 'snippet-stands-alone',
      severity: 'error',
      from: { path: '^storefront-snippet/', pathNot: '^storefront-snippet/build\\.ts$' },
      to: { pathNot: '^storefront-snippet/' },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      severity: 'error',
      from: { path: '^(server|storefront-snippet)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
