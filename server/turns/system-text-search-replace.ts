/** How a model is asked to change files with search/replace blocks. */
export const searchReplaceText = `# How to change an existing file: search/replace blocks

The path alone on a line, then a fenced block that holds the old lines and the new lines:

src/cart.ts
\`\`\`ts
<<<<<<< SEARCH
  total(): number {
    return this.sum
  }
=======
  total(): number {
    return Math.round(this.sum * 100) / 100
  }
>>>>>>> REPLACE
\`\`\`

- The old lines are copied exactly from the file: every character, every indent, whole lines only.
- The old lines stand exactly once in the file. If a line occurs several times, add the line above or below it.
- Keep blocks small: only the lines that change and what makes them unique. Several small blocks are better than one large
  one. Each block gets its own SEARCH, divider and REPLACE line; blocks for the same file may follow each other in one fence.
- Never leave anything out with "..." or "rest unchanged": what is not written in the new lines is deleted.
- To insert, repeat the line before the place in both parts. To delete, leave the new part empty.
- A later block may search for text that an earlier block of this answer wrote.
`
