/** What a session's files refer to that is not among them. */
export type AmbientNeeds = {
  react: boolean
  /** Declarations for what the editor cannot know the types of, so that it does not show errors that are none. */
  declarations: string
}

const specifiers = /(?:\bfrom|\bimport|\brequire\()\s*\(?\s*(['"])([^'"\n]+)\1/g
const reactPackage = /^(react|react-dom|csstype)(\/|$)/
const assets = /\.(css|scss|less|svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|mp[34]|wav|txt|md|html|wasm)(\?.*)?$/
const nodeModules = /^(node:|(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|stream|url|util|zlib)(\/|$))/

/**
 * Reads the import statements of files. A package other than React is declared without types: its files are not in the session,
 * and "cannot find module" would say more than the editor knows. A relative import that leads nowhere stays an error.
 */
export function ambientNeeds(files: readonly { path: string; text: string }[]): AmbientNeeds {
  const packages = new Set<string>()
  let react = false
  let node = false
  let viteEnvironment = false
  let importsAssets = false
  for (const { path, text } of files) {
    react ||= /\.[jt]sx$/.test(path)
    node ||= /\bprocess\.\w|\b__dirname\b/.test(text)
    viteEnvironment ||= text.includes('import.meta.env')
    for (const [, , specifier = ''] of text.matchAll(specifiers)) {
      node ||= nodeModules.test(specifier)
      if (assets.test(specifier)) importsAssets = true
      else if (reactPackage.test(specifier)) react = true
      else if (!/^[./]|^[a-z]+:\/\//.test(specifier)) packages.add(specifier)
    }
  }
  const declarations = [
    ...[...packages].toSorted().map((name) => `declare module ${JSON.stringify(name)};`),
    ...(importsAssets ? assetModules : []),
    ...(node ? nodeGlobals : []),
    ...(viteEnvironment ? ['interface ImportMeta { readonly env: Record<string, any> }'] : []),
  ]
  return { react, declarations: declarations.join('\n') }
}

const assetModules = [
  "declare module '*.module.css' { const classes: Record<string, string>; export default classes }",
  ...['css', 'scss', 'less', 'svg', 'png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'ico', 'woff', 'woff2', 'ttf'].map(
    (extension) => `declare module '*.${extension}' { const url: string; export default url }`,
  ),
  "declare module '*?raw' { const text: string; export default text }",
  "declare module '*?url' { const url: string; export default url }",
]

const nodeGlobals = [
  'declare var process: any;',
  'declare var Buffer: any;',
  'declare var global: any;',
  'declare var require: any;',
  'declare var module: any;',
  'declare var __dirname: string;',
  'declare var __filename: string;',
]
