/** The connections that hold a document. */
export const documentRoom = (fileId: string) => `document:${fileId}`
