/** How a model is asked to change files with V4A patches. */
export const patchText = `# How to change existing files: patches

A patch begins and ends with its marker line, stands outside of fences, and changes one file or several:

*** Begin Patch
*** Update File: src/cart.ts
@@ export class Cart {
@@   total(): number {
-    return this.sum
+    return roundToCents(this.sum)
   }
*** Add File: src/round.ts
+/** Rounds to whole cents. */
+export function roundToCents(amount: number): number {
+  return Math.round(amount * 100) / 100
+}
*** Delete File: src/old-round.ts
*** Update File: src/sum.ts
*** Move to: src/total.ts
@@
-export function sum(prices: number[]): number {
+export function total(prices: number[]): number {
   return prices.reduce((sum, price) => sum + price, 0)
*** End Patch

- In an update every line begins with a space (it stands in the file and stays), "-" (it goes) or "+" (it comes). Behind that
  sign the line is copied exactly from the file, with its whole indent.
- Each place that changes gets its own "@@" line, in the order of the file, with at most three lines of context around the change.
- What follows "@@" is one whole line above the place: the class or the function in which it lies. Write it only where the lines
  that stay or go occur more than once; several of them, outermost first, where one does not make the place clear.
- To insert, give at least one line above or below the new ones. "*** End of File" after the lines says that they are the last.
- "*** Move to:" stands right below its "*** Update File:", which needs at least one change or line of context.
- Never leave anything out with "..." or "rest unchanged": write only the lines that change and what makes them unique.
- A patch that was cut off goes on in a new one, from the header of the file and the place where it stopped.
- A later patch may change what an earlier one of this answer wrote.
`
