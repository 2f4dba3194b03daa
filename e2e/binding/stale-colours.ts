/**
 * Monaco says so of its own colours, without any binding: when a multi-cursor deletion joins a line with one that it has not coloured yet.
 * The next pass of its tokenizer mends them.
 */
export const staleColours = 'Token length and text length do not match'
