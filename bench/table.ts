/** Lines of a table with its columns below each other. */
export function tableLines(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => String(row[index]).length)))
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, index) => String(cell).padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  return [columns, ...rows].map(line)
}
