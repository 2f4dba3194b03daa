import { classNames } from '#ui/class-names.ts'

/** The name of a file and, less loud, its folder. */
export function FileName({ path, className }: { path: string; className?: string | false }) {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const folder = path.slice(0, Math.max(0, path.length - name.length - 1))
  return (
    <>
      <span className={classNames(className)}>{name}</span>
      {folder !== '' && <span className="pl-1.5 text-small text-text-3">{folder}</span>}
    </>
  )
}
