/** A key combination as it stands on the person's keyboard, such as `Ctrl+Shift+P` or `⇧⌘P`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="rounded border border-line-strong bg-bg-2 px-1 font-mono text-[10.5px] leading-4 whitespace-nowrap text-text-3">
      {keys}
    </kbd>
  )
}
