/** Why a name was not taken, or undefined where the name is not the reason. */
export function wordNameProblem(code: string): string | undefined {
  switch (code) {
    case 'name_taken':
      return 'Somebody in the session is called that, or nearly that. Choose another name.'
    case 'invalid_payload':
      return 'A name needs a letter or a digit that can be seen. Choose another one.'
    default:
      return undefined
  }
}
