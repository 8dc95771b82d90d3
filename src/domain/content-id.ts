import * as z from 'zod/mini'

/** `drempels-besturen`: lower case, digits and dashes; the same as the file name. Unique over all kinds of content. */
export const ContentId = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), z.maxLength(60))
